import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto'
import { chmodSync, closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SaidPlainly } from '#platform/said-plainly.ts'

/**
 * What is sealed at rest, and what is recognised without being kept. The secrets themselves stay inside.
 * `purpose` picks a subkey ('accounts.totp'); `aad` names the place of the value, so that it opens nowhere else: see `placeOf`.
 */
export type Keys = {
  /** The newest key, which seals. */
  fingerprint: string
  /** Every key that opens, newest first. */
  fingerprints: string[]
  seal(purpose: string, aad: string, plain: Buffer): Buffer
  /** Throws `CannotOpen` when the bytes were changed, belong elsewhere, or need a key that is not here. */
  open(purpose: string, aad: string, sealed: Buffer): Buffer
  /** 32 bytes, under the newest key. */
  mac(purpose: string, text: string | Buffer): Buffer
  /** The same under every key, newest first: for what was recognised before a rotation. */
  macs(purpose: string, text: string | Buffer): Buffer[]
}

export class CannotOpen extends SaidPlainly { override name = 'CannotOpen' }

/** The place of a sealed value: table, column, row. */
export const placeOf = (table: string, column: string, row: string): string => `${table}/${column}/${row}`

export const secretBytes = 32
const version = 1
const idBytes = 8
const nonceBytes = 12
const tagBytes = 16
const headBytes = 1 + idBytes + nonceBytes

type Subkeys = { fingerprint: string; id: Buffer; keyFor: (use: string) => KeyObject }

function subkeysOf(secret: Buffer): Subkeys {
  if (secret.length !== secretBytes) throw new Error(`a key has ${secretBytes} bytes`)
  const known = new Map<string, KeyObject>()
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `rapport/1/${use}`, 32))
  const keyFor = (use: string) => {
    let key = known.get(use)
    if (!key) known.set(use, key = createSecretKey(derive(use)))     // a ready key object makes a mac six times cheaper
    return key
  }
  const print = derive('fingerprint').subarray(0, 16)
  return { fingerprint: print.toString('hex'), id: print.subarray(0, idBytes), keyFor }
}

/**
 * AES-256-GCM under a subkey of its own for each purpose (HKDF-SHA-256), with a random 96-bit nonce.
 * Sealed bytes: version (1), key id (8), nonce (12), ciphertext, tag (16).
 * With several secrets the first seals and all of them open. Large things get a data key of their own, sealed by this: see sealed-stream.ts.
 */
export function makeKeys(secrets: Buffer | readonly Buffer[]): Keys {
  const all = (Buffer.isBuffer(secrets) ? [secrets] : secrets).map(subkeysOf)
  const newest = all[0]
  if (!newest) throw new Error('at least one key is needed')
  const macUnder = (key: Subkeys, purpose: string, text: string | Buffer) => createHmac('sha256', key.keyFor(`mac/${purpose}`)).update(text).digest()
  return {
    fingerprint: newest.fingerprint,
    fingerprints: all.map(key => key.fingerprint),
    seal(purpose, aad, plain) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', newest.keyFor(`seal/${purpose}`), nonce)
      cipher.setAAD(Buffer.from(aad))
      return Buffer.concat([Buffer.of(version), newest.id, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    },
    open(purpose, aad, sealed) {
      if (sealed.length < headBytes + tagBytes || sealed[0] !== version) throw new CannotOpen('not sealed by this house')
      const id = sealed.subarray(1, 1 + idBytes)
      const key = all.find(candidate => candidate.id.equals(id))
      if (!key) throw new CannotOpen(`sealed under key ${id.toString('hex')}, which is not here`)
      const decipher = createDecipheriv('aes-256-gcm', key.keyFor(`seal/${purpose}`), sealed.subarray(1 + idBytes, headBytes), { authTagLength: tagBytes })
      decipher.setAAD(Buffer.from(aad))
      decipher.setAuthTag(sealed.subarray(-tagBytes))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(headBytes, -tagBytes)), decipher.final()])
      } catch {
        throw new CannotOpen('the sealed bytes were changed or belong elsewhere')
      }
    },
    mac: (purpose, text) => macUnder(newest, purpose, text),
    macs: (purpose, text) => all.map(key => macUnder(key, purpose, text)),
  }
}

export class KeyProblem extends SaidPlainly { override name = 'KeyProblem' }

export const keyFileOf = (dataDir: string, keyFile?: string): string => keyFile || join(dataDir, 'secrets', 'key')

const isCode = (error: unknown, code: string) => (error as NodeJS.ErrnoException).code === code

function readKeyFile(path: string): Keys | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw new KeyProblem(`The key file ${path} cannot be read`)
  }
  const lines = text.split('\n').map(line => line.trim()).filter(line => line !== '' && !line.startsWith('#'))
  const secrets = lines.map(line => Buffer.from(line, 'base64'))
  if (secrets.length === 0 || secrets.some((secret, at) => secret.length !== secretBytes || secret.toString('base64') !== lines[at])) {
    throw new KeyProblem(`The key file ${path} is damaged: each line holds ${secretBytes} bytes in base64`)
  }
  return makeKeys(secrets)
}

const heading = '# Rapport\'s keys, newest first. Without them sealed data and backups cannot be opened: keep a copy somewhere else.'

/** Puts a new key before those that are there. They stay: what they sealed, older backups too, opens with them alone. */
export function addKey(path: string): void {
  const kept = readFileSync(path, 'utf8').split('\n').map(line => line.trim()).filter(line => line !== '' && !line.startsWith('#'))
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`
  const file = openSync(unfinished, 'wx', 0o600)
  try {
    writeSync(file, [heading, randomBytes(secretBytes).toString('base64'), ...kept, ''].join('\n'))
    fsyncSync(file)
    renameSync(unfinished, path)
  } finally {
    closeSync(file)
    rmSync(unfinished, { force: true })
  }
}

/** Written whole under another name and linked into place: of two processes that start at once one makes it and both read it. */
function makeKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`
  const file = openSync(unfinished, 'wx', 0o600)
  try {
    writeSync(file, `${heading}\n${randomBytes(secretBytes).toString('base64')}\n`)
    fsyncSync(file)
    linkSync(unfinished, path)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    closeSync(file)
    rmSync(unfinished, { force: true })
  }
}

/**
 * The keys of this install, from `DATA_DIR/secrets/key` (0600) or the file the settings name: one base64 line each, newest first.
 * A first key is made only where `mayMake` allows it, which is when no database was made with another one: see check-house.ts.
 */
export function readOrMakeKey(dataDir: string, { keyFile, mayMake = false }: { keyFile?: string | undefined; mayMake?: boolean } = {}): Keys {
  const path = keyFileOf(dataDir, keyFile)
  let keys = readKeyFile(path)
  if (!keys && mayMake) {
    makeKeyFile(path)
    keys = readKeyFile(path)
  }
  if (!keys) throw new KeyProblem(`The key file ${path} is missing. This database was made with a key; put that key back from your safe copy.`)
  return keys
}
