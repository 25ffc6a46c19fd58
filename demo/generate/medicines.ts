import type { CodeableConcept, Coding, Encounter, Medication, MedicationRequest, MedicationStatement } from '@medplum/fhirtypes'
import { add, clinician, during, heading, point, subject, type Chart } from './chart.ts'
import { medicines, type Medicine, type MedicineKey } from './medicines.data.ts'
import { DAY, instant, localDate, localTime } from './practice-clock.ts'

type Start = { at: number; encounter?: Encounter | undefined; labels?: readonly Coding[]; isShort?: boolean }

const concept = ({ name, rxnorm }: Medicine): CodeableConcept =>
  rxnorm ? { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: rxnorm, display: name }], text: name } : { text: name }

/** A prescription. A short course is completed by itself once its days are over. */
export function prescribe(chart: Chart, key: MedicineKey, { at, encounter, labels, isShort }: Start): MedicationRequest {
  const medicine: Medicine = medicines[key]
  const isOver = isShort && at + medicine.days * DAY < chart.now
  const authored = at + 20 * 60_000
  return add<MedicationRequest>(chart, {
    ...heading(chart, 'MedicationRequest', isOver ? at + medicine.days * DAY : authored, labels),
    status: isOver ? 'completed' : 'active', intent: 'order', ...named(chart, medicine, at, labels),
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/medicationrequest-category', code: 'community', display: 'Community' }] }],
    subject: subject(chart), ...during(chart, encounter), authoredOn: localTime(authored), requester: clinician(chart, chart.doctor),
    reasonCode: [{ text: medicine.reason }], dosageInstruction: [{ text: medicine.take }],
    dispenseRequest: {
      numberOfRepeatsAllowed: isShort ? 0 : 3, quantity: { value: medicine.quantity, unit: medicine.form },
      expectedSupplyDuration: { value: medicine.days, unit: 'days', system: 'http://unitsofmeasure.org', code: 'd' },
    },
  })
}

/** Most prescriptions name the medicine themselves; some systems point at a Medication instead. */
function named(chart: Chart, medicine: Medicine, at: number, labels: readonly Coding[] | undefined): Pick<MedicationRequest, 'medicationCodeableConcept' | 'medicationReference'> {
  if (!chart.random.chance(0.14)) return { medicationCodeableConcept: concept(medicine) }
  const medication = add<Medication>(chart, { ...heading(chart, 'Medication', at, labels), status: 'active', code: concept(medicine), form: { text: medicine.form } })
  return { medicationReference: point(chart, medication, medicine.name) }
}

/** `why` is what the chart says; real charts are not always kind. */
export function stopMedicine(request: MedicationRequest, status: 'stopped' | 'completed' | 'on-hold' | 'cancelled' | 'entered-in-error', at: number, why?: string): void {
  request.status = status
  if (why) request.statusReason = { text: why }
  request.meta = { ...request.meta, lastUpdated: instant(at) }
}

/** The year's renewal: the old prescription is completed, the same medicine written anew. */
export function renew(chart: Chart, key: MedicineKey, old: MedicationRequest, start: Start): MedicationRequest {
  stopMedicine(old, 'completed', start.at, 'Renewed')
  return prescribe(chart, key, start)
}

/** What the patient says is taken: bought without a prescription, or written by someone else. */
export function noteTaken(chart: Chart, key: MedicineKey, at: number, status: MedicationStatement['status'] = 'active'): MedicationStatement {
  const medicine: Medicine = medicines[key]
  const isOver = status === 'completed' || status === 'stopped'
  return add<MedicationStatement>(chart, {
    ...heading(chart, 'MedicationStatement', at), status, medicationCodeableConcept: concept(medicine), subject: subject(chart),
    effectivePeriod: { start: localDate(at - 60 * DAY), ...(isOver && { end: localDate(at) }) }, dateAsserted: localTime(at),
    informationSource: subject(chart), dosage: [{ text: medicine.take }],
    ...(status === 'not-taken' && { statusReason: [{ text: 'Never picked up' }] }),
  })
}
