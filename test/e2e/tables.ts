import pg from 'pg'

export type Table = { name: string; columns: string[] }
export type Sums = Map<string, { count: number; sum: string }>

/** Every table of the database, the job queue's too. */
export async function tablesOf(superUrl: string): Promise<Table[]> {
  const admin = new pg.Client({ connectionString: superUrl })
  await admin.connect()
  try {
    const { rows } = await admin.query<{ name: string; columns: string[] }>(`
      select format('%I.%I', n.nspname, c.relname) as name, array_agg(a.attname::text order by a.attnum) as columns
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      group by 1
      order by 1`)
    return rows
  } finally { await admin.end() }
}

/** Count and checksum of every table in one question. `ignoring` names columns that may differ. */
export async function sumsOf(db: pg.Pool | pg.Client, tables: readonly Table[], ignoring: Readonly<Record<string, readonly string[]>> = {}): Promise<Sums> {
  const parts = tables.map(({ name, columns }) => {
    const row = columns.filter(column => !ignoring[name]?.includes(column)).map(column => `t."${column}"`).join(', ')
    return `select '${name}' as name, count(*)::int as count, coalesce(sum(hashtextextended(row(${row})::text, 0)), 0)::text as sum from ${name} t`
  })
  const { rows } = await db.query<{ name: string; count: number; sum: string }>(parts.join('\nunion all\n'))
  return new Map(rows.map(({ name, count, sum }) => [name, { count, sum }]))
}

export const changesBetween = (before: Sums, now: Sums): string[] =>
  [...now].filter(([name, { sum }]) => before.get(name)?.sum !== sum).map(([name, { count }]) => `${name} has changed (${before.get(name)?.count} → ${count} rows)`)
