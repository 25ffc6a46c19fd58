import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Pool } from 'pg'

/*
 * Words that can come from one place only. A test puts them where a person's data goes, lets the house work, and then looks
 * for them everywhere they must not be: log lines, mails, files, job payloads, counts, the audit trail.
 */
const kinds = ['name', 'result', 'note', 'message', 'address', 'password', 'token'] as const
export type CanaryKind = (typeof kinds)[number]
export type Canaries = Record<CanaryKind, string>

let count = 0
/** A fresh set: plain letters, so that no escaping, sorting or case rule changes them beyond recognition. */
export function someCanaries(): Canaries {
  const mark = `${process.pid.toString(36)}x${(++count).toString(36)}x${process.hrtime.bigint().toString(36)}`
  return Object.fromEntries(kinds.map(kind => [kind, `canary${kind}${mark}`])) as Canaries
}

export type Sighting = { canary: CanaryKind; where: string }

/** The ways a phrase can stand in bytes. */
function formsOf(phrase: string): Buffer[] {
  const raw = Buffer.from(phrase)
  const shifted = [0, 1, 2].map(by => Buffer.concat([Buffer.alloc(by), raw]).toString('base64').slice(by === 0 ? 0 : by + 1, -4))
  return [raw, Buffer.from(phrase.toUpperCase()), Buffer.from(raw.toString('hex')), Buffer.from(phrase, 'utf16le'), ...shifted.map(text => Buffer.from(text))]
}

export function findIn(canaries: Canaries, where: string, content: string | Buffer): Sighting[] {
  let bytes = Buffer.isBuffer(content) ? content : Buffer.from(content)
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes)
  // A mail breaks long lines; what is broken apart is still there.
  const joined = Buffer.from(bytes.toString('latin1').replace(/=\r?\n|\r?\n/g, ''), 'latin1')
  return kinds.filter(kind => formsOf(canaries[kind]).some(form => bytes.includes(form) || joined.includes(form)))
    .map(canary => ({ canary, where }))
}

/** Every file below a folder, by name and by content. */
export function findInFolder(canaries: Canaries, folder: string): Sighting[] {
  const found: Sighting[] = []
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    found.push(...findIn(canaries, `name of ${path}`, entry.name))
    if (entry.isFile()) found.push(...findIn(canaries, path, readFileSync(path)))
  }
  return found
}

/** Every row of every table this role owns, but for those that are the right place for it. */
export async function findInTables(canaries: Canaries, owner: Pool, allowed: readonly string[] = []): Promise<Sighting[]> {
  const { rows: tables } = await owner.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relowner = (select oid from pg_roles where rolname = current_user)
    order by 1`)
  const found: Sighting[] = []
  for (const { name } of tables.filter(table => !allowed.includes(table.name))) {
    const { rows } = await owner.query<{ line: string }>(`select t::text as line from ${name} t`)
    for (const { line } of rows) found.push(...findIn(canaries, name, line))
  }
  return found
}
