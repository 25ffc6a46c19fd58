import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Frames, frame } from './frame-messages.ts'
import { decode, escapePart, parseMessage, readersOf, splitBatch } from './parse-message.ts'
import { addOffset } from './read-times.ts'
import { numberOf, timeOf } from './read-parts.ts'

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
})

test('D8 numbers keep the laboratory’s digits', () => {
  assert.deepEqual(['5.10', '+0.5', '.5', '007', '-2', '1e5', '1,000', '', '.'].map(text => { const value = numberOf(text); return value === null ? null : JSON.stringify(value) }), ['5.10', '0.5', '0.5', '7', '-2', null, null, null, null])
})
