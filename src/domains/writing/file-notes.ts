import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { fileNote } from '#records'
import { db } from './tables.ts'

/** Files every signed note that is not with its record yet, the oldest first. Safe to run twice: a note has one id everywhere. */
export async function fileNotes(ctx: Ctx<SystemActor>): Promise<number> {
  const due = await inTransaction(ctx, tx => db(tx).selectFrom('writing.draft').select(['id', 'patient_id', 'title', 'body', 'summary', 'author_name', 'signed_at', 'addendum_to'])
    .where('signed_at', 'is not', null).where('filed_at', 'is', null).orderBy('signed_at').limit(50).execute())
  for (const row of due) {
    await fileNote(ctx, { id: row.id, patientId: row.patient_id, title: row.title, body: row.body, summary: row.summary, authorName: row.author_name, signedAt: row.signed_at!, addendumTo: row.addendum_to })
    await inTransaction(ctx, tx => db(tx).updateTable('writing.draft').set({ filed_at: tx.now() }).where('id', '=', row.id).where('filed_at', 'is', null).execute())
  }
  return due.length
}
