import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { finishTaskAbout } from '#work'
import { matchOrders, type Answer, type OpenOrder } from './match-orders.ts'
import { ownSource } from './own-source.ts'
import { basedOn, codeKeys, orderNumbers } from './read-order.ts'

/** Only what is finished answers an order: a culture that was begun is not a result. Source: R2. */
const isAnswer = sql`r.is_fact and r.status in ('final', 'amended', 'corrected', 'appended', '')`
/** So long before an order a result that names it may have been taken; and so long ago an order that is over may be what a result speaks of. */
const backDays = 30

/** A result that answered an order and is withdrawn, unfinished or another's now: the order is open again, and may be asked about anew. Returns whose. */
export async function reopenUnanswered(tx: Ctx<SystemActor>): Promise<string[]> {
  const { rows } = await sql<{ patient_id: string }>`
    update records.test_order o set ended_at = null, ended_because = null, answered_by = null, asked_at = null
    where o.answered_by in (select k.resource_id from kept k where k.was_derived)
      and not exists (select from records.result r where r.resource_id = o.answered_by and r.patient_id = o.patient_id and ${isAnswer})
    returning o.patient_id
  `.execute(tx.db.kysely)
  return rows.map(row => row.patient_id)
}

/** Ends what these patients' results answer, with the task about it. */
export async function answerOrders(tx: Ctx<SystemActor>, patientIds: readonly string[]): Promise<void> {
  for (const patientId of patientIds) {
    const orders = await ordersOf(tx, patientId)
    if (!orders.some(order => order.answeredBy === null)) continue
    const from = new Date(Math.min(...orders.map(({ orderedAt }) => orderedAt.getTime())) - backDays * 86_400_000)
    const matched = matchOrders(orders, await answersOf(tx, patientId, from))
    if (matched.size > 0) await endAnswered(tx, matched)
  }
}

async function ordersOf(tx: Ctx, patientId: string): Promise<OpenOrder[]> {
  const { rows } = await sql<OpenOrder>`
    select o.id, o.source, s.source_id as "sourceId", s.alias, o.keys, o.numbers, o.ordered_at as "orderedAt", o.expected_at as "expectedAt", o.answered_by as "answeredBy"
    from records.test_order o
    left join records.resource s on s.id = o.resource_id
    where o.patient_id = ${patientId}::uuid and (o.ended_at is null or (o.answered_by is not null and o.ended_at > ${new Date(tx.now().getTime() - backDays * 86_400_000)}))
    order by o.ordered_at desc
    limit 300
  `.execute(tx.db.kysely)
  return rows
}

type Row = { resource_id: string; report_id: string | null; source: string; parts: { identifier: unknown; basedOn: unknown; code: unknown }; at: Date; is_used: boolean }
async function answersOf(tx: Ctx, patientId: string, from: Date): Promise<Answer[]> {
  const { rows } = await sql<Row>`
    select r.resource_id, p.resource_id as report_id, r.source, jsonb_build_object('identifier', r.body -> 'identifier', 'basedOn', r.body -> 'basedOn', 'code', r.body -> 'code') as parts,
      coalesce(r.happened_at, r.received_at) as at, exists (select from records.test_order o where o.answered_by in (r.resource_id, p.resource_id) and o.patient_id = r.patient_id) as is_used
    from records.result r
    left join records.result p on p.id = r.report_id
    where r.patient_id = ${patientId}::uuid and ${isAnswer} and coalesce(r.happened_at, r.received_at) >= ${from}
    order by r.kind, r.happened_at, r.id
    limit 2000
  `.execute(tx.db.kysely)
  return rows.map(row => ({
    resourceId: row.resource_id, reportId: row.report_id, source: row.source, keys: codeKeys(row.parts.code, row.source), numbers: orderNumbers(row.parts), basedOn: basedOn(row.parts), happenedAt: row.at, spokenFor: row.is_used,
  }))
}

async function endAnswered(tx: Ctx<SystemActor>, matched: ReadonlyMap<string, string>): Promise<void> {
  const { rows } = await sql<{ id: string; source: string }>`
    update records.test_order o set ended_at = ${tx.now()}, ended_because = 'result', answered_by = w.resource
    from jsonb_to_recordset(${JSON.stringify([...matched].map(([id, resource]) => ({ id, resource })))}::jsonb) as w (id uuid, resource uuid)
    where o.id = w.id and o.ended_at is null
    returning o.id, o.source
  `.execute(tx.db.kysely)
  await finishTaskAbout(tx, { type: 'order', ids: rows.map(row => row.id) }, 'The result came.', { kind: 'order-overdue' })
  if (rows.some(({ source }) => source === ownSource)) await enqueue(tx, 'records.file-orders', {}, { key: 'records.file-orders' })
}
