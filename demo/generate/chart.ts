import type { Coding, DiagnosticReport, Encounter, Location, Meta, Organization, Patient, Practitioner, Reference, Resource } from '@medplum/fhirtypes'
import { describePerson, type Person } from './people.ts'
import { DAY, instant, officeTime } from './practice-clock.ts'
import { clinicians, locations, organizations, type ClinicianKey, type LocationKey, type OrganizationKey } from './practice.data.ts'
import type { Random } from './seeded-random.ts'

/** How a Bundle writes itself: relative references, or urn:uuid references in a transaction. */
export type BundleStyle = 'collection' | 'transaction'

/** One patient's record while it is being written. */
export type Chart = {
  readonly person: Person
  readonly random: Random
  readonly nextId: () => string
  readonly now: number
  /** An office day of the last week: the newest entries of this record. */
  readonly recent: number
  readonly style: BundleStyle
  /** How far back the stories go: 1 is as they tell it. */
  readonly reach: number
  readonly patient: Patient
  readonly doctor: ClinicianKey
  readonly place: LocationKey
  readonly lab: 'juniperLab' | 'northlineLab'
  readonly resources: Resource[]
  readonly shared: Map<string, Resource>
  /** Where this body's values lie now, by code: tests drawn again stay near it. */
  readonly levels: Map<string, number>
  /** Panels by first test and time: two reasons for the same blood on one day are one tube. */
  readonly drawn: Map<string, DiagnosticReport>
  lastPlan: { text: string; at: number } | undefined
}

type Opening = { person: Person; random: Random; nextId: () => string; now: number; style: BundleStyle; reach: number }

export function openChart({ person, random, nextId, now, style, reach }: Opening): Chart {
  const id = nextId()
  const doctor = random.pick(['adaBrightmoor', 'tomasValdemora', 'wrenOakmere'] as const)
  const patient: Patient = { resourceType: 'Patient', id, meta: {}, ...describePerson(random, person, now) }
  const chart: Chart = {
    person, random, nextId, now, style, reach, doctor, patient,
    recent: lastOfficeDay(random, now),
    place: random.chance(0.7) ? 'alderFalls' : 'millHollow',
    lab: random.chance(0.65) ? 'juniperLab' : 'northlineLab',
    resources: [patient], shared: new Map(), levels: new Map(), drawn: new Map(), lastPlan: undefined,
  }
  patient.meta = { lastUpdated: instant(chart.recent) }
  patient.generalPractitioner = [clinician(chart, doctor)]
  patient.managingOrganization = organization(chart, 'practice')
  return chart
}

/** An office hour, two to six days ago: what follows from a visit, a lab's answer say, still fits before now. */
function lastOfficeDay(random: Random, now: number): number {
  const hour = random.whole(8, 16), minute = random.pick([0, 15, 20, 30, 40, 45]), day = random.whole(2, 4)
  return officeTime(now - day * DAY, hour, minute)
}

/** The first lines of every resource. `at` is when it was last written: never later than now. */
export function heading<T extends Resource['resourceType']>(chart: Chart, resourceType: T, at: number, labels?: readonly Coding[]): { resourceType: T; id: string; meta: Meta } {
  const lastUpdated = instant(at)
  return { resourceType, id: chart.nextId(), meta: labels ? { lastUpdated, security: [...labels] } : { lastUpdated } }
}

export function add<T extends Resource>(chart: Chart, resource: T): T {
  chart.resources.push(resource)
  return resource
}

export function point<T extends Resource>(chart: Chart, target: T, display?: string): Reference<T> {
  const reference = chart.style === 'transaction' ? `urn:uuid:${target.id}` : `${target.resourceType}/${target.id}`
  return display ? { reference, display } : { reference }
}

export const subject = (chart: Chart): Reference<Patient> => point(chart, chart.patient, `${chart.person.given} ${chart.person.family}`)

export function clinician(chart: Chart, key: ClinicianKey): Reference<Practitioner> {
  const one = clinicians[key]
  return point(chart, share(chart, one), one.name?.[0]?.text)
}

export function organization(chart: Chart, key: OrganizationKey): Reference<Organization> {
  const one = organizations[key]
  return point(chart, share(chart, one), one.name)
}

export function place(chart: Chart, key: LocationKey = chart.place): Reference<Location> {
  const one = locations[key]
  return point(chart, share(chart, one), one.name)
}

function share<T extends Resource>(chart: Chart, one: T): T {
  chart.shared.set(`${one.resourceType}/${one.id}`, one)
  return one
}

/** A fact about a visit, when there was one. */
export const during = (chart: Chart, encounter: Encounter | undefined) => encounter ? { encounter: point(chart, encounter) } : {}

const actCode = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
const restricted: Coding = { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R', display: 'restricted' }

/** Labels that a records system puts on what must not travel freely. */
export const labels = {
  substanceUse: [restricted, { system: actCode, code: '42CFRPart2', display: '42 CFR Part2' }],
  psychiatry: [restricted, { system: actCode, code: 'PSY', display: 'psychiatry disorder information sensitivity' }],
  psychotherapy: [restricted, { system: actCode, code: 'PSY', display: 'psychiatry disorder information sensitivity' }, { system: actCode, code: 'PSYTHPN', display: 'psychotherapy note information sensitivity' }],
  sexualHealth: [restricted, { system: actCode, code: 'SEX', display: 'sexuality and reproductive health information sensitivity' }],
} as const satisfies Record<string, readonly Coding[]>
