import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'

declare const proven: unique symbol
/** A patient this actor has been shown to reach. Only `mayActFor` mints it; reads of patient data demand it. */
export type AuthorizedPatientId = string & { [proven]: true }

/** Proves that the actor reaches the patient. What one may not see does not exist: NotFound. */
export async function mayActFor(ctx: Ctx, patientId: string): Promise<AuthorizedPatientId> {
  const { actor } = ctx
  if (actor.kind === 'patient' || actor.kind === 'proxy' || (actor.kind === 'system' && actor.patientId !== undefined)) {
    if (actor.patientId === patientId) return patientId as AuthorizedPatientId
    throw new NotFound()
  }
  if (actor.kind === 'staff' || actor.kind === 'system') {
    const { rows } = await sql<{ reached: boolean }>`
      select platform.sees_all('identity') or ${patientId}::uuid = any (platform.patients_seen('identity')) as reached
    `.execute(ctx.db.kysely)
    if (rows[0]?.reached) return patientId as AuthorizedPatientId
  }
  throw new NotFound()
}
