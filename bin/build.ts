import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// What is built is for people, whoever builds it: Vite would put React's slow half in for anybody else.
process.env.NODE_ENV = 'production'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'build')
const stampFile = join(folder, 'stamp')
const sources = ['src/**/*', 'demo/**/*.ts', 'bin/build*.ts', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts']

/** What the build is made from, in 16 characters; the same stamp means there is nothing to do. */
function readStamp(): string {
  const hash = createHash('sha256')
  const files = globSync(sources, { cwd: root, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  for (const path of files.sort()) {
    if (!/\.(test|long)\.tsx?$/.test(path)) hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex').slice(0, 16)
}

/** Production runs compiled code: the server in a folder named after its stamp, so that one that is running keeps the parts it has yet to load. */
async function buildServer(stamp: string): Promise<void> {
  const { build } = await import('esbuild')
  const place = join(folder, 'server', stamp)
  mkdirSync(join(folder, 'server'), { recursive: true })
  const making = mkdtempSync(join(folder, 'server', '.making-'))
  try {
    await build({
      absWorkingDir: root, outdir: making, bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node24', packages: 'external', sourcemap: 'linked',
      entryPoints: { main: 'src/cli/main.ts' }, chunkNames: 'part-[hash]', jsx: 'automatic', logLevel: 'warning', define: { 'process.env.NODE_ENV': '"production"' },
    })
    rmSync(place, { recursive: true, force: true })
    renameSync(making, place)
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
  const older = readdirSync(join(folder, 'server')).filter(name => name !== stamp && !name.startsWith('.'))
    .sort((a, b) => statSync(join(folder, 'server', b)).mtimeMs - statSync(join(folder, 'server', a)).mtimeMs)
  for (const name of older.slice(1)) rmSync(join(folder, 'server', name), { recursive: true, force: true })
}

async function buildAll(stamp: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const { buildClient } = await import('./build-client.ts')
  await Promise.all([buildServer(stamp), buildClient()])
  writeFileSync(`${stampFile}.${process.pid}`, stamp)
  renameSync(`${stampFile}.${process.pid}`, stampFile)
}

const stamp = readStamp()
const isFresh = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp && existsSync(join(folder, 'server', stamp, 'main.js'))
if (!isFresh || !process.argv.includes('--if-stale')) {
  const begun = performance.now()
  try {
    if (process.argv.includes('--if-stale')) console.error('Building …')
    await buildAll(stamp)
    console.error(`Built in ${((performance.now() - begun) / 1_000).toFixed(1)} s.`)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    console.error(code === 'EACCES' || code === 'EROFS' ? `The build is not up to date and cannot be made here (${message}). Run \`npm run build\` as the user who owns ${root}.` : message)
    process.exitCode = 1
  }
}
