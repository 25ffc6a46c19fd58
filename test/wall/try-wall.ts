import pg from 'pg'
import type { Actor } from '#platform/ctx.ts'
import { speakAs, transactionOn } from '#platform/db.ts'
import type { TestHouse } from '#test/ctx.ts'
import { ctxOf } from '#test/ctx.ts'
import { insertOf, type StrangersRows, type Walled } from './stranger.ts'

/** What was done: s a row was seen or counted, i one was put in, u one was changed, d one was taken out, m one of hers was put in under the asker's own name. */
export type Done = string
type Try = { letter: string; sql: string }
const hit = 'ST001'

/** From now on a change of this very row says so, also where a statement names no row and reads nothing back; other rows stay as they are. */
export async function tellOfChange(owner: pg.Pool, { name, key }: Walled, row: Record<string, unknown>): Promise<void> {
  await owner.query(`
    create or replace function platform.tell_of_change() returns trigger language plpgsql
    as $$ begin
      if to_jsonb(old) @> tg_argv[0]::jsonb then raise exception using errcode = '${hit}'; end if;
      return null;
    end $$`)
  const { rows } = await owner.query<{ it: string }>(`select to_jsonb(t) as it from (select ${key.join(', ')} from ${name} where ${whereIs(key, row)}) t`)
  await owner.query(`create trigger aaa_tell_of_change before update or delete on ${name} for each row execute function platform.tell_of_change(${pg.escapeLiteral(JSON.stringify(rows[0]!.it))})`)
}

const literal = (value: unknown): string => pg.escapeLiteral(Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value instanceof Date ? value.toISOString() : String(value))
const whereIs = (key: readonly string[], row: Record<string, unknown>) => key.map(column => `${column} = ${literal(row[column])}`).join(' and ')

async function triesOf(table: Walled, rows: StrangersRows, actor: Actor): Promise<Try[]> {
  const { name, key, update } = table
  const where = whereIs(key, await rows.of(name))
  const tries: Try[] = [
    { letter: 's', sql: `select 1 from ${name} where ${where}` },
    { letter: 's', sql: `select 1 from (select count(*) as n from ${name} where ${where}) t where n > 0` },
  ]
  if (table.mayInsert) {
    const row = await rows.fresh(table)
    tries.push({ letter: 'i', sql: insertOf(name, row) })
    if (table.hasPatient && row.has('person_id') && 'personId' in actor) tries.push({ letter: 'm', sql: insertOf(name, new Map(row).set('person_id', literal(actor.personId))) })
  }
  if (update) tries.push({ letter: 'u', sql: `update ${name} set ${update} = ${update} where ${where}` }, { letter: 'u', sql: `update ${name} set ${update} = null` })
  if (table.mayDelete) tries.push({ letter: 'd', sql: `delete from ${name} where ${where}` }, { letter: 'd', sql: `delete from ${name}` })
  return tries
}

const stopped = new Set(['23505', '23P01', '23503'])   // the wall let it pass, and a constraint stood behind it

/** Tries everything on a stranger's row as this actor, straight in the database, and undoes it. */
export async function tryWall(house: TestHouse, pool: pg.Pool, { table, rows, actor }: { table: Walled; rows: StrangersRows; actor: Actor }): Promise<Done> {
  const tries = await triesOf(table, rows, actor)
  return transactionOn({ pool, begin: 'select 1' }, async db => {
    const tx = await speakAs({ ...ctxOf(house.house, { kind: 'visitor' }), db }, actor)
    const done = new Set<string>()
    for (const { letter, sql } of tries) if (await passes(tx.db.client!, sql)) done.add(letter)
    await tx.db.client!.query('rollback; begin')
    return [...done].join('')
  })
}

async function passes(client: pg.PoolClient, sql: string): Promise<boolean> {
  try {
    const [, result] = await client.query(`savepoint a; ${sql}`) as unknown as pg.QueryResult[]
    await client.query('rollback to savepoint a')
    return !/^(update|delete)/.test(sql) && result!.rowCount! > 0
  } catch (error) {
    await client.query('rollback to savepoint a')
    const { code } = error as { code?: string }
    if (code === '42501') return false
    if (code === hit || (sql.startsWith('insert') && stopped.has(code ?? ''))) return true
    throw new Error(`${sql}: ${(error as Error).message}`, { cause: error })
  }
}

/** Its connections may be ended by the server when the database is dropped under them: nobody need hear of that. */
export function poolOf(url: string): pg.Pool {
  const pool = new pg.Pool({ connectionString: url, max: 1, allowExitOnIdle: true })
  pool.on('error', () => {})
  pool.on('connect', client => { client.on('error', () => {}) })
  return pool
}
