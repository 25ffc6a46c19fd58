import { auditList } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import type { Tier } from '#release/shared'
import { readRecords } from './access.ts'
import type { Bearing } from './reply-promise.ts'

export type ReviewRow = {
  lifeId: string; resultId: string; resourceId: string; patientId: string; patient: string; kind: 'test' | 'report'; code: string | null; name: string; category: string; tier: Tier; bearing: Bearing; status: string
  arrivedAt: Date; replyBy: Date | null; opensAt: Date | null; heldBy: 'state-law' | 'patient' | 'harm' | null; releasedAt: Date | null; seenAt: Date | null; reviewedAt: Date | null
  lawCitation: string | null; lawUntil: Date | null; lawEarly: ('clinician' | 'patient')[]; contactedAt: Date | null; spokeWith: string | null
}
const fields = sql`
  l.id as "lifeId", r.id as "resultId", r.resource_id as "resourceId", l.patient_id as "patientId", p.name as patient, r.kind, r.code, r.name, l.category, l.tier, l.bearing, r.status,
   l.arrived_at as "arrivedAt", l.reply_by as "replyBy", l.opens_at as "opensAt", l.held_by as "heldBy", l.released_at as "releasedAt", l.seen_at as "seenAt", l.reviewed_at as "reviewedAt",
  l.law_citation as "lawCitation", l.law_until as "lawUntil", l.law_early as "lawEarly", l.contacted_at as "contactedAt", l.spoke_with as "spokeWith"`
export type ReviewList = 'waiting' | 'overdue' | 'normal' | 'done'
/** `only`: of these alone; `but`: of none of these. */
type Wish = { limit?: number; only?: readonly string[]; but?: readonly string[] }
export const reviewsPerPage = 50

/** Finished results of one list: critical first, then by when somebody is to answer; those that are done, the newest first. A report speaks for its tests. Each that stands in it is an event in its patient's record. */
export async function listReviews(ctx: Ctx<StaffActor>, list: ReviewList, { limit = reviewsPerPage, only, but = [] }: Wish = {}): Promise<ReviewRow[]> {
  mustBeAbleTo(ctx, readRecords)
  const which = {
    waiting: sql`l.reviewed_at is null and l.final_at is not null`,
    overdue: sql`l.reviewed_at is null and l.final_at is not null and l.reply_by < ${ctx.now()}`,
    normal: sql`l.reviewed_at is null and l.final_at is not null and l.bearing = 'normal' and l.tier < 2`,
    done: sql`l.reviewed_at is not null`,
  }[list]
  const order = list === 'done' ? sql`l.reviewed_at desc, l.id` : sql`(l.bearing = 'critical') desc, l.reply_by, l.id`
  const { rows } = await sql<ReviewRow>`
    select ${fields}
    from records.life l
    -- Row by row in the order of the index: however many wait, a page looks at a page of them.
    cross join lateral (
      select r.id, r.resource_id, r.kind, r.code, r.name, r.status from records.result r
      where r.resource_id = l.resource_id and r.patient_id = l.patient_id and r.report_id is null and r.is_fact limit 1) r
    cross join lateral (select p.name from records.patient p where p.id = l.patient_id limit 1) p
    where l.place = 'result' and ${which} ${only ? sql`and l.id = any (${only as string[]}::uuid[])` : sql``} and l.id <> all (${but as string[]}::uuid[])
    order by ${order}
    limit ${limit}
  `.execute(ctx.db.kysely)
  await auditList(ctx, 'results.listed', rows)
  return rows
}

/** How many wait, are overdue, could be gone through quickly. */
export async function countReviews(ctx: Ctx<StaffActor>): Promise<{ waiting: number; overdue: number; normal: number; critical: number }> {
  mustBeAbleTo(ctx, readRecords)
  const { rows } = await sql<{ waiting: number; overdue: number; normal: number; critical: number }>`
    select count(*)::int as waiting, (count(*) filter (where reply_by < ${ctx.now()}))::int as overdue,
      (count(*) filter (where bearing = 'normal' and tier < 2))::int as normal, (count(*) filter (where bearing = 'critical'))::int as critical
    from records.life
    where reviewed_at is null and place = 'result' and final_at is not null
  `.execute(ctx.db.kysely)
  return rows[0]!
}

/** One of them, by its row. */
export async function readReview(ctx: Ctx<StaffActor>, lifeId: string): Promise<ReviewRow | undefined> {
  mustBeAbleTo(ctx, readRecords)
  const { rows } = await sql<ReviewRow>`
    select ${fields}
    from records.life l
    join records.result r on r.resource_id = l.resource_id and r.patient_id = l.patient_id
    join records.patient p on p.id = l.patient_id
    where l.id = ${lifeId}::uuid and l.place = 'result'
  `.execute(ctx.db.kysely)
  return rows[0]
}
