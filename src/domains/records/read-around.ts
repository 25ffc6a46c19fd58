import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { readBeside, type Report } from '#feedback'
import { wishOf, type Wish } from '#release'
import { parseKeepingDigits } from './explain/keep-digits.ts'
import { readComments, type Comment } from './read-comments.ts'
import type { ResultFacts } from './read-result.ts'
import type { Bearing } from './reply-promise.ts'

/** What stands around a result: what becomes of it, what the care team wrote, what was said of it, what it said before it was corrected. */
export type Around = {
  life: Life | null
  wish: Wish | null
  comments: Comment[]
  said: Report[]
  /** By resource: the version that a corrected one replaced. */
  before: ReadonlyMap<string, unknown>
}
export type Life = { id: string; resourceId: string; tier: 0 | 1 | 2; bearing: Bearing; replyBy: Date | null; finalAt: Date | null; seenAt: Date | null; reviewedAt: Date | null; arrivedAt: Date
  /** It was waited with until a clock opened it, as its patient had asked. */
  wasWaitedFor: boolean }

/** A test of a report follows its report: the report's row leads, and what was written about it counts for each. */
export async function readAround(ctx: Ctx, patientId: AuthorizedPatientId, facts: ResultFacts): Promise<Around> {
  const { rows } = await sql<Life>`
    select l.id, l.resource_id as "resourceId", l.tier, l.bearing, l.reply_by as "replyBy", l.final_at as "finalAt", l.seen_at as "seenAt", l.reviewed_at as "reviewedAt", l.arrived_at as "arrivedAt",
      coalesce(l.held_by = 'patient' and l.released_at is not null, false) as "wasWaitedFor"
    from records.result i
    join records.life l on l.resource_id = i.resource_id and l.patient_id = i.patient_id
    where i.patient_id = ${patientId}::uuid and i.id = any (${[facts.id, facts.reportId].filter(id => id !== null)}::uuid[])
    order by i.kind = 'report' desc
    limit 1
  `.execute(ctx.db.kysely)
  const life = rows[0] ?? null
  const about = [facts.resourceId, ...facts.tests.map(test => test.resourceId), ...(life ? [life.resourceId] : [])]
  return {
    life, wish: life ? await wishOf(ctx, patientId, life.id) : null,
    comments: await readComments(ctx, patientId, about), said: await readBeside(ctx, patientId, about), before: await readBefore(ctx, [facts.resourceId, ...facts.tests.map(test => test.resourceId)]),
  }
}

async function readBefore(ctx: Ctx, resourceIds: readonly string[]): Promise<Map<string, unknown>> {
  const { rows } = await sql<{ resource_id: string; body: string }>`select resource_id, body from records.door_shown_before(${resourceIds as string[]}::uuid[])`.execute(ctx.db.kysely)
  return new Map(rows.map(row => [row.resource_id, parseKeepingDigits(row.body)]))
}

/** Whether the page asks first how to go on (R14): it may change a life, or its patient wanted a talk first and nobody had it (R8+); it is finished, and nobody has opened it. What the care team has written ends a wish to wait for it. */
export function asksFirst({ life, wish, comments }: Around): boolean {
  if (!life || (life.tier < 2 && !life.wasWaitedFor) || life.seenAt || life.finalAt === null || wish === 'now') return false
  return !(wish === 'after-writing' && comments.length > 0)
}
