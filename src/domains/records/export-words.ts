import type { Communication } from '@medplum/fhirtypes'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { readStanding } from '#feedback'
import type { ExportedItem } from './export-record.ts'
import type { Comment } from './read-comments.ts'

export type CommentOnResult = Pick<Comment, 'id' | 'words' | 'locale' | 'authorName' | 'writtenAt'> & { itemId: string; code: string | null; name: string }

/** What was written to the patient about those results that whoever asks may see now, oldest first. */
export async function readAllComments(ctx: Ctx, patientId: AuthorizedPatientId): Promise<CommentOnResult[]> {
  const { rows } = await sql<CommentOnResult>`
    select c.id, c.words, c.locale, c.author_name as "authorName", c.written_at as "writtenAt", r.id as "itemId", r.code, r.name
    from records.comment c
    join records.result r on r.resource_id = c.resource_id and r.patient_id = c.patient_id and r.is_fact
    where c.patient_id = ${patientId}::uuid
    order by c.written_at, c.id
  `.execute(ctx.db.kysely)
  return rows
}

/**
 * What was written here around the record, as resources of their own beside what it is about: comments on results, corrections, and the
 * patient's own statements, which go wherever the record goes. Source: 45 CFR 164.524(c)(1), 164.526(c)(1) and (d)(5).
 */
export async function exportWords(ctx: Ctx, patientId: AuthorizedPatientId, subject: string): Promise<ExportedItem[]> {
  const item = (id: string, made: { sent: string; language: string | undefined; about: string; by: string; words: string; what: string }): ExportedItem => {
    const body: Communication = {
      resourceType: 'Communication', id, status: 'completed', ...(made.language && { language: made.language }), category: [{ text: made.what }], subject: { reference: `urn:uuid:${subject}` },
      about: [{ reference: `urn:uuid:${made.about}` }], sent: made.sent, sender: { display: made.by }, payload: [{ contentString: made.words }],
    }
    return { id, kind: 'words', happenedAt: new Date(made.sent), body: JSON.stringify(body), source: 'rapport' }
  }
  const comments = (await readAllComments(ctx, patientId)).map(one => item(one.id, { about: one.itemId, by: one.authorName, words: one.words, what: 'Comment on a result', language: one.locale, sent: one.writtenAt.toISOString() }))
  const standing = await readStanding(ctx, patientId)
  const { rows } = await sql<{ resource: string; item: string }>`
    select resource_id as resource, id as item from records.result where patient_id = ${patientId}::uuid and is_fact and resource_id = any (${standing.map(one => one.subjectId)}::uuid[])
    union all select resource_id, id from records.note where patient_id = ${patientId}::uuid and is_fact and resource_id = any (${standing.map(one => one.subjectId)}::uuid[])
    union all select resource_id, id from records.fact where patient_id = ${patientId}::uuid and is_fact and resource_id = any (${standing.map(one => one.subjectId)}::uuid[])
  `.execute(ctx.db.kysely)
  const itemOf = new Map(rows.map(({ resource, item: found }) => [resource, found]))
  const said = standing.map(({ id, kind, subjectId, excerpt, reply, statement, sentAt }) => {
    const found = itemOf.get(subjectId)
    // What it was said of goes along only where it stands in this record: it may have been another's, or be held back now.
    const [about, of] = [found ?? subject, (found || subjectId === patientId) && kind !== 'wrong-person' ? `“${excerpt}”: ` : '']
    return reply?.correction
      ? item(id, { about, by: reply.byName, words: of + reply.correction, what: 'Correction', language: reply.locale, sent: reply.at.toISOString() })
      : item(id, { about, by: 'The patient, or who looks after them', words: of + (statement?.words ?? ''), what: 'The patient’s statement', language: statement?.locale, sent: (statement?.at ?? sentAt).toISOString() })
  })
  return [...comments, ...said]
}
