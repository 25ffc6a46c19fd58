import type { Ctx, PatientActor, ProxyActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'

export const readFirsts = ['words', 'numbers'] as const
export const readSizes = ['usual', 'large', 'largest'] as const
export type ReadingHelp = { first: (typeof readFirsts)[number]; size: (typeof readSizes)[number] }
const usual: ReadingHelp = { first: 'words', size: 'usual' }

/** How whoever reads wants it shown: plain words first and in the usual size, unless they said otherwise (A4). */
export async function readingHelp(ctx: Ctx): Promise<ReadingHelp> {
  const { actor } = ctx
  if (actor.kind !== 'patient' && actor.kind !== 'proxy') return usual
  const { rows } = await sql<ReadingHelp>`select first, size from records.reading_help where person_id = ${actor.personId}::uuid`.execute(ctx.db.kysely)
  return rows[0] ?? usual
}

export async function chooseReading(tx: Ctx<PatientActor | ProxyActor>, { first, size }: ReadingHelp): Promise<void> {
  await sql`
    insert into records.reading_help (person_id, first, size, set_at) values (${tx.actor.personId}::uuid, ${first}, ${size}, ${tx.now()})
    on conflict (person_id) do update set first = excluded.first, size = excluded.size, set_at = excluded.set_at
  `.execute(tx.db.kysely)
}
