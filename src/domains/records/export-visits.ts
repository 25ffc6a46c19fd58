import type { Appointment, Element, QuestionnaireResponse, QuestionnaireResponseItemAnswer } from '@medplum/fhirtypes'
import type { Ctx } from '#platform/ctx.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { copyVisits, type CopiedAnswers, type CopiedVisit } from '#scheduling'
import { cancelWords, type CancelReason } from '#scheduling/shared'
import type { ExportedItem } from './export-record.ts'

const statuses: Readonly<Record<CopiedVisit['status'], Appointment['status']>> = { requested: 'pending', booked: 'booked', arrived: 'arrived', completed: 'fulfilled', 'no-show': 'noshow', cancelled: 'cancelled' }
const ways: Readonly<Record<CopiedVisit['mode'], string>> = { 'in-person': 'In person', phone: 'By phone', video: 'By video' }

type Both = CopiedAnswers['answers'][number]['asked']
/** Words in the language in which they were read, with those of the other beside them where the practice wrote them. Source: FHIR R4, StructureDefinition/translation. */
function inBoth(words: Both, locale: 'en' | 'es'): { words: string; also?: Element } {
  const other = locale === 'en' ? 'es' : 'en'
  const read = words[locale] || words.en
  if (!words[other] || words[other] === read) return { words: read }
  return { words: read, also: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/translation', extension: [{ url: 'lang', valueCode: other }, { url: 'content', valueString: words[other] }] }] } }
}

function valueOf({ kind, said, locale }: CopiedAnswers['answers'][number]): QuestionnaireResponseItemAnswer {
  if (kind === 'yes-no') return { valueBoolean: said.en === 'Yes' }
  const { words, also } = inBoth(said, locale)
  return kind === 'text' ? { valueString: words } : { valueCoding: { display: words, ...(also && { _display: also }) } }
}

/** What was answered about a visit, which points at it: R4 lets no response point at an appointment. Source: FHIR R4, QuestionnaireResponse. */
function exportAnswers({ id, at, answers }: CopiedAnswers, subject: string): ExportedItem {
  const locales = new Set(answers.map(answer => answer.locale))
  const body: QuestionnaireResponse = {
    resourceType: 'QuestionnaireResponse', id, meta: { lastUpdated: at.toISOString() }, ...(locales.size === 1 && { language: answers[0]!.locale }),
    identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` }, status: 'completed', subject: { reference: `urn:uuid:${subject}` }, authored: at.toISOString(),
    item: answers.map(answer => {
      const { words, also } = inBoth(answer.asked, answer.locale)
      return { linkId: answer.questionId, text: words, ...(also && { _text: also }), answer: [valueOf(answer)] }
    }),
  }
  return { id, kind: 'answers', happenedAt: at, body: JSON.stringify(body), source: 'rapport' }
}

/** Visits that were booked here, as resources of their own, each with what was answered about it: they go wherever the record goes. One that the EHR has, too, carries its numbers. Source: FHIR R4, Appointment. */
export async function exportVisits(ctx: Ctx, patientId: AuthorizedPatientId, subject: string): Promise<ExportedItem[]> {
  return (await copyVisits(ctx, patientId)).flatMap(visit => {
    const body: Appointment = {
      resourceType: 'Appointment', id: visit.id, meta: { lastUpdated: visit.changedAt.toISOString() }, status: statuses[visit.status],
      identifier: [{ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${visit.id}` }, ...visit.numbers.map(value => ({ value }))],
      ...(visit.type && { serviceType: [{ text: visit.type }] }), appointmentType: { text: ways[visit.mode] }, ...(visit.reason && { reasonCode: [{ text: visit.reason }] }), ...(visit.cancelledBecause && { cancelationReason: { text: cancelWords[visit.cancelledBecause as CancelReason] ?? visit.cancelledBecause } }),
      ...(visit.told && { supportingInformation: [{ reference: `urn:uuid:${visit.told.id}` }] }),
      start: visit.startsAt.toISOString(), end: visit.endsAt.toISOString(), minutesDuration: Math.round((visit.endsAt.getTime() - visit.startsAt.getTime()) / 60_000), created: visit.bookedAt.toISOString(),
      participant: [
        { actor: { reference: `urn:uuid:${subject}` }, status: 'accepted' }, { actor: { display: visit.who }, status: visit.status === 'requested' ? 'needs-action' : 'accepted' },
        ...(visit.place ? [{ actor: { type: 'Location' as const, display: visit.place }, status: 'accepted' as const }] : []),
      ],
    }
    return [{ id: visit.id, kind: 'appointment', happenedAt: visit.startsAt, body: JSON.stringify(body), source: 'rapport' }, ...(visit.told ? [exportAnswers(visit.told, subject)] : [])]
  })
}
