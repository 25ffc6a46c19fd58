import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { withdrawMail } from '#platform/email.ts'
import { enqueue } from '#platform/jobs.ts'
import { touch } from '#platform/touch.ts'
import { readPractice } from '#practice'
import { readCalendar } from './keep-calendar.ts'
import { settleVisit } from './join-received.ts'
import { listResources } from './read-settings.ts'
import type { ReceivedStatus } from './shared.ts'
import { takeTimes } from './take-times.ts'

/** A visit as a source has it now. `startsAt` may be missing of one that is cancelled: it keeps the time it had. Clinicians by the practice's own number; `placeNames`: all that the place is called. */
export type SentVisit = {
  recordId: string
  sourcePatient: string
  patientId: string
  startsAt: Date | null
  endsAt: Date | null
  status: ReceivedStatus
  clinicianIds: readonly string[]
  withName: string
  placeNames: readonly string[]
  what: string
  numbers: readonly string[]
  isRestricted: boolean
}
export type Kept = { id: string; patientId: string; startsAt: Date; endsAt: Date; status: ReceivedStatus; withIds: string[]; locationId: string | null; numbers: string[]; isRestricted: boolean; version: number; appointmentId: string | null; wasStartsAt: Date | null; wasStatus: ReceivedStatus | null; wasVersion: number | null }

const plain = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
/** Cut where a sender's words are longer than ours may be; half a character, which no database takes, becomes the sign for an unknown one. */
const cut = (text: string): string => text.slice(0, 200).toWellFormed()
/** A source that gives no end means a visit like most. */
const usualMinutes = 30

/**
 * Keeps what a source says of visits, in the transaction that keeps its record; the record has decided which word is the newest. `recordIds`: all that was
 * spoken of, so that one that speaks of somebody else now is theirs alone. What follows for those who come follows from the EHR that keeps the calendar.
 */
export async function keepReceived(tx: Ctx<SystemActor>, { source, recordIds, sent }: { source: string; recordIds: readonly string[]; sent: readonly SentVisit[] }): Promise<void> {
  if (recordIds.length === 0) return
  const ours = new Map((await listResources(tx)).filter(one => one.clinicianId !== null).map(one => [one.clinicianId!, one.id]))
  const places = (await readPractice(tx))?.locations ?? []
  const rows = sent.map(one => ({
    record_id: one.recordId, source_patient: one.sourcePatient, patient_id: one.patientId, starts_at: one.startsAt, ends_at: one.endsAt, status: one.status, with_name: cut(one.withName),
    with_ids: one.clinicianIds.flatMap(id => ours.get(id) ?? []), location_id: places.find(place => one.placeNames.some(name => [plain(place.name), plain(place.slug)].includes(plain(name))))?.id ?? null,
    place_name: cut(one.placeNames[0] ?? ''), what: one.isRestricted ? '' : cut(one.what), numbers: one.numbers.slice(0, 10), is_restricted: one.isRestricted,
  }))
  const changed = [...await write(tx, source, rows), ...await forget(tx, recordIds, sent)]
  const { source: keeper, reminds } = await readCalendar(tx)
  for (const visit of changed) {
    const isOurs = keeper === source && await settleVisit(tx, visit)
    await tell(tx, visit, keeper === source && reminds && !isOurs)
  }
  await takeTimes(tx, changed.map(({ id }) => id))
  // What only staff may read is not hinted at either: who has the patient's list open hears nothing of it.
  for (const { id, patientId, isRestricted } of changed) if (!isRestricted) touch(tx, { topic: 'visits', ids: [id], patientId })
  if (changed.length > 0) touch(tx, { topic: 'schedule', ids: changed.map(({ id }) => id) })
}

const columns = sql`r.id, r.patient_id as "patientId", r.starts_at as "startsAt", r.ends_at as "endsAt", r.status, r.with_ids as "withIds", r.location_id as "locationId", r.numbers, r.is_restricted as "isRestricted", r.version, r.appointment_id as "appointmentId"`

/** Those that are new or another than before. */
async function write(tx: Ctx, source: string, rows: readonly object[]): Promise<Kept[]> {
  const { rows: kept } = await sql<Kept>`
    with w as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (record_id uuid, source_patient uuid, patient_id uuid, starts_at timestamptz, ends_at timestamptz, status text, with_ids uuid[], with_name text,
        location_id uuid, place_name text, what text, numbers text[], is_restricted boolean)
    ), old as (
      select r.* from scheduling.received r join w using (record_id, patient_id)
    ), timed as (
      select w.*, coalesce(w.starts_at, old.starts_at) as begins, case when w.starts_at is null then old.ends_at when w.ends_at > w.starts_at then w.ends_at else w.starts_at + make_interval(mins => ${usualMinutes}) end as ends
      from w left join old using (record_id, patient_id)
    ), r as (
      insert into scheduling.received as r (record_id, source, source_patient, patient_id, starts_at, ends_at, status, with_ids, with_name, location_id, place_name, what, numbers, is_restricted, first_at)
      select record_id, ${source}, source_patient, patient_id, begins, ends, status, with_ids, with_name, location_id, place_name, what, numbers, is_restricted, ${tx.now()}
      from timed
      where begins is not null
      order by record_id
      on conflict (record_id, patient_id) do update set
        source_patient = excluded.source_patient, starts_at = excluded.starts_at, ends_at = excluded.ends_at, status = excluded.status, with_ids = excluded.with_ids, with_name = excluded.with_name,
        location_id = excluded.location_id, place_name = excluded.place_name, what = excluded.what, numbers = excluded.numbers, is_restricted = excluded.is_restricted,
        version = r.version + ((r.starts_at, r.ends_at, r.status, r.with_ids, r.location_id) is distinct from (excluded.starts_at, excluded.ends_at, excluded.status, excluded.with_ids, excluded.location_id))::int
      returning r.*
    )
    select ${columns}, old.starts_at as "wasStartsAt", old.status as "wasStatus", old.version as "wasVersion"
    from r left join old on old.id = r.id
    where old.version is distinct from r.version
    order by r.starts_at, r.id
  `.execute(tx.db.kysely)
  return kept
}

/** What speaks of somebody else now, or was deleted, is nobody's visit here any more. */
async function forget(tx: Ctx, recordIds: readonly string[], sent: readonly Pick<SentVisit, 'recordId' | 'patientId'>[]): Promise<Kept[]> {
  const { rows } = await sql<Kept>`
    with old as (
      select r.id, r.starts_at, r.status, r.version from scheduling.received r
      where r.record_id = any (${recordIds as string[]}::uuid[]) and r.status <> 'gone'
        and not exists (select from jsonb_to_recordset(${JSON.stringify(sent.map(({ recordId, patientId }) => ({ recordId, patientId })))}::jsonb) as w ("recordId" uuid, "patientId" uuid) where w."recordId" = r.record_id and w."patientId" = r.patient_id)
    ), r as (
      update scheduling.received r set status = 'gone', version = r.version + 1 from old where r.id = old.id returning r.*
    )
    select ${columns}, old.starts_at as "wasStartsAt", old.status as "wasStatus", old.version as "wasVersion" from r join old on old.id = r.id
  `.execute(tx.db.kysely)
  return rows
}

/** Its source has deleted it. */
export async function withdrawReceived(tx: Ctx<SystemActor>, source: string, recordIds: readonly string[]): Promise<void> {
  await keepReceived(tx, { source, recordIds, sent: [] })
}

const stands: ReadonlySet<string> = new Set<ReceivedStatus>(['requested', 'booked'])
/** The EHR moved or cancelled a visit that was ahead: whoever looks after it hears of it, as of one of ours. What was written of it and has not left is not true any more. */
async function tell(tx: Ctx<SystemActor>, { id, startsAt, status, wasStartsAt, wasStatus }: Kept, isTold: boolean): Promise<void> {
  if (wasStartsAt === null || !stands.has(wasStatus!)) return
  const isMoved = wasStartsAt.getTime() !== startsAt.getTime()
  const isOff = status === 'cancelled' || status === 'gone'
  if (!isMoved && !isOff) return
  await withdrawMail(tx, { type: 'received-visit', id })
  if (isTold && wasStartsAt > tx.now()) await enqueue(tx, 'scheduling.tell-received', { visitId: id })
}

/** Two patients who become one, or two again: what came by a source's patient goes to whom that is now. In the transaction of the join. */
export async function moveReceived(tx: Ctx, { sources, to }: { sources: readonly string[]; to: string }): Promise<void> {
  await sql`select scheduling.door_move_received(${sources as string[]}::uuid[], ${to}::uuid)`.execute(tx.db.kysely)
}
