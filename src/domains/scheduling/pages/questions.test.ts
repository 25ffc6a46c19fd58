import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Role } from '#platform/ctx.ts'
import { askedField } from '#safety/shared'
import { aPatientPerson, aStaffPerson, fieldIn } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, clearVisits, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

let house: RunningHouse, s: TestSchedule, ana: SignedIn, luis: SignedIn, desk: SignedIn, manager: SignedIn
const signIn = async (role: Role) => signedInAs(house, { personId: (await aStaffPerson(house, { roles: [role] })).personId, roles: [role] })
const aPatient = async (locale: 'en' | 'es') => {
  const { personId, patientId } = await aPatientPerson(house, { locale })
  return signedInAs(house, { personId, actingFor: patientId, locale })
}
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(house)
  ;[ana, luis, desk, manager] = [await aPatient('en'), await aPatient('es'), await signIn('front-desk'), await signIn('manager')]
})
after(() => house.close())
beforeEach(() => clearVisits(house, 'scheduling.question', 'scheduling.screening', 'scheduling.reason', 'work.task', 'work.task_step', 'work.page'))

const here = '/portal/appointments'
const to = (answer: Response) => answer.headers.get('location') ?? ''
const read = async (who: SignedIn, path: string) => (await who.get(path)).text()
const rows = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows
const questionsPath = () => `/console/schedule/types/${s.typeIds['check-up']}/questions`
const timesOf = () => `${here}/new/${s.typeIds['check-up']}`
const at = (iso: string) => `${s.resourceIds['nell-harrow']}.${s.placeId}.${Date.parse(iso)}`
const keep = async (who: SignedIn, iso = '2026-11-25T14:00:00Z') => to(await who.post(timesOf(), { how: 'in-person', time: at(iso) }))
async function ask(words: string, more: Record<string, string> = {}): Promise<string> {
  assert.equal(to(await manager.post(questionsPath(), { 'words-en': words, 'words-es': `${words} (es)`, kind: 'yes-no', required: 'yes', do: 'save', ...more })), `${questionsPath()}?said=saved`)
  return (await rows('select id from scheduling.question where words_en = $1', words))[0].id
}
const consoleOf = (visit: string) => `/console/schedule/visits/${visit.replace(/\?.*/, '').split('/').at(-1)}`

describe('questions before a visit', () => {
  test('are asked in both languages, must be answered where it says so, and stay with the visit', async () => {
    const [yesNo, choice, text] = [await ask('Any stairs at home?'), await ask('Which shoe?', { kind: 'choice', 'options-en': 'Left\nRight', 'options-es': 'Izquierdo\nDerecho', required: '' }), await ask('What else?', { kind: 'text', required: '' })]
    const held = await keep(luis)
    assert.match(await read(luis, held), /Any stairs at home\? \(es\)[\s\S]*Izquierdo[\s\S]*What else\? \(es\)/)
    const again = await luis.post(held, { reason: '', pays: 'insurance', [`q-${choice}`]: 'Right', [`q-${text}`]: 'Nada más' })
    const html = await again.text()
    assert.equal(again.status, 422)
    assert.match(html, /Elija una, por favor/)
    assert.match(html, new RegExp(`href="#q-${yesNo}">[^<]*Any stairs at home\\? \\(es\\)[^<]*Elija una`), 'the list at the top says which question')
    assert.match(html, /value="Right"[^>]*checked|checked[^>]*value="Right"/, 'what was chosen is still chosen')
    assert.match(html, /Nada más/)
    const visit = to(await luis.post(held, { reason: '', pays: 'insurance', [`q-${yesNo}`]: 'yes', [`q-${choice}`]: 'Right', [`q-${text}`]: 'Nada más' }))
    assert.match(visit, /said=booked$/)
    assert.match(await read(luis, visit), /Lo que nos dijo[\s\S]*Any stairs at home\? \(es\)[\s\S]*Sí[\s\S]*Derecho[\s\S]*Nada más/)
    await manager.post(questionsPath(), { id: yesNo, do: 'remove' })
    assert.match(await read(desk, consoleOf(visit)), /Any stairs at home\?[\s\S]*Yes[\s\S]*Right[\s\S]*<span class="as-written" lang="es">Nada más/, 'also after the question is gone')
  })
  test('are looked at for danger like every free text, and page when it is now', async () => {
    const text = await ask('What else?', { kind: 'text', required: '' })
    const held = await keep(ana)
    assert.equal((await read(ana, held)).split('If you need help now, call 911').length, 3, 'it stands beside each free text')
    const typed = { reason: '', pays: 'insurance', [`q-${text}`]: 'I have crushing chest pain and my left arm is numb' }
    const html = await (await ana.post(held, typed)).text()
    assert.match(html, /Call 911/)
    assert.deepEqual(await rows('select from scheduling.appointment'), [])
    assert.match(to(await ana.post(held, { ...typed, danger: 'send', [askedField]: fieldIn(html, askedField) })), /said=booked$/)
    assert.deepEqual((await rows('select kind from work.task')).map(row => row.kind), ['red-flag'])
  })
  test('that were changed while somebody typed are asked as they are now', async () => {
    const choice = await ask('Which shoe?', { kind: 'choice', 'options-en': 'Left\nRight' })
    const held = await keep(ana)
    await manager.post(questionsPath(), { id: choice, 'words-en': 'Which hand?', kind: 'choice', 'options-en': 'First\nSecond', required: 'yes', do: 'save' })
    const html = await (await ana.post(held, { reason: '', pays: 'insurance', [`q-${choice}`]: 'Right' })).text()
    assert.match(html, /Which hand\?[\s\S]*First/)
    assert.deepEqual(await rows('select from scheduling.answer'), [])
  })
  test('an answer of a megabyte, or to a question that is none, harms nothing', async () => {
    const text = await ask('What else?', { kind: 'text', required: '' })
    const held = await keep(ana)
    assert.ok([413, 422].includes((await ana.post(held, { reason: '', pays: 'insurance', [`q-${text}`]: 'a'.repeat(1_000_000) })).status))
    assert.equal((await ana.post(held, { reason: '', pays: 'insurance', [`q-${text}`]: 'a'.repeat(301) })).status, 422)
    assert.match(to(await ana.post(held, { reason: '', pays: 'insurance', [`q-${randomUUID()}`]: 'x', [`q-${text}`]: '' })), /said=booked$/)
    assert.deepEqual(await rows('select from scheduling.answer'), [])
  })
  test('are eight at most, also from two pages at once, in the order that the practice chooses', async () => {
    for (let number = 0; number < 7; number++) await ask(`Question ${number}?`)
    const both = await Promise.all(['Seven?', 'Eight?'].map(words => manager.post(questionsPath(), { 'words-en': words, kind: 'yes-no', do: 'save' })))
    assert.deepEqual(both.map(answer => answer.status).sort(), [303, 422])
    const last = (await rows('select id from scheduling.question order by place desc limit 1'))[0].id
    await manager.post(questionsPath(), { id: last, do: 'up' })
    assert.deepEqual((await rows('select id from scheduling.question order by place')).map(row => row.id).indexOf(last), 6)
    await manager.post(questionsPath(), { id: (await rows('select id from scheduling.question where place = 0'))[0].id, do: 'remove' })
    assert.deepEqual((await rows('select place from scheduling.question order by place')).map(row => row.place), [0, 1, 2, 3, 4, 5, 6])
  })
  test('that make no sense are refused with what is wrong; another type’s question is not touched', async () => {
    for (const bad of [{ 'words-en': '' }, { kind: 'essay' }, { kind: 'choice', 'options-en': 'One' }, { kind: 'choice', 'options-en': 'One\nOne' }, { kind: 'choice', 'options-en': 'One\nTwo', 'options-es': 'Uno' }, { 'words-en': 'a'.repeat(201) }]) {
      assert.equal((await manager.post(questionsPath(), { 'words-en': 'Fine?', kind: 'yes-no', do: 'save', ...bad })).status, 422, JSON.stringify(bad).slice(0, 60))
    }
    const mine = await ask('Mine?')
    const other = `/console/schedule/types/${s.typeIds.talk}/questions`
    for (const body of [{ do: 'remove' }, { do: 'up' }, { do: 'save', 'words-en': 'Theirs', kind: 'yes-no' }]) assert.equal((await manager.post(other, { id: mine, ...body })).status, 404)
    assert.equal((await manager.get(`/console/schedule/types/${randomUUID()}/questions`)).status, 404)
    assert.deepEqual((await rows('select words_en from scheduling.question')).map(row => row.words_en), ['Mine?'])
    assert.equal((await (await signIn('billing')).post(questionsPath(), { 'words-en': 'Mine?', kind: 'yes-no' })).status, 403)
  })
})

describe('what it is about', () => {
  const reasons = '/console/schedule/reasons'
  async function aReason(words: string, leads: string, asks: [string, string][] = []): Promise<string> {
    const saved = to(await manager.post(reasons, { 'words-en': words, 'words-es': `${words} (es)`, 'leads-to': leads, do: 'save' }))
    assert.match(saved, /reasons\/[0-9a-f-]{36}\?said=saved$/)
    const path = saved.replace(/\?.*/, '')
    for (const [question, lead] of asks) assert.match(to(await manager.post(path, { of: 'question', 'words-en': question, 'leads-to': lead, do: 'save' })), /said=saved$/)
    return path.split('/').at(-1)!
  }
  const fieldsOf = async (id: string, ...said: string[]) => Object.fromEntries((await rows('select id from scheduling.screening where reason_id = $1 order by place', id)).map((row, index) => [`s-${row.id}`, said[index] ?? '']))
  const aboutOf = (id: string) => `${here}/new/about/${id}`

  test('leads to the right visit, to a call, or to whom to call now; and stands before what they write themselves', async () => {
    assert.match(await read(ana, `${here}/new`), /What do you need\?/, 'without reasons the list of visits')
    const ill = await aReason('I feel ill', s.typeIds.talk!, [['Does your chest hurt?', 'danger'], ['Do you think of hurting yourself?', 'danger-self'], ['For long?', s.typeIds['check-up']!], ['Is it a wound?', 'call']])
    const start = await read(ana, `${here}/new`)
    assert.match(start, /What is it about\?[\s\S]*I feel ill[\s\S]*new\?all=yes/)
    assert.match(await read(luis, aboutOf(ill)), /I feel ill \(es\)/)
    assert.equal(to(await ana.post(aboutOf(ill), await fieldsOf(ill, 'no', 'no', 'no', 'no'))), `${here}/new/${s.typeIds.talk}?about=${ill}`)
    assert.equal(to(await ana.post(aboutOf(ill), await fieldsOf(ill, 'no', 'no', 'yes', 'yes'))), `${timesOf()}?about=${ill}`)
    assert.match(await (await ana.post(aboutOf(ill), await fieldsOf(ill, 'no', 'no', 'no', 'yes'))).text(), /Please call us about this[\s\S]*Call \(802\) 555-0199/)
    const danger = await (await ana.post(aboutOf(ill), await fieldsOf(ill, 'yes', 'no', 'yes'))).text()
    assert.match(danger, /Call 911/)
    assert.doesNotMatch(danger, /988/)
    assert.match(await (await luis.post(aboutOf(ill), await fieldsOf(ill, 'no', 'yes', 'no', 'no'))).text(), /911[\s\S]*988/)
    const missing = await ana.post(aboutOf(ill), await fieldsOf(ill, 'no', 'no', 'maybe'))
    assert.equal(missing.status, 422)
    const held = to(await ana.post(timesOf(), { how: 'in-person', time: at('2026-11-25T14:00:00Z'), about: ill }))
    assert.match(await read(ana, held), />I feel ill<\/textarea>/)
    const html = await read(ana, `${timesOf()}?about=${ill}`)
    assert.match(html, new RegExp(`name="about" value="${ill}"`))
    assert.deepEqual((await rows('select about from scheduling.hold')).map(row => row.about), [ill])
    assert.match(to(await manager.post(`${reasons}/${ill}`, { do: 'remove' })), /said=removed$/)
    assert.doesNotMatch(await read(ana, held), /I feel ill/)
  })
  test('without questions goes there at once; a visit that is no longer offered is a call', async () => {
    const [plain, danger, gone] = [await aReason('A talk', s.typeIds.talk!), await aReason('Poison', 'danger'), await aReason('Long', s.typeIds.desk!)]
    assert.equal(to(await ana.get(aboutOf(plain))), `${here}/new/${s.typeIds.talk}?about=${plain}`)
    assert.match(await read(ana, aboutOf(danger)), /Call 911[\s\S]*new\?all=yes/)
    assert.match(await read(ana, aboutOf(gone)), /Please call us about this/)
    assert.equal((await ana.get(aboutOf(randomUUID()))).status, 404)
    assert.ok((await ana.post(timesOf(), { how: 'in-person', time: at('2026-11-25T14:00:00Z'), about: randomUUID() })).status === 303, 'a reason that is none is none')
  })
  test('is written by the front desk and the manager alone, and refused where it leads nowhere', async () => {
    const one = await aReason('One', 'call', [['Is it so?', 'danger']])
    const question = (await rows('select id from scheduling.screening'))[0].id
    for (const bad of [{ 'leads-to': '' }, { 'leads-to': 'visit' }, { 'leads-to': randomUUID() }, { 'words-en': '' }]) {
      for (const path of [reasons, `${reasons}/${one}`]) assert.equal((await manager.post(path, { 'words-en': 'Words', 'leads-to': 'call', do: 'save', ...bad })).status, 422, JSON.stringify(bad))
    }
    const other = await aReason('Two', 'call')
    assert.equal((await manager.post(`${reasons}/${other}`, { of: 'question', id: question, do: 'remove' })).status, 404)
    assert.equal((await manager.post(`${reasons}/${randomUUID()}`, { of: 'question', 'words-en': 'x', 'leads-to': 'call' })).status, 404)
    for (const role of ['clinician', 'billing', 'editor'] as const) assert.equal((await (await signIn(role)).post(reasons, { 'words-en': 'Mine', 'leads-to': 'call' })).status, 403, role)
    await manager.post(`${reasons}/${other}`, { do: 'up' })
    assert.deepEqual((await rows('select words_en from scheduling.reason order by place')).map(row => row.words_en), ['Two', 'One'])
  })
})

describe('the wall around answers', () => {
  test('another patient sees none, through the page or the database', async () => {
    const text = await ask('What else?', { kind: 'text', required: '' })
    const visit = to(await ana.post(await keep(ana), { reason: '', pays: 'insurance', [`q-${text}`]: 'A canary of hers' }))
    assert.equal((await luis.get(visit.replace(/\?.*/, ''))).status, 404)
    assert.match(await read(desk, consoleOf(visit)), /A canary of hers/)
    assert.equal((await manager.get(consoleOf(visit))).status, 403)
  })
})
