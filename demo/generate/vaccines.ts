import type { Encounter, Immunization } from '@medplum/fhirtypes'
import { add, clinician, during, heading, place, subject, type Chart } from './chart.ts'
import { vaccines, type VaccineKey } from './vaccines.data.ts'
import { localDate, localTime, YEAR } from './practice-clock.ts'

type Given = { at: number; encounter?: Encounter | undefined; dose?: number; elsewhere?: boolean; notDone?: string }

const makers = ['Larkspur Biologics', 'Nettle & Vale Vaccines', 'Harbor Immunologicals'] as const

/** A vaccine given, told of, or not given with the reason. */
export function vaccinate(chart: Chart, key: VaccineKey, { at, encounter, dose, elsewhere, notDone }: Given): Immunization {
  const [cvx, words] = vaccines[key]
  return add<Immunization>(chart, {
    ...heading(chart, 'Immunization', at),
    status: notDone ? 'not-done' : 'completed', ...(notDone && { statusReason: { text: notDone } }),
    vaccineCode: { coding: [{ system: 'http://hl7.org/fhir/sid/cvx', code: cvx, display: words }], text: words },
    patient: subject(chart), ...during(chart, encounter), occurrenceDateTime: localTime(at), primarySource: !elsewhere,
    ...(elsewhere ? { reportOrigin: { text: 'State immunization registry' } } : { location: place(chart) }),
    ...(dose && { protocolApplied: [{ doseNumberPositiveInt: dose }] }),
    ...(!notDone && !elsewhere && {
      manufacturer: { display: chart.random.pick(makers) }, lotNumber: `${chart.random.pick(['A', 'K', 'X'])}${chart.random.whole(10_000, 99_999)}`,
      expirationDate: localDate(at + YEAR), site: { text: chart.random.pick(['Left deltoid', 'Right deltoid', 'Left thigh', 'Right thigh']) },
      performer: [{ actor: clinician(chart, 'ruthFerncroft') }],
    }),
  })
}
