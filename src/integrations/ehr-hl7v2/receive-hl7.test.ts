import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { receiveResources } from '#records'
import { NotAllowed } from '#platform/errors.ts'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { aPractice } from '#test/practice.ts'
import { listen, type Listening } from '#platform/listen.ts'
import { makeWeb } from '#root/web.ts'
import { Frames, frame } from './frame-messages.ts'
import { addSender, sayOwnEhr } from './keep-sender.ts'
import { processMessages } from './process-messages.ts'
import { receiveText } from './receive-message.ts'
import { serveMllp } from './serve-mllp.ts'

let t: TestHouse
let port: number
let stop: () => Promise<void>
let token: string
let web: Listening
before(async () => {
  t = await aHouse({ env: { HL7_PORT: '0' } })
  const added = await addSender(t.system('records.import'), { source: 'acme', facility: 'ACME', zone: 'America/New_York', numberSystem: 'ehr' })
  assert.ok(added.ok)
  token = added.token
  web = await listen(makeWeb(t.house), t.house, { port: 0, host: '127.0.0.1' })
  ;({ port, stop } = await serveMllp(t.house))
})
after(async () => { await stop(); await web.stop(); await t.close() })

let control = 0
type Wish = { number?: string; filler?: string; value?: string; flag?: string; status?: string; sentAt?: string; type?: string; from?: string }
const oru = ({ number = '100', filler = 'F1', value = '99', flag = 'N', status = 'F', sentAt = '20261123143000-0500', type = 'ORU^R01', from = 'ACME' }: Wish = {}) => [
  `MSH|^~\\&|LAB|${from}|R|P|${sentAt}||${type}|C${++control}|P|2.5.1`, `PID|1||${number}^^^EHR^MR||Marlowe^Ana||19720417|F`,
  `OBR|1|P1|${filler}|2345-7^Glucose^LN|||20261123090000|||||||||||||||${sentAt}|||${status}`, `OBX|1|NM|2345-7^Glucose^LN||${value}|mg/dL|70-99|${flag}|||${status}|||20261123090000`, 'NTE|1||Fasting\\.br\\sample',
].join('\r')
const processed = () => processMessages(t.system('records.import'), 'acme')
const rows = async (query: string, ...values: unknown[]) => (await t.db.owner.query(query, values)).rows
const glucose = (number: string) => rows("select r.value::text, r.status, r.is_outside, r.body -> 'valueQuantity' ->> 'value' as shown from records.result r join records.patient p on p.id = r.patient_id where p.mrn = $1 and r.kind = 'test'", number)

function send(bytes: Buffer, answers: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    const [frames, got] = [new Frames(), [] as string[]]
    socket.on('data', (piece: Buffer) => {
      for (const one of frames.take(piece) as Buffer[]) got.push(one.toString())
      if (got.length >= answers) { socket.end(); resolve(got) }
    })
    socket.on('error', reject)
  })
}

test('a result sent over MLLP is acknowledged when it is kept, and stands in the record', async () => {
  const [answer] = await send(frame(oru({ value: '5.10', number: '1' })), 1)
  assert.match(answer!, /\rMSA\|AA\|C1\r/)
  assert.equal((await rows('select 1 from feeds.message where done_at is null')).length, 1)
  assert.equal(await processed(), 1)
  assert.deepEqual(await glucose('1'), [{ value: '5.1', status: 'final', is_outside: false, shown: '5.10' }])
  assert.deepEqual(await rows("select l.bearing, l.released_at is not null as out from records.life l join records.patient p on p.id = l.patient_id where p.mrn = '1'"), [{ bearing: 'normal', out: true }])
  assert.deepEqual(await rows("select mrn_system from records.patient where mrn = '1'"), [{ mrn_system: 'ehr' }])
})

test('R3 the same bytes again are acknowledged and change nothing', async () => {
  const text = oru({ number: '2', filler: 'F2' })
  const answers = await Promise.all([0, 1, 2].map(() => send(frame(text), 1)))
  assert.ok(answers.every(([answer]) => answer!.includes('MSA|AA')))
  assert.equal(await processed(), 1)
  assert.equal((await glucose('2')).length, 1)
})

test('R16 a correction is a new version of the same result, and an older message that comes late is not', async () => {
  await send(frame(oru({ number: '3', filler: 'F3', value: '120', flag: 'H', status: 'C', sentAt: '20261123150000-0500' })), 1)
  await processed()
  await send(frame(oru({ number: '3', filler: 'F3', value: '99', sentAt: '20261123140000-0500' })), 1)
  await processed()
  assert.deepEqual((await glucose('3')).map(row => [row.value, row.status]), [['120', 'corrected']])
})

test('ten senders at once, lines split anywhere: nothing is lost', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, (_, line) => send(Buffer.concat(Array.from({ length: 5 }, (_, i) => frame(oru({ number: `4${line}`, filler: `L${line}-${i}` })))), 5)))
  assert.equal(all.flat().filter(answer => answer.includes('MSA|AA')).length, 50)
  assert.equal(await processed(), 50)
  assert.equal((await rows("select 1 from records.result r join records.patient p on p.id = r.patient_id where p.mrn like '4_' and r.kind = 'test'")).length, 50)
})

test('R11 a critical value pages, finished or not, and also where it names no patient', async () => {
  const pages = async () => (await rows("select kind from work.task where kind in ('critical-result', 'critical-message')")).map(row => row.kind as string)
  await send(frame(oru({ number: '5', filler: 'F5', value: '900', flag: 'HH', status: 'P' })), 1)
  await processed()
  assert.deepEqual(await pages(), ['critical-result'])
  const [answer] = await send(frame(oru({ filler: 'F6', flag: 'LL' }).replace(/PID[^\r]*/, 'PID|1||||Nobody^No')), 1)
  assert.match(answer!, /MSA\|AE\|.*\rERR\|/s)
  assert.deepEqual((await pages()).sort(), ['critical-message', 'critical-result'])
  await processed()
  assert.deepEqual(await rows("select reason from records.parked where source = 'acme'"), [{ reason: 'gives the patient no number (PID-3)' }])
})

test('who may not send is refused; what is not used yet is acknowledged and put aside; rubbish is refused', async () => {
  assert.match((await send(frame(oru({ from: 'STRANGER' })), 1))[0]!, /MSA\|AR/)
  assert.match((await send(frame(oru({ type: 'BAR^P01' })), 1))[0]!, /MSA\|AA/)
  assert.match((await send(frame('GET / HTTP/1.1'), 1))[0]!, /MSA\|AR\|\r/)
  await processed()
  assert.equal((await rows("select 1 from records.parked where reason like '%not used yet (BAR^P01)'")).length, 1)
})

test('HTTPS takes the same with a token, and a FHIR Bundle', async () => {
  const post = (path: string, body: string, bearer = token) => fetch(`http://127.0.0.1:${web.port}${path}`, { method: 'POST', body, headers: { authorization: `Bearer ${bearer}` } })
  const taken = await post('/hooks/hl7/acme', oru({ number: '6', filler: 'F7', from: 'ANY' }))
  assert.deepEqual([taken.status, /MSA\|AA/.test(await taken.text())], [200, true])
  assert.equal((await post('/hooks/hl7/acme', oru(), 'x'.repeat(43))).status, 401)
  assert.equal((await post('/hooks/hl7/other', oru())).status, 401)
  const bundle = { resourceType: 'Bundle', type: 'transaction', entry: [{ resource: { resourceType: 'Patient', id: 'f1', identifier: [{ system: 'ehr', value: '77' }], birthDate: '1980-01-02' } }, { resource: { resourceType: 'Observation', id: 'o1', status: 'final', code: { text: 'Glucose' }, subject: { reference: 'Patient/f1' }, effectiveDateTime: '2026-11-23', valueQuantity: { value: 5 } } }] }
  const pushed = await post('/hooks/fhir/acme', JSON.stringify(bundle))
  assert.deepEqual([pushed.status, (JSON.parse(await pushed.text()) as { resourceType: string }).resourceType], [202, 'OperationOutcome'])
  assert.equal((await post('/hooks/fhir/acme', 'nonsense')).status, 422)
  assert.equal(await processed(), 3, 'what is no JSON is kept too')
  assert.equal((await glucose('77')).length, 1)
})

test('a message of 5 MB with a document inside is kept whole', async () => {
  const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(3_800_000, 65)]).toString('base64')
  const mdm = [`MSH|^~\\&|LAB|ACME|R|P|20261123143000-0500||MDM^T02|M1|P|2.5.1`, 'PID|1||8^^^EHR^MR||Marlowe^Ana||19720417|F', 'TXA|1|11506-3^Progress note^LN|TX|20261123090000|||||9^Harrow^Nell|||D1|||||AU', `OBX|1|ED|PDF^Letter||^application^pdf^Base64^${pdf}`].join('\r')
  const [answer] = await send(frame(mdm), 1)
  assert.match(answer!, /MSA\|AA/)
  await processed()
  const [note] = await rows("select n.author, length(n.body #>> '{content,0,attachment,data}') as long from records.note n join records.patient p on p.id = n.patient_id where p.mrn = '8'")
  assert.deepEqual(note, { author: 'Nell Harrow', long: pdf.length })
})

test('R22 the result again, read by one of ours: the task it made is done, once the sender is known as the practice’s own EHR, and not before', async () => {
  await aPractice(t)
  const text = oru({ number: '21', filler: 'F21', value: '140', flag: 'H' })
  const tasks = async () => (await rows("select k.done_at is not null as done, k.done_by from work.task k join records.patient p on p.id = k.patient_id where p.mrn = '21' and k.kind = 'result-review'"))
  await send(frame(text), 1)
  await processed()
  assert.deepEqual(await tasks(), [{ done: false, done_by: null }])
  const read = text.replace('20261123143000-0500|||F', '20261123143000-0500|||F|||||||1234567893&Harrow&Nell').replace('|C', '|D').replaceAll('20261123143000-0500', '20261123153000-0500')
  await send(frame(read), 1)
  await processed()
  assert.deepEqual(await tasks(), [{ done: false, done_by: null }], 'a laboratory that names one of ours closes nothing')
  const [{ id }] = await rows("select id from feeds.sender where source = 'acme'")
  await assert.rejects(sayOwnEhr(ctxOf(t.house, staffActor(['clinician'], randomUUID())), id, true), NotAllowed)
  await sayOwnEhr(ctxOf(t.house, staffActor(['manager'], randomUUID())), id, true)
  await send(frame(read.replace('|D', '|E').replaceAll('20261123153000-0500', '20261123163000-0500')), 1)
  await processed()
  assert.deepEqual(await tasks(), [{ done: true, done_by: null }])
})

test('a death and a new address stand with the person; an order is waited for', async () => {
  const adt = [`MSH|^~\\&|LAB|ACME|R|P|20261123150000-0500||ADT^A08|A1|P|2.5.1`, 'PID|1||1^^^EHR^MR||Marlowe^Ana||19720417|F|||7 Quay St^^Portland^ME^04101|||||||||||||||||20261122|Y'].join('\r')
  const orm = [`MSH|^~\\&|LAB|ACME|R|P|20261123150000-0500||ORM^O01|O1|P|2.5.1`, 'PID|1||1^^^EHR^MR||Marlowe^Ana||19720417|F', 'ORC|NW|P9|||||||20261123120000', 'OBR|1|P9||2345-7^Glucose^LN'].join('\r')
  for (const text of [adt, orm]) assert.match(await receiveText(t.house, Buffer.from(text)), /MSA\|AA/)
  await processed()
  assert.deepEqual(await rows("select is_deceased, address from records.patient where mrn = '1'"), [{ is_deceased: true, address: '7 Quay St, Portland, ME, 04101' }])
  assert.deepEqual(await rows("select o.numbers, o.code, f.kind from records.test_order o join records.fact f using (resource_id, patient_id) where o.source = 'acme'"), [{ numbers: ['P9'], code: '2345-7', kind: 'order' }])
})

test('nobody is let in under our own name, nor at the console under one whose records are here already', async () => {
  const boss = ctxOf(t.house, staffActor(['manager'], randomUUID()))
  const wish = (source: string) => ({ source, facility: null, zone: 'UTC', numberSystem: null })
  for (const who of [boss, t.system('records.import')]) assert.deepEqual(await addSender(who, wish('rapport')), { ok: false, reason: 'taken' })
  await t.db.owner.query("insert into records.import_run (source, started_at) values ('county', now())")
  assert.deepEqual(await addSender(boss, wish('county')), { ok: false, reason: 'taken' })
  assert.ok((await addSender(t.system('records.import'), wish('county'))).ok, 'whoever has the machine may let files go on as a feed')
  await assert.rejects(receiveResources(t.system('records.import'), { source: 'rapport', resources: [], file: 'x' }), /our own name/)
})
