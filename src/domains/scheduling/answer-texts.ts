import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { speakAs, sql } from '#platform/db.ts'
import type { PendingVisit, VisitAnswers } from '#notices'
import { practiceZone, readPractice } from '#practice'
import type { PatientBook } from './patient-book.ts'
import { sayComing } from './say-coming.ts'
import type { Status } from './shared.ts'

type Row = { id: string; startsAt: Date; locationId: string; status: Status; version: number; saidComingAt: Date | null; toldVersion: number | null }

/** For one patient and as them alone: the job that hears texts reaches no calendar by itself. */
async function inScopeOf<T>(tx: Ctx<SystemActor>, patientId: string, work: (scoped: Ctx<SystemActor>) => Promise<T>): Promise<T> {
  const done = await work(await speakAs<SystemActor>(tx, { ...tx.actor, patientId }))
  await speakAs(tx, tx.actor)
  return done
}

/** What was asked about and has not begun: as it was when a reminder told of it, or not any more. */
async function pendingOf(tx: Ctx<SystemActor>, patientId: string, visitIds: readonly string[], book: Pick<PatientBook, 'names'>): Promise<PendingVisit[]> {
  const { rows } = await sql<Row>`
    select a.id, a.starts_at as "startsAt", a.location_id as "locationId", a.status, a.version, a.said_coming_at as "saidComingAt",
      (select max(r.version) from scheduling.reminder r where r.appointment_id = a.id and r.touch <> 'changed') as "toldVersion"
    from scheduling.appointment a
    where a.id = any (${visitIds as string[]}::uuid[]) and a.patient_id = ${patientId}::uuid and a.starts_at > ${tx.now()}
  `.execute(tx.db.kysely)
  const given = (await book.names(tx, [patientId])).get(patientId)?.trim().split(/\s+/)[0] ?? ''
  const zones = new Map((await readPractice(tx))?.locations.map(place => [place.id, place.zone]))
  const zone = await practiceZone(tx)
  return rows.map(row => ({
    id: row.id, patientId, given, at: row.startsAt, zone: zones.get(row.locationId) ?? zone, version: row.version,
    state: row.status !== 'booked' || row.version !== row.toldVersion ? 'changed' : row.saidComingAt ? 'confirmed' : 'open',
  }))
}

/** What answers by text need of the visits. In the order in which they were asked about, so that the second stays the second when something is asked later. */
export const visitAnswers = (book: Pick<PatientBook, 'names'>): VisitAnswers => ({
  async pending(tx, asked) {
    const found = new Map<string, PendingVisit>()
    for (const [patientId, of] of Map.groupBy(asked, one => one.patientId)) {
      for (const visit of await inScopeOf(tx, patientId, scoped => pendingOf(scoped, patientId, of.map(one => one.visitId), book))) found.set(visit.id, visit)
    }
    const askedAt = new Map(asked.map(one => [one.visitId, one.askedAt.getTime()]))
    return [...found.values()].sort((a, b) => askedAt.get(a.id)! - askedAt.get(b.id)! || a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1))
  },
  confirm: (tx, { id, patientId, version }) => inScopeOf(tx, patientId, async scoped => (await sayComing(scoped, id, { version })).ok),
})
