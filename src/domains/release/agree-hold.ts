import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, ProxyActor, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { refused, type Refused } from '#platform/refused.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { listRecords } from '#accounts'
import { longestAgreementDays, reviewBusinessDays, type Category, type Condition } from './shared.ts'
import { db } from './tables.ts'

export type Choices = ReadonlyMap<Category, Condition>
type Chooser = PatientActor | ProxyActor | StaffActor
export type Agreeing = { wanted: ReadonlyMap<Category, Condition | 'at-once'>; wordsShown: string; channel: 'portal' | 'telephone' | 'in-person' }

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
export function agree(ctx: Ctx<Chooser>, patientId: AuthorizedPatientId, { wanted, wordsShown, channel }: Agreeing): Promise<{ ok: true; ended: Category[] } | Refused<'not-theirs'>> {
  return inTransaction<Chooser, { ok: true; ended: Category[] } | Refused<'not-theirs'>>(ctx, async tx => {
    if (!await mayChoose(tx, patientId)) return refused('not-theirs')
    const now = await choicesOf(tx, patientId)
    const changed = [...wanted].filter(([category, choice]) => (now.get(category) ?? 'at-once') !== choice)
    if (changed.length === 0) return { ok: true, ended: [] }
    await db(tx).updateTable('release.agreement').set({ ended_at: tx.now(), ended_by: tx.actor.personId }).where('patient_id', '=', patientId).where('category', 'in', changed.map(([category]) => category)).where('ended_at', 'is', null).execute()
    const held = changed.filter((pair): pair is [Category, Condition] => pair[1] !== 'at-once')
    if (held.length > 0) {
      await db(tx).insertInto('release.agreement').values(held.map(([category, condition]) => ({
        patient_id: patientId, category, condition, longest_days: condition === 'until-review' ? reviewBusinessDays : longestAgreementDays, made_at: tx.now(), made_by: tx.actor.personId, channel, words_shown: wordsShown, ended_at: null, ended_by: null,
      }))).execute()
    }
    await audit(tx, 'results.choice-made', { patientId, detail: { changed: changed.length } })
    return { ok: true, ended: changed.filter(([category]) => now.has(category)).map(([category]) => category) }
  })
}
