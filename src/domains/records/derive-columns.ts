import { isFact, wasNotDone } from './explain/judge-facts.ts'
import { asText, asThing, asThings, codesOf, statusOf, wordsOf, type Loose } from './explain/read-loosely.ts'
import { flagsOf } from './explain/find-things.ts'

export type FactKind = 'medicine' | 'condition' | 'allergy' | 'immunization' | 'procedure' | 'vital' | 'social' | 'survey' | 'visit' | 'care-team' | 'care-plan' | 'appointment' | 'order' | 'other'
/** Where a resource is shown: the table it is derived into. None: kept and exported, shown nowhere. */
export type Place = { table: 'result'; kind: 'test' | 'report' } | { table: 'note'; kind: 'note' } | { table: 'fact'; kind: FactKind }

/** What pages sort and filter by, read from one resource. Never throws: rubbish in a field is a column that is null. */
export type Columns = {
  place: Place | null
  code: string | null
  name: string
  unit: string | null
  lab: string | null
  value: number | null
  isOutside: boolean | null
  /** ISO instant. */
  happenedAt: string | null
  status: string
  isFact: boolean
  isRestricted: boolean
  /** References of the patients whose compartment it is in. */
  patientRefs: string[]
  /** A report's tests. */
  testRefs: string[]
  author: string | null
}

const factKinds: Readonly<Record<string, FactKind>> = {
  MedicationRequest: 'medicine', MedicationStatement: 'medicine', Condition: 'condition', AllergyIntolerance: 'allergy', Immunization: 'immunization', Procedure: 'procedure',
  Encounter: 'visit', CareTeam: 'care-team', CarePlan: 'care-plan', Appointment: 'appointment', ServiceRequest: 'order',
}

/** Shown on no page, but part of the record: they go along with a copy of it. These may hold a result or a note before it is told, so a patient's copy goes without them and says so. */
const mayHoldMore: ReadonlySet<string> = new Set(['ClinicalImpression', 'Communication', 'Composition', 'DetectedIssue', 'DocumentManifest', 'Flag', 'List', 'Media', 'MolecularSequence', 'QuestionnaireResponse', 'RiskAssessment'])

/** FHIR says what an Observation is in its categories; without one, a laboratory's codes make it a result. What is about no patient has no place. */
function placeOf(resource: Loose, type: string): Place | null {
  if (type === 'DiagnosticReport') return { table: 'result', kind: 'report' }
  if (type === 'DocumentReference') return { table: 'note', kind: 'note' }
  if (type !== 'Observation') {
    const kind = factKinds[type] ?? (patientRefs(resource, type).length > 0 ? 'other' : undefined)
    return kind ? { table: 'fact', kind } : null
  }
  const categories = new Set(asThings(resource.category).flatMap(category => codesOf(category).map(code => code.code)))
  if (categories.has('vital-signs')) return { table: 'fact', kind: 'vital' }
  if (categories.has('social-history')) return { table: 'fact', kind: 'social' }
  if (categories.has('survey') || categories.has('sdoh')) return { table: 'fact', kind: 'survey' }
  return { table: 'result', kind: 'test' }
}

const referencesIn = (value: unknown): string[] => asThings(value).map(thing => asText(thing.reference)).filter(reference => reference !== null)

/** Whose record it is in: subject, patient, beneficiary, or the patients who take part. Source: FHIR R4, patient compartment. */
function patientRefs(resource: Loose, type: string): string[] {
  if (type === 'Patient') return []
  const direct = [resource.subject, resource.patient, resource.beneficiary].flatMap(referencesIn)
  const partaking = asThings(resource.participant).flatMap(one => referencesIn(one.actor ?? one.member))
  return [...new Set([...direct, ...partaking])].filter(reference => /^urn:uuid:|(^|\/)Patient\/[^/]+/.test(reference))
}

const restrictedConfidentiality: ReadonlySet<string> = new Set(['R', 'V'])
const openLabels: ReadonlySet<string> = new Set(['N', 'L', 'M', 'U', 'HTEST'])
const closedSystems = /v3-ActCode|v3-ObservationValue|sensitivity|42CFR|part2/i

/** Psychotherapy notes, substance-use records (42 CFR 2), restricted and any sensitivity label we do not know: not shown to patients by itself. Fails closed. */
function isRestricted(resource: Loose): boolean {
  // A document carries labels of its own as well; one without a code says nothing we could trust.
  const ofDocument = asThings(resource.securityLabel).flatMap(label => { const codings = asThings(label.coding); return codings.length > 0 ? codings : [{}] })
  return [...asThings(asThing(resource.meta).security), ...ofDocument].some(label => {
    const code = asText(label.code)
    const system = asText(label.system) ?? ''
    if (code === null) return true
    if (/v3-Confidentiality/i.test(system)) return restrictedConfidentiality.has(code) || !openLabels.has(code)
    return closedSystems.test(system) ? !openLabels.has(code) : !openLabels.has(code)
  })
}

const earliest = Date.UTC(1880, 0, 1)
function instant(...candidates: unknown[]): string | null {
  for (const candidate of candidates) {
    const text = asText(candidate)
    if (text === null || !/^\d{4}(-\d{2}(-\d{2}(T.*)?)?)?$/.test(text)) continue
    const time = Date.parse(text.length <= 10 ? `${text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text}T12:00:00Z` : text)
    if (Number.isFinite(time) && time > earliest && time < 4_102_444_800_000) return new Date(time).toISOString()
  }
  return null
}

function valueOf(resource: Loose): { value: number | null; unit: string | null } {
  const quantity = asThing(resource.valueQuantity)
  const number = quantity.value ?? resource.valueInteger
  const value = typeof number === 'number' && Number.isFinite(number) && Math.abs(number) < 1e15 ? number : null
  return { value, unit: (asText(quantity.code) ?? asText(quantity.unit))?.slice(0, 60) ?? null }
}

const outsideFlags: ReadonlySet<string> = new Set(['H', 'HH', 'L', 'LL', 'A', 'AA', 'HU', 'LU', 'POS', 'DET', '>', '<', 'U', 'D', 'R'])
/** As the laboratory flagged it; without a flag, by the range it sent; else unknown. Never our own ranges. */
function outside(resource: Loose, value: number | null): boolean | null {
  const flags = flagsOf(resource.interpretation)
  if (flags.length > 0) return flags.some(flag => outsideFlags.has(flag))
  const range = asThings(resource.referenceRange)[0]
  if (!range || value === null) return null
  const bound = (name: 'low' | 'high') => asThing(range[name]).value
  const [low, high] = [bound('low'), bound('high')]
  if (typeof low !== 'number' && typeof high !== 'number') return null
  return (typeof low === 'number' && value < low) || (typeof high === 'number' && value > high)
}

const firstDisplay = (value: unknown): string | null => asThings(value).map(one => asText(one.display)).find(text => text !== null) ?? null
const clean = (text: string | null, most: number) => (text === null ? null : text.replaceAll('\0', '').slice(0, most))

export function deriveColumns(resource: Loose): Columns {
  const type = asText(resource.resourceType) ?? ''
  const place = placeOf(resource, type)
  const { value, unit } = valueOf(resource)
  const coding = type === 'Encounter' ? asThings(resource.type)[0] : type === 'Immunization' ? resource.vaccineCode : type.startsWith('Medication') ? resource.medicationCodeableConcept : resource.code ?? resource.type
  return {
    place, value, unit,
    code: clean(codesOf(coding)[0]?.code ?? null, 80),
    name: clean(wordsOf(coding) ?? asText(resource.description) ?? asText(resource.title) ?? firstDisplay(resource.medicationReference) ?? '', 500) || type,
    lab: clean(firstDisplay(resource.performer), 200),
    isOutside: place?.table === 'result' && place.kind === 'test' ? outside(resource, value) : null,
    happenedAt: instant(resource.effectiveDateTime, asThing(resource.effectivePeriod).start, resource.effectiveInstant, resource.occurrenceDateTime, resource.performedDateTime, asThing(resource.performedPeriod).start,
      resource.onsetDateTime, resource.authoredOn, asThing(resource.period).start, resource.start, asThing(asThing(resource.context).period).start, resource.date, resource.recordedDate, resource.issued, resource.dateAsserted),
    status: clean(statusOf(resource.status) ?? statusOf(resource.clinicalStatus), 40) ?? '',
    isFact: isFact(resource) || wasNotDone(resource),
    isRestricted: mayHoldMore.has(type) || isRestricted(resource),
    patientRefs: patientRefs(resource, type).slice(0, 20),
    testRefs: type === 'DiagnosticReport' ? referencesIn(resource.result).slice(0, 500) : [],
    author: clean(firstDisplay(resource.author), 200),
  }
}
