import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { stopPostmaster } from '#platform/postmaster.ts'

/** Data folders of PostgreSQL servers below `folder`, those included that had to lie elsewhere. */
function serversBelow(folder: string, depth = 6): string[] {
  if (depth === 0 || !existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true })
  if (entries.some(({ name }) => name === 'PG_VERSION')) return [folder]
  const elsewhere = entries.filter(({ name }) => name === 'postgres-place').map(({ name }) => readFileSync(join(folder, name), 'utf8').trim())
  return [...elsewhere.map(place => join(place, 'postgres')), ...entries.filter(entry => entry.isDirectory()).flatMap(entry => serversBelow(join(folder, entry.name), depth - 1))]
}

/** Removes a folder of tests with everything in it, the servers that run there first. */
export async function clearFolder(folder: string): Promise<void> {
  for (const data of serversBelow(folder)) {
    await stopPostmaster(data, 'immediate')
    if (!data.startsWith(folder)) rmSync(join(data, '..'), { recursive: true, force: true })
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
