import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { arrivedNotes, readArrivedNotes, type OwnArrived } from '#records'
import { writeNotes } from './access.ts'
import { demotedTerms } from './check-note.ts'
import { checkWords, type Checked } from './check-words.ts'
import { db } from './tables.ts'

const lookBackDays = 3

/**
 * Looks at notes that came from elsewhere, once each version: where one of ours wrote it and words may hurt, it is put before its author and
 * nobody else. The text stays with the record. Safe to run twice, and beside itself. Source: N15.
 */
export async function checkArrived(ctx: Ctx<SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => {
    const since = new Date(tx.now().getTime() - lookBackDays * 86_400_000)
    const { rows: known } = await sql<{ key: string }>`select resource_id::text || ' ' || edition as key from writing.arrived_note where received_at > ${since}`.execute(tx.db.kysely)
    const notes = await arrivedNotes(tx, { since, known: known.map(({ key }) => key) })
    if (notes.length === 0) return 0
    const demoted = await demotedTerms(tx)
    const hasWords = (text: string) => checkWords(text.slice(0, 50_000), { demoted }).shown.length > 0
    const rows = notes.map(({ resourceId, edition, receivedAt, authorId, text }) => ({ resource_id: resourceId, edition, received_at: receivedAt, author_id: authorId && hasWords(text) ? authorId : null, checked_at: tx.now(), looked_at: null }))
    await db(tx).insertInto('writing.arrived_note').values(rows).onConflict(one => one.doNothing()).execute()
    return notes.length
  })
}

export type Arrived = OwnArrived & { checked: Checked }

/** What was found in notes that one wrote elsewhere and has not looked at yet, twenty at a time. The words are looked for again in the note as it stands now. */
export async function listArrived(ctx: Ctx<StaffActor>): Promise<Arrived[]> {
  mustBeAbleTo(ctx, writeNotes)
  const rows = await db(ctx).selectFrom('writing.arrived_note').select('resource_id').distinct().where('author_id', '=', ctx.actor.personId).where('looked_at', 'is', null).limit(20).execute()
  const demoted = await demotedTerms(ctx)
  return (await readArrivedNotes(ctx, rows.map(row => row.resource_id))).map(note => ({ ...note, checked: checkWords(note.text.slice(0, 50_000), { demoted }) }))
}

export async function countArrived(ctx: Ctx<StaffActor>): Promise<number> {
  const { count } = await db(ctx).selectFrom('writing.arrived_note').where('author_id', '=', ctx.actor.personId).where('looked_at', 'is', null).select(eb => eb.fn.count<string>('resource_id').distinct().as('count')).executeTakeFirstOrThrow()
  return Number(count)
}

/** "I have looked at it": it asks no more, and nothing says what its author made of it. */
export function lookedAtArrived(ctx: Ctx<StaffActor>, resourceId: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, writeNotes)
    if (!/^[0-9a-f-]{36}$/.test(resourceId)) throw new NotFound()
    const done = await db(tx).updateTable('writing.arrived_note').set({ looked_at: tx.now() }).where('resource_id', '=', resourceId).where('author_id', '=', tx.actor.personId).where('looked_at', 'is', null).returning('resource_id').execute()
    if (done.length === 0) throw new NotFound()
    await audit(tx, 'notes.own-words-seen', { kind: 'note', ids: [resourceId] })
  })
}
