import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Frames, frame } from './frame-messages.ts'
import { decode, escapePart, parseMessage, readersOf, splitBatch } from './parse-message.ts'
import { readMessage } from './read-message.ts'
import { addOffset } from './read-times.ts'
import { instantOf, numberOf, timeOf } from './read-parts.ts'

const head = 'MSH|^~\\&|LAB|ACME|R|P|20261123090000-0500||ORU^R01|1|P|2.5.1'
const parsed = (text: string) => { const read = parseMessage(text); assert.ok(read.ok); return readersOf(read.message) }

test('what is escaped comes back as it was, whatever it is', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }).map(text => text.replace(/[\0\r]/g, '').trim()).filter(text => text !== '""'), text => {
    assert.equal(parsed(`${head}\rNTE|1||${escapePart(text)}`)[1]!.at(3), text)
  }))
})

test('separators of the sender’s own, hexadecimal, line breaks, an escape that never ends', () => {
  const [, pid] = parsed('MSH#$*!@#LAB\rPID#1##7$$$A@2@ISO*8##O!F!Brien$Ana')
  assert.deepEqual([pid!.at(3), pid!.at(3, 4, 2), pid!.all(3).length, pid!.at(5), pid!.at(5, 2)], ['7', '2', 2, 'O#Brien', 'Ana'])
  assert.equal(parsed(`${head}\rNTE|1||a\\X41\\b\\.br\\c\\Z9\\d`)[1]!.at(3), 'aAb\ncd')
  assert.equal(parsed(`${head}\rNTE|1||C:\\dir`)[1]!.at(3), 'C:\\dir')
})

test('ends of lines of every kind, none at the end, a mark before the first, odd segments', () => {
  for (const end of ['\r', '\n', '\r\n']) assert.deepEqual(parsed(splitBatch(`\ufeff${[head, 'PID|1', 'ZZ1|x', 'not a segment'].join(end)}`)[0]!).map(({ name }) => name), ['MSH', 'PID', 'ZZ1'])
  assert.equal(parseMessage('hello').ok, false)
  assert.equal(parseMessage('MSH||||').ok, false)
})

test('a batch is its messages', () => {
  assert.equal(splitBatch(`FHS|^~\\&\rBHS|^~\\&\r${head}\rPID|1\r${head}\rPID|2\rBTS|2\rFTS|1\r`).length, 2)
})

test('letters by the set that is named, or by what they are', () => {
  const named = (set: string) => `${head}|||||${set ? `|${set}` : ''}\rNTE|1||José`
  const read = (raw: Buffer) => { const text = decode(raw); return text.ok && parsed(text.text)[1]!.at(3) }
  assert.equal(read(Buffer.from(named('8859/1'), 'latin1')), 'José')
  assert.equal(read(Buffer.from(named('UNICODE UTF-8'))), 'José')
  assert.equal(read(Buffer.from(named(''), 'latin1')), 'José')
  assert.equal(decode(Buffer.from(named('UNICODE UTF-8'), 'latin1')).ok, false)
  assert.equal(decode(Buffer.from(named('ISO IR87'))).ok, false)
})

test('never throws, whatever comes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), bytes => {
    const text = decode(Buffer.concat([Buffer.from('MSH|^~\\&|'), bytes]))
    if (text.ok) for (const part of splitBatch(text.text)) { const read = parseMessage(part); if (read.ok) for (const reader of readersOf(read.message)) reader.at(3, 4, 2) }
  }))
})

/** Fields as senders write them, and as they must not. */
const hostile = ['', '""', '0', '00010101000000', '99991231235959', '20261201093000+9999', '20261201093000-2500', '20261301', '2026120109', '-1', '1e999', '\\X00\\', '\\', '^^^^', '~~~~', '&&&', 'A'.repeat(5_000), '~'.repeat(2_000), '\u{1f600}', 'HH', 'D', 'ED', 'NM', 'TX', 'SN', 'CP', '1^2^3^4^5', '^Base64^^^bm90', '30', 'MIN', '1234567893^Harrow^Nell', '100^^^EHR^MR', 'P1^US', '__proto__', 'constructor']
test('no message stops a feed: whatever its fields say, it is used or refused', () => {
  const field = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...hostile) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map(text => text.replace(/[\r\n|]/g, '')) })
  const segment = fc.tuple(fc.constantFrom('PID', 'PV1', 'OBR', 'OBX', 'ORC', 'TXA', 'SCH', 'TQ1', 'AIP', 'AIL', 'AIG', 'AIS', 'RGS', 'MRG', 'NTE'), fc.array(field, { maxLength: 34 })).map(([name, fields]) => [name, ...fields].join('|'))
  const kind = fc.constantFrom('ORU^R01', 'MDM^T02', 'ORM^O01', 'OML^O21', 'ADT^A08', 'ADT^A40', 'SIU^S12', 'SIU^S15', 'SIU^S26')
  fc.assert(fc.property(kind, field, fc.array(segment, { maxLength: 8 }), (type, sentAt, segments) => {
    const parsed = parseMessage([`MSH|^~\\&|EHR|EHR|R|P|${sentAt}||${type}|C1|P|2.5.1`, 'PID|1||100^^^EHR^MR', ...segments].join('\r'))
    if (!parsed.ok) return
    const read = readMessage(parsed.message, { source: 'ehr', zone: 'America/New_York', numberSystem: null })
    if (read.ok) for (const { text, lastUpdated } of read.resources) assert.ok(JSON.parse(text) && (lastUpdated === null || /^(1[89]|2[01])\d\d-/.test(lastUpdated)), `${lastUpdated}`)
  }), { numRuns: Number(process.env.MANY ?? 400) })
})

test('frames come out whole wherever the line splits them, garbage between them or not', () => {
  fc.assert(fc.property(fc.array(fc.string({ maxLength: 40 }).map(text => text.replace(/[\x0b\x1c]/g, '')), { maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (texts, sizes) => {
    const all = Buffer.concat(texts.flatMap(text => [Buffer.from('\r\n junk '), frame(text)]))
    const frames = new Frames()
    const out: string[] = []
    for (let at = 0, turn = 0; at < all.length; turn++) {
      const size = sizes[turn % sizes.length]!
      const done = frames.take(all.subarray(at, at + size))
      assert.notEqual(done, 'too-large')
      for (const one of done as Buffer[]) out.push(one.toString())
      at += size
    }
    assert.deepEqual(out, texts)
  }))
})

test('a frame that never ends is cut off at its limit', () => {
  const frames = new Frames()
  frames.take(Buffer.from([0x0b]))
  let last: unknown
  for (let i = 0; i < 21 && last !== 'too-large'; i++) last = frames.take(Buffer.alloc(1024 * 1024, 65))
  assert.equal(last, 'too-large')
})

test('times: with an offset, without one, in the hour that comes twice or never, to the day, and none', () => {
  const zone = 'America/New_York'
  assert.equal(timeOf('20261121093000-0800', zone), '2026-11-21T09:30:00-08:00')
  assert.equal(timeOf('202611210930', zone), '2026-11-21T09:30:00-05:00')
  assert.equal(addOffset('2026-11-01T01:30:00', zone), '2026-11-01T01:30:00-04:00')
  assert.equal(addOffset('2026-07-01T12:00:00', 'Asia/Kolkata'), '2026-07-01T12:00:00+05:30')
  assert.ok(timeOf('20260308023000', zone))
  assert.deepEqual([timeOf('20261121', zone), timeOf('202611', zone), timeOf('20260231', zone), timeOf('rubbish', zone)], ['2026-11-21', '2026-11', null, null])
  // What systems write for "no time", and offsets that are nowhere.
  assert.deepEqual(['00010101000000', '00000101000000', '99991231235959', '20261121093000+9999', '20261121093000-2400', '20261121093000+0560', '20261121093000+1430'].map(text => timeOf(text, zone)), Array.from({ length: 7 }, () => null))
  assert.deepEqual(['20261121093000+1400', '20261121093000-1130', '20261121093000Z'].map(text => instantOf(text, zone)), ['2026-11-20T19:30:00.000Z', '2026-11-21T21:00:00.000Z', '2026-11-21T09:30:00.000Z'])
})

test('D8 numbers keep the laboratory’s digits', () => {
  assert.deepEqual(['5.10', '+0.5', '.5', '007', '-2', '1e5', '1,000', '', '.'].map(text => { const value = numberOf(text); return value === null ? null : JSON.stringify(value) }), ['5.10', '0.5', '0.5', '7', '-2', null, null, null, null])
})
