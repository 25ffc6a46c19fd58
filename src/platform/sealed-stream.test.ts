import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { CannotOpen, makeKeys } from '#platform/keys.ts'
import { bytesOf, openStream, sealStream, streamOf } from '#platform/sealed-stream.ts'

const keys = makeKeys(randomBytes(32))
const piece = 65_536
const headBytes = 8 + 2 + (1 + 8 + 12 + 32 + 16)
const seal = (plain: Buffer) => bytesOf(sealStream(keys, 'files', 'place', streamOf(plain)))
const open = (sealed: Buffer, place = 'place') => bytesOf(openStream(keys, 'files', place, streamOf(sealed)))

async function* inCrumbs(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

describe('a sealed stream', () => {
  for (const size of [0, 1, piece - 1, piece, piece + 1, 3 * piece, 3 * piece + 17]) {
    test(`of ${size} bytes opens as it was, however it is cut on the way`, async () => {
      const plain = randomBytes(size)
      const sealed = await bytesOf(sealStream(keys, 'files', 'place', inCrumbs(plain, 7_919)))
      assert.deepEqual(await open(sealed), plain)
      assert.deepEqual(await bytesOf(openStream(keys, 'files', 'place', inCrumbs(sealed, 10_007))), plain)
    })
  }
  test('opens in no other place', async () => {
    await assert.rejects(open(await seal(Buffer.from('x')), 'elsewhere'), CannotOpen)
  })
  test('that was cut anywhere is found, at a piece boundary too', async () => {
    const sealed = await seal(randomBytes(2 * piece + 100))
    const boundaries = [0, 5, headBytes - 1, headBytes, headBytes + piece + 16, headBytes + 2 * (piece + 16), sealed.length - 1]
    for (const at of boundaries) await assert.rejects(open(sealed.subarray(0, at)), CannotOpen, `cut at ${at}`)
  })
  test('with bytes added is found', async () => {
    await assert.rejects(open(Buffer.concat([await seal(randomBytes(10)), Buffer.of(0)])), CannotOpen)
    const one = await seal(randomBytes(piece))
    await assert.rejects(open(Buffer.concat([one, one.subarray(headBytes)])), CannotOpen)
  })
  test('with any byte changed is found', async () => {
    const sealed = await seal(randomBytes(200))
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1 << (at % 8)
      await assert.rejects(open(changed), CannotOpen, `byte ${at}`)
    }
  })
  test('with pieces swapped, doubled or left out is found', async () => {
    const sealed = await seal(randomBytes(3 * piece))
    const cell = (at: number) => sealed.subarray(headBytes + at * (piece + 16), headBytes + (at + 1) * (piece + 16))
    for (const order of [[1, 0, 2], [0, 0, 2], [0, 2], [0, 1, 1]]) {
      await assert.rejects(open(Buffer.concat([sealed.subarray(0, headBytes), ...order.map(cell)])), CannotOpen, order.join())
    }
  })
  test('gives no byte that was not proven', async () => {
    const sealed = await seal(Buffer.alloc(2 * piece, 7))
    sealed[headBytes + piece + 16 + 5]! ^= 1
    let given = 0
    await assert.rejects(async () => { for await (const part of openStream(keys, 'files', 'place', streamOf(sealed))) given += part.length }, CannotOpen)
    assert.equal(given, piece)
  })
  test('closes its source when the reader walks away', async () => {
    let isClosed = false
    async function* source() { try { for (;;) yield Buffer.alloc(piece) } finally { isClosed = true } }
    for await (const part of openStream(keys, 'files', 'place', sealStream(keys, 'files', 'place', source()))) { assert.equal(part.length, piece); break }
    assert.equal(isClosed, true)
  })
})
