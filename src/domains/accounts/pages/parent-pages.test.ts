import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Role } from '#platform/ctx.ts'
import { openWords } from '#platform/email.ts'
import { ctxOf } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson, aVisitor, codeOf, fieldIn, goodPassword, type TestPerson, type Visitor } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'

let house: RunningHouse
let moment = Date.parse('2026-11-23T15:00:00Z')
let desk: Visitor
before(async () => {
  house = await aRunningHouse({ now: new Date(moment).toISOString() })
  await aPractice(house)
  desk = await works('front-desk')
})
after(() => house.close())

const later = (minutes: number) => { moment += minutes * 60_000; house.setNow(new Date(moment)) }
async function signedIn(person: TestPerson): Promise<Visitor> {
  later(1)
  const visitor = aVisitor(house)
  const answer = await visitor.post('/sign-in', { email: person.email, password: person.password })
  if (person.totpSecret) await visitor.post('/sign-in', { ticket: fieldIn(await answer.text(), 'ticket'), code: codeOf(person.totpSecret, house.house.now()) })
  assert.ok(visitor.cookie())
  return visitor
}
const works = async (...roles: Role[]) => signedIn(await aStaffPerson(house, { roles }))
let sources = 0
/** A patient with one result, as a source sends it. Returns the patient's number. */
async function aRecord(given: string, birthDate: string): Promise<string> {
  const source = `ehr-${++sources}`
  const brought = await bringRecords(house, source, [fhir.patient('p1', { name: [{ given: [given], family: `Marsh${sources}` }], birthDate }), fhir.lab('o1', '2345-7', 90)])
  return brought.get('p1')!
}
const pageOf = (patientId: string) => `/console/patients/${patientId}`
const aMailbox = () => `${randomUUID().slice(0, 8)}@parent.example`
const ask = (by: Visitor, patientId: string, more: Record<string, string> = {}) => by.post(pageOf(patientId), { access: 'parent', check: 'photo', name: 'Mia Marsh', email: '', ...more })
const codeIn = (html: string) => /class="letter-code"><code>([A-Z0-9]{3}-[A-Z0-9]{3})</.exec(html)![1]!
const linkIn = (html: string) => new URL(/https?:\/\/[^<\s]+\/care\/[\w-]+/.exec(html)![0]).pathname
async function mailTo(email: string): Promise<string> {
  const { rows } = await house.db.owner.query('select id, words from platform.mail where to_address = $1 order by queued_at desc limit 1', [email])
  return openWords(ctxOf(house.house, { kind: 'visitor' }), rows[0].id, rows[0].words).text
}
const acts = async (patientId: string) => (await house.db.owner.query("select action, detail ->> 'check' as \"check\" from audit.event where patient_id = $1 and action like 'account.%' order by at, id", [patientId])).rows.map(row => row.check ? `${row.action} ${row.check}` : row.action)
/** A parent who was let in by letter and has opened an account of their own. */
async function aParentOf(patientId: string, signInName: string): Promise<Visitor> {
  const html = await (await ask(desk, patientId)).text()
  const parent = aVisitor(house)
  assert.equal((await parent.post(linkIn(html), { step: 'open', code: codeIn(html), name: 'Mia Marsh', password: goodPassword, 'sign-in-name': signInName })).headers.get('location'), '/portal')
  return parent
}
const seesResult = async (who: Visitor) => { const answer = await who.get('/portal/results'); return answer.status === 200 && /\/portal\/results\/[0-9a-f-]{36}/.test(await answer.text()) }

test('by letter: the desk checks who the parent is and prints; the parent opens an account of their own, sees the child by name, until the desk ends it', async () => {
  const kim = await aRecord('Kim', '2019-06-01')
  const page = await desk.read(pageOf(kim))
  assert.match(page, /Let a parent in/)
  assert.doesNotMatch(page, /Make a letter to print/, 'a child has no account')
  const answer = await ask(desk, kim)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  const html = await answer.text()
  for (const wanted of [/<svg class="qr"/, /lang="es"/, /Heron Street Clinic/, /For Mia Marsh/, /The last day is (Saturday, )?May 31, 2031/, /El último día es el/]) assert.match(html, wanted)
  const letter = html.slice(html.indexOf('<h2>'))
  assert.ok(!letter.includes('Kim'), 'the letter does not say whose record it opens')
  assert.match(await desk.read(pageOf(kim)), /Mia Marsh<\/strong><div class="row-detail">By letter/)
  assert.ok(!(await desk.read(pageOf(kim))).includes(codeIn(html)), 'the code is shown once')

  const parent = aVisitor(house)
  assert.match(await (await parent.post(linkIn(html), { code: codeIn(html) })).text(), /name="sign-in-name"/)
  assert.equal((await parent.post(linkIn(html), { step: 'open', code: codeIn(html), name: 'Mia Marsh', password: goodPassword, 'sign-in-name': 'mia.marsh' })).headers.get('location'), '/portal')
  assert.equal(await seesResult(parent), true)
  assert.match(await parent.read('/portal/switch'), /<span>Kim Marsh\d+<\/span>/)
  assert.equal((await aVisitor(house).get(linkIn(html))).status, 404, 'the link works once')

  const now = await desk.read(pageOf(kim))
  assert.match(now, /Mia Marsh<\/strong><div class="row-detail">Parent, until May 31, 2031/)
  assert.doesNotMatch(now, /without an answer yet/)
  assert.equal((await desk.post(pageOf(kim), { access: 'end-proxy', proxy: fieldIn(now, 'proxy') })).headers.get('location'), `${pageOf(kim)}?said=end-proxy`)
  assert.equal(await seesResult(parent), false, 'the session that is open ends with the next click')
  assert.ok(!(await desk.read(pageOf(kim))).includes('Mia Marsh'))
  assert.deepEqual(await acts(kim), ['account.identity-checked photo', 'account.caregiver-asked', 'account.proxy-named', 'account.proxy-ended'])
})

test('by mail: a parent who has an account says yes with it and turns from their own record to the child’s', async () => {
  const [kim, leo] = [await aRecord('Kim', '2019-06-01'), await aPatientPerson(house, { name: 'Leo Marsh', email: aMailbox() })]
  const html = await (await ask(desk, kim, { name: 'Leo Marsh', email: leo.email.toUpperCase(), check: 'known' })).text()
  assert.match(html, /tell Leo Marsh this code/)
  assert.ok(!html.includes('/care/'), 'the link goes by mail alone')
  const mail = await mailTo(leo.email)
  assert.match(mail, /way in for your child/)
  assert.ok(!mail.includes(codeIn(html)) && !mail.includes('Kim'))
  const link = linkIn(mail)
  const parent = aVisitor(house)
  assert.equal((await parent.post('/sign-in', { email: leo.email, password: leo.password, next: link })).headers.get('location'), link)
  assert.equal((await parent.post(link, { code: codeIn(html) })).headers.get('location'), '/portal/switch?said=care')
  const choice = await parent.read('/portal/switch')
  assert.match(choice, /<span>My own record<\/span>/)
  assert.match(choice, /<span>Kim Marsh\d+<\/span>/)
  assert.equal(await seesResult(parent), false, 'their own record is open still')
  assert.equal((await parent.post('/portal/switch', { patient: kim })).status, 303)
  assert.equal(await seesResult(parent), true)
  assert.equal((await parent.get('/portal/settings/helpers')).status, 404, 'a parent names nobody further')
  await house.db.owner.query("update platform.access_grant set revoked_at = starts_at where patient_id = $1 and category = 'identity'", [kim])
  assert.match(await parent.read('/portal/switch'), /<span>My child<\/span>/, 'the name is shown to whoever may see it')
})

test('with the twelfth birthday, where the practice is, the open session sees nothing more, and neither does a new one', async () => {
  const kim = await aRecord('Kim', '2014-11-25')
  const parent = await aParentOf(kim, 'parent.of.kim')
  const { rows } = await house.db.owner.query('select ends_at from accounts.proxy where patient_id = $1 union select ends_at from platform.access_grant where patient_id = $1', [kim])
  assert.deepEqual(rows.map(row => row.ends_at.toISOString()), ['2026-11-25T05:00:00.000Z'])
  const before = moment
  house.setNow(new Date('2026-11-25T04:59:00Z'))
  const again = aVisitor(house)
  await again.post('/sign-in', { email: 'parent.of.kim', password: goodPassword })
  assert.equal(await seesResult(again), true)
  house.setNow(new Date('2026-11-25T05:00:00Z'))
  for (const who of [again, parent]) assert.equal(await seesResult(who), false)
  assert.doesNotMatch(await again.read('/portal/switch'), /Kim/)
  moment = Date.parse('2026-11-25T05:01:00Z')
  const late = await works('front-desk')
  assert.match(await late.read(pageOf(kim)), /For ages 12 to 17 nobody is let in yet/)
  assert.doesNotMatch(await late.read(pageOf(kim)), /Mia Marsh/)
  moment = before
  later(0)
})

test('from 12 to 17 no parent is let in, and the page says why; from 18 on the patient names somebody themselves', async () => {
  for (const birthDate of ['2014-11-23', '2008-11-24']) {
    const teen = await aRecord('Sam', birthDate)
    const page = await desk.read(pageOf(teen))
    assert.match(page, /From 12 on, a teen has a say/)
    assert.doesNotMatch(page, /Let a parent in|Make a letter to print/)
    const answer = await ask(desk, teen)
    assert.equal(answer.status, 422)
    assert.match(await answer.text(), /No parent is let in for ages 12 to 17/)
    assert.deepEqual(await acts(teen), [])
  }
  const adult = await aRecord('Ida', '2008-11-23')
  assert.match(await desk.read(pageOf(adult)), /Make a letter to print/)
  assert.match(await (await ask(desk, adult)).text(), /names a caregiver themselves/)
  assert.equal((await ask(desk, await aRecord('Una', '2014-11-24'))).status, 200, 'the day before the birthday')
})

test('each mistake stands beside its field and what was typed stays', async () => {
  const kim = await aRecord('Kim', '2019-06-01')
  const wrong: [string, Record<string, string>][] = [['check', { check: '' }], ['name', { name: ' ' }], ['email', { email: 'mia at home' }]]
  for (const [field, more] of wrong) {
    const answer = await ask(desk, kim, { email: 'mia@parent.example', ...more })
    assert.equal(answer.status, 422, field)
    const html = await answer.text()
    assert.match(html, new RegExp(`id="parent-${field}-error"`))
    assert.match(html, field === 'email' ? /value="mia at home"/ : /value="mia@parent.example"/)
    if (field !== 'name') assert.match(html, /value="Mia Marsh"/)
  }
  assert.deepEqual(await acts(kim), [], 'nothing is kept of what was refused')
  const max = await aStaffPerson(house, { roles: ['front-desk'] })
  assert.match(await (await ask(await signedIn(max), kim, { email: max.email })).text(), /id="parent-email-error">This is your own address/)
})

test('what was asked is taken back by the desk, for this child alone; nobody at the desk says yes to what they asked themselves', async () => {
  const [kim, other] = [await aRecord('Kim', '2019-06-01'), await aRecord('Una', '2019-06-01')]
  const html = await (await ask(desk, kim)).text()
  const invitation = fieldIn(await desk.read(pageOf(kim)), 'invitation')
  assert.equal((await desk.post(pageOf(other), { access: 'take-back', invitation })).status, 404)
  assert.equal((await desk.post(linkIn(html), { code: codeIn(html) })).status, 422)
  assert.equal((await aVisitor(house).get(linkIn(html))).status, 200)
  assert.equal((await desk.post(pageOf(kim), { access: 'take-back', invitation })).headers.get('location'), `${pageOf(kim)}?said=take-back`)
  assert.equal((await aVisitor(house).post(linkIn(html), { code: codeIn(html) })).status, 404)
  assert.deepEqual((await acts(kim)).at(-1), 'account.caregiver-ask-ended')
})

test('one parent’s right is not another’s: the number of a proxy or of a child opens and ends nothing elsewhere', async () => {
  const [kim, una] = [await aRecord('Kim', '2019-06-01'), await aRecord('Una', '2020-06-01')]
  const [ofKim, ofUna] = [await aParentOf(kim, 'of.kim'), await aParentOf(una, 'of.una')]
  assert.equal((await ofKim.post('/portal/switch', { patient: una })).status, 404)
  assert.doesNotMatch(await ofKim.read('/portal/switch'), /Una/)
  const { rows } = await house.db.owner.query('select id from accounts.proxy where patient_id = $1', [una])
  await desk.post(pageOf(kim), { access: 'end-proxy', proxy: rows[0].id })
  assert.equal(await seesResult(ofUna), true)
  const twice = await aParentOf(kim, 'of.kim.too')
  assert.equal((await desk.read(pageOf(kim))).match(/Parent, until/g)?.length, 2, 'a child may have two parents here')
  assert.equal(await seesResult(twice), true)
})

test('billing, a clinician, the care team and an editor let no parent in, end none and see none', async () => {
  const kim = await aRecord('Kim', '2019-06-01')
  await ask(desk, kim)
  const invitation = fieldIn(await desk.read(pageOf(kim)), 'invitation')
  for (const role of ['billing', 'clinician', 'care-team', 'editor'] as const) {
    const who = await works(role)
    assert.doesNotMatch(await who.read(pageOf(kim)), /Let a parent in|Mia Marsh/, role)
    for (const access of ['parent', 'take-back', 'end-proxy']) assert.equal((await who.post(pageOf(kim), { access, check: 'photo', name: 'Mia', email: '', invitation, proxy: randomUUID() })).status, 403, `${role} ${access}`)
  }
  assert.deepEqual(await acts(kim), ['account.identity-checked photo', 'account.caregiver-asked'])
  assert.equal((await ask(await works('manager'), kim)).status, 200)
})
