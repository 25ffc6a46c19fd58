import { importBundles } from '#integrations/ehr-fhir/import-bundles.ts'
import type { TestHouse } from '#test/ctx.ts'

type Thing = { resourceType: string; id: string }
type More = Record<string, unknown>

/** Small FHIR resources of one patient, `p1` unless said; each as a source would send it. */
export const fhir = {
  patient: (id = 'p1', more: More = {}) => ({ resourceType: 'Patient', id, name: [{ given: ['Ana'], family: 'Marlowe' }], birthDate: '1972-04-17', gender: 'female', ...more }),
  lab: (id: string, code: string, value: number, more: More = {}, who = 'p1') => ({
    resourceType: 'Observation', id, status: 'final', category: [{ coding: [{ code: 'laboratory' }] }], subject: { reference: `Patient/${who}` }, effectiveDateTime: '2026-11-20T14:00:00Z', issued: '2026-11-21T09:00:00Z',
    code: { coding: [{ system: 'http://loinc.org', code }], text: `LAB ${code}` }, valueQuantity: { value, unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' }, ...more,
  }),
  report: (id: string, tests: readonly string[], more: More = {}, who = 'p1') => ({
    resourceType: 'DiagnosticReport', id, status: 'final', category: [{ coding: [{ code: 'LAB' }] }], subject: { reference: `Patient/${who}` }, effectiveDateTime: '2026-11-20T14:00:00Z', issued: '2026-11-21T09:00:00Z',
    code: { coding: [{ system: 'http://loinc.org', code: '51990-0' }], text: 'BASIC METABOLIC PANEL' }, result: tests.map(test => ({ reference: `Observation/${test}` })), ...more,
  }),
  note: (id: string, text: string, more: More = {}, who = 'p1') => ({
    resourceType: 'DocumentReference', id, status: 'current', docStatus: 'final', subject: { reference: `Patient/${who}` }, date: '2026-11-20T15:00:00Z', type: { coding: [{ system: 'http://loinc.org', code: '11506-3', display: 'Progress note' }] },
    content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }], ...more,
  }),
  medicine: (id: string, name: string, more: More = {}, who = 'p1') => ({ resourceType: 'MedicationRequest', id, status: 'active', intent: 'order', subject: { reference: `Patient/${who}` }, authoredOn: '2026-11-01', medicationCodeableConcept: { text: name }, ...more }),
  condition: (id: string, name: string, more: More = {}, who = 'p1') => ({ resourceType: 'Condition', id, subject: { reference: `Patient/${who}` }, clinicalStatus: { coding: [{ code: 'active' }] }, verificationStatus: { coding: [{ code: 'confirmed' }] }, code: { text: name }, ...more }),
}

export const range = (low: number, high: number, flag: 'H' | 'L' | 'N') => ({ referenceRange: [{ low: { value: low, unit: 'mg/dL' }, high: { value: high, unit: 'mg/dL' } }], interpretation: [{ coding: [{ code: flag }] }] })

/** Imports these through the real importer and says which patient each source's `Patient` became. */
export async function bringRecords(test: TestHouse, source: string, things: readonly Thing[]): Promise<Map<string, string>> {
  const report = await importBundles(test.system('records.import'), { source, bundles: [{ resourceType: 'Bundle', type: 'collection', entry: things.map(resource => ({ resource })) } as never] })
  if (report.unusable.length > 0) throw new Error(JSON.stringify(report.unusable))
  const { rows } = await test.db.owner.query<{ source_id: string; patient_id: string }>(
    'select r.source_id, s.patient_id from records.source_patient s join records.resource r on r.id = s.resource_id where r.source = $1', [source])
  return new Map(rows.map(row => [row.source_id, row.patient_id]))
}

/** What a person's own account, a caregiver's or a role may see, as accounts grants it; without a patient for a role. */
export async function grantSight(test: TestHouse, { personId, patientId, source, categories = ['identity', 'results', 'notes', 'record', 'appointments', 'access-log'], endsAt }: { personId: string; patientId?: string; source: 'self' | 'proxy' | 'role'; categories?: readonly string[]; endsAt?: Date }): Promise<void> {
  await test.db.owner.query(
    `insert into platform.access_grant (person_id, patient_id, category, verb, source, starts_at, ends_at) select $1, $2, category, 'see', $3, '2020-01-01', $5 from unnest($4::text[]) as category`,
    [personId, patientId ?? null, source, categories, endsAt ?? null])
}
