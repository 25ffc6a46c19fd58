import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { JsonScanner, type Piece } from './scan-json.ts'

/** Scans a text cut into chunks of a size. */
function scan(text: string | Buffer, size = 7, limits = {}): Piece[] {
  const bytes = Buffer.from(text as string)
  const scanner = new JsonScanner(limits)
  const pieces: Piece[] = []
  for (let i = 0; i < bytes.length; i += size) pieces.push(...scanner.push(bytes.subarray(i, i + size)))
  pieces.push(...scanner.end())
  return pieces
}
const texts = (pieces: Piece[]) => pieces.map(piece => (piece.ok ? JSON.parse(piece.text) : piece.reason))

describe('finding resources in bytes', () => {
  const bundle = { resourceType: 'Bundle', type: 'collection', meta: { tag: [{ code: 'x' }] }, entry: [{ fullUrl: 'urn:uuid:1', resource: { resourceType: 'Patient', id: 'a"}]{', name: [{ family: 'Ñandú\\' }] } }, { resource: { resourceType: 'List', entry: [{ item: {} }] } }], link: [] }

  test('the entries of a Bundle, one by one, however the bytes are cut', () => {
    for (const size of [1, 2, 3, 7, 64, 100_000]) assert.deepEqual(texts(scan(JSON.stringify(bundle), size)), bundle.entry)
    for (const size of [1, 5, 100_000]) assert.deepEqual(texts(scan(JSON.stringify(bundle, null, 2), size)), bundle.entry)
  })
  test('lines of NDJSON, single resources and many Bundles in one file', () => {
    const one = { resourceType: 'Observation', id: '1' }
    const list = { resourceType: 'List', entry: [{ item: { display: 'x' } }] }
    assert.deepEqual(texts(scan([one, list, bundle, one].map(thing => JSON.stringify(thing)).join('\r\n'), 5)), [one, list, ...bundle.entry, one])
  })
  test('a byte order mark is no complaint', () => {
    assert.deepEqual(texts(scan(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"a":1}')]), 100)), [{ a: 1 }])
  })
  test('what is no JSON is one complaint a line, and the rest goes on', () => {
    assert.deepEqual(texts(scan('hello there\n{"a":1}\n<xml>\n{"b":2}', 100)), ['not-json', { a: 1 }, 'not-json', { b: 2 }])
  })
  test('a file that is cut off says so, after everything that was whole', () => {
    const text = JSON.stringify(bundle)
    assert.deepEqual(texts(scan(text.slice(0, text.indexOf('"List"')))), [bundle.entry[0], 'cut-off'])
  })
  test('a value too large or too deep is passed over, and the next one is found', () => {
    const large = JSON.stringify({ text: 'x'.repeat(5_000) })
    assert.deepEqual(texts(scan(`${large}\n{"a":1}`, 64, { bytes: 1_000 })), ['too-large', { a: 1 }])
    assert.deepEqual(texts(scan(`${large}\n{"a":1}`, 100_000, { bytes: 1_000 })), ['too-large', { a: 1 }])
    const deep = '{"a":'.repeat(200) + '1' + '}'.repeat(200)
    assert.deepEqual(texts(scan(`${deep}\n{"a":1}`)), ['too-deep', { a: 1 }])
    assert.deepEqual(texts(scan(JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: { x: 'y'.repeat(5_000) } }, { resource: { ok: 1 } }] }), 50, { bytes: 1_000 })), ['too-large', { resource: { ok: 1 } }])
  })
  test('a line of 300 MB is passed over in flat memory, and what comes after it is found', () => {
    const scanner = new JsonScanner()
    const padding = Buffer.alloc(1024 * 1024, 'x')
    const before = process.memoryUsage.rss()
    let most = 0
    const pieces = [...scanner.push(Buffer.from('{"resourceType":"Basic","id":"long","code":{"text":"'))]
    for (let megabytes = 0; megabytes < 300; megabytes++) {
      pieces.push(...scanner.push(padding))
      most = Math.max(most, process.memoryUsage.rss() - before)
    }
    pieces.push(...scanner.push(Buffer.from('"}}\n{"a":1}')), ...scanner.end())
    assert.deepEqual(texts(pieces), ['too-large', { a: 1 }])
    assert.ok(most < 120 * 1024 * 1024, `${Math.round(most / 2 ** 20)} MB more`)
  })
  test('any JSON, however cut, comes back as it went in', () => {
    fc.assert(fc.property(fc.array(fc.dictionary(fc.string().filter(key => key !== 'entry' && key !== '__proto__'), fc.jsonValue({ maxDepth: 4 })), { maxLength: 5 }), fc.integer({ min: 1, max: 50 }), (values, size) => {
      assert.deepEqual(texts(scan(values.map(value => JSON.stringify(value)).join('\n'), size)), values.map(value => JSON.parse(JSON.stringify(value))))
    }), { numRuns: 300 })
  })
})
