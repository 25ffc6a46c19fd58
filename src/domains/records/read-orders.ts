import { audit, auditList } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import type { Locale } from '#platform/words.ts'
import { readRecords } from './access.ts'
import { expectedCode, graceDays } from './expect-result.ts'
import { tellExpectation, type Expectation } from './explain/tell-expectation.ts'
import { readExpectations } from './keep-expectations.ts'

export type OrderRow = {
  id: string; code: string | null; name: string; source: string; orderedAt: Date; orderedByName: string | null; expectedAt: Date; isOnHold: boolean; isNews: boolean; askedAt: Date | null
  endedAt: Date | null; endedBecause: 'result' | 'completed' | 'cancelled' | 'stopped' | null
}
const columns = sql.raw(`o.id, o.code, o.name, o.source, o.ordered_at as "orderedAt", o.ordered_by_name as "orderedByName", o.expected_at as "expectedAt", o.is_on_hold as "isOnHold", o.is_news as "isNews",
  o.asked_at as "askedAt", o.ended_at as "endedAt", o.ended_because as "endedBecause"`)

/** A patient's orders, for those who treat: open ones by their day, then the last twenty that are over. */
export async function readOrdersOf(ctx: Ctx<StaffActor>, patientId: AuthorizedPatientId): Promise<OrderRow[]> {
  mustBeAbleTo(ctx, readRecords)
  const { rows } = await sql<OrderRow>`
    (select ${columns} from records.test_order o where o.patient_id = ${patientId}::uuid and o.ended_at is null order by o.expected_at, o.id limit 100)
    union all
    (select ${columns} from records.test_order o where o.patient_id = ${patientId}::uuid and o.ended_at is not null order by o.ended_at desc, o.id limit 20)
  `.execute(ctx.db.kysely)
  await audit(ctx, 'orders.viewed', { patientId, kind: 'order', ids: rows.map(row => row.id) })
  return rows
}

export type OrderList = 'missed' | 'open'
/** Everybody's open orders, the one expected first on top; `missed`: those whose result should have been here three days ago. */
export async function readOpenOrders(ctx: Ctx<StaffActor>, list: OrderList, { limit = 50 }: { limit?: number } = {}): Promise<(OrderRow & { patientId: string; patient: string })[]> {
  mustBeAbleTo(ctx, readRecords)
  const { rows } = await sql<OrderRow & { patientId: string; patient: string }>`
    select ${columns}, o.patient_id as "patientId", p.name as patient
    from records.test_order o join records.patient p on p.id = o.patient_id
    where o.ended_at is null and o.is_news and not o.is_on_hold ${list === 'missed' ? sql`and o.expected_at <= ${missedBefore(ctx)}` : sql``}
    order by o.expected_at, o.id
    limit ${limit}
  `.execute(ctx.db.kysely)
  await auditList(ctx, 'orders.viewed', rows)
  return rows
}
const missedBefore = (ctx: Ctx) => new Date(ctx.now().getTime() - graceDays * 86_400_000)

export async function countOpenOrders(ctx: Ctx<StaffActor>): Promise<{ open: number; missed: number }> {
  mustBeAbleTo(ctx, readRecords)
  const { rows } = await sql<{ open: number; missed: number }>`
    select count(*)::int as open, (count(*) filter (where expected_at <= ${missedBefore(ctx)}))::int as missed from records.test_order where ended_at is null and is_news and not is_on_hold
  `.execute(ctx.db.kysely)
  return rows[0]!
}

const isAnnounced = (ctx: Ctx) => sql`o.ended_at is null and not o.is_on_hold and (o.is_news or o.expected_at > ${ctx.now()})`
export type Expected = { id: string; orderedAt: Date; orderedByName: string | null; expectedAt: Date; isLate: boolean; told: Expectation }
/**
 * What a patient waits for, as they or who acts for them may see it, in plain words; the same test twice is one. What is on hold is not announced,
 * and neither is an order of the past whose time is over.
 */
export async function readExpected(ctx: Ctx, patientId: AuthorizedPatientId, wish: { locale: Locale; demo: boolean }): Promise<Expected[]> {
  const { rows } = await sql<OrderRow>`
    select ${columns} from records.test_order o
    where o.patient_id = ${patientId}::uuid and ${isAnnounced(ctx)}
    order by o.expected_at, o.id
    limit 30
  `.execute(ctx.db.kysely)
  if (rows.length === 0) return []
  await audit(ctx, 'orders.viewed', { patientId, kind: 'order', ids: rows.map(row => row.id) })
  const own = await readExpectations(ctx, rows.flatMap(row => expectedCode(row.code) ?? []))
  const told = rows.map(row => ({
    id: row.id, orderedAt: row.orderedAt, orderedByName: row.orderedByName, expectedAt: row.expectedAt, isLate: row.expectedAt < ctx.now(), told: tellExpectation(row, own.get(expectedCode(row.code) ?? ''), wish),
  }))
  return [...new Map(told.toReversed().map(one => [one.told.name, one])).values()].toReversed()
}

/** How many tests a patient waits for: for the first page, which leads to them. */
export async function countExpected(ctx: Ctx, patientId: AuthorizedPatientId): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(distinct coalesce(o.code, o.name))::int as count from records.test_order o where o.patient_id = ${patientId}::uuid and ${isAnnounced(ctx)}`.execute(ctx.db.kysely)
  return rows[0]!.count
}

/** The six tests that this practice orders most, so that they stand one tap away. */
export async function oftenOrdered(ctx: Ctx<StaffActor>, rest: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select code from (select code from records.test_order where source = 'rapport' and code is not null order by ordered_at desc limit 500) lately
    group by code order by count(*) desc, code limit 6
  `.execute(ctx.db.kysely)
  return [...new Set([...rows.map(row => row.code), ...rest])].slice(0, 6)
}
