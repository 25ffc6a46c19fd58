import type { AllergyIntolerance } from '@medplum/fhirtypes'
import { add, clinician, heading, subject, type Chart } from './chart.ts'
import { localTime } from './practice-clock.ts'

const known = [
  ['Penicillin', '91936005', 'medication', 'Hives', 'moderate'], ['Sulfonamide antibiotic', '91939003', 'medication', 'Rash', 'mild'], ['Peanut', '91935009', 'food', 'Swelling of lips', 'severe'],
  ['Shellfish', '300913006', 'food', 'Hives', 'moderate'], ['Latex', '1003755004', 'environment', 'Contact rash', 'mild'], ['Grass pollen', '418689008', 'environment', 'Sneezing', 'mild'],
  ['Codeine', undefined, 'medication', 'Nausea', 'mild'], ['Bee venom', '424213003', 'environment', 'Trouble breathing', 'severe'],
] as const

export type AllergyState = 'confirmed' | 'unconfirmed' | 'refuted' | 'entered-in-error' | 'resolved'

const verification = (code: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', code }] })
const clinical = (code: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code }] })

/** An allergy, or one that turned out not to be (refuted), or that was never this patient's (entered-in-error: no clinical status). */
export function addAllergy(chart: Chart, at: number, state: AllergyState = 'confirmed', which = chart.random.whole(0, known.length - 1)): AllergyIntolerance {
  const [text, snomed, category, manifestation, severity] = known[which] ?? known[0]
  return add<AllergyIntolerance>(chart, {
    ...heading(chart, 'AllergyIntolerance', at),
    ...(state !== 'entered-in-error' && { clinicalStatus: clinical(state === 'resolved' ? 'resolved' : state === 'refuted' ? 'inactive' : 'active') }),
    verificationStatus: verification(state === 'resolved' ? 'confirmed' : state),
    type: category === 'medication' && manifestation === 'Nausea' ? 'intolerance' : 'allergy', category: [category], criticality: severity === 'severe' ? 'high' : 'low',
    code: { ...(snomed && { coding: [{ system: 'http://snomed.info/sct', code: snomed, display: `Allergy to ${text.toLowerCase()}` }] }), text },
    patient: subject(chart), recordedDate: localTime(at), recorder: clinician(chart, chart.doctor),
    reaction: [{ manifestation: [{ text: manifestation }], severity }],
  })
}

/** Asked, and there are none: also a fact. */
export function addNoKnownAllergy(chart: Chart, at: number): AllergyIntolerance {
  return add<AllergyIntolerance>(chart, {
    ...heading(chart, 'AllergyIntolerance', at), clinicalStatus: clinical('active'), verificationStatus: verification('confirmed'),
    code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'No known allergy' }], text: 'No known allergies' },
    patient: subject(chart), recordedDate: localTime(at),
  })
}

/** A third have an allergy; a few of those were taken back later. */
export function addUsualAllergies(chart: Chart, at: number): void {
  if (!chart.random.chance(0.36)) return void (chart.random.chance(0.6) && addNoKnownAllergy(chart, at))
  addAllergy(chart, at, chart.random.pick(['confirmed', 'confirmed', 'confirmed', 'unconfirmed', 'resolved']))
  if (chart.random.chance(0.12)) addAllergy(chart, at, chart.random.pick(['refuted', 'entered-in-error', 'confirmed']))
}
