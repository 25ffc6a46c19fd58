import { auditMany } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { linkTo, momentOf, placeNameOf } from '#platform/letter-facts.ts'
import { sendLetter } from '#platform/send-letter.ts'
import { dayIn, instantAt } from '#platform/when.ts'
import { whoReads } from '#accounts'
import { isBriefFor } from '#notices'
import { practiceZone, readPractice } from '#practice'
import type { Mode, Status } from './shared.ts'

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

/** Asks who needs to hear what now, of what is true now; a visit that was cancelled or moved meanwhile is told of as it is, or not at all. Returns how many visits it told of. */
export function remindPatients(ctx: Ctx<SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => {
    const now = tx.now()
    const { rows } = await sql<Due>`
      select id, patient_id as "patientId", location_id as "locationId", mode, starts_at as "startsAt", version, booked_at as "bookedAt", status
      from scheduling.appointment a
      where status = 'booked' and starts_at > ${now} and starts_at <= ${new Date(now.getTime() + 72 * hourMs)}
        and not exists (select from scheduling.reminder r where r.appointment_id = a.id and r.version = a.version and r.touch = case when a.starts_at <= ${new Date(now.getTime() + 24 * hourMs)} then '1-day' else '3-days' end)
      order by starts_at
      limit 500
    `.execute(tx.db.kysely)
    const told: string[] = []
    for (const visit of rows) {
      const { zone } = await placeOf(tx, visit.locationId)
      const touch = touchDue(visit, now, zone)
      if (touch && await tellOnce(tx, visit, touch)) told.push(visit.patientId)
    }
    if (told.length > 0) await auditMany(tx, 'appointment.reminded', [...Map.groupBy(told, id => id)].map(([patientId, of]) => ({ patientId, count: of.length })))
    return told.length
  })
}

/** The practice moved or cancelled it: whoever looks after it hears that something changed, once for each change. */
export function tellOfChange(ctx: Ctx<SystemActor>, appointmentId: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    const { rows: [visit] } = await sql<Due>`
      select id, patient_id as "patientId", location_id as "locationId", mode, starts_at as "startsAt", version, booked_at as "bookedAt", status from scheduling.appointment where id = ${appointmentId}::uuid
    `.execute(tx.db.kysely)
    if (visit && visit.startsAt > tx.now() && await tellOnce(tx, visit, 'changed')) await auditMany(tx, 'appointment.reminded', [{ patientId: visit.patientId, count: 1 }])
  })
}

async function placeOf(tx: Ctx, id: string) {
  const place = (await readPractice(tx))?.locations.find(one => one.id === id)
  return { place: place ?? null, zone: place?.zone ?? await practiceZone(tx) }
}

/** The row comes first: of two that run at once the second finds it there. What a letter says is fixed; when and where stand in it unless the patient wants that left out. */
async function tellOnce(tx: Ctx<SystemActor>, visit: Due, touch: Touch | 'changed'): Promise<boolean> {
  const readers = (await whoReads(tx, visit.patientId, 'appointments')).flatMap(reader => (reader.email === null ? [] : [{ ...reader, email: reader.email }]))
  const { rows } = await sql`
    insert into scheduling.reminder (appointment_id, patient_id, version, touch, at, told)
    values (${visit.id}::uuid, ${visit.patientId}::uuid, ${visit.version}, ${touch}, ${tx.now()}, ${readers.length})
    on conflict do nothing
    returning version
  `.execute(tx.db.kysely)
  if (rows.length === 0) return false
  const { place, zone } = await placeOf(tx, visit.locationId)
  const [kind, isBrief] = [touch !== 'changed' ? 'visit-coming' : visit.status === 'cancelled' ? 'visit-cancelled' : 'visit-moved', await isBriefFor(tx, visit.patientId)] as const
  for (const { personId, email, locale } of readers) {
    const facts = { link: linkTo(tx.house, `/portal/appointments/${visit.id}`), ...(!isBrief && { when: momentOf(visit.startsAt, zone, locale), ...(visit.mode === 'in-person' && place && { place: placeNameOf(place.name) }) }) }
    await sendLetter(tx, kind, facts, { to: email, personId, patientId: visit.patientId, locale, dedupe: `visit ${visit.id} ${visit.version} ${touch} ${personId}`, about: { type: 'appointment', id: visit.id }, notAfter: visit.startsAt })
  }
  return true
}
