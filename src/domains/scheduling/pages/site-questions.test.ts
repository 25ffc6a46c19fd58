import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { openWords } from '#platform/email.ts'
import { aStaffPerson, aVisitor, fieldIn, type Visitor } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { schedulingJobs } from '../jobs.ts'

let house: RunningHouse, s: TestSchedule, her: Visitor, desk: SignedIn, manager: SignedIn, q: { stairs: string; shoe: string; else: string }
const clock = '2026-11-23T15:00:00Z'
before(async () => {
  house = await aRunningHouse({ now: clock, isDemo: true })
  s = await aSchedule(house)
  ;[desk, manager] = await Promise.all((['front-desk', 'manager'] as const).map(async role => signedInAs(house, { personId: (await aStaffPerson(house, { roles: [role] })).personId, roles: [role] }))) as [SignedIn, SignedIn]
})
after(() => house.close())
beforeEach(async () => {
  house.setNow(clock)
  await house.db.owner.query('truncate scheduling.newcomer, scheduling.reminder, scheduling.claim, scheduling.hold, scheduling.visit_link, scheduling.answer, scheduling.question, scheduling.appointment_step, scheduling.appointment, work.task, work.task_step, work.page, platform.rate_count, notices.code, notices.reach, notices.choice, notices.consent, platform.mail, records.patient cascade')
  q = { stairs: await ask('Any stairs at home?'), shoe: await ask('Which shoe?', { kind: 'choice', 'options-en': 'Left\nRight', 'options-es': 'Izquierdo\nDerecho', required: '' }), else: await ask('What else?', { kind: 'text', required: '' }) }
  her = aVisitor(house)
})
const rows = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows
const one = async (query: string, ...values: unknown[]) => (await rows(query, ...values))[0]
const questionsPath = (type = 'check-up') => `/console/schedule/types/${s.typeIds[type]}/questions`
async function ask(words: string, more: Record<string, string> = {}, type = 'check-up'): Promise<string> {
  assert.match((await manager.post(questionsPath(type), { 'words-en': words, 'words-es': `${words} (es)`, kind: 'yes-no', required: 'yes', do: 'save', ...more })).headers.get('location')!, /said=saved$/)
  return (await one('select id from scheduling.question where words_en = $1', words)).id
}
const at = (iso: string) => `${s.resourceIds['nell-harrow']}.${s.placeId}.${Date.parse(iso)}`
const who = { for: 'self', asker: '', name: 'Nora Quill', 'birth-date': '1988-02-29', contact: 'nora@mail.example', speaks: 'en', needs: '', pays: 'insurance', plan: 'Blue', reason: 'A new doctor' }
const codeNow = async () => {
  const mail = await one("select id, words from platform.mail where kind = 'code' and words is not null order by ctid desc limit 1")
  return /\b(\d{6})\b/.exec(openWords(house.system('notices.sweep'), mail.id, mail.words).text)![1]!
}
const pick = (iso = '2026-11-25T14:00:00Z', more: Record<string, string> = {}, type = 'check-up', start = '/book') => her.post(`${start}/${s.typeIds[type]}`, { how: 'in-person', time: at(iso), ...more })
/** As far as the questions; the key of her pages, and what she sees. */
async function asked(start = '/book', more: Record<string, string> = {}): Promise<{ key: string; html: string }> {
  const key = fieldIn(await (await pick(undefined, {}, 'check-up', start)).text(), 'key')
  return { key, html: await (await her.post(`${start}/about`, { key, ...who, ...more })).text() }
}
const answer = (key: string, said: Partial<Record<keyof typeof q, string>>, more: Record<string, string> = {}, start = '/book') =>
  her.post(`${start}/questions`, { key, ...Object.fromEntries(Object.entries(said).map(([name, value]) => [`q-${q[name as keyof typeof q]}`, value])), ...more })
const code = async (key: string) => her.post('/book/code', { key, code: await codeNow() })
const visits = async () => Number((await one('select count(*) from scheduling.appointment')).count)
const newcomer = () => one('select id, answers, appointment_id as visit, answers_danger from scheduling.newcomer')
const readDesk = async (path: string) => (await desk.get(path)).text()

describe('questions of a kind of visit, for somebody new', () => {
  test('are a short step of their own, in both languages, become the visit’s, and are read by staff with the visit and with the person', async () => {
    const { key, html } = await asked('/es/book')
    assert.match(html, /Unas preguntas sobre esta cita[^]*Any stairs at home\? \(es\)[^]*Izquierdo[^]*What else\? \(es\)[^]*Ya le mandamos el código/)
    assert.doesNotMatch(html, /name="birth-date"/)
    assert.match(await (await answer(key, { stairs: 'yes', shoe: 'Right', else: 'Nada más' }, {}, '/es/book')).text(), /Escriba el código/)
    const { id } = await newcomer()
    assert.match(await readDesk(`/console/schedule/newcomers/${id}`), /Any stairs at home\?[^]*Yes[^]*Right[^]*lang="es">Nada más/, 'before anything is booked')
    assert.match(await (await code(key)).text(), /Your visit is booked/)
    const { visit, answers } = await newcomer()
    assert.deepEqual(answers, [], 'they are the visit’s')
    assert.deepEqual(await rows('select place, asked_es, said_en, said_es, locale from scheduling.answer where appointment_id = $1 order by place', visit), [
      { place: 0, asked_es: 'Any stairs at home? (es)', said_en: 'Yes', said_es: 'Sí', locale: 'es' }, { place: 1, asked_es: 'Which shoe? (es)', said_en: 'Right', said_es: 'Derecho', locale: 'es' },
      { place: 2, asked_es: 'What else? (es)', said_en: 'Nada más', said_es: 'Nada más', locale: 'es' },
    ])
    for (const path of [`/console/schedule/visits/${visit}`, `/console/schedule/newcomers/${id}`]) assert.match(await readDesk(path), /Any stairs at home\?[^]*Yes[^]*Right[^]*lang="es">Nada más/, path)
    assert.equal((await manager.get(`/console/schedule/newcomers/${id}`)).status, 403)
  })
  test('that must be answered are, before the code books; the code that came is not asked for again', async () => {
    const { key } = await asked()
    assert.match(await (await code(key)).text(), /A few questions about this visit/)
    assert.equal(await visits(), 0)
    assert.deepEqual(await rows('select count(*)::int as kept from scheduling.claim where expires_at is null'), [{ kept: 0 }], 'nothing is taken for good')
    const again = await answer(key, { shoe: 'Left', else: 'A dog' })
    assert.equal(again.status, 422)
    assert.match(await again.text(), /Please choose one[^]*A dog/)
    assert.equal(await visits(), 0)
    assert.match(await (await answer(key, { stairs: 'no' })).text(), /Your visit is booked/)
    assert.deepEqual(await rows('select said_en from scheduling.answer'), [{ said_en: 'No' }])
  })
  test('are no step where the kind of visit has none', async () => {
    await house.db.owner.query('truncate scheduling.question')
    await manager.post(questionsPath('talk'), { 'words-en': 'Other?', kind: 'yes-no', required: 'yes', do: 'save' })
    assert.match((await asked()).html, /Type the code/)
  })
  test('that were changed meanwhile are asked as they are now; others need not be answered twice', async () => {
    const { key } = await asked()
    await answer(key, { stairs: 'yes', shoe: 'Right', else: 'A dog' })
    await manager.post(questionsPath(), { id: q.stairs, 'words-en': 'Any ramp?', kind: 'yes-no', required: 'yes', do: 'save' })
    const html = await (await code(key)).text()
    assert.match(html, /Any ramp\?[^]*A dog/)
    assert.doesNotMatch(html, /value="yes"[^>]*checked|checked[^>]*value="yes"/)
    assert.match(html, /value="Right"[^>]*checked|checked[^>]*value="Right"/)
    assert.equal(await visits(), 0)
    assert.match(await (await answer(key, { stairs: 'no', shoe: 'Right', else: 'A dog' })).text(), /is booked/)
    assert.deepEqual((await rows('select asked_en, said_en from scheduling.answer order by place'))[0], { asked_en: 'Any ramp?', said_en: 'No' })
  })
  test('stay answered when the ten minutes are over, and are swept after a day when nothing was booked', async () => {
    const { key } = await asked()
    house.setNow('2026-11-23T15:10:30Z')
    assert.equal((await answer(key, { stairs: 'yes', else: 'A dog' })).status, 410)
    assert.match(await (await pick('2026-11-25T15:00:00Z', { key })).text(), /Nora Quill/)
    assert.match(await (await her.post('/book/about', { key, ...who })).text(), /Type the code/)
    assert.match(await (await code(key)).text(), /is booked/)
    assert.deepEqual(await rows('select said_en from scheduling.answer order by place'), [{ said_en: 'Yes' }, { said_en: 'A dog' }])
    await house.db.owner.query('truncate scheduling.newcomer, scheduling.claim, scheduling.hold cascade')
    const other = await asked('/book', { contact: 'bea@mail.example' })
    await answer(other.key, { stairs: 'yes', else: 'A canary' })
    house.setNow('2026-11-24T15:11:00Z')
    await schedulingJobs.find(job => job.name === 'scheduling.sweep')!.run(house.system('scheduling.sweep'), {} as never)
    assert.deepEqual(await rows("select from scheduling.newcomer where answers::text ~ 'canary'"), [])
  })
  test('go along when the visit comes to a record, and come to a known one by the way of all records', async () => {
    const known = randomUUID()
    await house.db.owner.query("insert into records.patient (id, name, given, birth_date, updated_at) values ($1, 'Nora Quill', 'Nora', '1988-02-29', now())", [known])
    const { key } = await asked()
    await answer(key, { stairs: 'yes', else: 'A dog' })
    await code(key)
    const { id, visit } = await newcomer()
    assert.equal((await desk.post(`/console/schedule/newcomers/${id}`, { do: 'link', patient: known })).status, 303)
    assert.deepEqual(await one('select patient_id from scheduling.appointment'), { patient_id: known })
    for (const path of [`/console/schedule/visits/${visit}`, `/console/schedule/newcomers/${id}`]) assert.match(await readDesk(path), /Any stairs at home\?[^]*Yes[^]*A dog/, path)
  })
  test('are looked at for danger; danger that is now pages once; an answer that asks what it costs owes an estimate', async () => {
    const { key } = await asked()
    const words = { stairs: 'yes', else: 'My chest hurts and I cannot breathe' }
    const html = await (await answer(key, words)).text()
    assert.match(html, /Call 911[^]*My chest hurts/)
    assert.deepEqual((await newcomer()).answers, [])
    for (let i = 0; i < 2; i++) assert.match(await (await answer(key, words, { danger: 'send', 'danger-about': 'chest breathing' })).text(), /Type the code/)
    assert.deepEqual(await one("select count(*)::int as pages from work.task where kind = 'red-flag'"), { pages: 1 })
    await her.post('/book/about', { key, ...who })
    assert.match(await readDesk(`/console/schedule/newcomers/${(await newcomer()).id}`), /said yes: whoever is on call was paged/, 'also after the rest was sent again')
    await answer(key, { stairs: 'yes', else: 'How much does it cost?' })
    await code(key)
    assert.deepEqual((await rows("select kind from work.task where kind = 'estimate'")), [{ kind: 'estimate' }])
  })
})

describe('what is tried against it', () => {
  test('another’s key, no key, a key of before: nothing of hers is shown or changed', async () => {
    const { key } = await asked()
    await answer(key, { stairs: 'yes', else: 'A canary' })
    for (const wrong of ['', 'x', 'A'.repeat(43), `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`]) {
      const other = await aVisitor(house).post('/book/questions', { key: wrong, [`q-${q.stairs}`]: 'no' })
      assert.equal(other.status, 410)
      assert.doesNotMatch(await other.text(), /canary/)
    }
    const bea = fieldIn(await (await aVisitor(house).post(`/book/${s.typeIds['check-up']}`, { how: 'in-person', time: at('2026-11-25T15:00:00Z') })).text(), 'key')
    assert.doesNotMatch(await (await aVisitor(house).post('/book/questions', { key: bea })).text(), /canary/)
    assert.equal((await aVisitor(house).get(`/book/questions?key=${key}`)).headers.get('location'), '/book')
    const shown = await her.post('/book/questions', { key })
    assert.match(shown.headers.get('cache-control')!, /no-store/)
    assert.equal((await one("select count(*)::int as n from scheduling.newcomer where answers::text ~ 'canary'")).n, 1)
  })
  test('choices that are none, a megabyte, questions that are none, steps out of turn', async () => {
    const { key } = await asked()
    for (const bad of [{ stairs: 'maybe' }, { stairs: 'yes', shoe: 'Both' }, { stairs: 'yes', shoe: '__proto__' }, { stairs: 'yes', else: 'a'.repeat(301) }]) assert.equal((await answer(key, bad)).status, 422, JSON.stringify(bad).slice(0, 40))
    assert.ok([413, 422].includes((await answer(key, { stairs: 'yes', else: 'a'.repeat(1_000_000) })).status))
    assert.deepEqual((await newcomer()).answers, [])
    assert.equal((await answer(key, { stairs: 'yes', else: '\u0001\u0000'.repeat(150) }, { [`q-${randomUUID()}`]: 'x' })).status, 200)
    assert.equal((await newcomer()).answers.length, 3)
    await house.db.owner.query('truncate scheduling.newcomer, scheduling.claim, scheduling.hold cascade')
    const early = fieldIn(await (await pick()).text(), 'key')
    assert.match(await (await answer(early, { stairs: 'yes' })).text(), /Who is coming\?/)
    assert.match(await (await answer(early, { stairs: 'yes', else: 'My chest hurts and I cannot breathe' }, { danger: 'send', 'danger-about': 'chest breathing' })).text(), /Who is coming\?/)
    assert.deepEqual(await one("select (select count(*) from work.task where kind = 'red-flag')::int as pages, (select answers from scheduling.newcomer) as answers"), { pages: 0, answers: [] }, 'nobody has said who they are')
    assert.equal(await visits(), 0)
  })
  test('the same again, from two tabs and after the visit is booked: one visit, with what was answered before', async () => {
    const { key } = await asked()
    await Promise.all([answer(key, { stairs: 'yes' }), answer(key, { stairs: 'no' })])
    await answer(key, { stairs: 'yes' })
    const right = await codeNow()
    const said = await Promise.all(Array.from({ length: 6 }, async (_, index) => (index % 2 ? her.post('/book/code', { key, code: right }) : answer(key, { stairs: 'yes' }))))
    assert.ok(said.every(one => one.status === 200))
    assert.match(await (await answer(key, { stairs: 'no', else: 'A canary' })).text(), /Your visit is booked/)
    assert.match(await (await her.post('/book/about', { key, do: 'change' })).text(), /Your visit is booked/, 'a page of before never says that nothing was')
    assert.deepEqual(await rows('select said_en from scheduling.answer'), [{ said_en: 'Yes' }])
    assert.deepEqual((await newcomer()).answers, [])
    assert.equal(await visits(), 1)
  })
  test('in one tab another kind of visit is chosen: the questions are those of the time that is kept', async () => {
    const { key } = await asked()
    await ask('Afraid of needles?', {}, 'shot')
    assert.equal((await pick('2026-11-25T15:00:00Z', { key }, 'shot')).status, 200)
    const html = await answer(key, { stairs: 'yes' })
    assert.equal(html.status, 422)
    assert.match(await html.text(), /Afraid of needles\?/)
    assert.match(await (await code(key)).text(), /Afraid of needles\?/)
    assert.equal(await visits(), 0)
  })
  test('another kind of visit that asks the same in the same words has the answer already', async () => {
    await ask('What else?', { kind: 'text', required: 'yes' }, 'shot')
    await ask('Afraid of needles?', {}, 'shot')
    const { key } = await asked()
    await answer(key, { stairs: 'yes', else: 'A dog' })
    await pick('2026-11-25T15:00:00Z', { key }, 'shot')
    const html = await (await code(key)).text()
    assert.match(html, /What else\?[^]*A dog[^]*Afraid of needles\?/)
    assert.doesNotMatch(html, /stairs/)
    assert.equal(await visits(), 0, 'what was not asked is still to be')
  })
})
