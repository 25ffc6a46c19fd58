import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { root } from '#platform/root.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { decode, parseMessage, splitBatch } from './parse-message.ts'
import { readMessage, type Reading } from './read-message.ts'
import { addSender } from './keep-sender.ts'
import { processMessages } from './process-messages.ts'
import { receiveText } from './receive-message.ts'

const folder = join(resolve(root, process.env.REAL_RECORDS ?? '../shared/data'), 'hl7v2')
const sender = { source: 'others', zone: 'America/New_York', numberSystem: null }
const files = existsSync(folder) ? globSync(join(folder, '**/*.hl7')).sort() : []

/** Each message of a file: what is made of it. */
function readAll(file: string): { type: string; reading: Reading | { ok: false; why: 'unreadable'; reason: string } }[] {
  const text = decode(readFileSync(file))
  if (!text.ok) return [{ type: '', reading: { ...text, why: 'unreadable' } }]
  const parts = splitBatch(text.text)
  if (parts.length === 0) return [{ type: '', reading: { ok: false, why: 'unreadable', reason: 'holds no message' } }]
  return parts.map(part => {
    const parsed = parseMessage(part)
    return { type: /^MSH(?:[^\r\n]*?)\b([A-Z]{3}[\^$][A-Z]\d\d)/.exec(part)?.[1] ?? '', reading: parsed.ok ? readMessage(parsed.message, sender) : { ...parsed, why: 'unreadable' as const } }
  })
}

describe('messages made by others', { skip: files.length === 0 && `no messages in ${folder}: set REAL_RECORDS` }, () => {
  let t: TestHouse
  before(async () => {
    t = await aHouse()
    await addSender(t.system('records.import'), { ...sender, facility: null })
  })
  after(() => t.close())

  test('each is used, put aside or refused with a reason; those of the kinds we use are used', () => {
    const all = files.flatMap(file => readAll(file).map(one => ({ file: basename(file), ...one })))
    const counts = Object.groupBy(all, ({ reading }) => (reading.ok ? 'used' : reading.why))
    console.log(`# ${files.length} files: ${Object.entries(counts).map(([what, some]) => `${some!.length} ${what}`).join(', ')}`)
    for (const { file, reading } of all) if (!reading.ok) assert.ok(reading.reason.length > 5, file)
    const notUsed = all.filter(({ type, reading }) => /^(ORU.R01|ORM.O01|OML.O21|ADT.A0[148]|ADT.A31|MDM.T02|SIU.S1[2-7]|SIU.S26)$/.test(type) && !reading.ok)
    assert.deepEqual(notUsed.filter(({ reading }) => !reading.ok && reading.why === 'unused'), [])
    for (const { file, reading } of notUsed) console.log(`# ${file}: ${reading.ok ? '' : reading.reason}`)
  })

  test('all of them go in, twice, and are accounted for', async () => {
    for (const turn of [1, 2]) {
      for (const file of files) assert.match(await receiveText(t.house, readFileSync(file), sender), /MSA\|A[AER]/, `${file} ${turn}`)
      while (await processMessages(t.system('records.import'), sender.source) > 0) continue
    }
    const { rows: [counted] } = await t.db.owner.query<{ all: number; waiting: number; aside: number; people: number; items: number; parked: number }>(`
      select count(*)::int as all, (count(*) filter (where done_at is null))::int as waiting, (count(*) filter (where reason is not null))::int as aside,
        (select count(*)::int from records.patient) as people, (select count(*)::int from records.result) + (select count(*)::int from records.note) as items,
        (select count(*)::int from records.parked where reason not like 'cannot be stored%') as parked
      from feeds.message`)
    assert.equal(counted!.waiting, 0)
    assert.ok(counted!.people > 5 && counted!.items > 20, JSON.stringify(counted))
    const { rows: lost } = await t.db.owner.query("select reason, excerpt from records.parked where reason like 'cannot be stored%' or reason like '%cannot be stored'")
    assert.deepEqual(lost, [])
  })
})
