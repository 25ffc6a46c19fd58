import type { Coding, Condition, Encounter } from '@medplum/fhirtypes'
import { add, clinician, heading, organization, place, point, subject, type Chart } from './chart.ts'
import type { ClinicianKey } from './practice.data.ts'
import { localTime } from './practice-clock.ts'

const kinds = {
  office: ['AMB', 'ambulatory', '185349003', 'Encounter for check up'], problem: ['AMB', 'ambulatory', '185347001', 'Encounter for problem'],
  prenatal: ['AMB', 'ambulatory', '424619006', 'Prenatal visit'], video: ['VR', 'virtual', '448337001', 'Telemedicine consultation with patient'],
  emergency: ['EMER', 'emergency', '50849002', 'Emergency room admission'], hospital: ['IMP', 'inpatient encounter', '183452005', 'Encounter Inpatient'],
} as const
export type VisitKind = keyof typeof kinds

type Wording = { at: number; kind: VisitKind; reason: string; minutes?: number; with?: ClinicianKey; labels?: readonly Coding[] }

export function addVisit(chart: Chart, { at, kind, reason, minutes = 20, with: who, labels }: Wording): Encounter {
  const [classCode, className, snomed, words] = kinds[kind]
  const isElsewhere = kind === 'emergency' || kind === 'hospital'
  return add<Encounter>(chart, {
    ...heading(chart, 'Encounter', at + minutes * 60_000, labels), status: 'finished',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: classCode, display: className },
    type: [{ coding: [{ system: 'http://snomed.info/sct', code: snomed, display: words }], text: words }],
    subject: subject(chart), reasonCode: [{ text: reason }], period: { start: localTime(at), end: localTime(at + minutes * 60_000) },
    participant: [{ individual: clinician(chart, who ?? chart.doctor) }],
    serviceProvider: organization(chart, isElsewhere ? 'harborHospital' : 'practice'),
    ...(!isElsewhere && kind !== 'video' && { location: [{ location: place(chart) }] }),
  })
}

export function blame(chart: Chart, encounter: Encounter, conditions: readonly Condition[]): void {
  if (conditions.length) encounter.diagnosis = conditions.map(condition => ({ condition: point(chart, condition, condition.code?.text) }))
}
