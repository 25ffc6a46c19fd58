import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '#platform/config.ts'
import { openEmbeddedDatabase } from '#platform/embedded-database.ts'
import { appRole, CannotMakeRoles, makeRoles, openDatabaseTo, ownerRole, refuseTooMuchPower, refuseTooOld, rolePasswords, workerRole, type Role } from '#platform/roles.ts'

export type Connections = {
  urls: { owner: string; app: string; worker: string }
  isEmbedded: boolean
  /** What a person should know: where the data lies. */
  place: string
  /** One `serve` per embedded database, any number on another. False when another has it; `onLost` is told if it is lost later. */
  lockServing: (onLost: () => void) => Promise<boolean>
  close: () => Promise<void>
}
type Urls = Connections['urls']

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'rapport setup', connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  try { return await work(client) } finally { await client.end() }
}

/** The database this install uses: one of its own, or the one it is told of. The three roles exist when this returns. */
export async function connect(config: Config): Promise<Connections> {
  if (!config.databaseUrl) {
    const { urls, server, lockServing, close } = await openEmbeddedDatabase(config.dataDir)
    return { urls, isEmbedded: true, place: server.place, lockServing, close }
  }
  const urls = config.databaseOwnerUrl ? await asThree(config, config.databaseUrl, config.databaseOwnerUrl) : await asAdmin(config, config.databaseUrl)
  return { urls, isEmbedded: false, place: 'the PostgreSQL of DATABASE_URL', lockServing: async () => true, close: async () => {} }
}

const as = (url: string, role: Role, password: string): string => Object.assign(new URL(url), { username: role, password }).toString()

const logsInTo = (url: string, passwords: Record<Role, string>) => async (role: Role): Promise<boolean> => {
  try {
    return await withClient(as(url, role, passwords[role]), async () => true)
  } catch (error) {
    if (['28P01', '28000'].includes((error as { code?: string }).code ?? '')) return false
    if ((error as { code?: string }).code === '42501') return true   // the right password; not let into this database yet
    throw error
  }
}

type Me = { name: string; database: string; is_super: boolean; may_make_roles: boolean }
const whoAmI = async (client: pg.Client): Promise<Me> =>
  (await client.query<Me>('select rolname as name, current_database() as database, rolsuper as is_super, rolsuper or rolcreaterole as may_make_roles from pg_roles where rolname = current_user')).rows[0]!

/** Only DATABASE_URL: its role makes the three and is used for nothing else. */
async function asAdmin(config: Config, url: string): Promise<Urls> {
  const passwords = rolePasswords(join(config.dataDir, 'secrets'))
  await withClient(url, async admin => {
    await refuseTooOld(admin)
    const me = await whoAmI(admin)
    if (!me.may_make_roles) throw new CannotMakeRoles(`The role ${me.name} of DATABASE_URL may not create roles: give it that right, or give DATABASE_OWNER_URL too (docs/self-hosting.md).`)
    if ([ownerRole, appRole, workerRole].includes(me.name)) throw new CannotMakeRoles(`DATABASE_URL alone must name a role that makes the others, not ${me.name}: give DATABASE_OWNER_URL too (docs/self-hosting.md).`)
    await makeRoles(admin, passwords, { logsIn: logsInTo(url, passwords) })
    await openDatabaseTo(admin, me.database)
  })
  return { owner: as(url, ownerRole, passwords[ownerRole]), app: as(url, appRole, passwords[appRole]), worker: as(url, workerRole, passwords[workerRole]) }
}

/** Roles that somebody made by hand. The worker's may be made here, where the owner may. */
async function asThree(config: Config, app: string, owner: string): Promise<Urls> {
  const worker = config.databaseWorkerUrl ?? await makeWorker(config, owner)
  await withClient(owner, async client => {
    await refuseTooOld(client)
    const me = await whoAmI(client)
    if (me.is_super) throw new CannotMakeRoles(`The role ${me.name} of DATABASE_OWNER_URL is a superuser: migrations and backups run as an owner that is none.`)
  })
  await mustBe(app, appRole, 'DATABASE_URL')
  await mustBe(worker, workerRole, 'DATABASE_WORKER_URL')
  return { owner, app, worker }
}

/** Migrations grant to these names. */
async function mustBe(url: string, role: Role, setting: string): Promise<void> {
  const { name } = await withClient(url, whoAmI)
  if (name !== role) throw new CannotMakeRoles(`${setting} beside DATABASE_OWNER_URL must name the role ${role}, not ${name} (docs/self-hosting.md).`)
}

async function makeWorker(config: Config, ownerUrl: string): Promise<string> {
  const passwords = rolePasswords(join(config.dataDir, 'secrets'))
  await withClient(ownerUrl, async owner => {
    const me = await whoAmI(owner)
    if (!me.may_make_roles) throw new CannotMakeRoles(`The role ${me.name} of DATABASE_OWNER_URL may not create roles: give DATABASE_WORKER_URL too (docs/self-hosting.md).`)
    await makeRoles(owner, passwords, { only: [workerRole], logsIn: logsInTo(ownerUrl, passwords) })
  })
  return as(ownerUrl, workerRole, passwords[workerRole])
}

/** Web and worker start only as roles that cannot step around the wall. */
export async function checkRoles({ urls }: Pick<Connections, 'urls'>): Promise<void> {
  await refuseTooMuchPower(urls.app)
  await refuseTooMuchPower(urls.worker, { mayOwn: ['graphile_worker', 'jobs'] })
}
