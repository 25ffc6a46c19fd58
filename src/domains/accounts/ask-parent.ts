import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { dayIn } from '#platform/when.ts'
import { giveAccess } from './access.ts'
import { parentUntil } from './act-for-another.ts'
import type { IdentityCheck } from './help-patient-in.ts'
import { makeInvitation, readWhom, type CareInvitation } from './name-caregiver.ts'
import { ageOn } from './shared.ts'
import { db } from './tables.ts'

/** `birthDate` is the child's, as the record has it. Without an e-mail the invitation is a letter. `locale`: what the parent reads. */
export type ParentWish = { patientId: string; birthDate: string; zone: string; name: string; email: string | null; locale: 'en' | 'es'; check: IdentityCheck }
export type ParentRefusal = Refused<'teen' | 'adult' | 'bad-name' | 'bad-email' | 'own-mailbox'>

/** 'child' to the day before the twelfth birthday, 'teen' to the day before the eighteenth, where the practice is. */
export function stageOf(birthDate: string, now: Date, zone: string): 'child' | 'teen' | 'adult' {
  const age = ageOn(birthDate, dayIn(now, zone))
  return age < 12 ? 'child' : age < 18 ? 'teen' : 'adult'
}

/**
 * The front desk asks the parent of a child under 12 to look after the child's record, after a check of who the parent is. It ends with the
 * child's twelfth birthday. From 12 to 17 nobody is asked until the rules for teens are built. Source: law.md MN-1, MN-4.
 * Nobody at the desk asks themselves: that would open what their role does not.
 */
export function askParent(ctx: Ctx<StaffActor>, wish: ParentWish): Promise<({ ok: true } & CareInvitation) | ParentRefusal> {
  return inTransaction<StaffActor, ({ ok: true } & CareInvitation) | ParentRefusal>(ctx, async tx => {
    mustBeAbleTo(tx, giveAccess)
    const stage = stageOf(wish.birthDate, tx.now(), wish.zone)
    if (stage !== 'child') return refused(stage)
    const whom = readWhom(wish.name, wish.email)
    if ('reason' in whom) return whom
    const self = await db(tx).selectFrom('accounts.person').select('email').where('id', '=', tx.actor.personId).executeTakeFirst()
    if (whom.email !== null && self?.email === whom.email) return refused('own-mailbox')
    await audit(tx, 'account.identity-checked', { patientId: wish.patientId, detail: { check: wish.check, of: 'parent' } })
    return { ok: true, ...(await makeInvitation(tx, { ...whom, patientId: wish.patientId, basis: 'parent-of-child', endsAt: parentUntil(wish.birthDate, wish.zone), locale: wish.locale })) }
  })
}
