import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { Both } from '#practice/shared'
import type { Lead, QuestionKind } from './shared.ts'

/** A kind of visit by its key, or another lead. */
type Towards = { to: string | Exclude<Lead, 'visit'> }
export type QuestionsSeed = {
  /** By the key of the kind of visit. */
  questions?: Readonly<Record<string, readonly { words: Both; kind: QuestionKind; options?: readonly Both[]; isRequired?: boolean }[]>>
  reasons?: readonly ({ words: Both; ask?: readonly ({ words: Both } & Towards)[] } & Towards)[]
}

/** What is asked at booking, of a practice that was just founded. */
export async function foundQuestions(tx: Ctx, { questions = {}, reasons = [] }: QuestionsSeed, typeIds: Readonly<Record<string, string>>): Promise<void> {
  for (const [key, of] of Object.entries(questions)) {
    for (const [place, { words, kind, options = [], isRequired = false }] of of.entries()) {
      await sql`
        insert into scheduling.question (visit_type_id, place, kind, words_en, words_es, options, is_required)
        values (${typeIds[key]!}::uuid, ${place}, ${kind}, ${words.en}, ${words.es}, ${JSON.stringify(options)}::jsonb, ${isRequired})
      `.execute(tx.db.kysely)
    }
  }
  const lead = ({ to }: Towards) => (typeIds[to] ? sql`'visit', ${typeIds[to]}::uuid` : sql`${to}, null::uuid`)
  for (const [place, reason] of reasons.entries()) {
    const { rows } = await sql<{ id: string }>`
      insert into scheduling.reason (place, words_en, words_es, leads_to, visit_type_id) values (${place}, ${reason.words.en}, ${reason.words.es}, ${lead(reason)}) returning id
    `.execute(tx.db.kysely)
    for (const [at, asked] of (reason.ask ?? []).entries()) {
      await sql`insert into scheduling.screening (reason_id, place, words_en, words_es, leads_to, visit_type_id) values (${rows[0]!.id}::uuid, ${at}, ${asked.words.en}, ${asked.words.es}, ${lead(asked)})`.execute(tx.db.kysely)
    }
  }
}
