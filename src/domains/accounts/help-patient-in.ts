import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { attempt, inTransaction, sql } from '#platform/db.ts'
import { isMailAddress } from '#platform/email.ts'
import { codeOf, linkTo } from '#platform/letter-facts.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { baseOf } from '#platform/place.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { sendLetter } from '#platform/send-letter.ts'
import { giveAccess } from './access.ts'
import { makeLetter, type Letter, type LetterFor } from './activate-account.ts'
import { tellOfChange } from './reset-password.ts'
import { groupCode } from './shared.ts'
import { db } from './tables.ts'

/** How the front desk has seen who somebody is. Kept in the audit with what was done. */
export const identityChecks = ['photo', 'two-facts', 'known'] as const
export type IdentityCheck = (typeof identityChecks)[number]
export const readCheck = (text: string): IdentityCheck | undefined => identityChecks.find(check => check === text)

export type WayIn = { personId: string | null; email: string | null; signInName: string | null; isDisabled: boolean; hasPasskey: boolean; hasApp: boolean; failures: number; letterUntil: Date | null; worksHere: boolean }

/** What there is of a patient's way in. */
export async function readWayIn(ctx: Ctx<StaffActor>, patientId: string): Promise<WayIn> {
  mustBeAbleTo(ctx, giveAccess)
  const { rows } = await sql<WayIn>`
    select person_id as "personId", email, sign_in_name as "signInName", is_disabled as "isDisabled", has_passkey as "hasPasskey", has_app as "hasApp", failures,
      letter_until as "letterUntil", works_here as "worksHere"
    from accounts.door_way_in(${patientId}::uuid)
  `.execute(ctx.db.kysely)
  return rows[0]!
}

/** The link of a letter: the code goes along, the birth date does not. */
export const letterAddress = (ctx: Pick<Ctx, 'house'>, code: string, locale: 'en' | 'es'): string => baseOf(ctx.house.config, 'portal') + letterPath(code, locale)
const letterPath = (code: string, locale: 'en' | 'es') => `${locale === 'es' ? '/es' : ''}/activate/${groupCode(code)}`

/** A new letter, after a check of who asks. Who works here gets none: they are invited. */
export function giveLetter(ctx: Ctx<StaffActor>, wish: LetterFor & { check: IdentityCheck }): Promise<({ ok: true } & Letter) | Refused<'minor' | 'works-here'>> {
  return inTransaction<StaffActor, ({ ok: true } & Letter) | Refused<'minor' | 'works-here'>>(ctx, async tx => {
    if ((await readWayIn(tx, wish.patientId)).worksHere) return refused('works-here')
    const letter = await makeLetter(tx, wish)
    if (letter.ok) await audit(tx, 'account.identity-checked', { patientId: wish.patientId, detail: { check: wish.check } })
    return letter
  })
}

/** The same, by mail: the link opens nothing without the birth date. */
export function mailLetter(ctx: Ctx<StaffActor>, wish: LetterFor & { check: IdentityCheck }): Promise<{ ok: true } | Refused<'minor' | 'works-here' | 'no-email'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'minor' | 'works-here' | 'no-email'>>(ctx, async tx => {
    const to = wish.email
    if (to === null || !isMailAddress(to)) return refused('no-email')
    const letter = await giveLetter(tx, wish)
    if (!letter.ok) return letter
    await sendLetter(tx, 'letter', { link: linkTo(tx.house, letterPath(letter.code, wish.locale)), code: codeOf(groupCode(letter.code)) }, { to, patientId: wish.patientId, locale: wish.locale })
    return { ok: true }
  })
}

/** Forgets wrong tries, so that guesses by others no longer slow the patient down. */
export function unlockAccount(ctx: Ctx<StaffActor>, { patientId, check }: { patientId: string; check: IdentityCheck }): Promise<{ ok: true } | Refused<'no-account'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'no-account'>>(ctx, async tx => {
    const { personId, worksHere } = await readWayIn(tx, patientId)
    if (!personId || worksHere) return refused('no-account')
    await sql`select accounts.door_succeeded(${personId}::uuid)`.execute(tx.db.kysely)
    await audit(tx, 'account.unlocked', { patientId, kind: 'person', ids: [personId], detail: { check } })
    return { ok: true }
  })
}

/** Shuts a patient's account, with every session of it, for the next request: the one too many, or one that somebody else opened. A letter opens it anew. */
export function shutAccount(ctx: Ctx<StaffActor>, patientId: string): Promise<{ ok: true } | Refused<'no-account'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'no-account'>>(ctx, async tx => {
    mustBeAbleTo(tx, giveAccess)
    const { rows } = await sql<{ person: string | null }>`select accounts.door_shut_account(${patientId}::uuid) as person`.execute(tx.db.kysely)
    const personId = rows[0]?.person
    if (!personId) return refused('no-account')
    await audit(tx, 'account.shut', { patientId, kind: 'person', ids: [personId] })
    return { ok: true }
  })
}

/** Another mailbox for a patient who lost the old one. The old one is told. */
export function changeMailbox(ctx: Ctx<StaffActor>, { patientId, email, locale, check }: { patientId: string; email: string; locale: 'en' | 'es'; check: IdentityCheck }): Promise<{ ok: true } | Refused<'no-account' | 'bad-email' | 'email-taken'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'no-account' | 'bad-email' | 'email-taken'>>(ctx, async tx => {
    const { personId, worksHere, email: before } = await readWayIn(tx, patientId)
    if (!personId || worksHere) return refused('no-account')
    const mailbox = email.trim().toLowerCase()
    if (!isMailAddress(mailbox)) return refused('bad-email')
    const done = await attempt(tx, inner => db(inner).updateTable('accounts.person').set({ email: mailbox }).where('id', '=', personId).execute())
    if (!done.ok) return refused('email-taken')
    await audit(tx, 'account.email-changed', { patientId, kind: 'person', ids: [personId], detail: { check } })
    if (before && before !== mailbox) await tellOfChange(tx, { email: before, id: personId, locale }, 'email')
    return { ok: true }
  })
}
