import pg from 'pg'
import { checkHouse, hasHouse } from '#platform/check-house.ts'
import type { Config } from '#platform/config.ts'
import { connect, type Connections } from '#platform/connect.ts'
import { readOrMakeKey, type Keys } from '#platform/keys.ts'
import { migrate } from '#platform/migrate.ts'
import { CommandProblem } from './command.ts'

export type OpenDatabase = Connections & { keys: Keys; isDemo: boolean; isFresh: boolean }
type Wish = 'demo' | 'practice' | 'what-is-there'

const isLoopback = (host: string) => ['127.0.0.1', 'localhost', '::1'].includes(host)

/** A demo may be made only of a fresh database of our own that nobody else can reach, or where RAPPORT_DEMO says so. */
export const mayBeDemo = (config: Config, isEmbedded: boolean): boolean => config.wantsDemo || (isEmbedded && isLoopback(config.host))

/** Connects, migrates, checks the key, and marks a fresh database as what is wished for. The mark stays for ever. */
export async function openDatabase(config: Config, wish: Wish): Promise<OpenDatabase> {
  const connections = await connect(config)
  try {
    await migrate({ ownerUrl: connections.urls.owner, workerUrl: connections.urls.worker })
    const owner = new pg.Client({ connectionString: connections.urls.owner })
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

function refuseUnlessWished(config: Config, { isEmbedded }: Connections, wish: Wish): void {
  if (wish === 'what-is-there') throw new CommandProblem('Nothing has been set up here yet. Run `npx rapport setup` for a practice, or `npm start` for a demo.')
  if (wish === 'demo' && !mayBeDemo(config, isEmbedded)) {
    throw new CommandProblem('This database is new. Run `npx rapport setup` to make it a practice’s. A demo is made only of a fresh database of Rapport’s own with a loopback HOST, or with RAPPORT_DEMO=1.')
  }
}
