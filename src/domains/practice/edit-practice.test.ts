import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { roles, type Role } from '#platform/ctx.ts'
import { NotAllowed, NotFound } from '#platform/errors.ts'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { aPractice } from '#test/practice.ts'
import { checkPlans, editOwnWords, editPractice, editWords, mayEditWordsOf, publish, seePractice } from './access.ts'
import { confirmAccepting, letClinicianGo, saveClinician, saveOwnWords } from './edit-clinician.ts'
import { closeLocation, saveLocation } from './edit-location.ts'
import { saveBrand, saveContact, saveStory } from './edit-profile.ts'
import { saveService, saveValue } from './edit-values.ts'
import { addPlan, confirmPlan, removePlan } from './keep-plans.ts'
import { loadPractice } from './load-practice.ts'
import { moveUp, removeListed } from './order-lists.ts'
import type { Fields, Unsaved } from './read-fields.ts'
import { addException, addHolidays, removeException, saveHours } from './set-hours.ts'

let house: TestHouse
let locationId: string
let nell: string
let ivo: string
before(async () => {
  house = await aHouse({ now: '2026-11-23T15:00:00Z' })
  const founded = await aPractice(house)
  locationId = founded.locationIds['heron-street']!
  nell = founded.clinicianIds['nell-harrow']!
  ivo = founded.clinicianIds['ivo-marsh']!
})
after(() => house.close())
const as = (...who: Role[]) => ctxOf(house.house, staffActor(who))
const manager = () => as('manager')
const practice = async () => (await loadPractice(manager()))!
const problemsOf = (saved: { ok: true } | Unsaved) => (saved.ok ? [] : Object.keys(saved.problems).sort())
const editionNow = async () => Number((await house.db.owner.query('select version from platform.content_version')).rows[0].version)

test('who may do what, role by role', () => {
  const table = (permission: { roles: readonly Role[] }) => roles.filter(role => permission.roles.includes(role))
  assert.deepEqual(table(seePractice), ['clinician', 'front-desk', 'editor', 'manager'])
  assert.deepEqual(table(editPractice), ['manager'])
  assert.deepEqual(table(editWords), ['editor', 'manager'])
  assert.deepEqual(table(editOwnWords), ['clinician'])
  assert.deepEqual(table(checkPlans), ['front-desk', 'manager'])
  assert.deepEqual(table(publish), ['manager'])
})

test('each change is refused to every role that may not make it', async () => {
  const attempts: [string, readonly Role[], (role: Role) => unknown][] = [
    ['contact', editPractice.roles, role => saveContact(as(role), {})], ['brand', editPractice.roles, role => saveBrand(as(role), {})],
    ['location', editPractice.roles, role => saveLocation(as(role), null, {})], ['hours', editPractice.roles, role => saveHours(as(role), locationId, { '1-1-opens': 'x' })],
    ['exception', editPractice.roles, role => addException(as(role), {})], ['clinician', editPractice.roles, role => saveClinician(as(role), nell, {}, { languages: [], locationIds: [] })],
    ['plan', editPractice.roles, role => addPlan(as(role), {})], ['story', editWords.roles, role => saveStory(as(role), {})], ['value', editWords.roles, role => saveValue(as(role), null, {})],
    ['service', editWords.roles, role => saveService(as(role), null, {})], ['accepting', checkPlans.roles, role => confirmAccepting(as(role), nell, 'yes')],
  ]
  for (const [name, allowed, attempt] of attempts) {
    for (const role of roles) {
      const act = async () => attempt(role)
      if (allowed.includes(role)) await assert.doesNotReject(act, `${name} as ${role}`)
      else await assert.rejects(act, NotAllowed, `${name} as ${role}`)
    }
  }
})

test('a clinician changes their own words and nobody else’s', async () => {
  const self = staffActor(['clinician'])
  await house.db.owner.query('update practice.clinician set person_id = $1 where id = $2', [self.personId, ivo])
  assert.ok((await saveOwnWords(ctxOf(house.house, self), ivo, { 'line-en': 'I draw.', 'like-en': 'Two cats.' })).ok)
  await assert.rejects(saveOwnWords(ctxOf(house.house, self), nell, { 'line-en': 'Not mine.' }), NotAllowed)
  assert.ok((await saveOwnWords(as('editor'), nell, { 'line-en': 'Edited.' })).ok)
  await assert.rejects(saveOwnWords(as('front-desk'), nell, {}), NotAllowed)
  assert.equal(mayEditWordsOf(ctxOf(house.house, self), { personId: null }), false)
  assert.equal((await practice()).clinicians.find(({ id }) => id === ivo)?.line.en, 'I draw.')
})

test('a change is a new edition and leaves an event', async () => {
  const before = await editionNow()
  assert.ok((await saveStory(as('editor'), { 'promise-en': 'We have time', 'promise-es': 'Tenemos tiempo' })).ok)
  assert.equal(await editionNow(), before + 1)
  const { rows } = await house.db.owner.query("select kind from audit.event where action = 'practice.changed' order by at desc, id desc limit 1")
  assert.equal(rows[0].kind, 'profile')
})

test('a refused change changes nothing and says what is wrong, field by field', async () => {
  const before = await editionNow()
  assert.deepEqual(problemsOf(await saveContact(manager(), { phone: '12', email: 'x', goal: 'fame' })), ['after-hours-en', 'email', 'goal', 'name', 'phone'])
  assert.deepEqual(problemsOf(await saveStory(manager(), { 'promise-en': 'x'.repeat(201) })), ['promise-en'])
  assert.equal(await editionNow(), before)
})

test('the goal turns on only the faces it needs', async () => {
  const contact: Fields = { name: 'Heron Street Clinic', phone: '802 555 0199', 'after-hours-en': 'Call.', goal: 'educate' }
  assert.ok((await saveContact(manager(), contact)).ok)
  assert.deepEqual((await practice()).profile.faces, ['site'])
  assert.ok((await saveContact(manager(), { ...contact, goal: 'engage' })).ok)
  assert.deepEqual((await practice()).profile.faces, ['site', 'portal'])
})

test('a brand colour is taken when everything reads, and what is no colour is refused', async () => {
  assert.ok((await saveBrand(manager(), { color: '#7B1E3A' })).ok)
  assert.equal((await practice()).profile.brandColor, '#7b1e3a')
  for (const color of ['', 'red', '#12', 'url(x)', '#zzzzzz']) assert.deepEqual(problemsOf(await saveBrand(manager(), { color })), ['color'])
})

test('the whole week is written at once, lunch breaks and all', async () => {
  assert.ok((await saveHours(manager(), locationId, { '1-1-opens': '08:00', '1-1-closes': '12:00', '1-2-opens': '13:00', '1-2-closes': '17:00', '6-1-opens': '20:00', '6-1-closes': '00:00' })).ok)
  assert.deepEqual((await practice()).locations[0]?.hours, { 1: [{ opens: 480, closes: 720 }, { opens: 780, closes: 1020 }], 6: [{ opens: 1200, closes: 1440 }] })
  assert.deepEqual(problemsOf(await saveHours(manager(), locationId, { '2-1-opens': '08:00', '2-1-closes': '12:00', '2-2-opens': '11:00', '2-2-closes': '17:00' })), ['2-1-opens'])
  assert.deepEqual(problemsOf(await saveHours(manager(), locationId, { '2-1-opens': '18:00', '2-1-closes': '09:00' })), ['2-1-opens'])
  assert.deepEqual(problemsOf(await saveHours(manager(), locationId, { '2-1-opens': '08:00' })), ['2-1-closes'])
})

test('a day may differ once; a place’s own entry goes before the one for all', async () => {
  assert.deepEqual(problemsOf(await addException(manager(), { day: '2026-11-26', 'name-en': 'Again' })), ['day'])
  const own = await addException(manager(), { day: '2026-11-26', 'name-en': 'Open after all', location: locationId, 'day-opens': '09:00', 'day-closes': '12:00' })
  assert.ok(own.ok)
  assert.equal((await practice()).locations[0]?.exceptions.find(({ day }) => day === '2026-11-26')?.name.en, 'Open after all')
  await removeException(manager(), own.id)
  assert.equal((await practice()).locations[0]?.exceptions.find(({ day }) => day === '2026-11-26')?.name.en, 'Thanksgiving')
  assert.equal(await addHolidays(manager(), 2026), 7)
  assert.equal(await addHolidays(manager(), 2026), 0)
})

test('a place can be added, and given up without losing it', async () => {
  const fields = { name: 'Heron Street', street: '1 Hill Road', city: 'Larkmere', region: 'VT', 'postal-code': '05999', zone: 'America/New_York', geo: '44.1, -72.5' }
  const added = await saveLocation(manager(), null, fields)
  assert.ok(added.ok)
  const location = (await practice()).locations.at(-1)!
  assert.deepEqual([location.slug, location.geo], ['heron-street-2', { latitude: 44.1, longitude: -72.5 }])
  assert.deepEqual(problemsOf(await saveLocation(manager(), added.id, { ...fields, zone: 'Mars/Olympus', geo: 'here', phone: '1' })), ['geo', 'phone', 'zone'])
  await closeLocation(manager(), added.id)
  assert.equal((await practice()).locations.length, 1)
  await assert.rejects(closeLocation(manager(), added.id), NotFound)
})

test('an NPI with a slip is refused, and one number belongs to one person', async () => {
  const fields = { name: 'Dr. Ola Fen', 'role-en': 'Doctor' }
  const lists = { languages: ['en'], locationIds: [locationId] }
  assert.deepEqual(problemsOf(await saveClinician(manager(), null, { ...fields, npi: '1234567890' }, lists)), ['npi'])
  assert.deepEqual(problemsOf(await saveClinician(manager(), null, { ...fields, npi: '1234567893' }, lists)), ['npi'])
  assert.deepEqual(problemsOf(await saveClinician(manager(), null, { ...fields, 'more-languages': 'klingon' }, { languages: [], locationIds: [] })), ['more-languages'])
  const added = await saveClinician(manager(), null, { ...fields, 'more-languages': 'el' }, lists)
  assert.ok(added.ok)
  assert.deepEqual((await practice()).clinicians.at(-1)?.languages, ['en', 'el'])
  await moveUp(manager(), 'clinician', added.id)
  assert.deepEqual((await practice()).clinicians.map(({ slug }) => slug), ['nell-harrow', 'ola-fen', 'ivo-marsh'])
  await letClinicianGo(manager(), added.id)
  assert.equal((await practice()).clinicians.length, 2)
})

test('plans carry the day and the person that asked last', async () => {
  assert.deepEqual(problemsOf(await addPlan(manager(), { name: 'MILLSTONE health plan' })), ['name'])
  const added = await addPlan(manager(), { name: 'Larkspur Mutual' })
  assert.ok(added.ok)
  house.setNow('2027-02-01T03:00:00Z')
  const desk = staffActor(['front-desk'])
  await confirmPlan(ctxOf(house.house, desk), added.id)
  const plan = (await practice()).plans.find(({ id }) => id === added.id)
  assert.deepEqual([plan?.checkedOn, plan?.checkedBy], ['2027-01-31', desk.personId])
  house.setNow('2026-11-23T15:00:00Z')
  await removePlan(manager(), added.id)
  await assert.rejects(confirmPlan(manager(), added.id), NotFound)
})

test('services and values are added, moved and removed', async () => {
  const value = await saveValue(as('editor'), null, { 'title-en': 'You know first', 'words-en': 'Your results are yours.' })
  const service = await saveService(as('editor'), null, { 'name-en': 'Check-ups', 'words-en': 'Again.' })
  assert.ok(value.ok && service.ok)
  assert.deepEqual((await practice()).services.map(({ slug }) => slug), ['check-ups', 'check-ups-2'])
  await moveUp(as('editor'), 'service', service.id)
  assert.deepEqual((await practice()).services.map(({ slug }) => slug), ['check-ups-2', 'check-ups'])
  await removeListed(as('editor'), 'service', service.id)
  await removeListed(as('editor'), 'value', value.id)
  assert.deepEqual([(await practice()).services.length, (await practice()).values.length], [1, 0])
})
