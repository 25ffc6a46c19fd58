import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { readRecords } from './access.ts'
import { attachmentsOf } from './read-attachment.ts'

const newProblemDays = 14

/** What the patient could have read already, in their last twenty notes, and what has lately come into the problem list. For the question whether they would be surprised (N8). */
export async function earlierWords(ctx: Ctx<StaffActor>, patientId: AuthorizedPatientId): Promise<{ notes: { text: string; at: Date | null }[]; newProblems: string[] }> {
  mustBeAbleTo(ctx, readRecords)
  const { rows: notes } = await sql<{ body: unknown; at: Date | null }>`
    select body, happened_at as at from records.note where patient_id = ${patientId}::uuid and is_fact and not is_restricted and visible_at <= ${ctx.now()} order by happened_at desc, id desc limit 20
  `.execute(ctx.db.kysely)
  const { rows: problems } = await sql<{ name: string }>`
    select distinct name from records.fact where patient_id = ${patientId}::uuid and kind = 'condition' and is_fact and received_at > ${new Date(ctx.now().getTime() - newProblemDays * 86_400_000)} limit 50
  `.execute(ctx.db.kysely)
  await audit(ctx, 'notes.viewed', { patientId, kind: 'note', detail: { count: notes.length } })
  return {
    notes: notes.map(({ body, at }) => ({ at, text: attachmentsOf(body).map(one => (one.kind === 'text' ? one.text : one.kind === 'html' ? one.html.replace(/<[^>]+>/g, ' ') : '')).join('\n') })),
    newProblems: problems.map(row => row.name),
  }
}
