import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A random password, made once and kept in a file that its owner alone may read. Two processes may ask at once: both get the same. */
export function keepSecret(folder: string, name: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, name)
  if (!existsSync(file)) {
    const draft = `${file}.${process.pid}`
    writeFileSync(draft, randomBytes(24).toString('base64url'), { mode: 0o600, flush: true })
    try { linkSync(draft, file) } catch (error) { if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error } finally { rmSync(draft) }
  }
  return readFileSync(file, 'utf8').trim()
}
