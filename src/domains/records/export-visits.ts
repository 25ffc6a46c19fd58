import type { Appointment } from '@medplum/fhirtypes'
import type { Ctx } from '#platform/ctx.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { copyVisits, type CopiedVisit } from '#scheduling'
import { cancelWords, type CancelReason } from '#scheduling/shared'
import type { ExportedItem } from './export-record.ts'

const statuses: Readonly<Record<CopiedVisit['status'], Appointment['status']>> = { requested: 'pending', booked: 'booked', arrived: 'arrived', completed: 'fulfilled', 'no-show': 'noshow', cancelled: 'cancelled' }
const ways: Readonly<Record<CopiedVisit['mode'], string>> = { 'in-person': 'In person', phone: 'By phone', video: 'By video' }

/** Visits that were booked here, as resources of their own: they go wherever the record goes. One that the EHR has, too, carries its numbers. Source: FHIR R4, Appointment. */
export async function exportVisits(ctx: Ctx, patientId: AuthorizedPatientId, subject: string): Promise<ExportedItem[]> {
  return (await copyVisits(ctx, patientId)).map(visit => {
    const body: Appointment = {
      resourceType: 'Appointment', id: visit.id, meta: { lastUpdated: visit.changedAt.toISOString() }, status: statuses[visit.status],
      identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${visit.id}` }, ...visit.numbers.map(value => ({ value }))],
      ...(visit.type && { serviceType: [{ text: visit.type }] }), appointmentType: { text: ways[visit.mode] }, ...(visit.reason && { reasonCode: [{ text: visit.reason }] }), ...(visit.cancelledBecause && { cancelationReason: { text: cancelWords[visit.cancelledBecause as CancelReason] ?? visit.cancelledBecause } }),
      start: visit.startsAt.toISOString(), end: visit.endsAt.toISOString(), minutesDuration: Math.round((visit.endsAt.getTime() - visit.startsAt.getTime()) / 60_000), created: visit.bookedAt.toISOString(),
      participant: [
        { actor: { reference: `urn:uuid:${subject}` }, status: 'accepted' }, { actor: { display: visit.who }, status: visit.status === 'requested' ? 'needs-action' : 'accepted' },
        ...(visit.place ? [{ actor: { type: 'Location' as const, display: visit.place }, status: 'accepted' as const }] : []),
      ],
    }
    return { id: visit.id, kind: 'appointment', happenedAt: visit.startsAt, body: JSON.stringify(body), source: 'rapport' }
  })
}
