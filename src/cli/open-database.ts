import pg from 'pg'
import { checkHouse, hasHouse } from '#platform/check-house.ts'
import type { Config } from '#platform/config.ts'
import { connect, type Connections } from '#platform/connect.ts'
import { readOrMakeKey, type Keys } from '#platform/keys.ts'
import { migrate, readMigrations, waitingMigrations } from '#platform/migrate.ts'
import { CommandProblem } from './command.ts'

export type OpenDatabase = Connections & { keys: Keys; isDemo: boolean; isFresh: boolean }
type Wish = 'demo' | 'practice' | 'what-is-there'

const isLoopback = (host: string) => ['127.0.0.1', 'localhost', '::1'].includes(host)

/** A demo may be made only of a fresh database of our own that nobody else can reach, or where RAPPORT_DEMO says so. */
export const mayBeDemo = (config: Config, isEmbedded: boolean): boolean => config.wantsDemo || (isEmbedded && isLoopback(config.host))

/**
 * Connects, brings the schema to this release, checks the key, and marks a fresh database as what is wished for: for ever.
 * Who serves holds the lock from before the first change, and is told by `onLost` when it is gone. Who only looks changes nothing.
 */
export async function openDatabase(config: Config, wish: Wish, { onLost }: { onLost?: () => void } = {}): Promise<OpenDatabase> {
  const connections = await connect(config)
  try {
    if (onLost && !await connections.lockServing(onLost)) {
      throw new CommandProblem(`Another \`rapport serve\` runs on ${config.dataDir}. Stop it first, or give this one another DATA_DIR.`)
    }
    if (wish === 'what-is-there') await refuseUnlessCurrent(connections)
    else await migrate({ ownerUrl: connections.urls.owner, workerUrl: connections.urls.worker })
    const owner = new pg.Client({ connectionString: connections.urls.owner })
    owner.on('error', () => {})
    await owner.connect()
    try {
      const isFresh = !(await hasHouse(owner))
      if (isFresh) refuseUnlessWished(config, connections, wish)
      const keys = readOrMakeKey(config.dataDir, { keyFile: config.keyFile, mayMake: isFresh })
      const { isDemo } = await checkHouse(owner, keys, { isDemo: wish === 'demo', now: new Date() })
      if (wish === 'practice' && isDemo) throw new CommandProblem('This database is a demo and stays one. Give the practice another DATA_DIR or another database.')
      return { ...connections, keys, isDemo, isFresh }
    } finally {
      await owner.end()
    }
  } catch (error) {
    await connections.close()
    throw error
  }
}

async function refuseUnlessCurrent({ urls }: Connections): Promise<void> {
  const waiting = await waitingMigrations({ ownerUrl: urls.owner })
  if (waiting.length === 0) return
  const isNew = waiting.length === readMigrations().length
  throw new CommandProblem(isNew ? nothingYet : `The database is of an older release (${waiting.length} changes wait). Run \`npx rapport migrate\` with the service stopped, or restart the service.`)
}

const nothingYet = 'Nothing has been set up here yet. Run `npx rapport setup` for a practice, or `npm start` for a demo.'

function refuseUnlessWished(config: Config, { isEmbedded }: Connections, wish: Wish): void {
  if (wish === 'what-is-there') throw new CommandProblem(nothingYet)
  if (wish === 'demo' && !mayBeDemo(config, isEmbedded)) {
    throw new CommandProblem('This database is new. Run `npx rapport setup` to make it a practice’s. A demo is made only of a fresh database of Rapport’s own with a loopback HOST, or with RAPPORT_DEMO=1.')
  }
}
