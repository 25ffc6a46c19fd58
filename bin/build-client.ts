import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build, type InlineConfig } from 'vite'

const root = join(import.meta.dirname, '..')

/**
 * Builds what browsers load into build/client: three stylesheets, their fonts, the small script and the islands.
 * It is made beside and then put in place, so that a house that is running never meets half of it.
 */
export async function buildClient({ into = join(root, 'build/client'), config = {} }: { into?: string; config?: InlineConfig } = {}): Promise<void> {
  mkdirSync(join(into, '..'), { recursive: true })
  const workshop = mkdtempSync(join(into, '..', '.client-'))
  try {
    await build({ ...config, configFile: join(root, 'vite.config.ts'), configLoader: 'native', build: { ...config.build, outDir: join(workshop, 'new') } })
    try { renameSync(into, join(workshop, 'old')) } catch { /* the first time there is nothing to put away */ }
    renameSync(join(workshop, 'new'), into)
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}
