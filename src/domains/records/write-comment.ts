import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { enqueue } from '#platform/jobs.ts'
import { may, mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import type { Locale } from '#platform/words.ts'
import { conditionOf } from '#release'
import { finishTaskAbout } from '#work'
import { readRecords, reviewResults } from './access.ts'
import { openNow } from './open-due.ts'
import type { Bearing } from './reply-promise.ts'

/** Why the care team may answer this one: a rule that a clinician recorded. */
export type StandingRule = { id: string; categories: readonly string[] }
export type ReviewRefusal = Refused<'no-words' | 'blank-left' | 'too-long' | 'not-yours' | 'answered-already' | 'not-finished'>
type Life = { resource_id: string; patient_id: string; category: string; tier: number; bearing: Bearing; final_at: Date | null; reviewed_at: Date | null; held_by: string | null; hold_id: string | null; released_at: Date | null }

async function lockLife(tx: Ctx<StaffActor>, lifeId: string): Promise<Life> {
  mustBeAbleTo(tx, readRecords)
  const { rows } = await sql<Life>`
    select resource_id, patient_id, category, tier, bearing, final_at, reviewed_at, held_by, hold_id, released_at
    from records.life
    where id = ${lifeId}::uuid and place = 'result'
    for update
  `.execute(tx.db.kysely)
  if (!rows[0]) throw new NotFound()
  return rows[0]
}

/** A clinician reviews anything; the care team what is normal and ordinary, where a standing rule says so. */
export const mayReview = (ctx: Ctx, life: Pick<Life, 'category' | 'tier' | 'bearing'>, rule: StandingRule | undefined): boolean =>
  may(ctx, reviewResults) || (may(ctx, readRecords) && rule !== undefined && life.bearing === 'normal' && life.tier < 2 && rule.categories.includes(life.category))

/** Writes to the patient about a result, in the writer's own name; that is its review. The patient sees it as soon as the result is open. */
export function commentOn(ctx: Ctx<StaffActor>, lifeId: string, { words, locale, rule }: { words: string; locale: Locale; rule?: StandingRule | undefined }): Promise<{ ok: true } | ReviewRefusal> {
  return inTransaction<StaffActor, { ok: true } | ReviewRefusal>(ctx, async tx => {
    const life = await lockLife(tx, lifeId)
    if (!mayReview(tx, life, rule)) return refused('not-yours')
    const text = words.trim()
    if (text === '') return refused('no-words')
    if (text.length > 5_000) return refused('too-long')
    if (/_{2,}/.test(text)) return refused('blank-left')
    await sql`
      insert into records.comment (patient_id, resource_id, words, locale, author_id, author_name, origin, standing_rule_id, written_at)
      values (${life.patient_id}::uuid, ${life.resource_id}::uuid, ${text}, ${locale}, ${tx.actor.personId}::uuid, ${tx.session?.name ?? 'Your care team'}, 'here',
        ${may(tx, reviewResults) ? null : rule!.id}::uuid, ${tx.now()})
      on conflict do nothing
    `.execute(tx.db.kysely)
    await audit(tx, 'results.commented', { patientId: life.patient_id, kind: 'life', ids: [lifeId] })
    await settle(tx, lifeId, life, { hasRule: !may(tx, reviewResults), isWritten: true })
    return { ok: true }
  })
}

/** Looked at, and nothing need be said. */
export function markReviewed(ctx: Ctx<StaffActor>, lifeId: string, rule?: StandingRule): Promise<{ ok: true } | ReviewRefusal> {
  return inTransaction<StaffActor, { ok: true } | ReviewRefusal>(ctx, async tx => {
    const life = await lockLife(tx, lifeId)
    if (!mayReview(tx, life, rule)) return refused('not-yours')
    if (life.reviewed_at) return refused('answered-already')
    if (!life.final_at) return refused('not-finished')
    await audit(tx, 'results.reviewed', { patientId: life.patient_id, kind: 'life', ids: [lifeId] })
    await settle(tx, lifeId, life, { hasRule: !may(tx, reviewResults), isWritten: false })
    return { ok: true }
  })
}

/** The review is done: its task, what the patient waited for, who hears of it. A page stays open until the call: that is work's rule. */
async function settle(tx: Ctx<StaffActor>, lifeId: string, life: Life, { hasRule, isWritten }: { hasRule: boolean; isWritten: boolean }): Promise<void> {
  await sql`
    update records.life set reviewed_at = coalesce(reviewed_at, ${tx.now()}), reviewed_by = coalesce(reviewed_by, ${tx.actor.personId}::uuid), reviewed_as = coalesce(reviewed_as, ${hasRule ? 'standing-rule' : 'clinician'}),
      told_at = case when ${isWritten} then null else told_at end
    where id = ${lifeId}::uuid
  `.execute(tx.db.kysely)
  await finishTaskAbout(tx, { type: 'life', ids: [lifeId] }, isWritten ? 'Written to the patient.' : 'Looked at.', { kind: 'result-review' })
  if (isWritten && life.held_by === 'patient' && !life.released_at && life.bearing !== 'critical') await openAfterWriting(tx, lifeId, life.hold_id)
  if (isWritten) await enqueue(tx, 'records.tell', { patientId: life.patient_id }, { key: `tell:${life.patient_id}` })
}

/** Whoever asked to read a result after the team has written reads it now; who wants a call first waits for the call. */
async function openAfterWriting(tx: Ctx<StaffActor>, lifeId: string, holdId: string | null): Promise<void> {
  if (holdId !== null && await conditionOf(tx, holdId) === 'until-review') await openNow(tx, [lifeId])
}
