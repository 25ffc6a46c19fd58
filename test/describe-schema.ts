import type { ClientBase, Pool } from 'pg'

const ours = "n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker', 'migrations') and n.nspname !~ '^pg_'"

/** The schema as text in a stable order, from the catalogue: tables, columns, constraints, indexes, policies, functions, rights. */
export async function describeSchema(db: Pick<Pool | ClientBase, 'query'>): Promise<string> {
  const lines = async (sql: string): Promise<string[]> => (await db.query<{ line: string }>(sql)).rows.map(row => row.line)
  const parts: [string, string][] = [
    ['tables', `
      select format('%I.%I%s', n.nspname, c.relname, case when c.relrowsecurity then ' (walled)' else '' end) || case c.relpersistence when 'u' then ' (unlogged)' else '' end || E'\\n' ||
        (select string_agg(format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end, coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')), E'\\n' order by a.attnum)
         from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as line
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm') and ${ours}
      order by n.nspname, c.relname`],
    ['constraints', `
      select format('%s: %s %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as line
      from pg_constraint k join pg_namespace n on n.oid = k.connamespace
      where k.conrelid <> 0 and k.contype <> 'n' and ${ours}
      order by k.conrelid::regclass::text, k.conname`],
    ['indexes', `select i.indexdef as line from pg_indexes i join pg_namespace n on n.nspname = i.schemaname where ${ours} order by i.schemaname, i.indexname`],
    ['policies', `
      select format('%I.%I %s for %s%s%s', p.schemaname, p.tablename, p.policyname, lower(p.cmd), E'\\n  using ' || p.qual, E'\\n  check ' || p.with_check) as line
      from pg_policies p join pg_namespace n on n.nspname = p.schemaname where ${ours}
      order by p.schemaname, p.tablename, p.policyname`],
    ['functions', `
      select format('%s%s returns %s [%s]', p.oid::regprocedure, case when p.prosecdef then ' SECURITY DEFINER' else '' end, pg_get_function_result(p.oid), md5(p.prosrc)) as line
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours} and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      order by p.oid::regprocedure::text`],
    ['rights of rapport_app', `
      select format('%s.%s: %s', t.table_schema, t.table_name, string_agg(lower(t.privilege_type), ', ' order by t.privilege_type)) as line
      from information_schema.table_privileges t where t.grantee = 'rapport_app' group by t.table_schema, t.table_name order by 1`],
  ]
  const text: string[] = []
  for (const [title, sql] of parts) text.push(`-- ${title}`, ...(await lines(sql)), '')
  return text.join('\n')
}
