import { createReadStream } from 'node:fs'
import type { Keys } from '#platform/keys.ts'
import { SaidPlainly } from '#platform/said-plainly.ts'
import { ByteReader, openStream, sealStream } from '#platform/sealed-stream.ts'

/*
 * A backup is one sealed stream (sealed-stream.ts, purpose "backup", place "archive"). Inside it, frames follow each other:
 *
 *   letter (1) · length (4, big-endian) · bytes
 *
 *   h  what this is, as JSON: the first frame
 *   t  a table begins: { section, name, columns }; its d frames together are gzip of PostgreSQL's COPY text
 *   f  a file begins: { id }; its d frames are the file as it lies on disk, sealed
 *   a  the audit anchors begin; their d frames are the lines
 *   d  bytes of what began last
 *   e  it ends: { rows?, bytes }
 *   s  where the sequences stand: { section, sequences: [{ name, value, isCalled }] }
 *   z  the end: { tables, rows, files }. An archive without it was cut.
 */
export const archiveVersion = 1
const purpose = 'backup'
const place = 'archive'
const longestFrame = 16 * 1_048_576

export type Section = 'owner' | 'worker'
export type ArchiveHead = {
  format: 'rapport backup'
  version: number
  madeAt: string
  houseId: string
  isDemo: boolean
  keyFingerprints: string[]
  /** What each part's migrations table held, so that a restore finds the same columns. */
  migrations: Record<Section, string[]>
}
export type TableHead = { section: Section; name: string; columns: string[] }
export type Sequences = { section: Section; sequences: { name: string; value: string; isCalled: boolean }[] }
export type Totals = { tables: number; rows: number; files: number }

export type Frame =
  | { letter: 'h'; value: ArchiveHead }
  | { letter: 't'; value: TableHead }
  | { letter: 'f'; value: { id: string } }
  | { letter: 'a'; value: null }
  | { letter: 'd'; bytes: Buffer }
  | { letter: 'e'; value: { bytes: number; rows?: number } }
  | { letter: 's'; value: Sequences }
  | { letter: 'z'; value: Totals }

export class ArchiveProblem extends SaidPlainly { override name = 'ArchiveProblem' }

function* encode(frame: Frame): Generator<Buffer> {
  const bytes = frame.letter === 'd' ? frame.bytes : Buffer.from(JSON.stringify(frame.value))
  const head = Buffer.alloc(5)
  head.write(frame.letter, 0, 'latin1')
  head.writeUInt32BE(bytes.length, 1)
  yield head
  yield bytes
}

async function* encoded(frames: AsyncIterable<Frame>): AsyncGenerator<Buffer> {
  for await (const frame of frames) yield* encode(frame)
}

export const sealArchive = (keys: Keys, frames: AsyncIterable<Frame>): AsyncGenerator<Buffer> => sealStream(keys, purpose, place, encoded(frames))

/** The frames of an archive file, each proven before it is given. Throws CannotOpen or ArchiveProblem when a byte was changed or the end is missing. */
export async function* readArchive(keys: Keys, path: string): AsyncGenerator<Frame> {
  const reader = new ByteReader(openStream(keys, purpose, place, createReadStream(path, { highWaterMark: 262_144 })))
  try {
    for (let isFirst = true; ; isFirst = false) {
      const head = await reader.take(5)
      if (head.length < 5) throw new ArchiveProblem('the archive has no end')
      const length = head.readUInt32BE(1)
      if (length > longestFrame) throw new ArchiveProblem('not an archive of this kind')
      const bytes = await reader.take(length)
      const letter = head.toString('latin1', 0, 1) as Frame['letter']
      if (isFirst !== (letter === 'h')) throw new ArchiveProblem('not an archive of this kind')
      yield letter === 'd' ? { letter, bytes } : { letter, value: JSON.parse(bytes.toString()) } as Frame
      if (letter === 'z') break
    }
    if ((await reader.take(1)).length > 0) throw new ArchiveProblem('bytes follow the end of the archive')
  } finally {
    await reader.close()
  }
}

/** Cuts bytes into data frames and says at the end how many there were. */
export async function* dataFrames(source: AsyncIterable<Buffer>, atEnd: () => { rows?: number } = () => ({})): AsyncGenerator<Frame> {
  let total = 0
  for await (const bytes of source) {
    total += bytes.length
    yield { letter: 'd', bytes }
  }
  yield { letter: 'e', value: { bytes: total, ...atEnd() } }
}

/** The data of what began last, up to its end frame, which is returned. */
export async function* dataOf(frames: AsyncIterator<Frame>): AsyncGenerator<Buffer, { bytes: number; rows?: number }> {
  let total = 0
  for (;;) {
    const { value: frame, done } = await frames.next()
    if (done) throw new ArchiveProblem('the archive was cut')
    if (frame.letter === 'd') {
      total += frame.bytes.length
      yield frame.bytes
    } else if (frame.letter === 'e' && frame.value.bytes === total) {
      return frame.value
    } else {
      throw new ArchiveProblem('the archive is not in order')
    }
  }
}

/** Reads a whole archive once, proving every byte, and gives its head and totals. */
export async function proveArchive(keys: Keys, path: string): Promise<{ head: ArchiveHead; totals: Totals }> {
  const seen: Totals = { tables: 0, rows: 0, files: 0 }
  let head: ArchiveHead | undefined
  for await (const frame of readArchive(keys, path)) {
    if (frame.letter === 'h') head = frame.value
    if (frame.letter === 't') seen.tables++
    if (frame.letter === 'f') seen.files++
    if (frame.letter === 'e') seen.rows += frame.value.rows ?? 0
    if (frame.letter === 'z' && JSON.stringify(frame.value) !== JSON.stringify(seen)) throw new ArchiveProblem('the totals do not agree')
  }
  return { head: head!, totals: seen }
}
