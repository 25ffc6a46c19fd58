import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/** The three roles. None is a superuser; the application's owns nothing. */
export const ownerRole = 'rapport_owner'
export const appRole = 'rapport_app'
export const workerRole = 'rapport_worker'
const all = [ownerRole, appRole, workerRole] as const
export type RolePasswords = Record<(typeof all)[number], string>

/** Random passwords, made once and kept in `folder` for the owner of the files alone. */
export function rolePasswords(folder: string): RolePasswords {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return Object.fromEntries(all.map(role => {
    const file = join(folder, role)
    if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600, flag: 'wx' })
    return [role, readFileSync(file, 'utf8').trim()]
  })) as RolePasswords
}

/** Makes or mends the roles, as somebody who may create roles. Two processes may do so at once. */
export async function makeRoles(admin: pg.Client, passwords: RolePasswords): Promise<void> {
  await admin.query("select pg_advisory_lock(hashtext('rapport roles'))")
  try {
    for (const role of all) {
      const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role])
      const verb = rowCount ? 'alter' : 'create'
      await admin.query(`${verb} role ${role} login nosuperuser nobypassrls noreplication password ${pg.escapeLiteral(passwords[role])}`)
    }
    // The owner makes the worker's schemas in its name, and reads its tables for a backup; it does not act as it otherwise.
    await admin.query(`grant ${workerRole} to ${ownerRole} with set true, inherit false`)
  } finally {
    await admin.query("select pg_advisory_unlock(hashtext('rapport roles'))")
  }
}

/** What the owner needs of a database that it does not own. */
export async function openDatabaseTo(admin: pg.Client, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database)
  await admin.query(`grant connect, create, temporary on database ${name} to ${ownerRole}`)
  await admin.query(`grant connect, temporary on database ${name} to ${appRole}, ${workerRole}`)
}

export class TooMuchPower extends Error { override name = 'TooMuchPower' }
export class TooOld extends Error { override name = 'TooOld' }

/** Refuses to serve through a role that could step around the wall: a superuser, one with BYPASSRLS, one that owns a table. */
export async function refuseTooMuchPower(url: string, { mayOwn = [] }: { mayOwn?: readonly string[] } = {}): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows: [role] } = await client.query<{ name: string; is_super: boolean; steps_around: boolean; owns: string | null }>(`
      select r.rolname as name, r.rolsuper as is_super, r.rolbypassrls as steps_around,
        (select n.nspname || '.' || c.relname
         from pg_class c
         join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p') and pg_has_role(r.oid, c.relowner, 'usage')
           and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_temp' and n.nspname <> all ($1)
         limit 1) as owns
      from pg_roles r
      where r.rolname = current_user`, [mayOwn])
    if (role?.is_super) throw new TooMuchPower(`${role.name} is a superuser: Rapport does not serve through it`)
    if (role?.steps_around) throw new TooMuchPower(`${role.name} may step around row security (BYPASSRLS): Rapport does not serve through it`)
    if (role?.owns) throw new TooMuchPower(`${role.name} owns ${role.owns}: Rapport does not serve through the owner of a table`)
  } finally {
    await client.end()
  }
}

/** PostgreSQL 18 or newer, said plainly where it is older. */
export async function refuseTooOld(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string; server_version: string }>("select current_setting('server_version_num') as server_version_num, current_setting('server_version') as server_version")
  if (Number(rows[0]?.server_version_num) < 180_000) throw new TooOld(`this PostgreSQL is ${rows[0]?.server_version}; Rapport needs 18 or newer`)
}
