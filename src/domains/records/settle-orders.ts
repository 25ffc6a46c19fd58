import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { finishTaskAbout } from '#work'
import { answerOrders, reopenUnanswered } from './answer-orders.ts'
import { asThing, type Loose } from './explain/read-loosely.ts'
import { findOurs } from './find-ours.ts'
import { expectedBy, missedFrom, type ResultDays } from './expect-result.ts'
import { readResultDays } from './keep-expectations.ts'
import { ownSource } from './own-source.ts'
import { isTestOrder, readOrder } from './read-order.ts'
import { newsDays } from './settle-arrivals.ts'
import type { Run } from './store-batch.ts'

type Arrived = { resource_id: string; patient_id: string; source_id: string; code: string | null; name: string; is_fact: boolean; is_restricted: boolean; body: string }

/**
 * What has just been derived and bears on what was ordered: orders begin to be waited for, change and end; results answer them. In the transaction
 * that keeps them. An order of the past whose time is over is history, and nobody waits for it (R4+). Source: R20.
 */
export async function settleOrders(tx: Ctx<SystemActor>, run: Run): Promise<void> {
  const arrived = await arrivedOrders(tx)
  if (arrived.length > 0) await keepOrders(tx, run, arrived)
  const reopened = await reopenUnanswered(tx)
  const { rows } = await sql<{ patient_id: string }>`
    select distinct o.patient_id from records.test_order o where o.ended_at is null and o.patient_id in (select x.patient_id from reached x)
  `.execute(tx.db.kysely)
  await answerOrders(tx, [...new Set([...rows.map(row => row.patient_id), ...reopened])])
}

async function arrivedOrders(tx: Ctx): Promise<Arrived[]> {
  const { rows } = await sql<Arrived>`
    select k.resource_id, x.patient_id, s.source_id, s.code, s.name, s.is_fact, s.is_restricted, s.body::text as body
    from staged s
    join kept k on k.seq = s.seq
    join reached x on x.seq = s.seq
    where s.place = 'fact' and s.kind = 'order'
  `.execute(tx.db.kysely)
  return rows
}

async function keepOrders(tx: Ctx<SystemActor>, run: Run, arrived: readonly Arrived[]): Promise<void> {
  if (run.source === ownSource) return tieOwn(tx, arrived)
  await endMoved(tx, arrived)
  const sent = arrived.map(one => ({ one, resource: asThing(JSON.parse(one.body)) }))
  const know = { source: run.source, days: await readResultDays(tx), since: await newsSince(tx, run), oursOf: await findOurs(tx, run.source, sent.map(({ resource }) => resource)), now: tx.now() }
  const rows = sent.map(({ one, resource }) => rowOf(one, resource, know))
  const { rows: over } = await sql<{ id: string | null }>`
    with w as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (resource_id uuid, patient_id uuid, code text, name text, keys text[], numbers text[], ordered_at timestamptz, ordered_by uuid, ordered_by_name text,
        expected_at timestamptz, is_on_hold boolean, is_news boolean, is_waited_for boolean, is_restricted boolean, ended_because text)
    )
    insert into records.test_order as o (resource_id, patient_id, source, code, name, keys, numbers, ordered_at, ordered_by, ordered_by_name, expected_at, is_on_hold, is_news, is_restricted, visible_at, ended_at, ended_because)
    select w.resource_id, w.patient_id, ${run.source}, w.code, w.name, w.keys, w.numbers, w.ordered_at, w.ordered_by, w.ordered_by_name, w.expected_at, w.is_on_hold, w.is_news, w.is_restricted, ${tx.now()},
      case when w.ended_because is not null then ${tx.now()}::timestamptz end, w.ended_because
    from w left join records.test_order known using (resource_id, patient_id)
    where known.id is not null or w.is_waited_for
    on conflict (resource_id, patient_id) do update set
      code = excluded.code, name = excluded.name, keys = excluded.keys, numbers = excluded.numbers, ordered_at = excluded.ordered_at, ordered_by = excluded.ordered_by, ordered_by_name = excluded.ordered_by_name,
      expected_at = excluded.expected_at, is_on_hold = excluded.is_on_hold, is_restricted = excluded.is_restricted,
      ended_at = case when o.ended_because in ('result', 'stopped') then o.ended_at when excluded.ended_because is not null then coalesce(o.ended_at, excluded.ended_at) end,
      ended_because = case when o.ended_because in ('result', 'stopped') then o.ended_because else excluded.ended_because end
    returning case when o.ended_because in ('completed', 'cancelled') then o.id end as id
  `.execute(tx.db.kysely)
  await finishTaskAbout(tx, { type: 'order', ids: over.flatMap(({ id }) => id ?? []) }, 'The order is over.', { kind: 'order-overdue' })
}

type Know = { source: string; days: ResultDays; since: Date; oursOf: Awaited<ReturnType<typeof findOurs>>; now: Date }

/** What is no test, or stands no longer, ends one that was waited for and begins none. */
function rowOf(one: Arrived, resource: Loose, { source, days, since, oursOf, now }: Know) {
  const order = readOrder(resource, source)
  const ours = oursOf(asThing(resource.requester), resource)
  const orderedAt = order.orderedAt ?? now
  const expectedAt = expectedBy({ code: one.code, orderedAt, plannedFor: order.plannedFor }, days)
  const isNews = orderedAt >= since
  const endedBecause = !one.is_fact || !isTestOrder(resource) ? 'cancelled' : order.state === 'completed' || order.state === 'cancelled' ? order.state : null
  return {
    resource_id: one.resource_id, patient_id: one.patient_id, code: one.code, name: one.name, keys: order.keys, numbers: order.numbers, ordered_at: orderedAt, expected_at: expectedAt,
    ordered_by: ours?.personId ?? null, ordered_by_name: order.orderedBy ?? ours?.name ?? null,
    is_on_hold: order.state === 'on-hold', is_news: isNews, is_waited_for: endedBecause === null && (isNews || missedFrom(expectedAt) > now), is_restricted: one.is_restricted, ended_because: endedBecause,
  }
}

/** From when an order is news: not from before the source went live, and not older than two weeks (R4+). */
async function newsSince(tx: Ctx, run: Run): Promise<Date> {
  const since = new Date(tx.now().getTime() - newsDays * 86_400_000)
  const { rows: [feed] } = await sql<{ go_live_at: Date }>`select go_live_at from records.feed where source = ${run.source}`.execute(tx.db.kysely)
  return feed && feed.go_live_at > since ? feed.go_live_at : since
}

/** An order that speaks of somebody else now is nobody's here any more. */
async function endMoved(tx: Ctx<SystemActor>, arrived: readonly Arrived[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update records.test_order o set ended_at = ${tx.now()}, ended_because = 'cancelled'
    where o.ended_at is null and o.resource_id = any (${arrived.map(one => one.resource_id)}::uuid[])
      and not exists (select from records.fact f where f.resource_id = o.resource_id and f.patient_id = o.patient_id)
    returning o.id
  `.execute(tx.db.kysely)
  await finishTaskAbout(tx, { type: 'order', ids: rows.map(row => row.id) }, 'The order is another’s.', { kind: 'order-overdue' })
}

/** What was ordered here has been filed with the record: its row is there already, and is this one. */
async function tieOwn(tx: Ctx, arrived: readonly Arrived[]): Promise<void> {
  await sql`
    update records.test_order o set resource_id = w.resource_id, patient_id = w.patient_id
    from jsonb_to_recordset(${JSON.stringify(arrived.map(one => ({ resource_id: one.resource_id, patient_id: one.patient_id, id: one.source_id })))}::jsonb) as w (resource_id uuid, patient_id uuid, id uuid)
    where o.id = w.id and o.source = ${ownSource}
  `.execute(tx.db.kysely)
}
