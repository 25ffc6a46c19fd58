import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { CannotOpen, type Keys } from '#platform/keys.ts'

/*
 * Large things at rest: a fresh data key for each, sealed by the house's key, then AES-256-GCM over pieces of 64 KB
 * (the STREAM construction: each nonce holds the piece's number and whether it is the last, so that a cut, a swap or a changed byte is found).
 *
 *   "RAPPORT1" (8) · length of the sealed data key (2) · sealed data key · pieces
 *   piece = ciphertext of 65,536 bytes (the last one 0 to 65,536) · tag (16)
 *   nonce = 7 zero bytes · piece number (4) · 1 when last, else 0
 */
const magic = Buffer.from('RAPPORT1')
const pieceBytes = 65_536
const tagBytes = 16

function nonceOf(piece: number, isLast: boolean): Buffer {
  if (piece > 0xffff_ffff) throw new Error('too large to seal')
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(piece, 7)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

function sealPiece(key: Buffer, number: number, isLast: boolean, plain: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast))
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function openPiece(key: Buffer, number: number, isLast: boolean, sealed: Buffer): Buffer {
  if (sealed.length < tagBytes) throw new CannotOpen('the sealed bytes were cut')
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, isLast), { authTagLength: tagBytes })
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()])
  } catch {
    throw new CannotOpen('the sealed bytes were changed or cut')
  }
}

/** Cuts a stream into equal pieces; the last may be shorter, or empty when the stream is. Says which one is the last. */
async function* inPieces(source: AsyncIterable<Buffer>, size: number): AsyncGenerator<{ piece: Buffer; isLast: boolean }> {
  let held: Buffer[] = []
  let heldBytes = 0
  for await (const chunk of source) {
    held.push(chunk)
    heldBytes += chunk.length
    if (heldBytes <= size) continue      // a full piece is kept back until more comes: it may be the last
    let all = Buffer.concat(held, heldBytes)
    while (all.length > size) {
      yield { piece: all.subarray(0, size), isLast: false }
      all = all.subarray(size)
    }
    held = [all]
    heldBytes = all.length
  }
  yield { piece: Buffer.concat(held, heldBytes), isLast: true }
}

/** Seals a stream in flat memory. `aad` binds it to its place. */
export async function* sealStream(keys: Keys, purpose: string, aad: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const dataKey = randomBytes(32)
  const wrapped = keys.seal(purpose, aad, dataKey)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(wrapped.length)
  yield Buffer.concat([magic, length, wrapped])
  let number = 0
  for await (const { piece, isLast } of inPieces(source, pieceBytes)) yield sealPiece(dataKey, number++, isLast, piece)
}

/** Reads exactly `count` bytes off the front of a stream, and gives the rest back as a stream. */
export class ByteReader {
  #source: AsyncIterator<Buffer>
  #held: Buffer = Buffer.alloc(0)
  constructor(source: AsyncIterable<Buffer>) { this.#source = source[Symbol.asyncIterator]() }

  /** Fewer than `count` only when the stream ends. */
  async take(count: number): Promise<Buffer> {
    const parts = [this.#held]
    let bytes = this.#held.length
    while (bytes < count) {
      const { value, done } = await this.#source.next()
      if (done) break
      parts.push(value)
      bytes += value.length
    }
    const all = parts.length === 1 ? parts[0]! : Buffer.concat(parts, bytes)
    this.#held = all.subarray(count)
    return all.subarray(0, count)
  }

  async* rest(): AsyncGenerator<Buffer> {
    try {
      if (this.#held.length > 0) yield this.#held
      for (let next = await this.#source.next(); !next.done; next = await this.#source.next()) yield next.value
    } finally {
      await this.close()
    }
  }

  async close(): Promise<void> { await this.#source.return?.() }
}

/** Opens what `sealStream` made. Every piece is proven before it is given; a stream that was cut throws at its end. */
export async function* openStream(keys: Keys, purpose: string, aad: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source)
  try {
    const head = await reader.take(magic.length + 2)
    if (head.length < magic.length + 2 || !head.subarray(0, magic.length).equals(magic)) throw new CannotOpen('not sealed by this house')
    const dataKey = keys.open(purpose, aad, await reader.take(head.readUInt16BE(magic.length)))
    let number = 0
    for await (const { piece, isLast } of inPieces(reader.rest(), pieceBytes + tagBytes)) yield openPiece(dataKey, number++, isLast, piece)
  } finally {
    await reader.close()
  }
}

/** The same thing with its data key sealed anew, under the newest key; the pieces stay as they are. */
export async function* resealStream(keys: Keys, purpose: string, aad: string, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source)
  try {
    const head = await reader.take(magic.length + 2)
    if (head.length < magic.length + 2 || !head.subarray(0, magic.length).equals(magic)) throw new CannotOpen('not sealed by this house')
    const wrapped = keys.seal(purpose, aad, keys.open(purpose, aad, await reader.take(head.readUInt16BE(magic.length))))
    const length = Buffer.alloc(2)
    length.writeUInt16BE(wrapped.length)
    yield Buffer.concat([magic, length, wrapped])
    yield* reader.rest()
  } finally {
    await reader.close()
  }
}

export async function bytesOf(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}

export async function* streamOf(...parts: Buffer[]): AsyncGenerator<Buffer> { yield* parts }
