import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, ProxyActor, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { listRecords } from '#accounts'
import { recordYes } from './access.ts'
import { longestAgreementDays, reviewBusinessDays, type Category, type Condition } from './shared.ts'
import { db } from './tables.ts'

export type Choices = ReadonlyMap<Category, Condition>
type Chooser = PatientActor | ProxyActor | StaffActor
/** `spokeWith`: whose yes it was, where staff write it down. */
export type Agreeing = { wanted: ReadonlyMap<Category, Condition | 'at-once'>; wordsShown: string } & ({ channel: 'portal' } | { channel: 'telephone' | 'in-person'; spokeWith: string })
type Agreed = { ok: true; ended: Category[] } | Refused<'not-theirs' | 'who-said-yes'>

/** What this patient agreed to, by category. Nothing for a category: right away. */
export async function choicesOf(ctx: Ctx, patientId: AuthorizedPatientId): Promise<Choices> {
  const rows = await db(ctx).selectFrom('release.agreement').select(['category', 'condition']).where('patient_id', '=', patientId).where('ended_at', 'is', null).execute()
  return new Map(rows.map(row => [row.category, row.condition]))
}

/** What an agreement waits for. */
export async function conditionOf(ctx: Ctx, agreementId: string): Promise<Condition | undefined> {
  return (await db(ctx).selectFrom('release.agreement').select('condition').where('id', '=', agreementId).executeTakeFirst())?.condition
}

/** An adult chooses for themselves; the parent of a child under 12 for the child; staff write down the patient's own yes. Source: R8. */
export async function mayChoose(tx: Ctx<Chooser>, patientId: string): Promise<boolean> {
  if (tx.actor.kind !== 'proxy') return true
  return (await listRecords(tx as Ctx<ProxyActor>)).some(record => record.patientId === patientId && record.basis === 'parent-of-child')
}

/** Records what somebody chose, with the words they were shown. Gives the categories in which a wish to wait has ended: what waits there opens. */
export function agree(ctx: Ctx<Chooser>, patientId: AuthorizedPatientId, agreeing: Agreeing): Promise<Agreed> {
  const { wanted, wordsShown, channel } = agreeing
  const spokeWith = agreeing.channel === 'portal' ? null : agreeing.spokeWith.trim().slice(0, 200)
  return inTransaction<Chooser, Agreed>(ctx, async tx => {
    // Nobody here agrees for a patient: they write down whose yes it was, and to what words.
    if (tx.actor.kind === 'staff') mustBeAbleTo(tx as Ctx<StaffActor>, recordYes)
    if ((tx.actor.kind === 'staff') !== (spokeWith !== null) || (spokeWith !== null && spokeWith.length < 2)) return refused('who-said-yes')
    if (!await mayChoose(tx, patientId)) return refused('not-theirs')
    const now = await choicesOf(tx, patientId)
    const changed = [...wanted].filter(([category, choice]) => (now.get(category) ?? 'at-once') !== choice)
    if (changed.length === 0) return { ok: true, ended: [] }
    await db(tx).updateTable('release.agreement').set({ ended_at: tx.now(), ended_by: tx.actor.personId }).where('patient_id', '=', patientId).where('category', 'in', changed.map(([category]) => category)).where('ended_at', 'is', null).execute()
    const held = changed.filter((pair): pair is [Category, Condition] => pair[1] !== 'at-once')
    if (held.length > 0) {
      await db(tx).insertInto('release.agreement').values(held.map(([category, condition]) => ({
        patient_id: patientId, category, condition, longest_days: condition === 'until-review' ? reviewBusinessDays : longestAgreementDays, made_at: tx.now(), made_by: tx.actor.personId, channel, words_shown: wordsShown, spoke_with: spokeWith, ended_at: null, ended_by: null,
      }))).execute()
    }
    await audit(tx, 'results.choice-made', { patientId, detail: { changed: changed.length, channel } })
    return { ok: true, ended: changed.filter(([category]) => now.has(category)).map(([category]) => category) }
  })
}
