import { auditMany } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { dayIn, instantAt } from '#platform/when.ts'
import type { Locale } from '#platform/words.ts'
import { sendNotice, type VisitKind } from '#notices'
import { practiceZone, readPractice } from '#practice'
import type { Mode, Status, Step } from './shared.ts'
import { tellEach } from './tell-each.ts'
import { visitLink } from './visit-link.ts'

type Touch = '3-days' | '1-day'
type Due = { id: string; patientId: string; locationId: string; mode: Mode; startsAt: Date; version: number; bookedAt: Date; status: Status }
const hourMs = 3_600_000
/** Three days and one day before do better than either alone. Source: AJMC 2018, n = 54,066. */
const touches: readonly { touch: Touch; before: number; until: number }[] = [{ touch: '3-days', before: 72 * hourMs, until: 24 * hourMs }, { touch: '1-day', before: 24 * hourMs, until: 2 * hourMs }]

/** Which reminder a visit is due, if any: none for who booked it a short while ago, and none at night where it takes place. */
export function touchDue({ startsAt, bookedAt }: Pick<Due, 'startsAt' | 'bookedAt'>, now: Date, zone: string): Touch | undefined {
  const left = startsAt.getTime() - now.getTime()
  const found = touches.find(({ before, until }) => left <= before && left > until)
  if (!found || now.getTime() - bookedAt.getTime() < 12 * hourMs) return undefined
  const today = dayIn(now, zone)
  return now >= instantAt(today, '08:00', zone) && now < instantAt(today, '20:00', zone) ? found.touch : undefined
}

const dueColumns = sql`a.id, a.patient_id as "patientId", a.location_id as "locationId", a.mode, a.starts_at as "startsAt", a.version, a.booked_at as "bookedAt", a.status`

/** Asks who needs to hear what now, of what is true now; a visit that was cancelled or moved meanwhile is told of as it is, or not at all. Returns how many visits it told of. */
export async function remindPatients(ctx: Ctx<SystemActor>): Promise<number> {
  const now = ctx.now()
  const near = await inTransaction(ctx, async tx => (await sql<{ id: string }>`
    select id from scheduling.appointment a
    where status = 'booked' and starts_at > ${now} and starts_at <= ${new Date(now.getTime() + 72 * hourMs)}
      and not exists (select from scheduling.reminder r where r.appointment_id = a.id and r.version = a.version and r.touch = case when a.starts_at <= ${new Date(now.getTime() + 24 * hourMs)} then '1-day' else '3-days' end)
    order by starts_at
    limit 500
  `.execute(tx.db.kysely)).rows)
  return tellEach(ctx, near, async (tx, { id }) => {
    const { rows: [visit] } = await sql<Due>`select ${dueColumns} from scheduling.appointment a where a.id = ${id}::uuid and a.status = 'booked'`.execute(tx.db.kysely)
    const touch = visit && touchDue(visit, now, (await placeOf(tx, visit.locationId)).zone)
    if (!touch || !(await tellOnce(tx, visit, touch)).isTold) return false
    await auditMany(tx, 'appointment.reminded', [{ patientId: visit.patientId, count: 1 }])
    return true
  })
}

/** What the last change of a visit is to those who hear of it. */
async function kindOfChange(tx: Ctx, { id, status }: Due): Promise<VisitKind> {
  const { rows: [last] } = await sql<{ step: Step }>`select step from scheduling.appointment_step where appointment_id = ${id}::uuid and step not in ('linked', 'said-coming', 'answered') order by id desc limit 1`.execute(tx.db.kysely)
  if (status === 'requested') return 'visit-asked'
  if (status === 'cancelled') return last?.step === 'declined' ? 'visit-declined' : 'visit-cancelled'
  return last?.step === 'confirmed' || last?.step === 'booked' ? 'visit-booked' : 'visit-moved'
}

/** A visit was asked for, or the practice confirmed, declined, moved or cancelled it: whoever looks after it hears that something changed, once for each change. */
export function tellOfChange(ctx: Ctx<SystemActor>, appointmentId: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    const { rows: [visit] } = await sql<Due>`select ${dueColumns} from scheduling.appointment a where a.id = ${appointmentId}::uuid`.execute(tx.db.kysely)
    if (!visit || visit.startsAt <= tx.now()) return
    const { isTold, later } = await tellOnce(tx, visit, 'changed')
    if (later) await enqueue(tx, 'scheduling.tell', { appointmentId }, { key: `tell-later:${appointmentId}`, runAt: later })
    if (isTold) await auditMany(tx, 'appointment.reminded', [{ patientId: visit.patientId, count: 1 }])
  })
}

async function placeOf(tx: Ctx, id: string) {
  const place = (await readPractice(tx))?.locations.find(one => one.id === id)
  return { place: place ?? null, zone: place?.zone ?? await practiceZone(tx) }
}

/** Whoever booked without an account reads as they booked. */
async function localeOf(tx: Ctx, visitId: string): Promise<Locale | undefined> {
  const { rows: [newcomer] } = await sql<{ locale: Locale }>`select locale from scheduling.newcomer where appointment_id = ${visitId}::uuid`.execute(tx.db.kysely)
  return newcomer?.locale
}

/**
 * Tells whoever is to hear of it, in the way that counts for each (`sendNotice`): what was told of this version is told once. Where somebody's text waits for the
 * morning it is asked again, of what is true then; until then no row says that it is done.
 */
async function tellOnce(tx: Ctx<SystemActor>, visit: Due, touch: Touch | 'changed'): Promise<{ isTold: boolean; later?: Date }> {
  const { rows } = await sql`select from scheduling.reminder where appointment_id = ${visit.id}::uuid and version = ${visit.version} and touch = ${touch}`.execute(tx.db.kysely)
  if (rows.length > 0) return { isTold: false }
  const { zone } = await placeOf(tx, visit.locationId)
  const locale = await localeOf(tx, visit.id)
  const { told, later } = await sendNotice(tx, {
    ...(locale && { locale }),
    kind: touch === 'changed' ? await kindOfChange(tx, visit) : 'visit-coming', patientId: visit.patientId, dedupe: `${visit.id}:${visit.version}:${touch}`,
    about: { type: 'appointment', id: visit.id }, notAfter: visit.startsAt, visit: { at: visit.startsAt, zone, path: `/portal/appointments/${visit.id}`, link: to => visitLink(tx, visit.id, to), isAsked: touch !== 'changed', ...(visit.mode === 'in-person' && { locationId: visit.locationId }) },
  })
  if (later) return { isTold: told > 0, later }
  await sql`
    insert into scheduling.reminder (appointment_id, patient_id, version, touch, at, told) values (${visit.id}::uuid, ${visit.patientId}::uuid, ${visit.version}, ${touch}, ${tx.now()}, ${told})
    on conflict do nothing
  `.execute(tx.db.kysely)
  return { isTold: true }
}
