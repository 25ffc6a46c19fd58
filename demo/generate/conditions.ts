import type { Coding, Condition, Encounter } from '@medplum/fhirtypes'
import { add, clinician, during, heading, subject, type Chart } from './chart.ts'
import { conditions, type ConditionKey } from './conditions.data.ts'
import { instant, localDate, localTime } from './practice-clock.ts'

type Wording = { at: number; encounter?: Encounter | undefined; labels?: readonly Coding[]; isVisitReason?: boolean; onset?: number; isUnsure?: boolean }

const clinical = (code: 'active' | 'resolved' | 'remission' | 'inactive' | 'recurrence') =>
  ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code }] })
const verification = (code: 'confirmed' | 'provisional' | 'refuted' | 'entered-in-error' | 'differential') =>
  ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code }] })

/** A line of the problem list, or the reason of one visit. */
export function addCondition(chart: Chart, key: ConditionKey, { at, encounter, labels, isVisitReason, onset, isUnsure }: Wording): Condition {
  const [snomed, words, icd10] = conditions[key]
  const category = isVisitReason ? { code: 'encounter-diagnosis', display: 'Encounter Diagnosis' } : { code: 'problem-list-item', display: 'Problem List Item' }
  return add<Condition>(chart, {
    ...heading(chart, 'Condition', at, labels),
    clinicalStatus: clinical('active'), verificationStatus: verification(isUnsure ? 'provisional' : 'confirmed'),
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-category', ...category }] }],
    code: { coding: [{ system: 'http://snomed.info/sct', code: snomed, display: words }, { system: 'http://hl7.org/fhir/sid/icd-10-cm', code: icd10 }], text: words },
    subject: subject(chart), ...during(chart, encounter),
    onsetDateTime: localTime(onset ?? at), recordedDate: localTime(at), recorder: clinician(chart, chart.doctor),
  })
}

export function resolveCondition(condition: Condition, at: number): void {
  condition.clinicalStatus = clinical('resolved')
  condition.abatementDateTime = localDate(at)
  condition.meta = { ...condition.meta, lastUpdated: instant(at) }
}

/** It turned out not to be so (refuted), or was written on the wrong chart (entered-in-error, which has no clinical status). */
export function unsayCondition(condition: Condition, how: 'refuted' | 'entered-in-error', at: number): void {
  condition.verificationStatus = verification(how)
  if (how === 'entered-in-error') delete condition.clinicalStatus
  else condition.clinicalStatus = clinical('inactive')
  condition.meta = { ...condition.meta, lastUpdated: instant(at) }
}
