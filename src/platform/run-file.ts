import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What runs on a data folder: written by `serve` when it is ready, gone when it stops. Other commands read it; it holds no password. */
export type Running = {
  pid: number
  startedAt: string
  parts: readonly string[]
  url?: string
  port?: number
  database: { isEmbedded: boolean; place: string }
}

const fileOf = (dataDir: string) => join(dataDir, 'run.json')

export function writeRunning(dataDir: string, running: Running): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const draft = `${fileOf(dataDir)}.${process.pid}`
  writeFileSync(draft, JSON.stringify(running, null, 2), { mode: 0o600 })
  renameSync(draft, fileOf(dataDir))
}

/** Undefined when nobody serves, also where one that was killed left its file. */
export function readRunning(dataDir: string): Running | undefined {
  if (!existsSync(fileOf(dataDir))) return undefined
  const running = JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as Running
  try {
    process.kill(running.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined
  }
  return running
}

export function forgetRunning(dataDir: string): void {
  if (readRunning(dataDir)?.pid === process.pid) rmSync(fileOf(dataDir))
}
