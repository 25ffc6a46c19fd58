import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'

/** A short list that the practice keeps in its own order; `of`: whose it is. */
export type KeptList = { table: 'question' | 'screening' | 'reason'; most: number; of?: { column: 'visit_type_id' | 'reason_id'; id: string } }

const tableOf = ({ table }: KeptList) => sql.table(`scheduling.${table}`)
const own = ({ of }: KeptList) => (of ? sql`${sql.ref(of.column)} = ${of.id}::uuid` : sql`true`)

/** Two who add or move at once would both find the same place. */
const lockLists = (tx: Ctx) => sql`select pg_advisory_xact_lock(hashtextextended('scheduling.lists', 0))`.execute(tx.db.kysely)

/** Where the next one goes; undefined: the list is full. */
export async function nextPlace(tx: Ctx, list: KeptList): Promise<number | undefined> {
  await lockLists(tx)
  const { rows: [{ count } = { count: 0 }] } = await sql<{ count: number }>`select count(*)::integer as count from ${tableOf(list)} where ${own(list)}`.execute(tx.db.kysely)
  return count < list.most ? count : undefined
}

/** One place up; at the top it stays. */
export async function raiseListed(tx: Ctx, list: KeptList, id: string): Promise<void> {
  await lockLists(tx)
  const { rows: [found] } = await sql<{ place: number }>`select place from ${tableOf(list)} where id = ${id}::uuid and ${own(list)}`.execute(tx.db.kysely)
  if (!found) throw new NotFound()
  if (found.place === 0) return
  await sql`
    update ${tableOf(list)} set place = case when id = ${id}::uuid then place - 1 else place + 1 end
    where ${own(list)} and place in (${found.place}, ${found.place - 1})
  `.execute(tx.db.kysely)
}

/** Those after it move up. */
export async function removeFromList(tx: Ctx, list: KeptList, id: string): Promise<void> {
  await lockLists(tx)
  const { rows: [gone] } = await sql<{ place: number }>`delete from ${tableOf(list)} where id = ${id}::uuid and ${own(list)} returning place`.execute(tx.db.kysely)
  if (!gone) throw new NotFound()
  await sql`update ${tableOf(list)} set place = place - 1 where ${own(list)} and place > ${gone.place}`.execute(tx.db.kysely)
}
