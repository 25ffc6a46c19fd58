import pg from 'pg'
import { speakFor } from '#platform/db.ts'
import type { Actor } from '#platform/ctx.ts'
import type { FullHouse } from './full-house.ts'

export type Walled = { name: string; owner_column: string; owner_kind: 'patient' | 'person' }
/** What got through: 's' rows were seen or counted, 'i', 'u', 'd' one could be put in, changed, taken out. */
export type Through = string

/** Tries all five on a stranger's rows as one actor, straight in the database as the web's own role, and undoes it. */
export async function tryWall(house: FullHouse, actor: Actor, table: Walled, row: Record<string, unknown>): Promise<Through> {
  const client = new pg.Client({ connectionString: house.db.appUrl })
  await client.connect()
  // What belongs to nobody yet, such as a visitor's message, is tried by its own id.
  const key = row[table.owner_column] === null ? 'id' : table.owner_column
  const owner = row[key]
  const trial = async (sql: string, values: unknown[]): Promise<number> => {
    await client.query(`begin; ${speakFor(actor, house.house.now())}`)
    try {
      const { rowCount, rows } = await client.query(sql, values)
      return rows[0]?.n === undefined ? rowCount ?? 0 : Number(rows[0].n)
    } catch (error) {
      if ((error as { code?: string }).code === '42501') return 0   // row security, or no right at all
      return 1                                                       // the wall let it pass, and something else stopped it
    } finally {
      await client.query('rollback')
    }
  }
  const whose = `${key} = $1`
  const id = 'id' in row ? { id: '00000000-0000-4000-8000-00000000abcd' } : {}
  const tries: [string, string, unknown[]][] = [
    ['s', `select 1 from ${table.name} where ${whose}`, [owner]],
    ['s', `select count(*) as n from ${table.name} where ${whose}`, [owner]],
    ['i', `insert into ${table.name} select * from json_populate_record(null::${table.name}, $1)`, [JSON.stringify({ ...row, ...id })]],
    ['u', `update ${table.name} set ${table.owner_column} = ${table.owner_column} where ${whose}`, [owner]],
    ['d', `delete from ${table.name} where ${whose}`, [owner]],
  ]
  let through = ''
  for (const [letter, sql, values] of tries) if (!through.includes(letter) && await trial(sql, values) > 0) through += letter
  await client.end()
  return through
}
