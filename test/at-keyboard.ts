import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command, Io } from '#root/cli/command.ts'
import { withHouse, type AtHand } from '#root/cli/with-house.ts'
import { freshDatabase, type TestDatabase } from '#test/database.ts'

export type Said = { code: number; out: string; err: string }

/** A folder, a database and a person who types commands. Nothing is set up in it yet. */
export type Keyboard = {
  db: TestDatabase
  dataDir: string
  env: Record<string, string>
  run: (command: Command, args?: readonly string[], more?: { env?: Record<string, string>; io?: Partial<Io> }) => Promise<Said>
  /** Makes what is not there yet, a practice or a demo, and works in it. */
  within: <T>(work: (at: AtHand) => Promise<T>, wish?: 'practice' | 'demo') => Promise<T>
  close: () => Promise<void>
}

export async function aKeyboard(): Promise<Keyboard> {
  const db = await freshDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-cli-'))
  const env = { DATABASE_URL: db.appUrl, DATABASE_OWNER_URL: db.ownerUrl, DATABASE_WORKER_URL: db.workerUrl, DATA_DIR: dataDir }
  return {
    db, dataDir, env,
    async run(command, args = [], { env: more, io } = {}) {
      const [out, err]: [string[], string[]] = [[], []]
      const code = await command.run(args, { env: { ...env, ...more }, isTerminal: false, out: line => out.push(line), err: line => err.push(line), ...io })
      return { code, out: out.join('\n'), err: err.join('\n') }
    },
    within: (work, wish = 'practice') => withHouse({ env: { ...env, ...(wish === 'demo' && { RAPPORT_DEMO: '1' }) } }, work, { wish }),
    async close() {
      await db.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
