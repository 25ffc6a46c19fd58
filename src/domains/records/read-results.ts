import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'

export type ResultRow = {
  id: string
  kind: 'test' | 'report'
  code: string | null
  name: string
  happenedAt: Date | null
  status: string
  testCount: number
  /** Outside the usual range, as the laboratory said; null: it did not say so of each test. */
  outsideCount: number | null
  receivedAt: Date
  /** Came in the last 14 days. */
  isNew: boolean
  /** The care team wrote about it. */
  isCommented: boolean
  /** It may change a life and nobody has opened it: the list says nothing of what it says (R14). */
  isUnopened: boolean
  /** What becomes of it; history has none. */
  lifeId: string | null
}
const resultsPerPage = 50

type Row = { id: string; kind: 'test' | 'report'; code: string | null; name: string; happened_at: Date | null; status: string; test_count: number; outside_count: number | null; is_outside: boolean | null; received_at: Date; is_commented: boolean; is_unopened: boolean; life_id: string | null; has_orders: boolean; has_held: boolean }

/** The last row of a page. `at` null: it has no date. */
export type PageEnd = { at: Date | null; id: string }
/** What follows it, where rows without a date come first, as `happened_at desc, id desc` has them. */
export const after = (table: string, end: PageEnd | undefined) => {
  const [at, id] = [sql.ref(`${table}.happened_at`), sql.ref(`${table}.id`)]
  return !end ? sql`` : end.at ? sql`and (${at}, ${id}) < (${end.at}::timestamptz, ${end.id}::uuid)` : sql`and (${at} is not null or ${id} < ${end.id}::uuid)`
}

/** Reports, and tests that belong to none, newest first, fifty at a time. Looking is an event. */
export async function readResults(ctx: Ctx, patientId: AuthorizedPatientId, { before }: { before?: PageEnd } = {}): Promise<{ rows: ResultRow[]; hasMore: boolean; hasOrders: boolean; hasHeld: boolean }> {
  const { rows } = await sql<Row>`
    select r.id, r.kind, r.code, r.name, r.happened_at, r.status, r.test_count, r.outside_count, r.is_outside, r.received_at,
      exists (select from records.comment c where c.resource_id = r.resource_id and c.patient_id = r.patient_id) as is_commented,
      coalesce(l.tier = 2 and l.seen_at is null and l.final_at is not null, false) as is_unopened, l.id as life_id,
      (select exists (select from records.test_order o where o.patient_id = ${patientId}::uuid and o.ended_at is null)) as has_orders,   -- asked along, once for the page
      (select exists (select from records.life h where h.patient_id = ${patientId}::uuid and h.released_at is null and h.held_by is not null)) as has_held
    from records.result r
    left join records.life l using (resource_id, patient_id)
    where r.patient_id = ${patientId}::uuid
      and r.report_id is null
      and r.is_fact
      ${after('r', before)}
    order by r.happened_at desc, r.id desc
    limit ${resultsPerPage + 1}
  `.execute(ctx.db.kysely)
  const shown = rows.slice(0, resultsPerPage)
  await audit(ctx, 'results.viewed', { patientId, kind: 'result', ids: shown.map(row => row.id) })
  const newSince = ctx.now().getTime() - 14 * 86_400_000
  return {
    hasMore: rows.length > resultsPerPage, hasOrders: rows[0]?.has_orders ?? true, hasHeld: rows[0]?.has_held ?? true,
    rows: shown.map(row => ({
      id: row.id, kind: row.kind, code: row.code, name: row.name, happenedAt: row.happened_at, status: row.status, testCount: row.test_count, receivedAt: row.received_at,
      outsideCount: row.kind === 'report' ? row.outside_count : row.is_outside === null ? null : Number(row.is_outside),
      isCommented: row.is_commented, isUnopened: row.is_unopened, lifeId: row.life_id,
      isNew: row.received_at.getTime() > newSince && (row.happened_at?.getTime() ?? 0) > newSince,
    })),
  }
}

/** How many results came in the last 14 days, and the newest of them: for the first page. */
export async function countNewResults(ctx: Ctx, patientId: AuthorizedPatientId): Promise<{ count: number; newest: { id: string; name: string; code: string | null; happenedAt: Date } | null }> {
  const since = new Date(ctx.now().getTime() - 14 * 86_400_000)
  const { rows } = await sql<{ id: string; name: string; code: string | null; happened_at: Date; count: number }>`
    select id, name, code, happened_at, count(*) over ()::int as count
    from records.result
    where patient_id = ${patientId}::uuid and report_id is null and is_fact and happened_at > ${since}
    order by happened_at desc, id desc
    limit 1
  `.execute(ctx.db.kysely)
  const row = rows[0]
  return { count: row?.count ?? 0, newest: row ? { id: row.id, name: row.name, code: row.code, happenedAt: row.happened_at } : null }
}
