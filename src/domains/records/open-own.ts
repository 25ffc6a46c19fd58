import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, ProxyActor, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import type { Category } from '#release/shared'
import { openNow } from './open-due.ts'

export type HeldRow = { lifeId: string; resourceId: string; place: 'result' | 'note'; category: Category; heldBy: 'state-law' | 'patient' | 'harm'; opensAt: Date | null; citation: string | null; arrivedAt: Date; needsOwner: boolean
  /** The law that holds it lets its patient end that. */
  mayEndLaw: boolean }
type Patient = Ctx<PatientActor | ProxyActor>

/** What has come and is not open yet, and why: no name, no value. Fifty at most. Reading it is an event. */
export async function readHeld(ctx: Ctx, patientId: AuthorizedPatientId): Promise<HeldRow[]> {
  const rows = await heldOf(ctx, patientId)
  if (rows.length > 0) await audit(ctx, 'results.waiting-viewed', { patientId, kind: 'life', ids: rows.map(row => row.lifeId) })
  return rows
}

async function heldOf(ctx: Ctx, patientId: AuthorizedPatientId): Promise<HeldRow[]> {
  const { rows } = await sql<HeldRow>`
    select id as "lifeId", resource_id as "resourceId", place, category, held_by as "heldBy", opens_at as "opensAt", citation, arrived_at as "arrivedAt", needs_owner as "needsOwner",
      held_by = 'state-law' and 'patient' = any (law_early) as "mayEndLaw"
    from records.life
    where patient_id = ${patientId}::uuid and released_at is null and held_by is not null and (opens_at is null or opens_at > ${ctx.now()})
    order by arrived_at desc
    limit 50
  `.execute(ctx.db.kysely)
  return rows
}

/**
 * One tap: the patient reads now what they had asked to wait with, or (`byLaw`) what a law holds that lets them end it. What else holds it
 * stays closed. Returns how many wishes ended. Source: R8; the statutes as named.
 */
export function openOwn(ctx: Patient, patientId: AuthorizedPatientId, lifeIds: readonly string[], { byLaw = false }: { byLaw?: boolean } = {}): Promise<number> {
  return inTransaction(ctx, async tx => {
    const { rows } = await sql<{ opened: number }>`select records.door_open_own(${lifeIds as string[]}::uuid[], ${byLaw}) as opened`.execute(tx.db.kysely)
    const opened = rows[0]!.opened
    if (opened > 0) await audit(tx, byLaw ? 'results.law-hold-ended' : 'results.opened-by-choice', { patientId, kind: 'life', ids: lifeIds })
    return opened
  })
}

/** Whoever no longer wants to wait with a category reads at once what waits in it. */
export async function openCategories(ctx: Patient, patientId: AuthorizedPatientId, ended: readonly Category[]): Promise<number> {
  if (ended.length === 0) return 0
  const waiting = (await heldOf(ctx, patientId)).filter(row => row.heldBy === 'patient' && ended.includes(row.category))
  return waiting.length === 0 ? 0 : openOwn(ctx, patientId, waiting.map(row => row.lifeId))
}

/** The same where staff write down that somebody no longer wants to wait. What a law or a finding holds stays closed. */
export async function openCategoriesFor(tx: Ctx<StaffActor>, patientId: AuthorizedPatientId, ended: readonly Category[]): Promise<void> {
  const waiting = (await heldOf(tx, patientId)).filter(row => row.heldBy === 'patient' && ended.includes(row.category))
  if (waiting.length === 0) return
  await openNow(tx, waiting.map(row => row.lifeId))
  await enqueue(tx, 'records.release', {}, { key: 'records.release' })
}

/** The patient, or who acts for them, has opened this. The first time counts. */
export async function markSeen(ctx: Patient, resourceId: string): Promise<void> {
  await sql`select records.door_seen(${resourceId}::uuid)`.execute(ctx.db.kysely)
}
