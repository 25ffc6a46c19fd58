import { randomUUID } from 'node:crypto'
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { inTransaction, sql } from '#platform/db.ts'
import { ctxOf, staffActor } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs } from '#test/signed-in.ts'
import { addSender } from './keep-sender.ts'
import { processMessages } from './process-messages.ts'
import { keepMessage, receiveText } from './receive-message.ts'

let house: RunningHouse
let desk: { personId: string }
const sender = { source: 'acme', zone: 'America/New_York', numberSystem: 'ehr' }
const other = { source: 'other', zone: 'America/New_York', numberSystem: 'ehr2' }
before(async () => {
  house = await aRunningHouse()
  await aPractice(house)
  for (const one of [sender, other]) assert.ok((await addSender(house.system('records.import'), { ...one, facility: null })).ok)
  desk = await aStaffPerson(house, { roles: ['front-desk'] })
})
after(() => house.close())

let control = 0
type Who = { given?: string; family?: string; born?: string; sex?: string }
const pid = (number: string, { given = 'Ana', family = 'Marlowe', born = '19720417', sex = 'F' }: Who = {}) => `PID|1||${number}^^^EHR^MR||${family}^${given}||${born}|${sex}`
const head = (type: string) => `MSH|^~\\&|ADT|ACME|R|P|202611231430${String(++control % 60).padStart(2, '0')}-0500||${type}|M${control}|P|2.5.1`
const oru = (number: string, who?: Who) => [head('ORU^R01'), pid(number, who), `OBR|1||F-${number}|2345-7^Glucose^LN|||20261123090000|||||||||||||||20261123093000-0500|||F`, 'OBX|1|NM|2345-7^Glucose^LN||99|mg/dL|70-99|N|||F'].join('\r')
const a40 = (stays: string, gone: string, who?: Who, event = 'A40') => [head(`ADT^${event}^ADT_A39`), pid(stays, who), `MRG|${gone}^^^EHR^MR`].join('\r')
/** Sends these, one after the other, and puts them away. */
async function send(texts: string | string[], from = sender): Promise<string> {
  let answer = ''
  for (const text of [texts].flat()) answer = await receiveText(house.house, Buffer.from(text), from)
  while (await processMessages(house.system('records.import'), from.source) > 0) continue
  return answer
}
const rows = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows
/** Whom a number stands for now, and how many results hang there. */
const of = async (number: string) => (await rows(`select records.stands_for(s.patient_id) as id, (select count(*)::int from records.result r where r.patient_id = s.patient_id and r.kind = 'test') as tests
  from records.resource r join records.source_patient s on s.resource_id = r.id and s.ended_at is null join records.version v on v.id = r.current_version
  where r.fhir_type = 'Patient' and v.body #>> '{identifier,0,value}' = $1`, number))[0] as { id: string; tests: number } | undefined
const said = (number: string) => rows(`select outcome from records.said_join j join records.resource r on r.source_id = j.stays join records.version v on v.id = r.current_version where v.body #>> '{identifier,0,value}' = $1 order by j.said_at`, number).then(all => all.map(({ outcome }) => outcome))
const asked = async (one: string, two: string) => (await rows("select why, answer from records.match_question where (patient_id = $1 and candidate_id = $2) or (patient_id = $2 and candidate_id = $1)", one, two))[0]

test('two numbers become one person by their source’s word, with all that hangs on them; said again nothing happens', async () => {
  await send([oru('1'), oru('2')])
  const [before, kept] = [(await of('1'))!, (await of('2'))!]
  assert.notEqual(before.id, kept.id)
  const question = (await asked(before.id, kept.id))
  assert.equal(question.answer, null, 'the same name and birth date was a question')
  const { personId } = await aPatientPerson(house, { patientId: before.id })
  const again = a40('2', '1')
  assert.match(await send(again), /MSA\|AA/)
  assert.deepEqual([await of('1'), await of('2')], [{ id: kept.id, tests: 2 }, { id: kept.id, tests: 2 }])
  assert.deepEqual(await rows('select merged_by, said_by from records.merge where merged_id = $1', before.id), [{ merged_by: null, said_by: 'acme' }])
  assert.equal((await asked(before.id, kept.id)).answer, 'same', 'the question is answered, and its task done')
  assert.deepEqual(await rows("select 1 from work.task where kind = 'uncertain-match' and done_at is null"), [])
  const ana = await signedInAs(house, { personId, actingFor: kept.id })
  assert.equal((await (await ana.get('/portal/results')).text()).match(/\/portal\/results\/[0-9a-f-]{36}/g)?.length, 2)
  await send([again, a40('2', '1'), a40('1', '2')])
  assert.equal((await rows("select 1 from records.merge where said_by = 'acme'")).length, 1)
  assert.deepEqual((await rows('select outcome from records.said_join order by said_at')).map(row => row.outcome), ['joined', 'one-already'])
  assert.deepEqual(await rows("select distinct action from audit.event where patient_id = $1 and action like 'records.merged'", kept.id), [{ action: 'records.merged' }])
})

test('said before the old number has come, it waits; so does what comes late under the old number', async () => {
  await send(a40('12', '11', { given: 'Bo' }))
  assert.deepEqual(await said('12'), [null])
  await send(oru('11', { given: 'Bo', family: 'Old-Name' }))
  assert.deepEqual(await said('12'), ['joined'])
  assert.equal((await of('11'))!.id, (await of('12'))!.id)
  await send(oru('12', { given: 'Bo' }))
  assert.equal((await of('12'))!.tests, 2)
})

test('R1 where birth date, sex or first name speak against it, staff are asked, and nothing is joined', async () => {
  const twins: [string, Who, Who][] = [['21', { given: 'Kim' }, { given: 'Lou' }], ['23', { given: 'Ada', born: '19500101' }, { given: 'Ada', born: '19500102' }], ['25', { given: 'Pat', family: 'Roe', sex: 'F' }, { given: 'Pat', family: 'Doe', sex: 'M' }], ['27', { given: 'No', family: 'Day', born: '' }, { given: 'No', family: 'Day', born: '' }]]
  for (const [number, one, two] of twins) {
    const next = String(Number(number) + 1)
    await send([oru(number, one), oru(next, two), a40(next, number, two)])
    const [gone, stays] = [(await of(number))!, (await of(next))!]
    assert.notEqual(gone.id, stays.id, number)
    assert.deepEqual(await asked(gone.id, stays.id), { why: 'source-says-one', answer: null }, number)
    assert.equal((await rows("select 1 from work.task t join records.match_question q on q.id = t.subject_id where q.patient_id = $1 and t.kind = 'uncertain-match' and t.done_at is null and t.pool = 'front-desk'", gone.id)).length >= 1, true)
  }
})

test('where both can be opened by somebody, staff are asked: neither comes to read what is the other’s', async () => {
  await send([oru('31', { given: 'Eve', family: 'A' }), oru('32', { given: 'Eve', family: 'B' })])
  const [gone, stays] = [(await of('31'))!, (await of('32'))!]
  for (const { id } of [gone, stays]) await aPatientPerson(house, { patientId: id })
  await send(a40('32', '31', { given: 'Eve', family: 'B' }))
  assert.deepEqual([(await of('31'))!.id, (await of('32'))!.id], [gone.id, stays.id])
  assert.deepEqual(await asked(gone.id, stays.id), { why: 'source-says-one', answer: null })
  const robin = await signedInAs(house, { personId: desk.personId, roles: ['front-desk'], name: 'Robin' })
  assert.match(await (await robin.get('/console/imports')).text(), /The system that sends them says that they are one person/)
})

test('what staff have said stands: once taken apart, or called two people, the source’s word is a question', async () => {
  await send([oru('41', { given: 'Ivy' }), oru('42', { given: 'Ivy', family: 'Hall' }), a40('42', '41', { given: 'Ivy', family: 'Hall' })])
  const [merge] = await rows('select m.id, m.merged_id from records.merge m join records.patient p on p.id = m.merged_id where p.mrn = $1', '41')
  const robin = await signedInAs(house, { personId: desk.personId, roles: ['front-desk'], name: 'Robin' })
  const page = await (await robin.get(`/console/imports/joined/${merge.id}`)).text()
  assert.match(page, /“acme” said so itself/)
  assert.equal((await robin.post(`/console/imports/joined/${merge.id}`, { apart: merge.merged_id })).status, 303)
  await send([a40('42', '41', { given: 'Ivy', family: 'Hall' }), a40('41', '42', { given: 'Ivy' })])
  const [one, two] = [(await of('41'))!, (await of('42'))!]
  assert.notEqual(one.id, two.id)
  assert.deepEqual(await asked(one.id, two.id), { why: 'source-says-one', answer: null })
  await send([oru('43', { given: 'Jo' }), oru('44', { given: 'Jo' })])
  const [jo, joToo] = [(await of('43'))!, (await of('44'))!]
  const [{ id }] = await rows('select id from records.match_question where patient_id = $1 and candidate_id = $2', joToo.id, jo.id)
  assert.equal((await robin.post(`/console/imports/matches/${id}`, { answer: 'different' })).status, 303)
  await send(a40('44', '43', { given: 'Jo' }))
  assert.deepEqual([(await of('43'))!.id, await asked(jo.id, joToo.id)], [jo.id, { why: 'source-says-one', answer: null }])
})

test('another source’s word about these numbers is nothing; A18 and A34 are the same word; without both numbers it is put aside', async () => {
  await send([oru('51', { given: 'Una' }), oru('52', { given: 'Una', family: 'Ray' })])
  await send(a40('52', '51', { given: 'Una', family: 'Ray' }), other)
  assert.notEqual((await of('51'))!.id, (await of('52'))!.id)
  await send(a40('52', '51', { given: 'Una', family: 'Ray' }, 'A34'))
  assert.equal((await of('51'))!.id, (await rows("select records.stands_for(id) as id from records.patient where mrn = '52' and mrn_system = 'ehr'"))[0].id)
  assert.match(await send([head('ADT^A40'), pid('53')].join('\r')), /MSA\|AE[^]*does not give both/)
  assert.match(await send([head('ADT^A40'), pid('53'), 'MRG|'].join('\r')), /MSA\|AE/)
  await send([head('ADT^A40'), pid('53', { given: 'Self' }), 'MRG|53^^^EHR^MR'].join('\r'))
  assert.deepEqual(await said('53'), [], 'a number is not joined to itself')
})

test('Patient.link of a FHIR push is the same word, from either side; another source’s Patient is not meant', async () => {
  const patient = (id: string, more: object = {}) => ({ resourceType: 'Patient', id, identifier: [{ system: 'push', value: id }], name: [{ given: ['Wren'], family: `F${id}` }], birthDate: '1991-02-03', gender: 'female', ...more })
  const push = async (...things: object[]) => {
    await inTransaction(house.system('records.import'), tx => keepMessage(tx, sender.source, 'fhir', Buffer.from(JSON.stringify({ resourceType: 'Bundle', entry: things.map(resource => ({ resource })) }))))
    while (await processMessages(house.system('records.import'), sender.source) > 0) continue
  }
  await push(patient('w1'), patient('w2'), patient('w3'))
  await push(patient('w1', { active: false, link: [{ type: 'replaced-by', other: { reference: 'Patient/w2' } }, { type: 'seealso', other: { reference: 'Patient/w9' } }, { type: 'replaced-by', other: { reference: 'https://elsewhere.example/Patient/w1' } }] }))
  await push(patient('w2', { link: [{ type: 'replaces', other: { reference: 'Patient/w3' } }] }))
  assert.equal((await of('w1'))!.id, (await of('w2'))!.id)
  assert.equal((await of('w3'))!.id, (await of('w2'))!.id)
})

test('nobody but the importer reads or writes what a source said', async () => {
  const as = async (roles: readonly ('manager' | 'front-desk' | 'clinician')[]) => {
    const client = ctxOf(house.house, staffActor(roles, desk.personId))
    return inTransaction(client, async tx => (await sql`select 1 from records.said_join`.execute(tx.db.kysely)).rows.length)
  }
  assert.deepEqual([await as(['front-desk']), await as(['manager'])], [0, 0])
})

/** The practice's own system knows them, too. */
async function knownElsewhere(patientId: string, { given, born }: { given: string; born: string }): Promise<void> {
  const [resource, version] = [randomUUID(), randomUUID()]
  const body = JSON.stringify({ resourceType: 'Patient', id: resource, name: [{ given: [given], family: 'Marlowe' }], birthDate: born })
  const [run] = await rows("insert into records.import_run (source, started_at) values ('clinic', now()) returning id")
  await rows("insert into records.resource (id, source, fhir_type, source_id, current_version) values ($1::uuid, 'clinic', 'Patient', $1::uuid::text, $2::uuid)", resource, version)
  await rows("insert into records.version (id, resource_id, body, body_sha256, received_at, run_id) values ($1::uuid, $2::uuid, $3::jsonb, sha256(convert_to($3::text, 'utf8')), now(), $4::uuid)", version, resource, body, run.id)
  await rows("insert into records.source_patient (resource_id, patient_id, why, linked_at) values ($1, $2, 'number-and-birth-date', now())", resource, patientId)
}
test('a source that sends its own second sign along proves nothing: where another knows them otherwise, or one of them alone, staff are asked', async () => {
  const dee = { given: 'Dee', born: '1950-05-05' }, eve = { given: 'Eve', born: '1991-01-01' }
  const sent = ({ given, born }: typeof dee) => ({ given, born: born.replaceAll('-', '') })
  await send([oru('91', sent(dee)), oru('92', sent(eve)), oru('93', sent(dee)), oru('94', sent(eve))])
  for (const [number, who] of [['91', dee], ['92', eve], ['94', eve]] as const) await knownElsewhere((await of(number))!.id, who)
  // The message that joins says in the same breath that 91 is Eve.
  await send([a40('91', '92', sent(eve)), a40('93', '94', sent(eve))])
  for (const [one, two] of [['91', '92'], ['93', '94']] as const) {
    assert.notEqual((await of(one))!.id, (await of(two))!.id, `${one} and ${two}`)
    assert.equal((await asked((await of(one))!.id, (await of(two))!.id)).answer, null)
  }
  await send(oru('95', sent(eve)))
  await knownElsewhere((await of('95'))!.id, eve)
  await send(a40('95', '92', sent(eve)))
  assert.equal((await of('95'))!.id, (await of('92'))!.id, 'whom another knows as the same two are joined')
})
