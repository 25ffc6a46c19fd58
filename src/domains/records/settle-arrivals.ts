import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { gatherRules, type Standing } from '#release'
import { openTasksEach, pageOnCall } from '#work'
import { outsideCount } from './count-outside.ts'
import { findOwners } from './find-owners.ts'
import { judgeLead, type Judged, type Lead } from './judge-lead.ts'
import type { Run } from './store-batch.ts'
import { takeReviews } from './take-reviews.ts'
import { replyMinutes } from './reply-promise.ts'
import { addBusinessMinutes } from '#practice'

/** R4+: older than this at first arrival is history. It is shown, and nobody is told, asked or paged. */
export const newsDays = 14
type Found = Lead & { was_final: boolean; was_released: boolean; table: 'result' | 'note' }

/**
 * What has just been derived and is news: when it opens, by when somebody answers, who is told and who is paged. Reads the rows that the
 * batch reached; a report speaks for its tests. In the transaction that keeps them. Source: R2–R8, R11, R15, R16, A9.
 */
export async function settleArrivals(tx: Ctx<SystemActor>, run: Run): Promise<void> {
  const found = await findNews(tx, run)
  if (found.length === 0) return takeReviews(tx, run, { lifeIds: [], changed: new Set() })
  const rules = await gatherRules(tx, { patientIds: [...new Set(found.map(lead => lead.patient_id))], lifeIds: found.flatMap(lead => lead.life_id ?? []) })
  const judged = found.map(lead => ({ ...judgeLead(lead, rules, tx.now()), lead }))
  const lives = await keepLives(tx, judged.map(one => rowOf(one, rules, tx.now())))
  await openLeads(tx, judged)
  const changed = judged.filter(({ lead, bearing }) => lead.was_bearing !== null && lead.was_bearing !== bearing)
  await takeReviews(tx, run, { lifeIds: judged.filter(({ lead }) => lead.table === 'result').map(({ lead }) => lives.get(keyOf(lead))!), changed: new Set(changed.map(({ lead }) => lives.get(keyOf(lead))!)) })
  await askForReviews(tx, run, judged, lives)
  for (const { lead, bearing } of judged) {
    if (bearing === 'critical' && lead.was_bearing !== 'critical') await pageCritical(tx, { patientId: lead.patient_id, lifeId: lives.get(keyOf(lead))! })
  }
  for (const patientId of tellable(judged)) await enqueue(tx, 'records.tell', { patientId }, { key: `tell:${patientId}` })
}

export type JudgedLead = Judged & { lead: Found }
const keyOf = (lead: Pick<Lead, 'resource_id' | 'patient_id'>) => `${lead.resource_id} ${lead.patient_id}`

/** A finished result that opens now, or one whose meaning changed after it was read (R16). */
const tellable = (judged: readonly JudgedLead[]): Set<string> =>
  new Set(judged.filter(({ lead, isFinal, opensAt }) => isFinal && opensAt !== null && (!lead.was_final || !lead.was_released)).map(({ lead }) => lead.patient_id))

/** A critical value goes to whoever is on call at once, finished or not. Nobody outside the console reads what it is (R11, R2+). */
export async function pageCritical(tx: Ctx<SystemActor>, { patientId, lifeId }: { patientId: string; lifeId: string }): Promise<void> {
  await pageOnCall(tx, {
    kind: 'critical-result', title: 'A result needs quick action', patientId, subject: { type: 'life', id: lifeId },
    body: 'The laboratory marked a value as critical. Open the result, then call the patient, and write down the call here. The result is open to the patient by its own rules.',
  })
}

const interpretation = (of: string) => sql.raw(`jsonb_path_query_array(${of}.body, '$.interpretation[*].coding[*].code')`)
const measured = (of: string) => sql.raw(`jsonb_build_object('code', ${of}.body -> 'code', 'valueQuantity', ${of}.body -> 'valueQuantity', 'valueInteger', ${of}.body -> 'valueInteger', 'valueString', ${of}.body -> 'valueString', 'component', ${of}.body -> 'component')`)
async function findNews(tx: Ctx, run: Run): Promise<Found[]> {
  const since = new Date(tx.now().getTime() - newsDays * 86_400_000)
  const [results, notes] = [await touchedBy(tx, 'result', since), await touchedBy(tx, 'note', since)]
  if (results.length + notes.length === 0) return []
  const { rows: [feed] } = await sql<{ go_live_at: Date }>`select go_live_at from records.feed where source = ${run.source}`.execute(tx.db.kysely)
  const from = feed && feed.go_live_at > since ? feed.go_live_at : since
  const isNews = (of: 'r' | 'n') => sql.raw(`(l.id is not null or (${of}.happened_at >= '${from.toISOString()}' and ${of}.received_at >= '${tx.now().toISOString()}' and ${of}.is_fact))`)
  const { rows } = await sql<Found>`
    select r.id, 'result' as table, r.resource_id, r.patient_id, r.code, r.name, r.status, r.happened_at, r.is_fact, r.is_restricted, case when t.tests > 0 then t.outside else r.outside_count end as outside_count, r.is_outside, r.kind,
      (select coalesce(jsonb_agg(distinct section), '[]') from jsonb_path_query(r.body, '$.category[*].coding[*].code') as section) as sections,
      coalesce(r.body ->> 'issued', r.body ->> 'effectiveDateTime') as issued,
      ${interpretation('r')} || coalesce(t.flags, '[]') as flags, coalesce(t.codes, '{}') as test_codes, coalesce(t.unjudged, 0) as unjudged, p.birth_date, case when r.kind = 'report' then coalesce(t.measured, '[]') else jsonb_build_array(${measured('r')}) end as measured,
      l.id as life_id, l.bearing as was_bearing, l.arrived_at as first_arrived_at, l.reviewed_at is not null as was_reviewed, l.contacted_at is not null as was_contacted, l.law_lifted_by, l.final_at is not null as was_final, l.released_at is not null as was_released
    from records.result r
    join records.patient p on p.id = r.patient_id
    left join records.life l on l.resource_id = r.resource_id and l.patient_id = r.patient_id
    left join lateral (
      select array_agg(t.code) filter (where t.code is not null) as codes, (count(*) filter (where t.is_outside is null))::int as unjudged,
        jsonb_agg(flag) filter (where flag is not null) as flags, jsonb_agg(${measured('t')}) as measured, count(*) as tests, ${outsideCount} as outside
      from records.result t
      left join lateral jsonb_array_elements(${interpretation('t')}) as flag on true
      where t.report_id = r.id and t.is_fact
    ) t on r.kind = 'report'
    where r.id = any (${results}::uuid[]) and ${isNews('r')}
    union all
    select n.id, 'note', n.resource_id, n.patient_id, n.code, n.name, n.status, n.happened_at, n.is_fact, n.is_restricted, null, null, 'note', '[]'::jsonb, n.body ->> 'date', '[]'::jsonb, '{}', 0, null, '[]'::jsonb,
      l.id, l.bearing, l.arrived_at, l.reviewed_at is not null, l.contacted_at is not null, l.law_lifted_by, l.final_at is not null, l.released_at is not null
    from records.note n
    left join records.life l on l.resource_id = n.resource_id and l.patient_id = n.patient_id
    where n.id = any (${notes}::uuid[]) and ${isNews('n')}
  `.execute(tx.db.kysely)
  return rows
}

/** What the batch reached and may be news, by index: a test leads to its report. Most batches of a backfill touch none. */
async function touchedBy(tx: Ctx, place: 'result' | 'note', since: Date): Promise<string[]> {
  const lead = sql.raw(place === 'result' ? 'coalesce(i.report_id, i.id)' : 'i.id')
  const { rows } = await sql<{ id: string }>`
    select distinct i.id
    from reached x
    join kept k on k.seq = x.seq
    join staged s on s.seq = x.seq
    cross join lateral (select ${lead} as id from ${sql.table(`records.${place}`)} i where i.resource_id = k.resource_id and i.patient_id = x.patient_id limit 1) i
    where s.place = ${place} and (s.happened_at >= ${since} or k.was_derived)
  `.execute(tx.db.kysely)
  return rows.map(row => row.id)
}

/** By when it is answered. Where the doors never open, a day of eight hours counts as one of the calendar: nothing waits without a time. */
function replyBy({ bearing, tier }: JudgedLead, { hours: { hours, exceptions, zone } }: Standing, now: Date): Date {
  const { clock, business } = replyMinutes(bearing, tier)
  if (clock !== undefined) return new Date(now.getTime() + clock * 60_000)
  return addBusinessMinutes(now, business, hours, exceptions, zone) ?? new Date(now.getTime() + business * 180_000)
}

type LifeRow = ReturnType<typeof rowOf>
function rowOf(judged: JudgedLead, rules: Standing, now: Date) {
  const { lead, bearing, category, tier, covers, isFinal, decision, opensAt } = judged
  return {
    resource_id: lead.resource_id, patient_id: lead.patient_id, place: lead.table, category, tier, bearing, covers, arrived_at: now, final_at: isFinal ? now : null,
    opens_at: opensAt, latest_at: decision?.latestAt ?? null, held_by: decision?.because ?? null, hold_id: decision?.holdId ?? null, citation: decision?.citation ?? null, needs_owner: decision?.needsOwner ?? false,
    law_citation: decision?.law?.citation ?? null, law_until: decision?.law?.until ?? null, law_early: decision?.law?.endsEarly ?? [],
    reply_by: lead.table === 'result' && isFinal ? replyBy(judged, rules, now) : null, released_at: opensAt && opensAt <= now ? now : null, is_worse: lead.life_id !== null && lead.was_bearing !== bearing,
  }
}

/** What was seen stays dated from the first time; a result whose meaning changed is told and reviewed anew (R16). */
async function keepLives(tx: Ctx, rows: readonly LifeRow[]): Promise<Map<string, string>> {
  const { rows: kept } = await sql<{ id: string; resource_id: string; patient_id: string }>`
    insert into records.life as l (resource_id, patient_id, place, category, tier, bearing, covers, arrived_at, final_at, opens_at, latest_at, held_by, hold_id, citation, needs_owner, law_citation, law_until, law_early, reply_by, released_at)
    select w.resource_id, w.patient_id, w.place, w.category, w.tier, w.bearing, w.covers, w.arrived_at, w.final_at, w.opens_at, w.latest_at, w.held_by, w.hold_id, w.citation, w.needs_owner, w.law_citation, w.law_until, w.law_early, w.reply_by, w.released_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (resource_id uuid, patient_id uuid, place text, category text, tier smallint, bearing text, covers text[], arrived_at timestamptz, final_at timestamptz,
      opens_at timestamptz, latest_at timestamptz, held_by text, hold_id uuid, citation text, needs_owner boolean, law_citation text, law_until timestamptz, law_early text[], reply_by timestamptz, released_at timestamptz, is_worse boolean)
    on conflict (resource_id, patient_id) do update set
      category = excluded.category, tier = excluded.tier, bearing = excluded.bearing, covers = excluded.covers, final_at = coalesce(l.final_at, excluded.final_at),
      opens_at = case when l.released_at is null then excluded.opens_at else l.opens_at end, latest_at = case when l.released_at is null then excluded.latest_at else l.latest_at end,
      held_by = case when l.released_at is null then excluded.held_by end, hold_id = case when l.released_at is null then excluded.hold_id end,
      citation = case when l.released_at is null then excluded.citation end, needs_owner = case when l.released_at is null then excluded.needs_owner else false end,
      law_citation = case when l.released_at is null then excluded.law_citation end, law_until = case when l.released_at is null then excluded.law_until end, law_early = excluded.law_early,
      reply_by = case when l.reply_by is null or l.bearing <> excluded.bearing then excluded.reply_by else l.reply_by end,
      released_at = coalesce(l.released_at, excluded.released_at), told_at = case when l.bearing = excluded.bearing then l.told_at end,
      reviewed_at = case when l.bearing = excluded.bearing then l.reviewed_at end, reviewed_by = case when l.bearing = excluded.bearing then l.reviewed_by end,
      reviewed_as = case when l.bearing = excluded.bearing then l.reviewed_as end
    returning l.id, l.resource_id, l.patient_id
  `.execute(tx.db.kysely)
  return new Map(kept.map(row => [keyOf(row), row.id]))
}

/** Writes the decision where pages read it; tests open with their report. What was open stays open. */
async function openLeads(tx: Ctx, judged: readonly JudgedLead[]): Promise<void> {
  const held = judged.filter(({ lead, opensAt }) => !lead.was_released && (opensAt === null || opensAt > tx.now()))
  if (held.length === 0) return
  await sql`
    with w as (select * from jsonb_to_recordset(${JSON.stringify(held.map(({ lead, opensAt }) => ({ id: lead.id, at: opensAt })))}::jsonb) as w (id uuid, at timestamptz)),
      results as (update records.result r set visible_at = w.at from w where (r.id = w.id or r.report_id = w.id) and r.is_fact)
    update records.note n set visible_at = w.at from w where n.id = w.id and n.is_fact
  `.execute(tx.db.kysely)
}

/** Each finished result is work for a clinician with a clock (R15), for whoever ordered it if that is known. Its title says nothing of it. */
async function askForReviews(tx: Ctx<SystemActor>, run: Run, judged: readonly JudgedLead[], lives: ReadonlyMap<string, string>): Promise<void> {
  const due = judged.filter(({ lead, isFinal }) => lead.table === 'result' && isFinal && lead.is_fact)
  if (due.length === 0) return
  const { rows } = await sql<{ id: string; patient_id: string; reply_by: Date }>`
    select id, patient_id, reply_by from records.life where id = any (${due.map(({ lead }) => lives.get(keyOf(lead))!)}::uuid[]) and reviewed_at is null and reply_by is not null
  `.execute(tx.db.kysely)
  const owners = await findOwners(tx, run, rows.map(row => row.id))
  // One that comes again after its time has a task already; a new one is due from its first minute.
  const soon = new Date(tx.now().getTime() + 60_000)
  await openTasksEach(tx, rows.map(row => ({ kind: 'result-review', title: 'A result waits to be looked at', pool: 'clinician', ownerId: owners.get(row.id), patientId: row.patient_id, subject: { type: 'life', id: row.id }, dueAt: row.reply_by > soon ? row.reply_by : soon })))
}
