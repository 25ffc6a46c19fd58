import type { RawBuilder } from 'kysely'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { finishTaskAbout } from '#work'
import { matchOrders, type Answer, type Order } from './match-orders.ts'
import { ownSource } from './own-source.ts'
import { basedOn, codeKeys, orderNumbers } from './read-order.ts'

/** Only what is finished answers an order: a culture that was begun is not a result. Source: R2. */
const isAnswer = sql`r.is_fact and r.status in ('final', 'amended', 'corrected', 'appended', '')`
/** So long before an order a result that names it may have been taken; and so long ago an order that is over may be what a result speaks of. */
const backDays = 30

/**
 * A result that answered an order and is withdrawn, unfinished or another's now: the order is open again, and may be asked about anew. `changed`: the
 * resources to look at, those that were derived again unless said. Returns whose.
 */
export async function reopenUnanswered(tx: Ctx<SystemActor>, changed: RawBuilder<unknown> = sql`select k.resource_id from kept k where k.was_derived`): Promise<string[]> {
  const { rows } = await sql<{ patient_id: string }>`
    update records.test_order o set ended_at = null, ended_because = null, answered_by = null, asked_at = null
    where o.answered_by in (${changed})
      and not exists (select from records.result r where r.resource_id = o.answered_by and r.patient_id = o.patient_id and ${isAnswer})
    returning o.patient_id
  `.execute(tx.db.kysely)
  return rows.map(row => row.patient_id)
}

/** What their source has deleted: its orders are over, and what its results answered is open again. */
export async function withdrawFromOrders(tx: Ctx<SystemActor>, resourceIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update records.test_order set ended_at = ${tx.now()}, ended_because = 'cancelled' where resource_id = any (${resourceIds as string[]}::uuid[]) and ended_at is null returning id
  `.execute(tx.db.kysely)
  await finishTaskAbout(tx, { type: 'order', ids: rows.map(row => row.id) }, 'Its source deleted it.', { kind: 'order-overdue' })
  await answerOrders(tx, await reopenUnanswered(tx, sql`select unnest(${resourceIds as string[]}::uuid[])`))
}

/** Ends what these patients' results answer, with the task about it. */
export async function answerOrders(tx: Ctx<SystemActor>, patientIds: readonly string[]): Promise<void> {
  const orders = Map.groupBy(patientIds.length === 0 ? [] : await ordersOf(tx, patientIds), order => order.patientId)
  const asking = [...orders].filter(([, of]) => of.some(order => order.answeredBy === null && order.over === null))
    .map(([patientId, of]) => ({ patient_id: patientId, from: new Date(Math.min(...of.map(({ orderedAt }) => orderedAt.getTime())) - backDays * 86_400_000) }))
  if (asking.length === 0) return
  const answers = Map.groupBy(await answersOf(tx, asking), answer => answer.patientId)
  const matched = new Map(asking.flatMap(({ patient_id }) => [...matchOrders(orders.get(patient_id)!, answers.get(patient_id) ?? [])]))
  if (matched.size > 0) await endAnswered(tx, matched)
}

/** The open orders of these patients, and those that are over since a month: a result may speak of one. */
async function ordersOf(tx: Ctx, patientIds: readonly string[]): Promise<(Order & { patientId: string })[]> {
  const { rows } = await sql<Order & { patientId: string }>`
    select o.id, w.patient_id as "patientId", o.source, s.source_id as "sourceId", s.alias, o.keys, o.numbers, o.ordered_at as "orderedAt", o.expected_at as "expectedAt", o.answered_by as "answeredBy",
      case when o.ended_because = 'completed' then 'done' when o.ended_because in ('cancelled', 'stopped') then 'gone' end as over
    from unnest(${patientIds as string[]}::uuid[]) as w (patient_id)
    cross join lateral (
      select * from records.test_order o
      where o.patient_id = w.patient_id and (o.ended_at is null or o.ended_at > ${new Date(tx.now().getTime() - backDays * 86_400_000)})
      order by o.ordered_at desc
      limit 300
    ) o
    left join records.resource s on s.id = o.resource_id
  `.execute(tx.db.kysely)
  return rows
}

type Row = { patient_id: string; resource_id: string; report_id: string | null; source: string; parts: { identifier: unknown; basedOn: unknown; code: unknown }; at: Date; received_at: Date; is_used: boolean }
async function answersOf(tx: Ctx, asking: readonly { patient_id: string; from: Date }[]): Promise<(Answer & { patientId: string })[]> {
  const mayAnswer = sql`r.patient_id = w.patient_id and ${isAnswer} and coalesce(r.happened_at, r.received_at) >= w."from"`   // by kind: each has an index of its own
  const { rows } = await sql<Row>`
    select w.patient_id, r.resource_id, p.resource_id as report_id, r.source, jsonb_build_object('identifier', r.body -> 'identifier', 'basedOn', r.body -> 'basedOn', 'code', r.body -> 'code') as parts,
      coalesce(r.happened_at, r.received_at) as at, r.received_at, exists (select from records.test_order o where o.answered_by in (r.resource_id, p.resource_id) and o.patient_id = w.patient_id) as is_used
    from jsonb_to_recordset(${JSON.stringify(asking)}::jsonb) as w (patient_id uuid, "from" timestamptz)
    cross join lateral (
      (select * from records.result r where r.kind = 'report' and r.report_id is null and ${mayAnswer} order by r.happened_at, r.id limit 1000)
      union all
      (select * from records.result r where r.kind = 'test' and ${mayAnswer} order by r.happened_at, r.id limit 1000)
    ) r
    left join records.result p on p.id = r.report_id
    order by r.kind, r.happened_at, r.id
  `.execute(tx.db.kysely)
  return rows.map(row => ({
    patientId: row.patient_id, resourceId: row.resource_id, reportId: row.report_id, source: row.source, keys: codeKeys(row.parts.code, row.source), numbers: orderNumbers(row.parts), basedOn: basedOn(row.parts),
    happenedAt: row.at, receivedAt: row.received_at, spokenFor: row.is_used,
  }))
}

async function endAnswered(tx: Ctx<SystemActor>, matched: ReadonlyMap<string, string>): Promise<void> {
  const { rows } = await sql<{ id: string; source: string }>`
    update records.test_order o set ended_at = ${tx.now()}, ended_because = 'result', answered_by = w.resource
    from jsonb_to_recordset(${JSON.stringify([...matched].map(([id, resource]) => ({ id, resource })))}::jsonb) as w (id uuid, resource uuid)
    where o.id = w.id and (o.ended_at is null or o.ended_because = 'completed')
    returning o.id, o.source
  `.execute(tx.db.kysely)
  await finishTaskAbout(tx, { type: 'order', ids: rows.map(row => row.id) }, 'The result came.', { kind: 'order-overdue' })
  if (rows.some(({ source }) => source === ownSource)) await enqueue(tx, 'records.file-orders', {}, { key: 'records.file-orders' })
}
