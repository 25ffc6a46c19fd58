import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { sendMessage } from '#test/mllp.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { mostStrangers } from '../note-stranger.ts'
import { processMessages } from '../process-messages.ts'
import { receiveText } from '../receive-message.ts'
import { serveMllp } from '../serve-mllp.ts'

describe('systems that send', { timeout: 120_000 }, () => {
  let house: RunningHouse, boss: SignedIn, doctor: SignedIn, desk: SignedIn, port: number, stop: () => Promise<void>
  before(async () => {
    house = await aRunningHouse({ env: { HL7_PORT: '0' } })
    await aPractice(house)
    const as = async (role: 'manager' | 'clinician' | 'front-desk', name: string) => signedInAs(house, { personId: (await aStaffPerson(house, { name, roles: [role] })).personId, roles: [role], name })
    ;[boss, doctor, desk] = [await as('manager', 'Imani Foxgrove'), await as('clinician', 'Dr. Nell Harrow'), await as('front-desk', 'Robin Quill')]
    ;({ port, stop } = await serveMllp(house.house))
  })
  after(async () => { await stop(); await house.close() })

  const rows = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows
  const page = async (who: SignedIn, path: string) => { const answer = await who.get(path); assert.equal(answer.status, 200, path); return answer.text() }
  const processed = async (source: string) => { while (await processMessages(house.system('records.import'), source) > 0) continue }
  const idOf = async (source: string) => (await rows('select id from feeds.sender where source = $1', source))[0].id as string
  const tokenIn = (html: string) => /<code>([\w-]{43})<\/code>/.exec(html)?.[1] ?? assert.fail('no token')
  const push = (path: string, token: string, body: string) => fetch(`${house.url}/hooks/${path}`, { method: 'POST', body, headers: { authorization: `Bearer ${token}` } })
  const pagesOut = async () => (await rows("select t.subject_type, t.subject_id, t.body from work.page p join work.task t on t.id = p.task_id where t.kind = 'critical-message' order by t.opened_at, t.id"))
  const oru = (number: string, { flag = 'N', facility = 'COUNTY', at = '20261123090000', control = number } = {}) => [`MSH|^~\\&|LAB|${facility}|R|P|20261123143000-0500||ORU^R01|${control}|P|2.5.1`, `PID|1||${number}^^^EHR^MR||Marlowe^Zqann||19720417|F`,
    `ORC|RE||F${control}|||||||||9^Harrow^Nell`, `OBR|1||F${control}|2345-7^Glucose^LN|||${at}|||||||||9^Harrow^Nell|(802) 555-0144||||||||F`, `OBX|1|NM|2345-7^Glucose^LN||<script>99|mg/dL|70-99|${flag}|||F|||${at}`].join('\r')
  const observation = (id: string, more: object = {}) => ({ resourceType: 'Observation', id, status: 'final', code: { text: 'Potassium' }, subject: { reference: 'Patient/nobody-knows' }, effectiveDateTime: '2026-11-23T09:00:00Z', valueQuantity: { value: 7.9 }, ...more })
  const critical = { interpretation: [{ coding: [{ code: 'HH' }] }] }
  let token: string

  test('the manager adds one; the token is shown this once, and is worth what it says', async () => {
    assert.match(await page(boss, '/console/feeds'), /Nobody sends yet[^]*HL7 v2 over MLLP is answered on port 0, on this machine alone/)
    const wish = { _once: '11111111-1111-4111-8111-111111111111', do: 'add', source: 'county', facility: 'COUNTY', zone: 'America/New_York', numbers: 'ehr' }
    const answer = await boss.post('/console/feeds', wish)
    token = tokenIn(await answer.text())
    assert.match(answer.headers.get('cache-control') ?? '', /no-store/)
    assert.equal((await push('hl7/county', token, oru('1'))).status, 200)
    const again = await boss.post('/console/feeds', wish)
    assert.ok(!(await again.text()).includes(token), 'the same form again shows no token')
    assert.deepEqual((await rows('select count(*)::int as n from feeds.sender'))[0], { n: 1 })
    for (const path of ['/console/feeds', `/console/feeds/senders/${await idOf('county')}`]) assert.doesNotMatch(await page(boss, path), new RegExp(token))
    assert.deepEqual(await rows("select 1 from audit.event where action = 'feeds.sender-added' and person_id = $1 and detail::text not like '%' || $2 || '%'", boss.personId, token), [{ '?column?': 1 }])
    for (const who of [doctor, desk]) assert.equal((await who.post('/console/feeds', { ...wish, source: 'mine' })).status, 403)
  })

  test('what is wrong in the form is said beside its field, and nothing is added', async () => {
    for (const [wrong, words] of [[{ source: 'Not A Name' }, /small letters and digits/], [{ zone: 'Mars/Olympus' }, /America\/Chicago/], [{ source: 'county' }, /of that name/], [{ facility: 'COUNTY' }, /of that name/], [{ facility: 'x'.repeat(61) }, /too long/], [{ source: "a'; drop table" }, /small letters/]] as const) {
      const answer = await boss.post('/console/feeds', { do: 'add', source: 'new-one', facility: '', zone: 'UTC', numbers: '', ...wrong })
      assert.equal(answer.status, 422, JSON.stringify(wrong))
      assert.match(await answer.text(), words)
    }
    assert.equal((await rows('select 1 from feeds.sender')).length, 1)
  })

  test('it shows when it sent last, how much, and what could not be used, which is work for the manager until it is seen to', async () => {
    await push('hl7/county', token, oru('2').replace(/PID[^\r]*/, 'PID|1||||Nobody^No'))
    await push('hl7/county', token, oru('3').replace('ORU^R01', 'BAR^P01'))
    await processed('county')
    assert.match(await page(boss, '/console/feeds'), /county[^]*Sent last[^]*3 in a day · 2 put aside in 30 days[^]*1 could not be used/)
    const html = await page(boss, `/console/feeds/senders/${await idOf('county')}`)
    assert.match(html, /The message gives the patient no number[^]*Its sender must mend it/)
    assert.match(html, /not used yet \(BAR\^P01\)[^]*Nothing: it is of a kind/)
    assert.doesNotMatch(html, /Nobody|script&gt;|messages\//, 'the manager reads no record')
    const [task] = await rows("select id, pool from work.task where kind = 'feed-fault' and done_at is null")
    assert.equal(task.pool, 'manager')
    assert.match(await page(boss, `/console/inbox/${task.id}`), new RegExp(`href="/console/feeds/senders/${await idOf('county')}"`))
    assert.equal((await boss.post(`/console/feeds/senders/${await idOf('county')}`, { do: 'seen' })).status, 303)
    assert.deepEqual(await rows("select 1 from work.task where kind = 'feed-fault' and done_at is null"), [])
  })

  test('a critical value in nobody’s record leads whoever is called to the message in full, escaped, with whom to call; each reading is written down', async () => {
    await push('hl7/county', token, oru('4', { flag: 'HH' }).replace(/PID[^\r]*/, 'PID|1||||Zqnobody^No'))
    const [out] = await pagesOut()
    assert.equal(out.subject_type, 'message')
    const [task] = await rows("select id from work.task where kind = 'critical-message'")
    const html = await page(doctor, `/console/inbox/${task.id}`)
    const path = /href="(\/console\/feeds\/messages\/[0-9a-f-]{36})"/.exec(html)?.[1] ?? assert.fail(html)
    const message = await page(doctor, path)
    assert.match(message, /LAB, COUNTY[^]*Nell Harrow[^]*\(802\) 555-0144[^]*No Zqnobody/)
    assert.match(message, /\|\|&lt;script&gt;99\|mg\/dL/)
    assert.doesNotMatch(message, /<script>99/)
    const whole = await doctor.get(`${path}/text`)
    assert.match(await whole.text(), /^MSH\|[^]*\|HH\|/)
    assert.match(whole.headers.get('content-disposition') ?? '', /^attachment/)
    await processed('county')
    assert.match(await page(doctor, path), /It is in no record: it gives the patient no number/)
    assert.equal((await rows("select 1 from audit.event where action = 'feeds.message-read' and person_id = $1", doctor.personId)).length, 3)
    for (const who of [boss, desk]) assert.equal((await who.get(path)).status, 403)
    const [placed] = await rows("select id from feeds.message where source = 'county' and reason is null and done_at is not null limit 1")
    assert.equal((await doctor.get(`/console/feeds/messages/${placed.id}`)).status, 404, 'what is in a record is read there')
  })

  test('a FHIR push that cannot be used is kept for staff, JSON or not, and a critical value in it calls; an old one does not', async () => {
    const before = (await pagesOut()).length
    assert.equal((await push('fhir/county', token, 'this is no JSON')).status, 422)
    assert.equal((await push('fhir/county', token, JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: observation('c1', critical) }, { resource: { no: 'type' } }] }))).status, 422)
    assert.equal((await pagesOut()).length, before + 1)
    assert.equal((await push('fhir/county', token, JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: observation('c2', { ...critical, effectiveDateTime: '2026-10-01T09:00:00Z' }) }, { resource: { no: 'type' } }] }))).status, 422)
    await processed('county')
    assert.equal((await pagesOut()).length, before + 1)
    assert.match(await page(boss, `/console/feeds/senders/${await idOf('county')}`), /What was sent is not JSON/)
    assert.equal((await rows("select 1 from records.parked where source = 'county' and reason in ('is not JSON', 'holds an entry that has no resourceType (number 2)') or reason like 'holds an entry that%'")).length, 3)
  })

  test('R2+ a critical value whose patient never came calls, once, and stands in the list; usual and old ones do not', async () => {
    const before = (await pagesOut()).length
    const had = (await pagesOut()).map(one => one.subject_id as string)
    for (const body of [observation('u1'), observation('u2', { ...critical, effectiveDateTime: '2026-10-01T09:00:00Z' }), observation('u3', { ...critical, status: 'entered-in-error' })]) assert.equal((await push('fhir/county', token, JSON.stringify(body))).status, 202)
    await processed('county')
    assert.equal((await pagesOut()).length, before)
    // No flag, but beyond what the practice itself calls critical at any age; what counts for children alone says nothing of somebody unknown.
    await house.db.owner.query("insert into release.critical_limit (loinc, name, unit, low, high, from_years, until_years, added_at, added_by) values ('2823-3', 'Potassium', 'mmol/L', 2.8, 6.2, null, null, now(), $1), ('2951-2', 'Sodium', 'mmol/L', 120, 155, 0, 12, now(), $1)", [boss.personId])
    const salt = (id: string, code: string, value: number) => observation(id, { code: { coding: [{ system: 'http://loinc.org', code }] }, valueQuantity: { value, unit: 'mmol/L', system: 'http://unitsofmeasure.org', code: 'mmol/L' } })
    for (const body of [salt('v1', '2823-3', 5.1), salt('v2', '2951-2', 170)]) await push('fhir/county', token, JSON.stringify(body))
    await processed('county')
    assert.equal((await pagesOut()).length, before)
    await push('fhir/county', token, JSON.stringify(salt('v3', '2823-3', 7.1)))
    await processed('county')
    assert.equal((await pagesOut()).length, before + 1)
    had.push(...(await pagesOut()).map(one => one.subject_id as string))
    await house.db.owner.query("update release.critical_limit set ended_at = now(), ended_by = $1", [boss.personId])
    assert.equal((await push('fhir/county', token, JSON.stringify(observation('u4', critical)))).status, 202)
    await processed('county')
    const out = await pagesOut()
    assert.equal(out.length, before + 2)
    assert.match(await page(doctor, `/console/feeds/messages/${out.find(one => !had.includes(one.subject_id)).subject_id}`), /holds a critical value that is in nobody’s record[^]*u4/)
    await push('fhir/county', token, JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Patient', id: 'known', identifier: [{ system: 'ehr', value: 'K1' }], birthDate: '1980-01-02' } }, { resource: observation('u5', { ...critical, subject: { reference: 'Patient/known' } }) }] }))
    await processed('county')
    assert.equal((await pagesOut()).length, before + 2, 'one that is placed pages as a result')
    assert.equal((await rows("select 1 from work.task where kind = 'critical-result'")).length, 1)
  })

  test('R4+ a critical message without a patient from before the sender went live is history', async () => {
    const before = (await pagesOut()).length
    await push('hl7/county', token, oru('5', { flag: 'HH', at: '20261001090000' }).replace(/PID[^\r]*/, 'PID|1||||Old^No'))
    assert.equal((await pagesOut()).length, before)
  })

  test('who is not registered is refused, and the manager sees who, from where and how often; a critical value from them calls all the same', async () => {
    const before = (await pagesOut()).map(one => one.subject_id as string)
    assert.match(await sendMessage({ port }, oru('6', { facility: 'NEWLAB' })), /MSA\|AR/)
    assert.match(await sendMessage({ port }, oru('7', { facility: 'NEWLAB', flag: 'LL' })), /MSA\|AR/)
    assert.match(await sendMessage({ port }, oru('8', { facility: 'NEWLAB', flag: 'LL' })), /MSA\|AR/)
    assert.match(await page(boss, '/console/feeds'), /Who tried and may not[^]*NEWLAB[^]*127\.0\.0\.1[^]*ORU\^R01[^]*>3</)
    const out = (await pagesOut()).filter(one => !before.includes(one.subject_id))
    assert.equal(out.length, 1, 'once for each who tries')
    assert.match(out[0].body, /“NEWLAB”/)
    assert.doesNotMatch(JSON.stringify([out, house.logged]), /Zqann|Glucose|Marlowe/)
    assert.deepEqual(await rows("select 1 from feeds.message where position('NEWLAB' in convert_from(raw, 'UTF8')) > 0"), [])
    const [{ id }] = await rows("select id from feeds.stranger where name = 'NEWLAB'")
    assert.equal((await rows("select 1 from work.task where kind = 'feed-stranger' and done_at is null and subject_id = $1", id)).length, 1)
    assert.equal((await boss.post('/console/feeds', { forget: id })).status, 303)
    assert.equal((await boss.post('/console/feeds', { forget: id })).status, 404)
    assert.deepEqual(await rows("select 1 from work.task where kind = 'feed-stranger' and done_at is null"), [])
    assert.equal((await rows("select 1 from work.page p join work.task t on t.id = p.task_id where t.subject_id = $1 and p.called_at is null", id)).length, 1, 'the call stays red until it is written down')
  })

  test('nobody fills the inbox or the list by calling themselves many names', async () => {
    for (let i = 0; i < mostStrangers + 15; i++) await sendMessage({ port }, oru('9', { facility: `FAKE${i}`, control: `X${i}` }))
    assert.ok((await rows('select 1 from feeds.stranger')).length <= mostStrangers + 1)
    assert.ok((await rows("select 1 from work.task where kind = 'feed-stranger' and done_at is null")).length <= mostStrangers + 1)
    assert.match(await sendMessage({ port }, oru('9', { facility: '<script>alert(1)</script>', control: 'Y' })), /MSA\|AR/)
    assert.doesNotMatch(await page(boss, '/console/feeds'), /<script>alert/)
  })

  test('a new token ends the old one at once; a token that is ended is worth nothing; who still tries with it is seen', async () => {
    const path = `/console/feeds/senders/${await idOf('county')}`
    await house.db.owner.query('delete from feeds.stranger')
    const next = tokenIn(await (await boss.post(path, { do: 'token' })).text())
    assert.equal((await push('hl7/county', token, oru('10'))).status, 401)
    assert.match(await page(boss, '/console/feeds'), /county[^]*A token that is not, or no longer, theirs/)
    assert.equal((await push('hl7/county', next, oru('11'))).status, 200)
    assert.equal((await boss.post(path, { do: 'end-token' })).status, 303)
    assert.equal((await push('hl7/county', next, oru('12'))).status, 401)
    assert.match(await sendMessage({ port }, oru('13')), /MSA\|AA/)
    assert.equal((await push('hl7/nobody', next, oru('12'))).status, 401)
    assert.deepEqual((await rows('select name from feeds.stranger')).map(row => row.name), ['county'], 'the noise of the net is none')
  })

  test('one that is ended may send no more, by any way; what it had sent is put away still; it can be let in again', async () => {
    const path = `/console/feeds/senders/${await idOf('county')}`
    assert.match(await sendMessage({ port }, oru('14')), /MSA\|AA/)
    assert.equal((await boss.post(path, { do: 'end' })).status, 303)
    assert.match(await sendMessage({ port }, oru('15')), /MSA\|AR/)
    await processed('county')
    assert.deepEqual((await rows("select count(*)::int as n from records.patient where mrn = '14'"))[0], { n: 1 })
    assert.deepEqual(await rows("select 1 from feeds.message where done_at is null"), [])
    assert.match(await page(boss, path), /May not send/)
    const back = tokenIn(await (await boss.post(path, { do: 'token' })).text())
    assert.equal((await push('hl7/county', back, oru('16'))).status, 200)
    assert.deepEqual((await rows("select action from audit.event where action like 'feeds.%' and action <> 'feeds.message-read' and person_id = $1 order by at, id", boss.personId)).map(row => row.action),
      ['feeds.sender-added', 'feeds.stranger-forgotten', 'feeds.token-replaced', 'feeds.token-ended', 'feeds.sender-ended', 'feeds.token-replaced'])
    for (const who of [doctor, desk]) for (const act of ['token', 'end', 'end-token', 'seen']) assert.equal((await who.post(path, { do: act })).status, 403)
    assert.equal((await boss.get('/console/feeds/senders/not-an-id')).status, 404)
  })

  test('what a known sender sends and nobody can read is kept as it came', async () => {
    const { source, zone, numberSystem } = { source: 'county', zone: 'UTC', numberSystem: null }
    const before = (await pagesOut()).length
    const bytes = Buffer.concat([Buffer.from('MSH|^~\\&|LAB|COUNTY|R|P|20261123||ORU^R01|Z|P|2.5.1||||||KLINGON\rOBX|1|NM|X||'), Buffer.from([0xff, 0xfe]), Buffer.from('|mg|1-2|HH|||F')])
    assert.match(await receiveText(house.house, bytes, { source, zone, numberSystem }), /MSA\|AE[^]*KLINGON/)
    assert.equal((await pagesOut()).length, before + 1)
    await processed('county')
    assert.deepEqual((await rows("select raw, reason, is_fault from feeds.message where format = 'unreadable'")).map(row => [Buffer.compare(row.raw, bytes), row.is_fault, /KLINGON/.test(row.reason)]), [[0, true, true]])
  })
})
