import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { hasHouse } from '#platform/check-house.ts'
import type { Config } from '#platform/config.ts'
import { checkRoles, connect, type Connections } from '#platform/connect.ts'
import { readMigrations, waitingMigrations } from '#platform/migrate.ts'
import { checkMachine } from './check-machine.ts'
import { checkRunning } from './check-running.ts'
import { CommandProblem, type Command, type Io } from './command.ts'
import { configOf } from './config-of.ts'
import { bad, good, look, type Finding } from './finding.ts'
import { readOptions } from './read-args.ts'
import { withHouse } from './with-house.ts'

const usage = `npx rapport doctor [--json]

Looks at everything that must stand for patients to come: settings, database, key, backups, disk, clock, mail, address, worker, audit trail,
and what the practice itself still has to write. Says for each what is wrong and what to do. Changes nothing. Exit code 1 when something is to do.
Run it with the same settings as the service.`

type Seen = { findings: Finding[]; isDemo: boolean; isComplete: boolean }

function settings(io: Io): { config?: Config; finding: Finding } {
  try {
    return { config: configOf(io), finding: good('settings', 'The settings can be used.') }
  } catch (error) {
    if (!(error instanceof CommandProblem)) throw error
    return { finding: bad('settings', error.message, 'Mend them (the table in docs/self-hosting.md says what each takes).') }
  }
}

const nothingYet = () => bad('database', 'Nothing has been set up here yet.', 'Run `npx rapport setup` for a practice, or `npm start` for a demo. If there is one, DATA_DIR or DATABASE_URL is another than the service’s.')
const hasOwnDatabase = ({ dataDir }: Config) => ['postgres', 'postgres-place'].some(name => existsSync(join(dataDir, name)))

async function versionOf({ urls, place }: Connections): Promise<{ finding: Finding; hasHouse: boolean }> {
  const owner = new pg.Client({ connectionString: urls.owner })
  owner.on('error', () => {})
  await owner.connect()
  try {
    const { rows: [server] } = await owner.query<{ version: string }>("select current_setting('server_version') as version")
    const isThere = (await owner.query<{ it: string | null }>("select to_regclass('platform.house')::text as it")).rows[0]!.it !== null
    return { finding: good('database', `PostgreSQL ${server!.version} answers: ${place}.`), hasHouse: isThere && await hasHouse(owner) }
  } finally {
    await owner.end()
  }
}

/** The database before anybody trusts it: version, migrations, roles. Complete when the house may be opened. */
async function checkDatabase(config: Config): Promise<{ findings: Finding[]; mayOpen: boolean }> {
  if (!config.databaseUrl && !hasOwnDatabase(config)) return { findings: [nothingYet()], mayOpen: false }
  let connections: Connections | undefined
  const findings: Finding[] = []
  const first = await look('database', 'The database', async () => {
    connections = await connect(config)
    const { finding, hasHouse: isMade } = await versionOf(connections)
    return isMade ? finding : nothingYet()
  })
  findings.push(first)
  try {
    if (!first.isGood || !connections) return { findings, mayOpen: false }
    const { urls } = connections
    findings.push(await look('migrations', 'The schema', async () => {
      const waiting = await waitingMigrations({ ownerUrl: urls.owner })
      return waiting.length === 0 ? good('migrations', `The schema is of this release (${readMigrations().length} migrations).`) : bad('migrations', `${waiting.length} migrations wait.`, 'Run `npx rapport migrate` with the service stopped, or restart the service.')
    }))
    const mayOpen = findings.every(({ isGood }) => isGood)
    findings.push(await look('roles', 'The roles', async () => {
      await checkRoles({ urls })
      return good('roles', 'The roles that serve cannot step around the wall.')
    }))
    return { findings, mayOpen }
  } finally {
    await connections?.close()
  }
}

async function examine(io: Io): Promise<Seen> {
  const { config, finding } = settings(io)
  if (!config) return { findings: [finding], isDemo: false, isComplete: false }
  const { findings, mayOpen } = await checkDatabase(config)
  const before = [finding, ...findings]
  if (!mayOpen) return { findings: [...before, ...(existsSync(config.dataDir) ? await checkMachine(config, { isDemo: false }) : [])], isDemo: false, isComplete: false }
  try {
    return await withHouse(io, async at => {
      const { isDemo } = at.house
      const [machine, running] = [await checkMachine(at.config, { isDemo }), await checkRunning(at)]
      return { findings: [...before, ...machine, ...running], isDemo, isComplete: true }
    })
  } catch (error) {
    // A key that does not fit, most of all: said as one of the lines.
    const closed = await look('house', 'The house', () => { throw error })
    return { findings: [...before, ...await checkMachine(config, { isDemo: false }), closed], isDemo: false, isComplete: false }
  }
}

function say({ findings, isDemo, isComplete }: Seen, io: Io): void {
  if (isDemo) io.out('This is a demo. What a practice needs before patients may come is not asked for.\n')
  for (const { isGood, words, toDo } of findings) {
    io.out(`  ${isGood ? 'ok   ' : 'TO DO'}  ${words}`)
    if (toDo) io.out(`         ${toDo}`)
  }
  const open = findings.filter(({ isGood }) => !isGood).length
  io.out(`\n${open === 0 ? 'All is well.' : `${open} ${open === 1 ? 'thing' : 'things'} to do.`}${isComplete ? '' : ' More is looked at when these are done.'}`)
}

const command: Command = {
  usage,
  async run(args, io) {
    const { json } = readOptions(args, { json: { type: 'boolean' } })
    const seen = await examine(io)
    const isWell = seen.findings.every(({ isGood }) => isGood)
    if (json) io.out(JSON.stringify({ isWell, isDemo: seen.isDemo, isComplete: seen.isComplete, checks: seen.findings }))
    else say(seen, io)
    return isWell ? 0 : 1
  },
}
export default command
