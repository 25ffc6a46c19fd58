import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { buildClient } from './build-client.ts'

const root = join(import.meta.dirname, '..')
const stampFile = join(root, 'build/stamp')

/** What the build is made from; the same stamp means there is nothing to do. */
function stamp(): string {
  const hash = createHash('sha256')
  for (const path of globSync(['src/**/*', 'demo/**/*.ts', 'bin/build*.ts', 'package-lock.json', 'vite.config.ts'], { cwd: root, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name)).sort()) {
    if (!/\.(test|long)\.tsx?$/.test(path)) hash.update(path.slice(root.length)).update(readFileSync(path))
  }
  return hash.digest('hex')
}

/** Production runs compiled code: the server in one folder with shared chunks, packages left where they are. */
async function buildServer(): Promise<void> {
  const outdir = join(root, 'build/server')
  rmSync(outdir, { recursive: true, force: true })
  mkdirSync(outdir, { recursive: true })
  await build({
    absWorkingDir: root, outdir, bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node24', packages: 'external', sourcemap: 'linked',
    entryPoints: { main: 'src/cli/main.ts' }, chunkNames: 'part-[hash]', jsx: 'automatic', logLevel: 'warning', loader: { '.json': 'json' },
    define: { 'process.env.NODE_ENV': '"production"' },
  })
}

const current = stamp()
const isStale = !existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== current
if (isStale || !process.argv.includes('--if-stale')) {
  await Promise.all([buildServer(), buildClient()])
  writeFileSync(stampFile, current)
}
