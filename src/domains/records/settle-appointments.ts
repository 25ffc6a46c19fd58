import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { keepReceived, type SentVisit } from '#scheduling'
import { asText, asThing } from './explain/read-loosely.ts'
import { findOurs } from './find-ours.ts'
import { readAppointment } from './read-appointment.ts'
import type { Run } from './store-batch.ts'

type Arrived = { recordId: string; sourcePatient: string | null; patientId: string | null; isFact: boolean; isRestricted: boolean; body: string }

/** What has just been derived and is a visit is handed to those who keep the schedule, in the transaction that keeps it. Which word of the source counts has been decided: the newest. */
export async function settleAppointments(tx: Ctx<SystemActor>, run: Run): Promise<void> {
  const { rows } = await sql<Arrived>`
    select k.resource_id as "recordId", x.source_patient as "sourcePatient", x.patient_id as "patientId", s.is_fact as "isFact", s.is_restricted as "isRestricted", s.body::text as body
    from staged s
    join kept k on k.seq = s.seq
    left join reached x on x.seq = s.seq
    where s.fhir_type = 'Appointment' and k.is_due and (x.seq is not null or k.was_derived)
  `.execute(tx.db.kysely)
  if (rows.length === 0) return
  const read = rows.map(row => ({ row, resource: asThing(JSON.parse(row.body)) }))
  const oursOf = await findOurs(tx, run.source, read.map(({ resource }) => resource))
  const sent = read.flatMap(({ row: { recordId, sourcePatient, patientId, isRestricted }, resource }): SentVisit[] => {
    if (sourcePatient === null || patientId === null) return []
    const { people, status, startsAt, endsAt, what, placeNames, numbers } = readAppointment(resource)
    const found = people.map(person => oursOf(person, resource))
    const named = people.map((person, index) => found[index]?.name ?? asText(person.display)).filter(name => name !== null)
    return [{ status, startsAt, endsAt, what, placeNames, numbers, recordId, sourcePatient, patientId, isRestricted, clinicianIds: [...new Set(found.flatMap(one => one?.id ?? []))], withName: [...new Set(named)].join(', ') }]
  })
  await keepReceived(tx, { source: run.source, recordIds: [...new Set(rows.map(row => row.recordId))], sent })
}
