import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { ArchiveProblem, dataOf, type Frame, type Section, type Sequences, type TableHead } from '#platform/archive-format.ts'
import { tablesIn } from '#platform/backup-catalogue.ts'

type Constraint = { table_name: string; name: string; definition: string }
type Trigger = { table_name: string; name: string; enabled: 'O' | 'R' | 'A' }
const enableAs = { O: 'enable trigger', R: 'enable replica trigger', A: 'enable always trigger' } as const

const ownTables = `
  join pg_class c on c.oid = x.%
  join pg_namespace n on n.oid = c.relnamespace
  where c.relowner = (select oid from pg_roles where rolname = current_user) and n.nspname !~ '^pg_'`

/**
 * One role's tables, filled in one transaction. Foreign keys are taken off first and put back at the end, so that tables may come
 * in any order and in circles; triggers rest, because what they did is in the archive already.
 */
export class Filling {
  readonly client: pg.Client
  readonly section: Section
  readonly rows = new Map<string, number>()
  #tables = new Map<string, TableHead>()
  #keys: Constraint[] = []
  #triggers: Trigger[] = []
  constructor(client: pg.Client, section: Section) {
    this.client = client
    this.section = section
  }

  async begin(): Promise<void> {
    const { client } = this
    await client.query('begin')
    for (const table of await tablesIn(client, this.section)) this.#tables.set(table.name, table)
    this.#keys = (await client.query<Constraint>(`
      select format('%I.%I', n.nspname, c.relname) as table_name, quote_ident(x.conname) as name, pg_get_constraintdef(x.oid) as definition
      from pg_constraint x ${ownTables.replace('%', 'conrelid')} and x.contype = 'f' and x.conparentid = 0 order by 1, 2`)).rows
    this.#triggers = (await client.query<Trigger>(`
      select format('%I.%I', n.nspname, c.relname) as table_name, quote_ident(x.tgname) as name, x.tgenabled as enabled
      from pg_trigger x ${ownTables.replace('%', 'tgrelid')} and not x.tgisinternal and x.tgenabled <> 'D' order by 1, 2`)).rows
    for (const key of this.#keys) await client.query(`alter table ${key.table_name} drop constraint ${key.name}`)
    for (const trigger of this.#triggers) await client.query(`alter table ${trigger.table_name} disable trigger ${trigger.name}`)
    if (this.#tables.size > 0) await client.query(`truncate ${[...this.#tables.keys()].join(', ')}`)
  }

  /** Fills one table from the frames that follow its head. The archive's columns must be this table's columns. */
  async fill({ name, columns }: TableHead, frames: AsyncIterator<Frame>): Promise<void> {
    const table = this.#tables.get(name)
    if (!table || table.columns.join() !== columns.join()) throw new ArchiveProblem(`the table ${name} is not the same here`)
    let told: { rows?: number } = {}
    const copy = this.client.query(copyFrom(`copy ${name} (${columns.join(', ')}) from stdin`))
    await pipeline((async function* () { told = yield* dataOf(frames) })(), createGunzip(), copy)
    if (copy.rowCount !== told.rows) throw new ArchiveProblem(`${name} took ${copy.rowCount} rows of ${told.rows}`)
    this.rows.set(name, copy.rowCount)
  }

  async setSequences({ sequences }: Sequences): Promise<void> {
    for (const { name, value, isCalled } of sequences) await this.client.query('select setval($1::regclass, $2, $3)', [name, value, isCalled])
  }

  /** Puts keys and triggers back and counts every row once more. A key that does not hold stops the restore. */
  async finish(): Promise<void> {
    for (const key of this.#keys) await this.client.query(`alter table ${key.table_name} add constraint ${key.name} ${key.definition}`)
    for (const trigger of this.#triggers) await this.client.query(`alter table ${trigger.table_name} ${enableAs[trigger.enabled]} ${trigger.name}`)
    for (const name of this.#tables.keys()) {
      const { rows: [there] } = await this.client.query<{ count: string }>(`select count(*) from ${name}`)
      if (Number(there!.count) !== this.rows.get(name)) throw new ArchiveProblem(`${name} holds ${there!.count} rows, the archive ${this.rows.get(name) ?? 'does not have it'}`)
    }
  }
}
