import type { Observation } from '@medplum/fhirtypes'
import type { Chart } from './chart.ts'
import type { LabContext } from './lab-observation.ts'
import { DAY, instant } from './practice-clock.ts'

/** What goes wrong at a laboratory, at about the rates it does: a spoilt specimen, a slip, a late correction, an answer not yet checked. */
export function makeOdd(chart: Chart, observation: Observation, { at, issued }: LabContext): void {
  const draw = chart.random.next()
  const isFresh = chart.now - at < 5 * DAY
  if (draw < 0.004) cancel(observation)
  else if (draw < 0.006) retract(observation)
  else if (draw < 0.011) amend(chart, observation, issued)
  else if (draw < 0.041 && isFresh) observation.status = 'preliminary'
}

/** No value: the specimen could not be used. */
export function cancel(observation: Observation, why = 'Specimen hemolyzed. Test not performed. Please recollect.'): void {
  observation.status = 'cancelled'
  delete observation.valueQuantity
  delete observation.valueString
  delete observation.valueCodeableConcept
  delete observation.interpretation
  delete observation.referenceRange
  observation.dataAbsentReason = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'error', display: 'Error' }], text: why }
  observation.note = [{ text: why }]
}

/** It was never true of this patient. The value stays: it is the reader's duty not to show it. */
export function retract(observation: Observation): void {
  observation.status = 'entered-in-error'
  observation.note = [{ text: 'Reported on the wrong patient. Disregard.' }]
}

/** Said again, a day or two later: the value stands, something beside it changed. */
export function amend(chart: Chart, observation: Observation, issued: number): void {
  const changed = Math.min(issued + chart.random.whole(1, 2) * DAY, chart.now)
  observation.status = 'amended'
  observation.issued = instant(changed)
  observation.meta = { ...observation.meta, lastUpdated: instant(changed) }
  observation.note = [{ text: 'AMENDED REPORT: collection time changed from the order. Value unchanged.' }]
}
