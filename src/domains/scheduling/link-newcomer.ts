import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { mayActFor } from '#platform/scope.ts'
import { endWays } from '#notices'
import { finishTaskAbout } from '#work'
import { linkNewcomers } from './access.ts'
import { newcomerTask } from './shared.ts'
import { readNewcomer, type Newcomer } from './find-newcomer.ts'
import { noteStep } from './note-step.ts'
import type { PatientBook } from './patient-book.ts'

/** `patientId`: whose record it is; without, one is begun. `isTheirs`: staff asked, and where the code went is theirs too. */
export type NewcomerLink = { patientId?: string; isTheirs?: boolean }

/**
 * Says whose record a newcomer's is. A record is begun under the number that their visit has; where they are somebody we know, that record and the known one become
 * one by the way of all records, and so can become two again. What showed by a code alone that somebody reads there is no way to a person we know until staff have asked.
 */
export function linkNewcomer(ctx: Ctx<StaffActor>, book: PatientBook, id: string, { patientId, isTheirs = false }: NewcomerLink): Promise<{ ok: true; patientId: string } | Refused<'linked-meanwhile' | 'cannot-join'>> {
  return inTransaction<StaffActor, { ok: true; patientId: string } | Refused<'linked-meanwhile' | 'cannot-join'>>(ctx, async tx => {
    mustBeAbleTo(tx, linkNewcomers)
    const newcomer = await readNewcomer(tx, id)
    if (!newcomer?.appointmentId) throw new NotFound()
    const { rows } = await sql`
      update scheduling.newcomer set linked_at = ${tx.now()}, linked_by = ${tx.actor.personId}::uuid where id = ${id}::uuid and linked_at is null returning id
    `.execute(tx.db.kysely)
    if (rows.length === 0) return refused('linked-meanwhile')
    await begin(tx, book, newcomer)
    if (patientId !== undefined && patientId !== id) {
      if (!isTheirs) await endWays(tx, await mayActFor(tx, id))
      const joined = await book.join(tx, { keep: patientId, merge: id })
      if (!joined.ok) throw new CannotJoin()
    }
    await noteLink(tx, newcomer.appointmentId, patientId ?? id)
    await finishTaskAbout(tx, { type: 'newcomer', ids: [id] }, patientId === undefined ? 'A record was begun.' : 'Linked to a record.', { kind: newcomerTask })
    return { ok: true, patientId: patientId ?? id }
  }).catch((error: unknown) => {
    if (error instanceof CannotJoin) return refused('cannot-join')
    throw error
  })
}

/** What was written is to be undone. */
class CannotJoin extends Error {}

const begin = (tx: Ctx<StaffActor>, book: PatientBook, { id, name, birthDate, contactKind, contact, speaks, locale }: Newcomer): Promise<void> =>
  book.begin(tx, id, { name: name!, birthDate: birthDate!, phone: contactKind === 'phone' ? contact : null, email: contactKind === 'mailbox' ? contact : null, language: speaks || locale })

/** The visit is as it was: nobody is told of it again. */
async function noteLink(tx: Ctx<StaffActor>, appointmentId: string, patientId: string): Promise<void> {
  const { rows: [visit] } = await sql<{ startsAt: Date; version: number }>`
    select starts_at as "startsAt", version from scheduling.appointment where id = ${appointmentId}::uuid
  `.execute(tx.db.kysely)
  await noteStep(tx, { appointmentId, patientId, step: 'linked', version: visit!.version, startsAt: visit!.startsAt })
}
