import type { Ctx, PatientActor, ProxyActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { House } from '#platform/house.ts'

export const readFirsts = ['words', 'numbers'] as const
export const readSizes = ['usual', 'large', 'largest'] as const
export type ReadingHelp = { first: (typeof readFirsts)[number]; size: (typeof readSizes)[number] }
const usual: ReadingHelp = { first: 'words', size: 'usual' }

// Every page of the portal asks, and it changes once in a person's life: a house remembers it for half a minute, and its own change at once.
const rememberedMs = 30_000, most = 5_000
const remembered = new WeakMap<House, Map<string, { help: ReadingHelp; until: number }>>()

function remember(house: House, personId: string, help: ReadingHelp): ReadingHelp {
  const known = remembered.get(house) ?? new Map<string, { help: ReadingHelp; until: number }>()
  if (known.size >= most) known.clear()
  known.set(personId, { help, until: performance.now() + rememberedMs })
  remembered.set(house, known)
  return help
}

/** How whoever reads wants it shown: plain words first and in the usual size, unless they said otherwise (A4). */
export async function readingHelp(ctx: Ctx): Promise<ReadingHelp> {
  const { actor } = ctx
  if (actor.kind !== 'patient' && actor.kind !== 'proxy') return usual
  const known = remembered.get(ctx.house)?.get(actor.personId)
  if (known && known.until > performance.now()) return known.help
  const { rows } = await sql<ReadingHelp>`select first, size from records.reading_help where person_id = ${actor.personId}::uuid`.execute(ctx.db.kysely)
  return remember(ctx.house, actor.personId, rows[0] ?? usual)
}

export async function chooseReading(tx: Ctx<PatientActor | ProxyActor>, { first, size }: ReadingHelp): Promise<void> {
  await sql`
    insert into records.reading_help (person_id, first, size, set_at) values (${tx.actor.personId}::uuid, ${first}, ${size}, ${tx.now()})
    on conflict (person_id) do update set first = excluded.first, size = excluded.size, set_at = excluded.set_at
  `.execute(tx.db.kysely)
  remember(tx.house, tx.actor.personId, { first, size })
}
