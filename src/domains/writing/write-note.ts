import { audit, auditList } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { enqueue } from '#platform/jobs.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { mayActFor } from '#platform/scope.ts'
import { dayIn } from '#platform/when.ts'
import { earlierWords } from '#records'
import { writeNotes } from './access.ts'
import { demotedTerms } from './check-note.ts'
import { hashEarlier, type Earlier } from './find-copied.ts'
import { saveKept, settleMarks, type Kept } from './keep-marks.ts'
import { db } from './tables.ts'

export type DraftWords = { title: string; body: string; summary: string }
export type Draft = DraftWords & { id: string; patientId: string; authorId: string; authorName: string; addendumTo: string | null; changedAt: Date; signedAt: Date | null; filedAt: Date | null; earlier: Earlier }
type NoteRefusal = Refused<'no-title' | 'no-words' | 'too-long' | 'signed-already'>
const columns = ['id', 'patient_id', 'author_id', 'author_name', 'title', 'body', 'summary', 'addendum_to', 'changed_at', 'signed_at', 'filed_at', 'earlier'] as const
type Row = { id: string; patient_id: string; author_id: string; author_name: string; title: string; body: string; summary: string; addendum_to: string | null; changed_at: Date; signed_at: Date | null; filed_at: Date | null; earlier: Earlier }
const draftOf = (row: Row): Draft => ({
  id: row.id, patientId: row.patient_id, authorId: row.author_id, authorName: row.author_name, title: row.title, body: row.body, summary: row.summary, addendumTo: row.addendum_to, changedAt: row.changed_at, signedAt: row.signed_at, filedAt: row.filed_at, earlier: row.earlier,
})

/** A note begun for a patient, or an addendum to one that is signed. */
export function beginNote(ctx: Ctx<StaffActor>, patientId: string, { addendumTo }: { addendumTo?: string | undefined } = {}): Promise<string> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, writeNotes)
    const authorized = await mayActFor(tx, patientId)
    const first = addendumTo ? await db(tx).selectFrom('writing.draft').select(['title']).where('id', '=', addendumTo).where('patient_id', '=', patientId).where('signed_at', 'is not', null).executeTakeFirst() : undefined
    if (addendumTo && !first) throw new NotFound()
    const zone = await tx.house.shell.zone(tx)
    const { notes } = await earlierWords(tx, authorized)
    const earlier = hashEarlier(notes.flatMap(({ text, at }) => (at ? [{ text, day: dayIn(at, zone) }] : [])))
    const { id } = await db(tx).insertInto('writing.draft').values({
      patient_id: patientId, author_id: tx.actor.personId, author_name: tx.session?.name ?? 'Clinician', title: first ? `Added to: ${first.title}`.slice(0, 120) : 'Visit note', body: '', summary: '', addendum_to: addendumTo ?? null,
      begun_at: tx.now(), changed_at: tx.now(), said: [], signed_at: null, filed_at: null, earlier: JSON.stringify(earlier),
    }).returning('id').executeTakeFirstOrThrow()
    await audit(tx, 'notes.begun', { patientId, kind: 'draft', ids: [id] })
    return id
  })
}

/** One's own draft, or a signed note of anybody's. */
export async function readDraft(ctx: Ctx<StaffActor>, id: string): Promise<Draft> {
  mustBeAbleTo(ctx, writeNotes)
  const row = await db(ctx).selectFrom('writing.draft').select(columns).where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotFound()
  await audit(ctx, 'notes.viewed', { patientId: row.patient_id, kind: 'draft', ids: [id] })
  return draftOf(row)
}

/** One's own unfinished notes, and the signed ones of a patient. Each is an event in its patient's record. */
export async function listDrafts(ctx: Ctx<StaffActor>, of: { patientId: string } | 'mine'): Promise<Draft[]> {
  mustBeAbleTo(ctx, writeNotes)
  let query = db(ctx).selectFrom('writing.draft').select(columns).limit(50)
  query = of === 'mine' ? query.where('author_id', '=', ctx.actor.personId).where('signed_at', 'is', null).orderBy('changed_at', 'desc') : query.where('patient_id', '=', of.patientId).orderBy('changed_at', 'desc')
  const drafts = (await query.execute()).map(draftOf)
  await auditList(ctx, 'notes.listed', drafts)
  return drafts
}

function problemOf({ title, body, summary }: DraftWords): NoteRefusal | undefined {
  if (title.trim() === '') return refused('no-title')
  if (title.length > 120 || body.length > 50_000 || summary.length > 4_000) return refused('too-long')
  return undefined
}

export function keepDraft(ctx: Ctx<StaffActor>, id: string, draft: DraftWords, kept: readonly Kept[] = []): Promise<{ ok: true } | NoteRefusal> {
  return inTransaction<StaffActor, { ok: true } | NoteRefusal>(ctx, async tx => {
    const now = await readDraft(tx, id)
    if (now.signedAt) return refused('signed-already')
    const problem = problemOf(draft)
    if (problem) return problem
    await db(tx).updateTable('writing.draft').set({ title: draft.title.trim(), body: draft.body, summary: draft.summary, changed_at: tx.now() }).where('id', '=', id).execute()
    await saveKept(tx, id, kept)
    return { ok: true }
  })
}

export type Signing = { draft: DraftWords; said: readonly string[]; kept: readonly Kept[]; shown: readonly string[] }

/** Signs the note as it stands. From here on nobody edits it; it is filed with the record and opens by the same rules as everything else (N9). */
export function signNote(ctx: Ctx<StaffActor>, id: string, { draft, said, kept, shown }: Signing): Promise<{ ok: true; patientId: string } | NoteRefusal> {
  return inTransaction<StaffActor, { ok: true; patientId: string } | NoteRefusal>(ctx, async tx => {
    const saved = await keepDraft(tx, id, draft, kept)
    if (!saved.ok) return saved
    if (draft.body.trim() === '') return refused('no-words')
    const signed = await db(tx).updateTable('writing.draft').set({ signed_at: tx.now(), said: [...said] }).where('id', '=', id).where('signed_at', 'is', null).returning(['patient_id', 'earlier']).executeTakeFirst()
    if (!signed) return refused('signed-already')
    await settleMarks(tx, { id, body: draft.body, summary: draft.summary, earlier: signed.earlier }, { kept, shown }, await demotedTerms(tx))
    await audit(tx, 'notes.signed', { patientId: signed.patient_id, kind: 'draft', ids: [id] })
    await enqueue(tx, 'writing.file', {}, { key: 'writing.file' })
    return { ok: true, patientId: signed.patient_id }
  })
}

export function dropDraft(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, writeNotes)
    const gone = await db(tx).deleteFrom('writing.draft').where('id', '=', id).where('author_id', '=', tx.actor.personId).where('signed_at', 'is', null).returning('patient_id').executeTakeFirst()
    if (!gone) throw new NotFound()
    await audit(tx, 'notes.dropped', { patientId: gone.patient_id, kind: 'draft', ids: [id] })
  })
}
