import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openWords } from '#platform/email.ts'
import { ctxOf, grant } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson, aVisitor, codeOf, fieldIn, goodPassword, type TestPerson, type Visitor } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'

let house: RunningHouse
let moment = Date.parse('2026-11-23T15:00:00Z')
let boss: TestPerson
before(async () => {
  house = await aRunningHouse({ now: new Date(moment).toISOString() })
  await aPractice(house)
  boss = await aStaffPerson(house, { name: 'Boss One', roles: ['manager'] })
})
after(() => house.close())

async function signedIn(person: TestPerson): Promise<Visitor> {
  moment += 60_000
  house.setNow(new Date(moment))
  const visitor = aVisitor(house)
  const answer = await visitor.post('/sign-in', { email: person.email, password: person.password })
  await visitor.post('/sign-in', { ticket: fieldIn(await answer.text(), 'ticket'), code: codeOf(person.totpSecret!, house.house.now()) })
  assert.ok(visitor.cookie())
  return visitor
}
async function mailsTo(email: string): Promise<string[]> {
  const { rows } = await house.db.owner.query('select id, words from platform.mail where to_address = $1 order by queued_at', [email])
  return rows.map(row => openWords(ctxOf(house.house, { kind: 'visitor' }), row.id, row.words).text)
}
const linkIn = (text: string) => new URL(/https?:\/\/\S+/.exec(text)![0]).pathname
const people = '/console/people'

/** A patient as an import would have made them. */
async function aRecord({ name = 'Ana Reyes', birthDate = '1980-02-29', email = null as string | null, id = randomUUID() as string } = {}): Promise<string> {
  await house.db.owner.query('insert into records.patient (id, name, given, birth_date, email, language, updated_at) values ($1, $2, $3, $4, $5, $6, now())', [id, name, name.split(' ')[0], birthDate, email, 'es'])
  return id
}

test('a manager invites somebody; mistakes stand beside their fields and what was typed stays', async () => {
  const manager = await signedIn(boss)
  const bad = await manager.post(people, { name: '', email: 'nobody', roles: ['billing'] })
  assert.equal(bad.status, 422)
  const html = await bad.text()
  assert.match(html, /id="name-error"/)
  assert.match(html, /id="email-error"/)
  assert.match(html, /value="nobody"/)
  assert.match(html, /value="billing"[^>]*checked|checked[^>]*value="billing"/)
  assert.match(await (await manager.post(people, { name: 'Nina', email: 'nina@practice.example' })).text(), /id="roles-error"/)
  assert.equal((await manager.post(people, { name: 'Nina Hale', email: 'nina@practice.example', roles: ['front-desk', 'billing'] })).headers.get('location'), `${people}?said=invited`)
  assert.match(await manager.read(`${people}?said=invited`), /Nina Hale/)
  const taken = await manager.post(people, { name: 'Other', email: 'NINA@practice.example', roles: ['billing'] })
  assert.match(await taken.text(), /id="email-error">Somebody signs in with this address already/)
  const link = linkIn((await mailsTo('nina@practice.example'))[0]!)
  assert.equal((await aVisitor(house).get(link)).status, 200)
  // An invitation that was lost is sent again.
  const { rows } = await house.db.owner.query("select id from accounts.person where email = 'nina@practice.example'")
  assert.equal((await manager.post(`${people}/${rows[0].id}`, { action: 'invite' })).status, 303)
  assert.equal((await mailsTo('nina@practice.example')).length, 2)
})

test('roles change at once; the last manager stays one, and nobody shuts themselves out', async () => {
  const manager = await signedIn(boss)
  const max = await aStaffPerson(house, { roles: ['billing'] })
  const other = await signedIn(max)
  assert.equal((await other.get(people)).status, 403)
  const page = `${people}/${max.personId}`
  const none = await manager.post(page, { action: 'roles' })
  assert.equal(none.status, 409)
  const html = await none.text()
  assert.match(html, /id="roles-error">Choose at least one role/)
  assert.doesNotMatch(html, /value="billing"[^>]*checked/)
  assert.equal((await manager.post(page, { action: 'roles', roles: ['manager', 'editor'] })).headers.get('location'), `${page}?said=changed`)
  assert.equal((await other.get(people)).status, 200)
  await manager.post(page, { action: 'roles', roles: ['editor'] })
  assert.equal((await other.get(people)).status, 403)
  const own = `${people}/${boss.personId}`
  assert.match(await (await manager.post(own, { action: 'roles', roles: ['editor'] })).text(), /id="roles-error">This is the last manager/)
  assert.match(await (await manager.post(own, { action: 'disable' })).text(), /You cannot do this to yourself/)
  assert.match(await (await manager.post(own, { action: 'reset' })).text(), /You cannot do this to yourself/)
})

test('who is shut out is out at the next click, and may be let in again', async () => {
  const [manager, max] = [await signedIn(boss), await aStaffPerson(house, { roles: ['editor'] })]
  const other = await signedIn(max)
  assert.equal((await manager.post(`${people}/${max.personId}`, { action: 'disable' })).status, 303)
  assert.equal((await other.get('/console')).status, 303)
  assert.equal((await aVisitor(house).post('/sign-in', { email: max.email, password: max.password })).status, 422)
  assert.match(await (await manager.post(`${people}/${max.personId}`, { action: 'reset' })).text(), /Let them in again first/)
  assert.equal((await manager.post(`${people}/${max.personId}`, { action: 'enable' })).status, 303)
  await signedIn(max)
})

test('a manager ends a colleague’s ways in: sessions and codes are over, and the mailed link is the way back', async () => {
  const [manager, max] = [await signedIn(boss), await aStaffPerson(house, { roles: ['clinician'] })]
  const other = await signedIn(max)
  assert.equal((await manager.post(`${people}/${max.personId}`, { action: 'reset' })).headers.get('location'), `${people}/${max.personId}?said=reset`)
  assert.equal((await other.get('/console')).status, 303)
  assert.equal((await aVisitor(house).post('/sign-in', { email: max.email, password: max.password })).status, 422)
  const back = aVisitor(house)
  assert.equal((await back.post(linkIn((await mailsTo(max.email)).at(-1)!), { password: goodPassword })).headers.get('location'), '/sign-in/second-factor')
  const { rows } = await house.db.owner.query("select count(*)::int as n from audit.event where action = 'staff.factors-reset' and person_id = $1 and $2 = any (ids)", [boss.personId, max.personId])
  assert.equal(rows[0].n, 1)
})

test('who does not work here is not found, and only a manager sees who does', async () => {
  const manager = await signedIn(boss)
  const ana = await aPatientPerson(house)
  for (const id of [ana.personId, randomUUID(), 'x']) {
    assert.equal((await manager.get(`${people}/${id}`)).status, 404)
    for (const action of ['roles', 'disable', 'enable', 'reset', 'invite']) assert.equal((await manager.post(`${people}/${id}`, { action, roles: ['manager'] })).status, 404, action)
  }
  for (const role of ['clinician', 'care-team', 'front-desk', 'billing', 'editor'] as const) {
    assert.equal((await (await signedIn(await aStaffPerson(house, { roles: [role] }))).get(people)).status, 403, role)
  }
  const answer = await manager.get(people)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
})

test('the front desk prints a letter after a check; it opens the account with the birth date; an older letter is over', async () => {
  const desk = await signedIn(await aStaffPerson(house, { roles: ['front-desk'] }))
  const id = await aRecord()
  const page = `/console/patients/${id}`
  assert.match(await desk.read(page), /Way in to the portal/)
  const unchecked = await desk.post(page, { access: 'letter' })
  assert.equal(unchecked.status, 422)
  assert.match(await unchecked.text(), /id="way-check-error">Say how you checked/)
  const letters = []
  for (let i = 0; i < 2; i++) {
    const answer = await desk.post(page, { access: 'letter', check: 'photo' })
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    const html = await answer.text()
    assert.match(html, /<svg class="qr"/)
    assert.match(html, /lang="es"/)
    assert.match(html, /<address[^>]*><strong>Heron Street Clinic<\/strong><span>3 Heron Street<\/span><span>Larkmere, VT 05999<\/span><span>\(802\) 555-0199</)
    assert.match(html, /Llame a Heron Street Clinic al \(802\) 555-0199/)
    letters.push(/class="letter-code"><code>([A-Z0-9-]{29})</.exec(html)![1]!)
  }
  assert.ok(!(await desk.read(page)).includes(letters[1]!), 'the code is shown once')
  const ana = aVisitor(house)
  const first = await ana.read(`/es/activate/${letters[1]}`)
  assert.ok(!first.includes('id="code"'))
  assert.equal(fieldIn(first, 'code'), letters[1])
  assert.match(await (await ana.post('/activate', { code: letters[0]!, 'birth-date': '1980-02-29' })).text(), /do not open an account/)
  const wrong = await (await ana.post('/activate', { code: letters[1]!, 'birth-date': '1980-03-01' })).text()
  assert.match(wrong, /do not open an account/)
  assert.match(wrong, new RegExp(`value="${letters[1]}"`))
  assert.match(wrong, /value="1980-03-01"/)
  const missing = await (await ana.post('/activate', { code: '', 'birth-date': '' })).text()
  assert.match(missing, /id="code-error"/)
  assert.match(missing, /id="birth-date-error"/)
  const typed = { code: letters[1]!.toLowerCase().replaceAll('-', ' '), 'birth-date': '1980-02-29' }
  const asked = await (await ana.post('/activate', typed)).text()
  assert.match(asked, /You have no e-mail with us/)
  const seen = fieldIn(asked, 'seen')
  const bad = await (await ana.post('/activate', { ...typed, seen, step: 'name', 'sign-in-name': 'A!' })).text()
  assert.match(bad, /id="sign-in-name-error">Use 3 letters or more/)
  assert.match(bad, /value="a!"/)
  const second = await (await ana.post('/activate', { ...typed, seen, step: 'name', 'sign-in-name': 'Ana.Reyes' })).text()
  const carried = { step: 'open', seen: fieldIn(second, 'seen'), code: fieldIn(second, 'code'), 'birth-date': '1980-02-29', 'sign-in-name': fieldIn(second, 'sign-in-name') }
  assert.equal(carried['sign-in-name'], 'ana.reyes')
  for (let i = 0; i < 6; i++) assert.match(await (await ana.post('/activate', { ...carried, password: 'short' })).text(), /id="password-error">Please make it longer/)
  assert.equal((await aVisitor(house).post('/activate', { code: carried.code, 'birth-date': '1999-01-01', seen })).status, 422, 'what was seen is good for its own date alone')
  assert.equal((await ana.post('/activate', { ...carried, password: goodPassword })).headers.get('location'), '/portal')
  assert.equal((await ana.get('/portal/results')).status, 200)
  assert.match(await (await aVisitor(house).post('/activate', carried)).text(), /do not open an account/)
  const { rows } = await house.db.owner.query("select count(*)::int as n from audit.event where action = 'account.identity-checked' and patient_id = $1 and detail ->> 'check' = 'photo'", [id])
  assert.equal(rows[0].n, 2)
})

test('a letter goes by mail, can be taken back, and is refused to minors', async () => {
  const desk = await signedIn(await aStaffPerson(house, { roles: ['front-desk'] }))
  const email = `${randomUUID().slice(0, 8)}@patient.example`
  const page = `/console/patients/${await aRecord({ email })}`
  assert.equal((await desk.post(page, { access: 'mail', check: 'two-facts' })).headers.get('location'), `${page}?said=mail`)
  assert.match(await desk.read(`${page}?said=mail`), /role="status">.*The letter is on its way by mail/s)
  assert.doesNotMatch(await desk.read(`${page}?said=%3Cb%3E`), /class="flash/)
  const link = linkIn((await mailsTo(email))[0]!)
  assert.match(link, /^\/es\/activate\/[A-Z0-9-]{29}$/)
  const code = link.split('/').at(-1)!
  assert.match(await desk.read(page), /Good until/)
  assert.equal((await desk.post(page, { access: 'revoke' })).headers.get('location'), `${page}?said=revoke`)
  assert.match(await desk.read(page), /None that works/)
  assert.equal((await aVisitor(house).post('/activate', { code, 'birth-date': '1980-02-29' })).status, 422)
  const teen = `/console/patients/${await aRecord({ birthDate: '2012-05-05' })}`
  assert.match(await (await desk.post(teen, { access: 'letter', check: 'photo' })).text(), /under 18/)
})

test('somebody whose mailbox another person signs in with chooses a name of their own', async () => {
  const desk = await signedIn(await aStaffPerson(house, { roles: ['front-desk'] }))
  const spouse = await aPatientPerson(house)
  const html = await (await desk.post(`/console/patients/${await aRecord({ name: 'Sam Reyes', email: spouse.email })}`, { access: 'letter', check: 'known' })).text()
  const typed = { code: /letter-code"><code>([A-Z0-9-]{29})</.exec(html)![1]!, 'birth-date': '1980-02-29' }
  assert.match(await (await aVisitor(house).post('/activate', typed)).text(), /Someone else uses your e-mail/)
  assert.match(await (await aVisitor(house).post('/activate', { ...typed, step: 'name', 'sign-in-name': 'ana.reyes' })).text(), /id="sign-in-name-error">That name is taken/)
  assert.match(await (await aVisitor(house).post('/activate', { ...typed, step: 'name', 'sign-in-name': 'sam.reyes' })).text(), /Or choose a password/)
  assert.equal((await aVisitor(house).post('/activate', { ...typed, step: 'open', 'sign-in-name': 'sam.reyes', password: goodPassword })).headers.get('location'), '/portal')
})

test('the front desk forgets wrong tries and changes a mailbox after a check; the old mailbox is told; not for colleagues', async () => {
  const desk = await signedIn(await aStaffPerson(house, { roles: ['front-desk'] }))
  const ana = await aPatientPerson(house)
  const page = `/console/patients/${await aRecord({ id: ana.patientId })}`
  for (let i = 0; i < 3; i++) await aVisitor(house).post('/sign-in', { email: ana.email, password: 'wrong' })
  assert.match(await desk.read(page), /3 since the last time/)
  assert.equal((await desk.post(page, { access: 'unlock' })).status, 422)
  assert.equal((await desk.post(page, { access: 'unlock', check: 'known' })).status, 303)
  assert.ok(!(await desk.read(page)).includes('since the last time'))
  const bad = await (await desk.post(page, { access: 'email', check: 'photo', email: 'ana at home' })).text()
  assert.match(bad, /id="way-email-error"/)
  assert.match(bad, /value="ana at home"/)
  assert.match(bad, /value="photo"[^>]*checked|checked[^>]*value="photo"/)
  const other = await aPatientPerson(house)
  assert.match(await (await desk.post(page, { access: 'email', check: 'photo', email: other.email })).text(), /id="way-email-error">Somebody signs in with this address/)
  const fresh = `${randomUUID().slice(0, 8)}@new.example`
  assert.equal((await desk.post(page, { access: 'email', check: 'photo', email: fresh })).status, 303)
  assert.match((await mailsTo(ana.email)).at(-1)!, /(the e-mail|el correo)/)
  assert.equal((await aVisitor(house).post('/sign-in', { email: fresh, password: ana.password })).status, 303)

  const max = await aStaffPerson(house, { roles: ['manager'] })
  const id = await aRecord({ name: 'Max Field' })
  await house.db.owner.query('update accounts.person set patient_id = $1 where id = $2', [id, max.personId])
  for (const access of ['letter', 'unlock', 'email']) assert.equal((await desk.post(`/console/patients/${id}`, { access, check: 'photo', email: 'thief@evil.example' })).status, 422, access)
})

test('the front desk ends a caregiver of this patient, and of no other; a clinician helps nobody in', async () => {
  const desk = await signedIn(await aStaffPerson(house, { roles: ['front-desk'] }))
  const [one, two, ben] = [await aRecord(), await aRecord(), await aPatientPerson(house, { name: 'Ben López' })]
  const { rows } = await house.db.owner.query("insert into accounts.proxy (person_id, patient_id, basis, starts_at, ends_at, made_at) values ($1, $2, 'named-by-adult', '2026-01-01', '2027-01-01', '2026-01-01') returning id", [ben.personId, one])
  await grant(house, ben.personId, ['results'], { patientId: one, source: 'proxy' })
  assert.match(await desk.read(`/console/patients/${one}`), /Ben López/)
  await desk.post(`/console/patients/${two}`, { access: 'end-proxy', proxy: rows[0].id })
  assert.match(await desk.read(`/console/patients/${one}`), /Ben López/)
  await desk.post(`/console/patients/${one}`, { access: 'end-proxy', proxy: rows[0].id })
  assert.ok(!(await desk.read(`/console/patients/${one}`)).includes('Ben López'))
  const clinician = await signedIn(await aStaffPerson(house, { roles: ['clinician'] }))
  assert.ok(!(await clinician.read(`/console/patients/${one}`)).includes('Way in to the portal'))
  for (const access of ['letter', 'revoke', 'unlock', 'end-proxy']) assert.equal((await clinician.post(`/console/patients/${one}`, { access, check: 'photo', proxy: rows[0].id })).status, 403, access)
})
