import type { Appointment, CarePlan, CareTeam, Claim, Coverage, Encounter, Goal, RelatedPerson } from '@medplum/fhirtypes'
import { add, clinician, heading, organization, place, point, subject, type Chart } from './chart.ts'
import { DAY, instant, localDate, localTime, officeTime, YEAR } from './practice-clock.ts'

const participantRole = (text: string) => [{ text }]

export function addCareTeam(chart: Chart, at: number, hasTherapist = false): CareTeam {
  return add<CareTeam>(chart, {
    ...heading(chart, 'CareTeam', at), status: 'active', name: 'My care team at Kestrel', subject: subject(chart), period: { start: localDate(at) },
    participant: [
      { role: participantRole('Primary care'), member: clinician(chart, chart.doctor) }, { role: participantRole('Nurse'), member: clinician(chart, 'ruthFerncroft') },
      ...(hasTherapist ? [{ role: participantRole('Therapist'), member: clinician(chart, 'josieMarlgate') }] : []), { role: participantRole('Patient'), member: subject(chart) },
    ],
    managingOrganization: [organization(chart, 'practice')],
  })
}

export type Plan = { title: string; goal: string; activities: readonly string[]; isDone?: boolean }

export function addCarePlan(chart: Chart, at: number, { title, goal, activities, isDone }: Plan): CarePlan {
  const aim = add<Goal>(chart, { ...heading(chart, 'Goal', at), lifecycleStatus: isDone ? 'completed' : 'active', description: { text: goal }, subject: subject(chart), startDate: localDate(at) })
  return add<CarePlan>(chart, {
    ...heading(chart, 'CarePlan', at), status: isDone ? 'completed' : 'active', intent: 'plan', title, subject: subject(chart), period: { start: localDate(at), ...(isDone && { end: localDate(at + YEAR / 2) }) },
    category: [{ coding: [{ system: 'http://hl7.org/fhir/us/core/CodeSystem/careplan-category', code: 'assess-plan' }] }], author: clinician(chart, chart.doctor), goal: [point(chart, aim, goal)],
    activity: activities.map(description => ({ detail: { status: isDone ? 'completed' as const : 'in-progress' as const, description } })),
  })
}

export function addAppointment(chart: Chart, start: number, status: Appointment['status'], reason: string, minutes = 20): Appointment {
  const written = Math.min(start, chart.now - DAY)
  return add<Appointment>(chart, {
    ...heading(chart, 'Appointment', written), status, ...(status === 'cancelled' && { cancelationReason: { text: 'Patient asked for another day' } }),
    description: reason, start: instant(start), end: instant(start + minutes * 60_000), minutesDuration: minutes, created: localTime(Math.min(written, start - 14 * DAY)),
    participant: [
      { actor: subject(chart), status: status === 'proposed' ? 'needs-action' : 'accepted' }, { actor: clinician(chart, chart.doctor), status: 'accepted' }, { actor: place(chart), status: 'accepted' },
    ],
  })
}

/** What lies behind and ahead: kept, missed and cancelled visits, and usually the next one. */
export function addAppointments(chart: Chart, visits: readonly Encounter[], reason: string): void {
  for (const visit of visits.slice(-3)) if (visit.period?.start) addAppointment(chart, Date.parse(visit.period.start), 'fulfilled', visit.reasonCode?.[0]?.text ?? 'Visit')
  if (chart.random.chance(0.22)) addAppointment(chart, officeTime(chart.recent - chart.random.whole(30, 200) * DAY, 10, 20), chart.random.pick(['noshow', 'cancelled', 'cancelled']), reason)
  if (chart.random.chance(0.78)) addAppointment(chart, officeTime(chart.now + chart.random.whole(6, 110) * DAY, chart.random.whole(8, 16), 30), chart.random.pick(['booked', 'booked', 'booked', 'proposed']), reason)
}

export function addCoverage(chart: Chart): Coverage {
  const payer = chart.random.chance(0.7) ? 'millstoneHealth' : 'greenValleyCare'
  return add<Coverage>(chart, {
    ...heading(chart, 'Coverage', chart.now - 200 * DAY), status: 'active', beneficiary: subject(chart), subscriberId: `MH${chart.random.whole(1_000_000, 9_999_999)}`,
    relationship: { text: 'self' }, payor: [organization(chart, payer)], type: { text: payer === 'millstoneHealth' ? 'PPO' : 'Medicaid managed care' }, period: { start: localDate(chart.now - 200 * DAY) },
  })
}

export function addClaim(chart: Chart, visit: Encounter, coverage: Coverage): Claim {
  const at = Date.parse(visit.period?.start ?? instant(chart.recent)) + 6 * 3_600_000
  return add<Claim>(chart, {
    ...heading(chart, 'Claim', at), status: 'active', use: 'claim', type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/claim-type', code: 'professional' }] },
    patient: subject(chart), created: localTime(at), provider: organization(chart, 'practice'), priority: { coding: [{ code: 'normal' }] },
    insurance: [{ sequence: 1, focal: true, coverage: point(chart, coverage) }],
    item: [{ sequence: 1, productOrService: { text: 'Office visit, established patient' }, encounter: [point(chart, visit)], net: { value: 142.5, currency: 'USD' } }],
    total: { value: 142.5, currency: 'USD' },
  })
}

/** A child's grown-up, at home under the same family name. */
export function addParent(chart: Chart): RelatedPerson {
  const isMother = chart.random.chance(0.6)
  return add<RelatedPerson>(chart, {
    ...heading(chart, 'RelatedPerson', chart.person.born), active: true, patient: subject(chart), name: [{ family: chart.person.family, given: [isMother ? 'Marlow' : 'Corin'] }],
    relationship: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: isMother ? 'MTH' : 'FTH', display: isMother ? 'mother' : 'father' }] }],
    ...(chart.person.phone && { telecom: [{ system: 'phone', value: chart.person.phone }] }),
  })
}
