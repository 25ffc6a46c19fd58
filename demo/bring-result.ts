import type { Bundle, Observation } from '@medplum/fhirtypes'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { importBundles } from '#integrations/ehr-fhir/import-bundles.ts'

const isoDay = (at: Date) => at.toISOString().slice(0, 10)

/** Lets a laboratory send a new result for Ana Solberry, taken yesterday: once a day, however often it is asked for. Says whether she is there. */
export async function bringDemoResult(ctx: Ctx<SystemActor>): Promise<boolean> {
  const { rows } = await inTransaction(ctx, tx => sql<{ source_id: string }>`
    select r.source_id from records.patient p
    join records.source_patient s on s.patient_id = p.id and s.ended_at is null
    join records.resource r on r.id = s.resource_id
    where p.mrn = 'KFM-200001' and r.source = 'demo'
  `.execute(tx.db.kysely))
  const ana = rows[0]?.source_id
  if (!ana) return false
  const now = ctx.now()
  const yesterday = new Date(now.getTime() - 86_400_000)
  const unit = { unit: 'mg/dL', system: 'http://unitsofmeasure.org', code: 'mg/dL' }
  const result: Observation = {
    resourceType: 'Observation', id: `demo-result-${isoDay(now)}`, status: 'final', category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }],
    subject: { reference: `Patient/${ana}` }, effectiveDateTime: yesterday.toISOString(), issued: now.toISOString(), performer: [{ display: 'Millbrook Laboratory' }],
    code: { coding: [{ system: 'http://loinc.org', code: '2345-7', display: 'Glucose [Mass/volume] in Serum or Plasma' }], text: 'GLUCOSE' }, valueQuantity: { value: 104, ...unit },
    referenceRange: [{ low: { value: 70, ...unit }, high: { value: 99, ...unit } }], interpretation: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', code: 'H' }] }],
  }
  await importBundles(ctx, { source: 'demo', bundles: [{ resourceType: 'Bundle', type: 'collection', entry: [{ resource: result }] } as Bundle] })
  return true
}
