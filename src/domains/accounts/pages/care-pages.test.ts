import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openWords } from '#platform/email.ts'
import { ctxOf } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson, aVisitor, fieldIn, goodPassword, type TestPerson, type Visitor } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'

let house: RunningHouse
let moment = Date.parse('2026-11-23T15:00:00Z')
before(async () => {
  house = await aRunningHouse({ now: new Date(moment).toISOString() })
  await aPractice(house)
})
after(() => house.close())

const later = (minutes: number) => { moment += minutes * 60_000; house.setNow(new Date(moment)) }
const helpers = '/portal/settings/helpers'
async function signedIn(person: TestPerson): Promise<Visitor> {
  later(1)
  const visitor = aVisitor(house)
  await visitor.post('/sign-in', { email: person.email, password: person.password })
  assert.ok(visitor.cookie())
  return visitor
}
async function linkMailedTo(email: string): Promise<{ link: string; text: string }> {
  const { rows } = await house.db.owner.query('select id, words from platform.mail where to_address = $1 order by queued_at desc limit 1', [email])
  const { text } = openWords(ctxOf(house.house, { kind: 'visitor' }), rows[0].id, rows[0].words)
  return { text, link: new URL(/https?:\/\/\S+/.exec(text)![0]).pathname }
}
const codeIn = (html: string) => /class="letter-code"><code>([A-Z0-9]{3}-[A-Z0-9]{3})</.exec(html)![1]!
const aMailbox = () => `${randomUUID().slice(0, 8)}@care.example`
async function asks(patient: Visitor, { name = 'Ben López', email = '', day = '2026-12-24' } = {}): Promise<{ html: string; code: string }> {
  const html = await (await patient.post(helpers, { action: 'ask', name, email, 'last-day': day })).text()
  return { html, code: codeIn(html) }
}
const opens = async (visitor: Visitor, patient: TestPerson) => (await house.db.owner.query('select count(*)::int as n from platform.access_grant g join platform.session s on s.person_id = g.person_id where g.patient_id = $1 and g.source = $2 and g.revoked_at is null and s.token_hash = sha256(convert_to($3, $4))', [patient.patientId, 'proxy', visitor.cookie()!.split('=')[1], 'UTF8'])).rows[0].n

test('a patient names somebody by mail; with the code told by mouth they open a sign-in and see the record, until the patient ends it', async () => {
  const ana = await aPatientPerson(house)
  const patient = await signedIn(ana)
  const email = aMailbox()
  const { html, code } = await asks(patient, { email })
  assert.match(html, /tell Ben López this code/)
  assert.ok(!html.includes('/care/'), 'the link goes by mail alone')
  const { link, text } = await linkMailedTo(email)
  assert.ok(!text.includes(code) && !text.includes('Ana'))
  assert.match(await patient.read(helpers), new RegExp(email))

  const ben = aVisitor(house)
  const page = await ben.get(link)
  assert.equal(page.headers.get('cache-control'), 'no-store')
  assert.ok(!(await page.text()).includes('Ana'))
  assert.match(await (await ben.post(link, { code: '' })).text(), /id="code-error">Type the 6 letters/)
  const wrong = await (await ben.post(link, { code: 'AAAAAA' })).text()
  assert.match(wrong, /id="code-error">That code does not go with this link/)
  assert.match(wrong, /value="AAAAAA"/)
  const second = await (await ben.post(link, { code: code.toLowerCase() })).text()
  assert.match(second, /You will be Ben López here/)
  assert.ok(!second.includes('name="sign-in-name"'))
  const carried = { step: 'open', code: fieldIn(second, 'code'), name: 'Ben López' }
  assert.match(await (await ben.post(link, { ...carried, password: 'short' })).text(), /id="password-error"/)
  assert.equal((await ben.post(link, { ...carried, password: goodPassword })).headers.get('location'), '/portal')
  assert.ok((await opens(ben, ana)) > 0)
  assert.equal((await ben.get(helpers)).status, 404, 'a caregiver names nobody further')
  assert.equal((await ben.get('/portal/results')).status, 200)
  assert.equal((await aVisitor(house).get(link)).status, 404, 'the link works once')

  const list = await patient.read(helpers)
  assert.match(list, /Ben López/)
  assert.match(list, /until Dec 24, 2026/)
  assert.equal((await patient.post(helpers, { action: 'end', proxy: fieldIn(list, 'proxy') })).headers.get('location'), `${helpers}?said=saved`)
  assert.equal((await ben.get('/portal/results')).status, 303)
  assert.match(await ben.read('/sign-in'), /there is no record to open/)
})

test('somebody who signs in already says yes as who they are, and turns from one record to the other', async () => {
  const [ana, ben] = [await aPatientPerson(house), await aPatientPerson(house, { name: 'Ben López' })]
  const { code } = await asks(await signedIn(ana), { email: ben.email })
  const { link } = await linkMailedTo(ben.email)
  const visitor = aVisitor(house)
  assert.match(await visitor.read(link), new RegExp(`/sign-in\\?next=${link}`))
  assert.equal((await visitor.post('/sign-in', { email: ben.email, password: ben.password, next: link })).headers.get('location'), link)
  assert.equal((await visitor.post(link, { code })).headers.get('location'), '/portal/switch?said=care')
  const choice = await visitor.read('/portal/switch?said=care')
  assert.match(choice, /You can open the record now/)
  assert.match(choice, /<span>Ana Reyes<\/span>/)
  assert.match(choice, /<span>My own record<\/span>/)
  assert.equal((await visitor.post('/portal/switch', { patient: ana.patientId })).headers.get('location'), '/portal')
  assert.equal((await visitor.post('/portal/switch', { patient: randomUUID() })).status, 404)
  assert.equal((await visitor.post('/portal/switch', { patient: ben.patientId })).status, 303)
})

test('without an e-mail a letter is shown once, with link and code, and its bearer chooses a name to sign in with', async () => {
  const ana = await aPatientPerson(house)
  const { html, code } = await asks(await signedIn(ana), { name: 'Old Uncle' })
  const link = new URL(/<code>(http[^<]+\/care\/[^<]+)<\/code>/.exec(html)![1]!).pathname
  assert.match(html, /<svg class="qr"/)
  const uncle = aVisitor(house)
  assert.match(await (await uncle.post(link, { code })).text(), /name="sign-in-name"/)
  const bad = await (await uncle.post(link, { code, step: 'name', 'sign-in-name': 'U!' })).text()
  assert.match(bad, /id="sign-in-name-error">Use 3 letters or more/)
  assert.match(bad, /value="u!"/)
  assert.equal(fieldIn(await (await uncle.post(link, { code, step: 'name', 'sign-in-name': 'Old.Uncle' })).text(), 'sign-in-name'), 'old.uncle')
  const opened = { step: 'open', name: 'Old Uncle', password: goodPassword, 'sign-in-name': 'old.uncle' }
  assert.equal((await uncle.post(link, { ...opened, code })).headers.get('location'), '/portal')
  const twin = await asks(await signedIn(ana), { name: 'Twin' })
  const second = new URL(/<code>(http[^<]+\/care\/[^<]+)<\/code>/.exec(twin.html)![1]!).pathname
  assert.match(await (await aVisitor(house).post(second, { ...opened, code: twin.code })).text(), /id="sign-in-name-error">That name is taken/)
  assert.equal((await aVisitor(house).post('/sign-in', { email: 'old.uncle', password: goodPassword })).status, 303)
})

test('of two who say yes at once, one is taken', async () => {
  const ana = await aPatientPerson(house)
  const { html, code } = await asks(await signedIn(ana))
  const link = new URL(/<code>(http[^<]+\/care\/[^<]+)<\/code>/.exec(html)![1]!).pathname
  const both = [await signedIn(await aPatientPerson(house)), await signedIn(await aPatientPerson(house))]
  const answers = await Promise.all(both.map(visitor => visitor.post(link, { code })))
  assert.deepEqual(answers.map(answer => answer.status === 303).sort(), [false, true])
  const { rows } = await house.db.owner.query('select count(*)::int as n from accounts.proxy where patient_id = $1', [ana.patientId])
  assert.equal(rows[0].n, 1)
})

test('five wrong codes end a link', async () => {
  later(30)
  const { html } = await asks(await signedIn(await aPatientPerson(house)))
  const link = new URL(/<code>(http[^<]+\/care\/[^<]+)<\/code>/.exec(html)![1]!).pathname
  for (let i = 0; i < 4; i++) assert.equal((await aVisitor(house).post(link, { code: 'BBBBBB' })).status, 422)
  assert.equal((await aVisitor(house).post(link, { code: 'BBBBBB' })).status, 404)
  assert.equal((await aVisitor(house).post(link, { code: codeIn(html) })).status, 404)
  later(30)
})

test('fifteen codes in a quarter of an hour from one neighbourhood; the next is told how long to wait', async () => {
  later(30)
  const patient = await signedIn(await aPatientPerson(house))
  let last: Response | undefined
  for (let links = 0; links < 4; links++) {
    const { html } = await asks(patient)
    const link = new URL(/<code>(http[^<]+\/care\/[^<]+)<\/code>/.exec(html)![1]!).pathname
    for (let codes = 0; codes < 4; codes++) last = await aVisitor(house).post(link, { code: 'BBBBBB' })
  }
  assert.equal(last!.status, 429)
  assert.ok(Number(last!.headers.get('retry-after')) > 0)
  later(30)
})

test('what was asked can be taken back, by the patient alone; a week later it is over by itself', async () => {
  const patient = await signedIn(await aPatientPerson(house))
  const { html, code } = await asks(patient)
  const link = new URL(/<code>(http[^<]+\/care\/[^<]+)<\/code>/.exec(html)![1]!).pathname
  const invitation = fieldIn(await patient.read(helpers), 'invitation')
  assert.equal((await (await signedIn(await aPatientPerson(house))).post(helpers, { action: 'take-back', invitation })).status, 404)
  assert.equal((await patient.post(helpers, { action: 'take-back', invitation })).status, 303)
  assert.equal((await aVisitor(house).post(link, { code })).status, 404)
  const again = await asks(patient)
  later(7 * 24 * 60 + 1)
  assert.equal((await aVisitor(house).get(new URL(/<code>(http[^<]+\/care\/[^<]+)<\/code>/.exec(again.html)![1]!).pathname)).status, 404)
})

test('each mistake is said beside its field and what was typed stays; without fresh proof nobody is named', async () => {
  const patient = await signedIn(await aPatientPerson(house))
  const [none, mail, past, far] = [['name', { name: '' }], ['email', { email: 'ben at home' }], ['last-day', { day: '2020-01-01' }], ['last-day', { day: '2039-01-01' }]] as const
  for (const [field, wrong] of [none, mail, past, far]) {
    const wish: { name: string; email: string; day: string } = { name: 'Ben López', email: 'ben@care.example', day: '2027-02-01', ...wrong }
    const answer = await patient.post(helpers, { action: 'ask', name: wish.name, email: wish.email, 'last-day': wish.day })
    assert.equal(answer.status, 422, field)
    const html = await answer.text()
    assert.match(html, new RegExp(`id="${field}-error"`))
    if (field !== 'email') assert.match(html, /value="ben@care.example"/)
    if (field !== 'name') assert.match(html, /value="Ben López"/)
  }
  later(6)
  assert.ok(!(await patient.read(helpers)).includes('name="last-day"'))
  assert.equal((await patient.post(helpers, { action: 'ask', name: 'Ben', email: '', 'last-day': '2027-02-01' })).headers.get('location'), `/prove?next=${helpers}`)
})

test('nobody is caregiver of their own record, and staff may be one in their own time', async () => {
  const ana = await aPatientPerson(house)
  const patient = await signedIn(ana)
  const { html, code } = await asks(patient)
  const link = new URL(/<code>(http[^<]+\/care\/[^<]+)<\/code>/.exec(html)![1]!).pathname
  assert.equal((await patient.post(link, { code })).status, 422)
  const max = await aStaffPerson(house, { roles: ['billing'] })
  await house.db.owner.query('update accounts.person set totp_secret = null where id = $1', [max.personId])
  const staff = await signedIn(max)
  assert.equal((await staff.post(link, { code })).headers.get('location'), '/portal/switch?said=care')
  assert.equal((await staff.get('/portal/results')).status, 200)
})
