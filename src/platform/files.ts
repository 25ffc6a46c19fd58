import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Keys } from '#platform/keys.ts'
import { ByteReader, bytesOf, openStream, resealStream, sealStream, streamOf } from '#platform/sealed-stream.ts'

/** What is known of a file. It is sealed inside the file, so that a disk tells nobody whose it is. */
export type FileFacts = { mediaType: string; patientId?: string | null }
export type StoredFile = { id: string; sha256: string; size: number }

/** Where bytes lie. On disk here; the same shape fits an object store. Use cases go through store-file.ts, which knows what is in use. */
export type FileStore = {
  put(bytes: Buffer, facts: FileFacts): Promise<StoredFile>
  /** For what may be large: flat memory. Stops with an error above `mostBytes`. */
  putStream(source: AsyncIterable<Buffer>, facts: FileFacts, limit?: { mostBytes: number }): Promise<StoredFile>
  /** Throws `FileMissing` or `CannotOpen`. */
  get(id: string): Promise<Buffer>
  getStream(id: string): AsyncIterable<Buffer>
  factsOf(id: string): Promise<FileFacts>
  /** Removing what is not there is not an error. */
  remove(id: string): Promise<void>
  list(): AsyncIterable<{ id: string; changedAt: Date }>
  /** Halves that a crash left behind before that moment. Gives their number. */
  removeUnfinished(before: Date): Promise<number>
  /** The bytes as they lie, sealed: for the backup. */
  sealedStream(id: string): AsyncIterable<Buffer>
  putSealed(id: string, source: AsyncIterable<Buffer>): Promise<void>
  /** Seals the file's own key anew, under the newest key. */
  reseal(id: string): Promise<void>
}

export class FileMissing extends Error { override name = 'FileMissing' }
export class FileTooLarge extends Error { override name = 'FileTooLarge' }

const idForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const purpose = 'files'
const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** Written beside its place, flushed, then renamed into it: a crash leaves the whole file or none. */
export async function writeWhole(folder: string, name: string, source: AsyncIterable<Buffer>): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unfinished = join(folder, `.${name}.${randomBytes(6).toString('hex')}`)
  try {
    const file = await open(unfinished, 'wx', 0o600)
    try {
      for await (const part of source) await file.writeFile(part)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, join(folder, name))
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  const parent = await open(folder, 'r')
  await parent.sync().finally(() => parent.close())
}

async function* withFacts(facts: FileFacts, source: AsyncIterable<Buffer>, seen: (part: Buffer) => void): AsyncGenerator<Buffer> {
  const words = Buffer.from(JSON.stringify({ mediaType: facts.mediaType, patientId: facts.patientId ?? null }))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(words.length)
  yield Buffer.concat([length, words])
  for await (const part of source) {
    seen(part)
    yield part
  }
}

async function readFacts(reader: ByteReader): Promise<FileFacts> {
  const length = (await reader.take(4)).readUInt32BE(0)
  return JSON.parse((await reader.take(length)).toString()) as FileFacts
}

/** Files under one folder, each sealed with a data key of its own and bound to its id. */
export class DiskFiles implements FileStore {
  #folder: string
  #keys: Keys
  constructor(folder: string, keys: Keys) {
    this.#folder = folder
    this.#keys = keys
  }

  #placeOf(id: string): { folder: string; path: string } {
    if (!idForm.test(id)) throw new FileMissing('no such file')
    const folder = join(this.#folder, id.slice(0, 3))
    return { folder, path: join(folder, id) }
  }

  put(bytes: Buffer, facts: FileFacts): Promise<StoredFile> { return this.putStream(streamOf(bytes), facts) }

  async putStream(source: AsyncIterable<Buffer>, facts: FileFacts, { mostBytes = Infinity }: { mostBytes?: number } = {}): Promise<StoredFile> {
    const id = randomUUID()
    const hash = createHash('sha256')
    let size = 0
    const plain = withFacts(facts, source, part => {
      size += part.length
      if (size > mostBytes) throw new FileTooLarge(`more than ${mostBytes} bytes`)
      hash.update(part)
    })
    await writeWhole(this.#placeOf(id).folder, id, sealStream(this.#keys, purpose, id, plain))
    return { id, sha256: hash.digest('hex'), size }
  }

  async* sealedStream(id: string): AsyncGenerator<Buffer> {
    const { path } = this.#placeOf(id)
    try {
      for await (const part of createReadStream(path, { highWaterMark: 262_144 })) yield part as Buffer
    } catch (error) {
      throw isMissing(error) ? new FileMissing('no such file') : error
    }
  }

  async* getStream(id: string): AsyncGenerator<Buffer> {
    const reader = new ByteReader(openStream(this.#keys, purpose, id, this.sealedStream(id)))
    await readFacts(reader)
    yield* reader.rest()
  }

  get(id: string): Promise<Buffer> { return bytesOf(this.getStream(id)) }

  async factsOf(id: string): Promise<FileFacts> {
    const reader = new ByteReader(openStream(this.#keys, purpose, id, this.sealedStream(id)))
    return readFacts(reader).finally(() => reader.close())
  }

  async remove(id: string): Promise<void> { await rm(this.#placeOf(id).path, { force: true }) }

  putSealed(id: string, source: AsyncIterable<Buffer>): Promise<void> { return writeWhole(this.#placeOf(id).folder, id, source) }

  reseal(id: string): Promise<void> { return this.putSealed(id, resealStream(this.#keys, purpose, id, this.sealedStream(id))) }

  async* list(): AsyncGenerator<{ id: string; changedAt: Date }> {
    for await (const path of pathsUnder(this.#folder)) {
      const id = path.slice(path.lastIndexOf('/') + 1)
      const facts = await stat(path).catch(error => { if (isMissing(error)) return undefined; throw error })
      if (facts && idForm.test(id)) yield { id, changedAt: facts.mtime }
    }
  }

  async removeUnfinished(before: Date): Promise<number> {
    let count = 0
    for await (const path of pathsUnder(this.#folder)) {
      if (!path.slice(path.lastIndexOf('/') + 1).startsWith('.')) continue
      const facts = await stat(path).catch(() => undefined)
      if (!facts || facts.mtime >= before) continue
      await rm(path, { force: true })
      count++
    }
    return count
  }
}

async function* pathsUnder(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch(error => { if (isMissing(error)) return undefined; throw error })
  if (!entries) return
  for await (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* pathsUnder(path)
    else yield path
  }
}

/** The file store of an install: `folder` is DATA_DIR. */
export const makeFileStore = ({ folder, keys }: { folder: string; keys: Keys }): DiskFiles => new DiskFiles(join(folder, 'files'), keys)
