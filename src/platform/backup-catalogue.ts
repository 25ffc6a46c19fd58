import type { ClientBase } from 'pg'
import type { Section, Sequences, TableHead } from '#platform/archive-format.ts'

type Client = Pick<ClientBase, 'query'>

/** Tables that say which migrations ran. They belong to the schema, not to its content: compared, never restored. */
const migrationTables: Record<Section, { name: string; column: string }> = {
  owner: { name: 'migrations.applied', column: 'name' },
  worker: { name: 'graphile_worker.migrations', column: 'id' },
}

const own = `
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

/** This role's tables with the columns that hold content, in a stable order. Unlogged ones hold nothing worth keeping. */
export async function tablesIn(client: Client, section: Section): Promise<TableHead[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; forced: boolean }>(`
    select format('%I.%I', n.nspname, c.relname) as name, c.relforcerowsecurity as forced,
      (select coalesce(array_agg(quote_ident(a.attname) order by a.attnum), '{}') from pg_attribute a
       where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    ${own} and c.relkind = 'r' and c.relpersistence = 'p' and c.relowner = (select oid from pg_roles where rolname = current_user)
    order by 1`)
  const forced = rows.find(row => row.forced)
  if (forced) throw new Error(`${forced.name} forces row security on its owner: a backup would miss rows`)
  return rows.filter(row => row.name !== migrationTables[section].name).map(({ name, columns }) => ({ section, name, columns }))
}

/** Tables that neither role owns would be missing from every backup. */
export async function tablesOfOthers(client: Client, owners: string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name
    ${own} and c.relkind = 'r' and c.relpersistence = 'p' and pg_get_userbyid(c.relowner) <> all ($1::text[])
    order by 1`, [owners])
  return rows.map(row => row.name)
}

export async function roleOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ role: string }>('select current_user::text as role')
  return rows[0]!.role
}

export async function sequencesIn(client: Client, section: Section): Promise<Sequences> {
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name
    ${own} and c.relkind = 'S' and c.relowner = (select oid from pg_roles where rolname = current_user)
    order by 1`)
  const sequences = []
  for (const { name } of rows) {
    const { rows: [at] } = await client.query<{ value: string; is_called: boolean }>(`select last_value::text as value, is_called from ${name}`)
    sequences.push({ name, value: at!.value, isCalled: at!.is_called })
  }
  return { section, sequences }
}

export async function migrationsIn(client: Client, section: Section): Promise<string[]> {
  const { name, column } = migrationTables[section]
  const { rows } = await client.query<{ step: string }>(`select ${column}::text as step from ${name} order by 1`)
  return rows.map(row => row.step)
}
