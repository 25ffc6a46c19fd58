import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { openWords } from '#platform/email.ts'
import { aStaffPerson, aVisitor, fieldIn, type Visitor } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { holdForNewcomer } from './hold-for-newcomer.ts'
import { schedulingJobs } from './jobs.ts'

let house: RunningHouse, s: TestSchedule, desk: SignedIn
const clock = '2026-11-23T15:00:00Z'
before(async () => {
  house = await aRunningHouse({ now: clock, isDemo: true })
  s = await aSchedule(house)
})
after(() => house.close())
beforeEach(async () => {
  house.setNow(clock)
  await clearVisits(house, 'scheduling.newcomer', 'work.task', 'work.task_step', 'work.page', 'platform.rate_count', 'notices.code', 'notices.reach', 'notices.choice', 'notices.consent', 'platform.mail', 'records.patient')
  desk = await asStaff('front-desk')
})
const asStaff = async (role: 'front-desk' | 'clinician') => signedInAs(house, { personId: (await aStaffPerson(house, { roles: [role] })).personId, roles: [role] })
const rows = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows
const one = async (query: string, ...values: unknown[]) => (await rows(query, ...values))[0]
const at = (iso: string) => `${s.resourceIds['nell-harrow']}.${s.placeId}.${Date.parse(iso)}`
const nine = '2026-11-25T14:00:00Z'
const answers = { for: 'child', asker: 'Ola Quill', name: 'Nora Quill', 'birth-date': '1988-02-29', contact: '(802) 555-0143', speaks: 'es', interpreter: 'yes', needs: 'A ramp', pays: 'self', plan: '', reason: 'A new doctor' }
const codeNow = async () => {
  const mail = await one("select id, words from platform.mail where kind = 'code' and words is not null order by ctid desc limit 1")
  return /\b(\d{6})\b/.exec(openWords(house.system('notices.sweep'), mail.id, mail.words).text)![1]!
}
const plain = (html: string) => html.replace(/name="key" value="[^"]+"/g, '').replace(/value="[0-9a-f-]{36}\./g, '').replace(/[0-9a-f-]{36}/g, '')

/** All that somebody new sees on the way, and the key of their pages. */
async function walk(iso = nine, more: Record<string, string> = {}, who: Visitor = aVisitor(house)): Promise<{ key: string; seen: string[] }> {
  const seen: string[] = []
  const keep = async (answer: Response) => { seen.push(`${answer.status} ${plain(await answer.clone().text())}`); return answer.text() }
  const key = fieldIn(await keep(await who.post(`/book/${s.typeIds['check-up']}`, { how: 'in-person', time: at(iso) })), 'key')
  await keep(await who.post('/book/about', { key, ...answers, ...more }))
  await keep(await who.post('/book/code', { key, code: await codeNow() }))
  return { key, seen }
}
async function aRecord(name = 'Nora Quill', born = '1988-02-29', phone = '802-555-0143'): Promise<string> {
  const id = randomUUID()
  await house.db.owner.query('insert into records.patient (id, name, given, birth_date, phone, updated_at) values ($1, $2, $2, $3, $4, now())', [id, name, born, phone])
  return id
}
const newcomer = async () => one('select id, appointment_id as visit from scheduling.newcomer where appointment_id is not null order by made_at desc limit 1')
const pageOf = (id: string) => `/console/schedule/newcomers/${id}`

describe('whether somebody is known', () => {
  test('is told by no page on the way: the same words with a record of that name, birth date and telephone and without', async () => {
    const { seen: unknown } = await walk()
    await clearVisits(house, 'scheduling.newcomer', 'notices.code', 'notices.reach', 'platform.mail', 'platform.rate_count')
    await aRecord()
    const { seen: known } = await walk()
    assert.deepEqual(known, unknown)
    assert.equal(unknown.length, 3)
    assert.deepEqual(await one('select a.patient_id in (select id from records.patient) as attached from scheduling.appointment a'), { attached: false })
  })
  test('is nothing that the way to a visit asks of the database: records are read by nobody on it', async () => {
    const reads = async () => Number((await one("select coalesce(sum(seq_scan + coalesce(idx_scan, 0)), 0) as n from pg_stat_user_tables where schemaname = 'records'")).n)
    await aRecord()
    await house.db.owner.query('select pg_stat_force_next_flush()')
    const before = await reads()
    await walk()
    await new Promise(resolve => setTimeout(resolve, 1_200))
    assert.equal(await reads(), before)
  })
})

describe('whose record a newcomer’s is', () => {
  test('is the desk’s to say: they see what was typed, and who it could be', async () => {
    const known = await aRecord()
    await walk()
    const { id, visit } = await newcomer()
    assert.match(await (await desk.get('/console/schedule?day=2026-11-25')).text(), /Nora Quill/)
    assert.match(await (await desk.get(`/console/schedule/visits/${visit}`)).text(), /Nora Quill, new patient: not linked[^]*The new patient, on the site/)
    const html = await (await desk.get(pageOf(id))).text()
    for (const words of [/Their child\. Asked by Ola Quill/, /\(802\) 555-0143, shown by a code/, /Spanish, with an interpreter/, /A ramp/, /an estimate is owed/, /A new doctor/, new RegExp(`value="${known}"`)]) assert.match(html, words)
    assert.match(await (await desk.post(pageOf(id), { do: 'search', name: 'Nora Quil' })).text(), new RegExp(`value="${known}"`))
    const none = await (await desk.post(pageOf(id), { do: 'search', name: 'Nobody Such', 'birth-date': '1950-01-02', phone: '802-555-0199' })).text()
    for (const words of [/<details[^>]* open[^]*value="Nobody Such"/, /value="1950-01-02"/, /value="802-555-0199"/, /Nobody was found/]) assert.match(none, words)   // what was typed is not typed twice
    const clinician = await asStaff('clinician')
    assert.doesNotMatch(await (await clinician.get(pageOf(id))).text(), /Begin a record/)
    assert.equal((await clinician.post(pageOf(id), { do: 'new' })).status, 403)
    assert.equal((await one('select count(*) from records.patient')).count, 1)
  })
  test('a record may be begun: the visit stays where it is, the work is done, the page of the visitor opens nothing more', async () => {
    const { key } = await walk()
    const { id, visit } = await newcomer()
    assert.equal((await desk.post(pageOf(id), { do: 'new' })).headers.get('location'), `/console/patients/${id}`)
    assert.deepEqual(await one('select id, name, birth_date::text as born, phone, language from records.patient'), { id, name: 'Nora Quill', born: '1988-02-29', phone: '+18025550143', language: 'es' })
    assert.deepEqual(await one('select patient_id, version from scheduling.appointment'), { patient_id: id, version: 1 })
    assert.deepEqual(await one("select outcome, done_at is not null as done from work.task where kind = 'new-patient'"), { outcome: 'A record was begun.', done: true })
    assert.deepEqual((await rows('select step, by_kind from scheduling.appointment_step order by id')), [{ step: 'booked', by_kind: 'visitor' }, { step: 'linked', by_kind: 'staff' }])
    assert.equal((await one("select count(*) from audit.event where action = 'appointment.linked' and patient_id = $1", id)).count, 1)
    for (const path of ['/book/visit', '/book/visit.ics']) assert.equal((await aVisitor(house).post(path, { key })).status, 410, path)
    assert.equal((await aVisitor(house).post('/book/visit', { key, do: 'cancel', version: '1' })).status, 410)
    assert.equal((await one('select status from scheduling.appointment')).status, 'booked')
    assert.match(await (await desk.get(`/console/schedule/visits/${visit}`)).text(), new RegExp(`/console/patients/${id}`))
    assert.equal((await desk.post(pageOf(id), { do: 'new' })).status, 409, 'twice')
  })
  test('a known record takes the visit and what is owed for it; where the code went is no way to that person until staff have asked', async () => {
    const known = await aRecord()
    await walk()
    const { id } = await newcomer()
    assert.equal((await desk.post(pageOf(id), { do: 'link', patient: '' })).status, 422)
    assert.equal((await desk.post(pageOf(id), { do: 'link', patient: known })).headers.get('location'), `/console/patients/${known}`)
    assert.deepEqual(await one('select patient_id from scheduling.appointment'), { patient_id: known })
    assert.deepEqual(await one("select patient_id from work.task where kind = 'estimate'"), { patient_id: known })
    assert.deepEqual(await rows('select patient_id, ended_at is not null as ended from notices.reach'), [{ patient_id: id, ended: true }])
    assert.deepEqual(await one('select merged_into from records.patient where id = $1', id), { merged_into: known })
  })
  test('asked, it is theirs, too: they hear of the visit there', async () => {
    const known = await aRecord()
    await walk()
    const { id } = await newcomer()
    await desk.post(pageOf(id), { do: 'link', patient: known, theirs: 'yes' })
    assert.deepEqual(await rows('select patient_id, ended_at from notices.reach'), [{ patient_id: known, ended_at: null }])
    house.setNow('2026-11-24T16:00:00Z')
    await schedulingJobs.find(job => job.name === 'scheduling.remind')!.run(house.system('scheduling.remind'), {} as never)
    assert.deepEqual(await one("select patient_id, to_address from platform.mail where kind = 'visit-coming'"), { patient_id: known, to_address: '+18025550143' })
  })
  test('of two who say it at once one does', async () => {
    const known = await aRecord()
    await walk()
    const { id } = await newcomer()
    const said = await Promise.all([desk.post(pageOf(id), { do: 'link', patient: known }), (await asStaff('front-desk')).post(pageOf(id), { do: 'new' })])
    assert.deepEqual(said.map(answer => answer.status).sort(), [303, 409])
  })
  test('nobody is linked to a number that is no record, and then nothing is kept', async () => {
    await walk()
    const { id } = await newcomer()
    assert.notEqual((await desk.post(pageOf(id), { do: 'link', patient: randomUUID() })).status, 303)
    assert.deepEqual(await one('select linked_at, (select count(*)::int from records.patient) as records from scheduling.newcomer'), { linked_at: null, records: 0 })
  })
})

describe('what is tried against it', () => {
  const post = (path: string, fields: Record<string, string>) => aVisitor(house).post(path, fields)
  test('keys that are nobody’s, another’s step, a page that is asked for by its address', async () => {
    const { key } = await walk()
    for (const wrong of ['', 'x', 'A'.repeat(43), `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`, "' or 1=1 --", key.toLowerCase()]) {
      for (const path of ['/book/about', '/book/code', '/book/visit', '/book/visit.ics']) assert.ok([410, 422].includes((await post(path, { key: wrong, ...answers, code: '123456' })).status), `${path} ${wrong}`)
    }
    for (const path of ['/book/about', '/book/code', '/book/visit', '/book/visit.ics', `/book/visit?key=${key}`]) assert.equal((await aVisitor(house).get(path)).headers.get('location'), '/book')
    const shown = await post('/book/visit', { key })
    assert.match(shown.headers.get('cache-control')!, /no-store/)
    assert.equal(shown.headers.get('set-cookie'), null)
  })
  test('times, kinds and ways that are not offered', async () => {
    const here = `/book/${s.typeIds['check-up']}`
    assert.equal((await post(here, { how: 'in-person', time: at('2026-11-25T14:07:00Z') })).status, 409)
    assert.equal((await post(here, { how: 'video', time: at(nine) })).status, 422)
    assert.equal((await post(here, { how: 'in-person', time: 'x' })).status, 422)
    for (const type of [s.typeIds.talk, s.typeIds.desk, 'x', randomUUID()]) {
      assert.equal((await aVisitor(house).get(`/book/${type}`)).status, 404)
      assert.equal((await post(`/book/${type}`, { how: 'in-person', time: at(nine) })).status, 404)
    }
    assert.equal((await one('select count(*) from scheduling.newcomer')).count, 0)
  })
  test('one neighbourhood holds three times, and starts so many in an hour', async () => {
    const here = `/book/${s.typeIds['check-up']}`
    const seen: number[] = []
    for (const hour of [14, 15, 16, 18]) seen.push((await post(here, { how: 'in-person', time: at(`2026-11-25T${hour}:00:00Z`) })).status)
    assert.deepEqual(seen, [200, 200, 200, 429])
    const many = await Promise.all(Array.from({ length: 30 }, (_, index) => post(here, { how: 'in-person', time: at(`2026-11-${24 + (index % 2)}T${18 + (index % 3)}:30:00Z`) })))
    assert.deepEqual([...new Set(many.map(answer => answer.status))], [429])
    assert.equal((await one('select count(*) from scheduling.hold')).count, 3)
  })
  test('it counts where the time is asked from, not where the key comes from', async () => {
    const hold = async (iso: string, clientAddress: string, token?: string) => holdForNewcomer(house.visitor(), { visitTypeId: s.typeIds['check-up']!, mode: 'in-person', resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, startsAt: new Date(iso), locale: 'en', clientAddress, token })
    const hours = [14, 15, 16, 18, 19]
    const tokens: string[] = []
    for (const [index, hour] of hours.entries()) {
      const held = await hold(`2026-11-25T${hour}:00:00Z`, `203.0.${index}.7`)
      tokens.push(held.ok ? held.token : assert.fail(held.reason))
    }
    const seen: boolean[] = []
    for (const [index, hour] of hours.entries()) seen.push((await hold(`2026-11-24T${hour}:00:00Z`, '198.51.100.7', tokens[index])).ok)
    assert.deepEqual(seen, [true, true, true, false, false])
  })
  test('fifteen who want one time at once: one holds it, the others read what is free next to it', async () => {
    const said = await Promise.all(Array.from({ length: 15 }, () => post(`/book/${s.typeIds['check-up']}`, { how: 'in-person', time: at(nine) })))
    assert.deepEqual([said.filter(answer => answer.status === 200).length, said.filter(answer => answer.status === 409).length], [1, 14])
  })
  test('what is too long, of two lines, or no address at all', async () => {
    const key = fieldIn(await (await post(`/book/${s.typeIds['check-up']}`, { how: 'in-person', time: at(nine) })).text(), 'key')
    assert.equal((await post('/book/about', { key, ...answers, name: 'N'.repeat(1_000_000) })).status, 413)
    for (const [field, value] of [['name', 'N'.repeat(90_000)], ['name', ' '], ['name', '12'], ['contact', 'a@b.example\r\nBcc: all@b.example'], ['contact', 'a@b.example,c@d.example'], ['contact', '911'], ['birth-date', '2026-11-24'], ['birth-date', '1700-01-01'], ['birth-date', '1999-02-30'], ['for', 'x'], ['pays', 'x'], ['reason', 'x'.repeat(2_001)]] as const) {
      assert.equal((await post('/book/about', { key, ...answers, [field]: value })).status, 422, `${field} ${value.slice(0, 40)}`)
    }
    assert.equal((await one('select count(*) from platform.mail')).count, 0)
    assert.equal((await post('/book/about', { key, ...answers, name: 'Nora\r\nBcc: x@y.example\u0000 Quill', speaks: '<script>' })).status, 200)
    assert.deepEqual(await one('select name, speaks from scheduling.newcomer'), { name: 'Nora Bcc: x@y.example Quill', speaks: '' })
  })
  test('one telephone gets five codes an hour, whoever asks', async () => {
    const seen: number[] = []
    const key = fieldIn(await (await post(`/book/${s.typeIds['check-up']}`, { how: 'in-person', time: at(nine) })).text(), 'key')
    for (let i = 0; i < 6; i++) seen.push((await post('/book/about', { key, ...answers })).status)
    assert.deepEqual(seen, [200, 200, 200, 200, 200, 429])
  })
  test('danger that is now pages whoever is on call, before any code; what was typed and not booked is gone after a day', async () => {
    const key = fieldIn(await (await post(`/book/${s.typeIds['check-up']}`, { how: 'in-person', time: at(nine) })).text(), 'key')
    const words = { key, ...answers, reason: 'My chest hurts and I cannot breathe' }
    const asked = await post('/book/about', words)
    assert.equal(asked.status, 422)
    assert.match(await asked.text(), /Call 911/)
    assert.equal((await one('select count(*) from platform.mail')).count, 0)
    assert.equal((await post('/book/about', { ...words, danger: 'send', 'danger-about': 'chest breathing' })).status, 200)
    assert.deepEqual(await one("select count(*)::int as pages from work.task where kind = 'red-flag'"), { pages: 1 })
    house.setNow('2026-11-24T15:00:01Z')
    await schedulingJobs.find(job => job.name === 'scheduling.sweep')!.run(house.system('scheduling.sweep'), {} as never)
    assert.equal((await one('select count(*) from scheduling.newcomer')).count, 0)
  })
})
