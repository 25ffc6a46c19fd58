import { createReadStream } from 'node:fs'
import { mkdir, open, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Head } from '#platform/audit-chain.ts'
import type { Keys } from '#platform/keys.ts'

/**
 * Heads of the audit chain, kept outside the database: one JSON line each, chained among themselves, flushed before it counts.
 * Whoever shortens the chain in the database cannot shorten this. Copy the file elsewhere now and then; each backup holds it.
 */
export type AnchorLine = { line: number; seq: number; hash: string; at: string; mac: string }

export const anchorFileOf = (dataDir: string): string => join(dataDir, 'audit', 'anchor.jsonl')

const body = (before: string, { line, seq, hash, at }: Omit<AnchorLine, 'mac'>) => [before, line, seq, hash, at].join('/')
export const anchorMac = (keys: Keys, before: string, line: Omit<AnchorLine, 'mac'>): string => keys.mac('audit-anchor', body(before, line)).toString('hex')
export const isAnchorMac = (keys: Keys, before: string, line: AnchorLine): boolean =>
  keys.macs('audit-anchor', body(before, line)).some(mac => mac.toString('hex') === line.mac)

export function parseAnchorLine(text: string): AnchorLine | undefined {
  try {
    const { line, seq, hash, at, mac } = JSON.parse(text) as Record<string, unknown>
    if (typeof line !== 'number' || typeof seq !== 'number' || typeof hash !== 'string' || typeof at !== 'string' || typeof mac !== 'string') return undefined
    return { line, seq, hash, at, mac }
  } catch {
    return undefined
  }
}

/** The lines below `size` bytes, in flat memory. A last line without its line break is one that was never finished, and is left out. */
export async function* anchorLines(path: string, size: number): AsyncGenerator<string> {
  const whole = await endOfLastLine(path, size)
  if (whole === 0) return
  yield* createInterface({ input: createReadStream(path, { end: whole - 1 }), crlfDelay: Infinity })
}

export async function sizeOfAnchors(path: string): Promise<number> {
  const file = await openIfThere(path, 'r')
  if (!file) return 0
  return file.stat().then(facts => facts.size).finally(() => file.close())
}

async function openIfThere(path: string, flags: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, flags)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

const longestLine = 1_000

async function tailOf(path: string, size: number): Promise<{ text: string; from: number }> {
  const file = await openIfThere(path, 'r')
  if (!file) return { text: '', from: 0 }
  try {
    const from = Math.max(0, size - longestLine)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from)
    return { text: buffer.toString('latin1', 0, bytesRead), from }
  } finally {
    await file.close()
  }
}

async function endOfLastLine(path: string, size: number): Promise<number> {
  const { text, from } = await tailOf(path, size)
  const at = text.lastIndexOf('\n')
  return at < 0 ? 0 : from + at + 1
}

/** Appends heads. Several processes may share a file: who appends holds the lock that `seal-audit.ts` takes in the database. */
export class AnchorFile {
  readonly path: string
  #keys: Keys
  constructor(path: string, keys: Keys) {
    this.path = path
    this.#keys = keys
  }

  async last(): Promise<AnchorLine | undefined> {
    const size = await sizeOfAnchors(this.path)
    const { text } = await tailOf(this.path, await endOfLastLine(this.path, size))
    return parseAnchorLine(text.trimEnd().split('\n').at(-1) ?? '')
  }

  /** Writes the head down unless it stands there already. Returns when it is on the disk. */
  async append(head: Head, at: Date): Promise<boolean> {
    const last = await this.last()
    if (head.seq === 0 || (last && last.seq >= head.seq)) return false
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 })
    const file = await open(this.path, 'a', 0o600)
    try {
      const { size } = await file.stat()
      const whole = await endOfLastLine(this.path, size)
      if (whole < size) await file.truncate(whole)
      const facts = { line: (last?.line ?? 0) + 1, seq: head.seq, hash: head.hash.toString('hex'), at: at.toISOString() }
      await file.appendFile(`${JSON.stringify({ ...facts, mac: anchorMac(this.#keys, last?.mac ?? '', facts) })}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    return true
  }
}
