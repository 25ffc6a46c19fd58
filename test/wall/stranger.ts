import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { owners, points, values } from './overrides.ts'

/** What the catalogue says of a column: enough to make up a value that the table takes. */
type Column = { name: string; type: string; needed: boolean; oneOf: string | null; toTable: string | null; toColumn: string | null }
export type Walled = { name: string; key: string[]; columns: Column[]; hasPatient: boolean; mayInsert: boolean; mayDelete: boolean; update: string | null }
export type Stranger = { patientId: string; personId: string }
/** SQL text of each value, by column. */
export type Row = Map<string, string>

const mine = "n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker') and n.nspname !~ '^pg_'"

/** Every table with row security, as the catalogue knows it. */
export async function walledTables(owner: pg.Pool): Promise<Walled[]> {
  const { rows } = await owner.query<Walled>(`
    select n.nspname || '.' || c.relname as name,
      array(select a.attname::text from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey) where i.indrelid = c.oid and i.indisprimary) as key,
      exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'patient_id') as "hasPatient",
      has_any_column_privilege('rapport_app', c.oid, 'insert') as "mayInsert", has_table_privilege('rapport_app', c.oid, 'delete') as "mayDelete",
      (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and has_column_privilege('rapport_app', c.oid, a.attnum, 'update') order by a.attnum limit 1) as update,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null), 'needed', a.attnotnull and not a.atthasdef, 'toTable', f.to_table, 'toColumn', f.to_column,
          'oneOf', (select substring(pg_get_constraintdef(k.oid) from '= ANY \\(ARRAY\\[''([^'']*)''') from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] order by 1 limit 1)) order by a.attnum)
        from pg_attribute a
        left join lateral (
          select fn.nspname || '.' || fc.relname as to_table, fa.attname as to_column
          from pg_constraint k join pg_class fc on fc.oid = k.confrelid join pg_namespace fn on fn.oid = fc.relnamespace join pg_attribute fa on fa.attrelid = k.confrelid and fa.attnum = k.confkey[1]
          where k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum] limit 1) f on true
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and c.relrowsecurity and ${mine}
    order by 1`)
  return rows
}

const guesses: Record<string, () => string> = {
  text: () => `x${randomBytes(6).toString('hex')}`, uuid: () => randomUUID(), bytea: () => `\\x${randomBytes(32).toString('hex')}`, boolean: () => 'false',
  'timestamp with time zone': () => '2026-11-20T10:00:00Z', date: () => '1980-01-02', jsonb: () => '{}', smallint: () => '1', integer: () => '1', bigint: () => '1', numeric: () => '1', 'double precision': () => '1',
}
const isLater = (name: string) => /^(ends|expires|due|absolute)_|_until$/.test(name)

/** Makes up a stranger's rows: what a row must point at is made first, and is the stranger's too. */
export class StrangersRows {
  private readonly parents = new Map<string, Promise<Record<string, unknown>>>()
  private readonly byName: Map<string, Walled>
  private readonly owner: pg.Pool
  private readonly who: Stranger
  constructor(owner: pg.Pool, tables: readonly Walled[], who: Stranger) {
    this.owner = owner
    this.who = who
    this.byName = new Map(tables.map(table => [table.name, table]))
  }

  /** The stranger's one row of this table, put in once. */
  of(name: string): Promise<Record<string, unknown>> {
    const made = this.parents.get(name) ?? this.putIn(name)
    this.parents.set(name, made)
    return made
  }

  /** One more that is not there yet. */
  async fresh(table: Walled): Promise<Row> {
    const row: Row = new Map()
    for (const column of table.columns) {
      const value = await this.valueOf(table, column)
      if (value !== undefined) row.set(column.name, value === null ? 'null' : pg.escapeLiteral(value))
    }
    return row
  }

  private async valueOf(table: Walled, column: Column): Promise<string | null | undefined> {
    const own = owners[`${table.name}.${column.name}`] ?? owners[column.name]
    if (own && column.toTable && column.toTable !== table.name) await this.of(column.toTable)
    if (own) return this.who[own]
    const pointed = points[`${table.name}.${column.name}`]
    if (pointed) return String((await this.of(pointed)).id)
    const said = values[`${table.name}.${column.name}`]
    if (said !== undefined) return typeof said === 'function' ? said() : said
    if (column.toTable && column.toTable !== table.name && (column.needed || this.byName.has(column.toTable))) return String((await this.of(column.toTable))[column.toColumn!])
    if (!column.needed) return undefined
    if (column.oneOf !== null) return column.oneOf
    if (isLater(column.name)) return '2027-06-01T10:00:00Z'
    const guess = column.type.endsWith('[]') ? () => '{}' : guesses[column.type]
    if (!guess) throw new Error(`${table.name}.${column.name}: no value is known for the type ${column.type}; say one in test/wall/overrides.ts`)
    return guess()
  }

  private async putIn(name: string): Promise<Record<string, unknown>> {
    const table = this.byName.get(name) ?? await this.unwalled(name)
    const [id] = table.key
    const known = id === undefined ? undefined : owners[`${name}.${id}`]
    if (known && id) {
      const { rows } = await this.owner.query(`select * from ${name} where ${id} = $1`, [this.who[known]])
      if (rows[0]) return rows[0]
    }
    try {
      return (await this.owner.query(`${insertOf(name, await this.fresh(table))} returning *`)).rows[0]
    } catch (error) {
      throw new Error(`${name}: a row could not be made up (${(error as Error).message}); say the value in test/wall/overrides.ts`, { cause: error })
    }
  }

  private async unwalled(name: string): Promise<Walled> {
    const { rows } = await this.owner.query<Column>(`select a.attname as name, format_type(a.atttypid, null) as type, a.attnotnull and not a.atthasdef as needed from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped`, [name])
    return { name, key: ['id'], columns: rows.map(row => ({ ...row, oneOf: null, toTable: null, toColumn: null })), hasPatient: false, mayInsert: false, mayDelete: false, update: null }
  }
}

export const insertOf = (name: string, row: Row): string => `insert into ${name} (${[...row.keys()].map(key => pg.escapeIdentifier(key)).join(', ')}) values (${[...row.values()].join(', ')})`
