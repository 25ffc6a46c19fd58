import pg from 'pg'
import { keepSecret } from '#platform/keep-secret.ts'
import { SaidPlainly } from '#platform/said-plainly.ts'

/** The three roles. None is a superuser; the application's owns nothing. */
export const ownerRole = 'rapport_owner'
export const appRole = 'rapport_app'
export const workerRole = 'rapport_worker'
const all = [ownerRole, appRole, workerRole] as const
export type Role = (typeof all)[number]
export type RolePasswords = Record<Role, string>

/** Random passwords, made once and kept in `folder` for the owner of the files alone. */
export const rolePasswords = (folder: string): RolePasswords =>
  Object.fromEntries(all.map(role => [role, keepSecret(folder, role)])) as RolePasswords

export class CannotMakeRoles extends SaidPlainly { override name = 'CannotMakeRoles' }
type LogsIn = (role: Role) => Promise<boolean>
const somebodyWasFaster = ['42710', '23505', 'XX000']   // exists, unique, "tuple concurrently updated"

/** Makes the roles, as somebody who may create roles. Roles are the whole server's: one that another install made is never taken from it. */
export async function makeRoles(admin: pg.Client, passwords: RolePasswords, { only = all, logsIn = async () => false }: { only?: readonly Role[]; logsIn?: LogsIn } = {}): Promise<void> {
  await admin.query("select pg_advisory_lock(hashtext('rapport roles'))")
  try {
    for (const role of only) await makeRole(admin, role, passwords[role], logsIn)
    // The owner makes the worker's schemas in its name; it does not act as it otherwise.
    const { rows: [member] } = await admin.query<{ is_set: boolean }>(`select pg_has_role('${ownerRole}', '${workerRole}', 'set') as is_set from pg_roles where rolname = '${ownerRole}'`)
    if (member && !member.is_set) await admin.query(`grant ${workerRole} to ${ownerRole} with set true, inherit false`)
  } finally {
    await admin.query("select pg_advisory_unlock(hashtext('rapport roles'))")
  }
}

async function makeRole(admin: pg.Client, role: Role, password: string, logsIn: LogsIn): Promise<void> {
  const asWritten = pg.escapeLiteral(password)
  const isThere = async () => (await admin.query('select from pg_roles where rolname = $1', [role])).rowCount === 1
  if (!await isThere()) {
    try {
      return void await admin.query(`create role ${role} login password ${asWritten}`)
    } catch (error) {
      if (!somebodyWasFaster.includes((error as { code?: string }).code ?? '') || !await isThere()) throw error
    }
  }
  if (await logsIn(role)) return
  const { rows } = await admin.query<{ datname: string }>('select distinct datname from pg_stat_activity where usename = $1 and datname is not null', [role])
  if (rows.length > 0) {
    throw new CannotMakeRoles(`The role ${role} is in use by another install on this server (database ${rows.map(({ datname }) => datname).join(', ')}), and its password is not the one in DATA_DIR/secrets. Use that install's DATA_DIR/secrets, or another PostgreSQL server.`)
  }
  await admin.query(`alter role ${role} login password ${asWritten}`)
}

/** What the roles need of a database that somebody else owns. */
export async function openDatabaseTo(admin: pg.Client, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database)
  await admin.query(`grant connect, create, temporary on database ${name} to ${ownerRole} with grant option`)
  await admin.query(`grant connect, temporary on database ${name} to ${appRole}, ${workerRole}`)
  const { rows: [owner] } = await admin.query<{ may: boolean }>(`select has_database_privilege('${ownerRole}', $1, 'create') as may`, [database])
  if (!owner?.may) throw new CannotMakeRoles(`The role of DATABASE_URL may not open the database ${database} to ${ownerRole}: let it own the database, or grant that yourself (grant create on database ${name} to ${ownerRole} with grant option).`)
}

export class TooMuchPower extends SaidPlainly { override name = 'TooMuchPower' }
export class TooOld extends SaidPlainly { override name = 'TooOld' }

// Roles of PostgreSQL's own with which one gets around the wall, through files or programs of the server's machine.
const strong = ['pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files', 'pg_write_all_data', 'pg_read_all_data', 'pg_maintain']

/** Why serving through this role could step around the wall, by itself or as a role it can become; undefined when it cannot. */
const excess = `
  with mine as (select r.* from pg_roles r where pg_has_role(current_user, r.oid, 'member') or r.rolname = current_user)
  select coalesce(
    (select 'is a superuser' from mine where rolsuper and rolname = current_user limit 1),
    (select 'can become the superuser ' || rolname from mine where rolsuper limit 1),
    (select 'may step around row security (BYPASSRLS)' from mine where rolbypassrls limit 1),
    (select 'is a member of ' || rolname from mine where rolname = any ($2) and rolname <> current_user limit 1),
    (select 'owns ' || n.nspname || '.' || c.relname
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p') and c.relowner in (select oid from mine) and n.nspname not in ('pg_catalog', 'information_schema')
       and n.nspname !~ '^pg_(temp|toast)' and n.nspname <> all ($1)
     order by 1
     limit 1)) as why, current_user as name`

/** Refuses to serve through a role that could step around the wall: a superuser, one with BYPASSRLS, one that owns a table, or one that can become such a role. */
export async function refuseTooMuchPower(url: string, { mayOwn = [] }: { mayOwn?: readonly string[] } = {}): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows: [found] } = await client.query<{ why: string | null; name: string }>(excess, [mayOwn, strong])
    if (found?.why) throw new TooMuchPower(`${found.name} ${found.why}: Rapport does not serve through it.`)
  } finally {
    await client.end()
  }
}

/** PostgreSQL 18 or newer, said plainly where it is older. */
export async function refuseTooOld(client: pg.Client): Promise<void> {
  const { rows: [server] } = await client.query<ServerVersion>("select current_setting('server_version_num')::integer as number, current_setting('server_version') as version")
  refuseOlder(server!)
}

export type ServerVersion = { number: number; version: string }
export function refuseOlder({ number, version }: ServerVersion): void {
  if (number < 180_000) throw new TooOld(`This PostgreSQL is ${version}. Rapport needs 18 or newer.`)
}
