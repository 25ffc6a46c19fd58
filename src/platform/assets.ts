import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#platform/root.ts'

const folder = join(root, 'build/client')

/** Where the built files lie that are served below /assets/. */
export const assetsDir = join(folder, 'assets')

type Manifest = Record<string, { file: string } | undefined>
let manifest: Manifest | undefined

function readManifest(): Manifest {
  const path = join(folder, '.vite/manifest.json')
  if (!existsSync(path)) throw new Error('the browser files are not built: run `npm run build`')
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest
}

/** The address of a built file, by the path of its source: `asset('src/ui/site.css')`. */
export function asset(source: string): string {
  manifest ??= readManifest()
  const entry = manifest[source]
  if (!entry) throw new Error(`${source} is not among the built browser files; see vite.config.ts`)
  return `/${entry.file}`
}
