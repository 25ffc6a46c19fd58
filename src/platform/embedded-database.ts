import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { startEmbedded, type EmbeddedPostgres } from '#platform/embedded-postgres.ts'
import { appRole, makeRoles, ownerRole, rolePasswords, workerRole, type RolePasswords } from '#platform/roles.ts'

/** Our own server with the house's database in it, held: nobody else stops it meanwhile, and it comes back when it dies. */
export type EmbeddedDatabase = {
  urls: { owner: string; app: string; worker: string }
  server: EmbeddedPostgres
  /** Takes the lock that one `serve` per data folder holds; false when another has it. `onLost` is told if it is lost later. */
  lockServing: (onLost: () => void) => Promise<boolean>
  /** Stops the server unless another command uses it. */
  close: () => Promise<void>
}

const database = 'rapport'
// Everybody who uses the server holds `here` with others; who can have it alone is the last, and may stop it.
const here = "hashtext('rapport here')"
const serving = "hashtext('rapport serve')"
const notMadeYet = ['28P01', '28000', '3D000']
const onItsWay = ['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE']

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? ''
/** Another command was about to stop the server when we came. */
const isLeaving = (error: unknown) => onItsWay.includes(codeOf(error)) || /terminated unexpectedly|not queryable/.test((error as Error).message)

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'rapport', keepAlive: true, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  return client
}

/** The first time, as superuser: the three roles and the database. */
async function setUp(server: EmbeddedPostgres, passwords: RolePasswords): Promise<void> {
  const admin = await connected(server.adminUrl)
  try {
    await makeRoles(admin, passwords)
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [database])
    if (!rowCount) await admin.query(`create database ${database} owner ${ownerRole}`).catch(error => { if (!['42P04', '23505'].includes(codeOf(error))) throw error })
  } finally {
    await admin.end()
  }
}

export async function openEmbeddedDatabase(dataDir: string): Promise<EmbeddedDatabase> {
  let held = await hold(dataDir)
  let isClosing = false
  let lost: (() => void) | undefined
  let coming: Promise<void> | undefined
  const tryServing = async () => (await held.client.query<{ is_mine: boolean }>(`select pg_try_advisory_lock(${serving}) as is_mine`)).rows[0]!.is_mine

  async function comeBack(): Promise<void> {
    while (!isClosing) {
      try {
        held = await hold(dataDir, held.server.port)
        if (lost && !await tryServing()) lost()
        watch()
        return
      } catch {
        await wait(500)
      }
    }
  }
  const watch = () => held.client.once('end', () => { coming = comeBack() })
  watch()
  const urlOf = (role: keyof RolePasswords) => held.server.urlFor(role, held.passwords[role], database)
  return {
    urls: { owner: urlOf(ownerRole), app: urlOf(appRole), worker: urlOf(workerRole) },
    get server() { return held.server },
    async lockServing(onLost) {
      if (!await tryServing()) return false
      lost = onLost
      return true
    },
    async close() {
      isClosing = true
      await coming   // what is on its way back would be held, and kept running, by nobody
      await letGo(held)
    },
  }
}

type Held = { server: EmbeddedPostgres; client: pg.Client; passwords: RolePasswords }

/** Starts or finds the server and holds it. */
async function hold(dataDir: string, port?: number): Promise<Held> {
  for (let tries = 1; ; tries++) {
    const server = await startEmbedded(dataDir, port === undefined ? {} : { port })
    const passwords = rolePasswords(join(dataDir, 'secrets'))
    const ownerUrl = server.urlFor(ownerRole, passwords[ownerRole], database)
    try {
      const client = await connected(ownerUrl).catch(async error => {
        if (!notMadeYet.includes(codeOf(error))) throw error
        await setUp(server, passwords)
        return connected(ownerUrl)
      })
      await client.query(`select pg_advisory_lock_shared(${here})`)
      return { server, client, passwords }
    } catch (error) {
      if (!isLeaving(error) || tries === 40) throw error
      await wait(250)
    }
  }
}

async function letGo({ server, client }: Held): Promise<void> {
  try {
    await client.query(`select pg_advisory_unlock_shared(${here})`)
    const { rows } = await client.query<{ is_alone: boolean }>(`select pg_try_advisory_lock(${here}) as is_alone`)
    if (rows[0]?.is_alone) await server.stop()
  } catch {
    // The server is gone already.
  } finally {
    await client.end().catch(() => {})
  }
}
