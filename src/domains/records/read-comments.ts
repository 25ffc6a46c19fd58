import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { Locale } from '#platform/words.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'

export type Comment = { id: string; resourceId: string; words: string; locale: Locale; authorId: string | null; authorName: string; origin: 'here' | 'elsewhere'; writtenAt: Date; standingRuleId: string | null }

/** What was written to the patient about these results, the newest last. */
export async function readComments(ctx: Ctx, patientId: AuthorizedPatientId, resourceIds: readonly string[]): Promise<Comment[]> {
  if (resourceIds.length === 0) return []
  const { rows } = await sql<Comment>`
    select id, resource_id as "resourceId", words, locale, author_id as "authorId", author_name as "authorName", origin, written_at as "writtenAt", standing_rule_id as "standingRuleId"
    from records.comment
    where patient_id = ${patientId}::uuid and resource_id = any (${resourceIds as string[]}::uuid[])
    order by written_at, id
    limit 50
  `.execute(ctx.db.kysely)
  return rows
}

const bare = (words: string) => words.replace(/\s+/g, ' ').trim()
/** What a source sent as a remark and a comment says already is not said twice. */
export const notSaidIn = (comments: readonly Comment[]) => (words: string): boolean => !comments.some(comment => bare(comment.words) === bare(words))
