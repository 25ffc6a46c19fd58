import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, cpSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { DiskFiles, FileMissing, FileTooLarge } from '#platform/files.ts'
import { CannotOpen, makeKeys } from '#platform/keys.ts'
import { bytesOf } from '#platform/sealed-stream.ts'

const folder = mkdtempSync(join(tmpdir(), 'rapport-files-'))
after(() => rmSync(folder, { recursive: true }))
const keys = makeKeys(randomBytes(32))
const files = new DiskFiles(folder, keys)
const patientId = '0190a000-0000-7000-8000-000000000001'
const pathOf = (id: string) => join(folder, id.slice(0, 3), id)
const namesIn = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => entry.name)

describe('a file', () => {
  test('comes back as it was put', async () => {
    const bytes = Buffer.from('%PDF-1.7 her letter')
    const stored = await files.put(bytes, { mediaType: 'application/pdf', patientId })
    assert.deepEqual({ ...stored, id: '' }, { id: '', sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length })
    assert.deepEqual(await files.get(stored.id), bytes)
    assert.deepEqual(await files.factsOf(stored.id), { mediaType: 'application/pdf', patientId })
  })
  test('tells the disk neither its words nor whose it is, and only the owner may read it', async () => {
    const { id } = await files.put(Buffer.from('marker-of-a-letter'), { mediaType: 'text/plain', patientId })
    const onDisk = readFileSync(pathOf(id))
    for (const word of ['marker-of-a-letter', patientId, 'text/plain']) assert.equal(onDisk.includes(word), false)
    assert.equal(statSync(pathOf(id)).mode & 0o777, 0o600)
  })
  test('of any size goes through in flat memory', async () => {
    const block = randomBytes(1_048_576)
    async function* large() { for (let count = 0; count < 128; count++) yield block }
    const before = process.memoryUsage().rss
    const { id, size } = await files.putStream(large(), { mediaType: 'application/octet-stream' })
    assert.equal(size, 128 * block.length)
    let read = 0
    for await (const part of files.getStream(id)) read += part.length
    assert.equal(read, size)
    assert.ok(process.memoryUsage().rss - before < 100 * 1_048_576, 'memory grew with the file')
    await files.remove(id)
  })
  test('that is too large is stopped on the way and leaves nothing', async () => {
    const before = namesIn().length
    async function* endless() { for (;;) yield Buffer.alloc(1000) }
    await assert.rejects(files.putStream(endless(), { mediaType: 'text/plain' }, { mostBytes: 10_000 }), FileTooLarge)
    assert.equal(namesIn().length, before)
  })
  test('whose source breaks leaves nothing', async () => {
    const before = namesIn().length
    async function* broken() { yield Buffer.alloc(100_000); throw new Error('line lost') }
    await assert.rejects(files.putStream(broken(), { mediaType: 'text/plain' }), /line lost/)
    assert.equal(namesIn().length, before)
  })
  test('that was exchanged for another on disk does not open', async () => {
    const one = await files.put(Buffer.from('one'), { mediaType: 'text/plain' })
    const two = await files.put(Buffer.from('two'), { mediaType: 'text/plain' })
    cpSync(pathOf(one.id), pathOf(two.id))
    await assert.rejects(files.get(two.id), CannotOpen)
  })
  test('that was removed is missing, and removing it again is no error', async () => {
    const { id } = await files.put(Buffer.from('gone'), { mediaType: 'text/plain' })
    await files.remove(id)
    await files.remove(id)
    await assert.rejects(files.get(id), FileMissing)
  })
  test('cannot be asked for by a path', async () => {
    for (const id of ['../secrets/key', '', '..', 'a/b', '0190A000-0000-7000-8000-000000000001']) {
      await assert.rejects(files.get(id), FileMissing, id)
      await assert.rejects(files.remove(id), FileMissing, id)
    }
  })
  test('survives the way through a backup, sealed', async () => {
    const { id } = await files.put(Buffer.from('kept'), { mediaType: 'text/plain' })
    const sealed = await bytesOf(files.sealedStream(id))
    await files.remove(id)
    async function* again() { yield sealed }
    await files.putSealed(id, again())
    assert.equal((await files.get(id)).toString(), 'kept')
  })
  test('is listed with its age; what a crash left half written is not, and goes', async () => {
    const { id } = await files.put(Buffer.from('listed'), { mediaType: 'text/plain' })
    const half = join(folder, id.slice(0, 3), `.${id}.abcdef`)
    writeFileSync(half, 'half')
    const listed = []
    for await (const entry of files.list()) listed.push(entry.id)
    assert.equal(listed.filter(name => name === id).length, 1)
    assert.ok(listed.every(name => !name.startsWith('.')))
    assert.equal(await files.removeUnfinished(new Date(Date.now() - 60_000)), 0)
    assert.equal(await files.removeUnfinished(new Date(Date.now() + 60_000)), 1)
    assert.equal(namesIn().includes(`.${id}.abcdef`), false)
  })
})
