import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { root } from '#platform/root.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { decode, parseMessage, splitBatch } from './parse-message.ts'
import { addSender } from './keep-sender.ts'
import { processMessages } from './process-messages.ts'
import { readMessage } from './read-message.ts'
import { receiveText } from './receive-message.ts'

const folder = join(resolve(root, process.env.REAL_RECORDS ?? '../shared/data'), 'hl7v2')
const files = existsSync(folder) ? globSync(join(folder, '**/*{ORM,OML}*.hl7')).sort() : []
const sender = { source: 'desk', zone: 'America/New_York', numberSystem: 'urn:ehr' }
type Sent = { status: string; code: { text: string }; identifier: { value: string }[]; authoredOn?: string; occurrenceDateTime?: string; requester?: unknown }
const readOrders = (text: string) => {
  const parsed = parseMessage(text)
  const reading = parsed.ok ? readMessage(parsed.message, sender) : parsed
  return reading.ok ? reading.resources.filter(({ resourceType }) => resourceType === 'ServiceRequest').map(({ text: json }) => JSON.parse(json) as Sent) : []
}

describe('R20 orders by HL7', () => {
  let t: TestHouse, sent = 0, people = 0, number = ''
  before(async () => {
    t = await aHouse({ now: '2026-11-23T20:00:00Z' })
    for (const source of ['desk', 'lab']) await addSender(t.system('records.import'), { ...sender, source, facility: source.toUpperCase() })
  })
  after(() => t.close())
  const head = (type: string, from = 'DESK') => `MSH|^~\\&|X|${from}|R|P|2026112310${String(10_000 + ++sent).slice(1)}-0500||${type}|M${sent}|P|2.5.1\rPID|1||${number}^^^EHR^MR||Marlowe^Ana||19720417|F`
  const send = async (from: 'DESK' | 'LAB', type: string, ...segments: string[]) => {
    assert.match(await receiveText(t.house, Buffer.from([head(type, from), ...segments].join('\r'))), /MSA\|AA/)
    while (await processMessages(t.system('records.import'), from.toLowerCase()) > 0) continue
  }
  const aPerson = () => { number = `N${++people}` }
  const states = async () => (await t.db.owner.query("select coalesce(o.ended_because, case when o.is_on_hold then 'on-hold' else 'open' end) as state from records.test_order o join records.patient p on p.id = o.patient_id where p.mrn = $1 order by o.name", [number])).rows.map(row => row.state)
  const [sugar, blood] = ['2345-7^Glucose^LN', '718-7^Hemoglobin^LN']

  test('ordered in one system, answered by another under its number; two orders of one message are two', async () => {
    aPerson()
    await send('DESK', 'ORM^O01', `ORC|NW|P1|||||||20261123120000|||1234567893^Okafor^Ada^^^^^^NPI`, `OBR|1|P1||${sugar}`, `ORC|NW|P2|||||||20261123120000`, `OBR|2|P2||${blood}`)
    assert.deepEqual(await states(), ['open', 'open'])
    await send('LAB', 'ORU^R01', `OBR|1|P1|F1|999^House panel^L|||20261123090000|||||||||||||||20261123||LAB|F`, 'OBX|1|NM|1^Sugar^L||90|mg/dL|70-99|N|||F')
    assert.deepEqual(await states(), ['result', 'open'])
  })
  test('the same by OML, matched by what it is; a preliminary result is none yet', async () => {
    aPerson()
    await send('DESK', 'OML^O21^OML_O21', `ORC|NW|P3|||||||20261123120000`, `OBR|1|||${sugar}`)
    const result = (status: string) => send('LAB', 'ORU^R01', `OBR|1||F3|${sugar}|||20261123130000|||||||||||||||20261123||LAB|${status}`, `OBX|1|NM|${sugar}||90|mg/dL|70-99|N|||${status}`)
    await result('P')
    assert.deepEqual(await states(), ['open'])
    await result('F')
    assert.deepEqual(await states(), ['result'])
  })
  test('hold, release, cancel and completion follow the order by its number', async () => {
    aPerson()
    for (const [control, status, want] of [['NW', '', 'open'], ['HD', '', 'on-hold'], ['RL', '', 'open'], ['CA', '', 'cancelled'], ['XO', 'IP', 'open'], ['SC', 'CM', 'completed'], ['SC', 'RP', 'cancelled'], ['UA', '', 'open']]) {
      await send('DESK', 'ORM^O01', `ORC|${control}|P4|||${status}||||20261123120000`, `OBR|1|P4||${sugar}`)
      assert.deepEqual(await states(), [want], control)
    }
    assert.equal((await t.db.owner.query("select 1 from records.resource where fhir_type = 'ServiceRequest' and source = 'desk'")).rows.length, 4, 'one thing, however often it is spoken of')
  })
  test('who ordered, both numbers, and the day it is planned for', async () => {
    const [order] = readOrders([head('OML^O21'), 'ORC|NW|P5|F5||||||20261123120000|||1234567893^Okafor^Ada^^^^^^^^^^NPI', 'TQ1|1||||||20261201080000', `OBR|1|P5|F5|${sugar}`].join('\r'))
    assert.deepEqual([order!.requester, order!.occurrenceDateTime, order!.identifier.map(({ value }) => value)],
      [{ display: 'Ada Okafor', identifier: { system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' } }, '2026-12-01T08:00:00-05:00', ['P5', 'F5']])
    const [other] = readOrders([head('ORM^O01'), 'ORC|NW|P6|||||^^^20261205', `OBR|1|P6||${sugar}||||||||||||77^Reed^Tom`].join('\r'))
    assert.deepEqual([other!.requester, other!.occurrenceDateTime], [{ display: 'Tom Reed' }, '2026-12-05'])
  })
  test('orders made by others are orders here, each with a code and a day', { skip: files.length === 0 && `no messages in ${folder}: set REAL_RECORDS` }, () => {
    const orders = files.flatMap(file => { const text = decode(readFileSync(file)); return text.ok ? splitBatch(text.text).flatMap(readOrders) : [] })
    console.log(`# ${files.length} files: ${orders.length} orders, ${orders.filter(one => one.requester).length} with a name, ${Object.entries(Object.groupBy(orders, one => one.status)).map(([status, some]) => `${some!.length} ${status}`).join(', ')}`)
    assert.ok(orders.length >= 10)
    for (const one of orders) assert.ok(one.code.text !== '' && one.authoredOn !== undefined && one.identifier.length <= 2, JSON.stringify(one))
  })
})
