import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { JsonScanner, type Piece } from './scan-json.ts'

/** What a source says of things that it does not send. */
type Absent = { ok: false; reason: 'left-out' | 'deleted' | 'withdrawn' | 'missing' | 'no-document'; position: number; excerpt: string; isEntry: false; fhirType?: string; sourceId?: string }
export type FilePiece = (Piece | Absent) & { file: string }
const readable = /\.(json|ndjson|jsonl)(\.gz)?$/i
const chunkBytes = 1024 * 1024

/** Every file that may hold records: those named, and those in folders, by name. */
export async function findFiles(paths: readonly string[]): Promise<{ path: string; bytes: number }[]> {
  const found: { path: string; bytes: number }[] = []
  for (const path of paths) {
    const facts = await stat(path)
    if (!facts.isDirectory()) { found.push({ path, bytes: facts.size }); continue }
    for (const entry of (await readdir(path, { recursive: true, withFileTypes: true })).sort((a, b) => join(a.parentPath, a.name).localeCompare(join(b.parentPath, b.name)))) {
      if (!entry.isFile() || !readable.test(entry.name)) continue
      const inside = join(entry.parentPath, entry.name)
      found.push({ path: inside, bytes: (await stat(inside)).size })
    }
  }
  return found
}

/** The pieces of one file, plain or gzipped, in flat memory. A file that cannot be read to its end is a piece that says so. */
export async function* readFile(path: string, onBytes: (bytes: number) => void = () => {}): AsyncGenerator<FilePiece> {
  const file = basename(path)
  const raw = createReadStream(path, { highWaterMark: chunkBytes })
  raw.on('data', chunk => onBytes(chunk.length))
  const isZipped = /\.gz$/i.test(path)
  const stream = isZipped ? raw.pipe(createGunzip({ chunkSize: chunkBytes })) : raw
  if (isZipped) raw.on('error', error => stream.destroy(error))
  const scanner = new JsonScanner()
  const isLines = /\.(ndjson|jsonl)(\.gz)?$/i.test(path)
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      for (const piece of isLines ? scanLines(scanner, chunk) : scanner.push(chunk)) yield { ...piece, file }
    }
  } catch (error) {
    yield { ok: false, reason: 'cut-off', position: 0, excerpt: (error as NodeJS.ErrnoException).code ?? 'unreadable', isEntry: false, file }
    return
  }
  for (const piece of scanner.end()) yield { ...piece, file }
}

/** Lines of NDJSON: one that is damaged costs no other. */
export function* scanLines(scanner: JsonScanner, chunk: Buffer): Generator<Piece> {
  let from = 0
  for (;;) {
    const newline = chunk.indexOf(0x0a, from)
    if (newline === -1) break
    yield* scanner.push(chunk.subarray(from, newline + 1))
    yield* scanner.endLine()
    from = newline + 1
  }
  if (from < chunk.length) yield* scanner.push(chunk.subarray(from))
}
