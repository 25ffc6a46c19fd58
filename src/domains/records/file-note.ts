import { randomUUID } from 'node:crypto'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { ownSource } from './own-source.ts'
import { beginRun, endRun, keepBatch } from './run-import.ts'
import { prepare } from './stage-batch.ts'

export type OwnNote = { id: string; patientId: string; title: string; body: string; summary: string; authorName: string; signedAt: Date; addendumTo: string | null }

/** Files a signed note with the patient's record, once however often it is asked. The plain summary stands in `description` (N10). */
export async function fileNote(ctx: Ctx<SystemActor>, note: OwnNote): Promise<void> {
  const resource = {
    resourceType: 'DocumentReference', id: note.id, status: 'current', docStatus: 'final', date: note.signedAt.toISOString(), subject: { reference: `Patient/${note.patientId}` },
    type: { coding: [{ system: 'http://loinc.org', code: '11506-3', display: 'Progress note' }], text: note.title }, author: [{ display: note.authorName }],
    ...(note.summary.trim() !== '' && { description: note.summary.trim() }),
    ...(note.addendumTo && { relatesTo: [{ code: 'appends', target: { reference: `DocumentReference/${note.addendumTo}` } }] }),
    content: [{ attachment: { contentType: 'text/plain; charset=utf-8', data: Buffer.from(note.body, 'utf8').toString('base64'), creation: note.signedAt.toISOString() } }],
  }
  await fileOwn(ctx, { id: note.id, patientId: note.patientId, at: note.signedAt, resource })
}

/** Files something that was written here under its own id; `at` says which of its versions is the newest. */
export async function fileOwn(ctx: Ctx<SystemActor>, { id, patientId, at, resource }: { id: string; patientId: string; at: Date; resource: { resourceType: string } & Record<string, unknown> }): Promise<void> {
  await inTransaction(ctx, tx => knowPatient(tx, patientId))
  const run = await beginRun(ctx, ownSource)
  const touched = new Map<string, number>()
  const kept = await keepBatch(ctx, run, [prepare({ file: 'written here', position: 0, fhirType: resource.resourceType, sourceId: id, alias: null, lastUpdated: at.toISOString(), text: JSON.stringify(resource), resource })], { touched, before: Promise.resolve() })
  if (kept.unusable.length > 0) throw new Error(`what was written here could not be filed: ${kept.unusable[0]!.reason}`)
  await endRun(ctx, run, { read: 1, newVersions: kept.newVersions, parked: 0, patients: touched.size }, touched)
}

/** Our own source calls a patient by our own number: the link needs no guess. It follows whom the number stands for now. */
async function knowPatient(tx: Ctx<SystemActor>, patientId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('records.import'))`.execute(tx.db.kysely)
  const { rows: [known] } = await sql<{ id: string }>`select id from records.resource where source = ${ownSource} and fhir_type = 'Patient' and source_id = ${patientId}`.execute(tx.db.kysely)
  if (known) return
  const id = randomUUID()
  await sql`insert into records.resource (id, source, fhir_type, source_id) values (${id}::uuid, ${ownSource}, 'Patient', ${patientId})`.execute(tx.db.kysely)
  await sql`insert into records.source_patient (resource_id, patient_id, linked_at, why) values (${id}::uuid, records.stands_for(${patientId}::uuid), ${tx.now()}, 'by-staff')`.execute(tx.db.kysely)
}
