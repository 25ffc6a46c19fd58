import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openWords } from '#platform/email.ts'
import { ctxOf } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson, aVisitor, codeOf, fieldIn, goodPassword, type TestPerson, type Visitor } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'

let house: RunningHouse
let minute = 0
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  await aPractice(house)
})
after(() => house.close())

const later = (minutes: number) => { minute += minutes; house.setNow(new Date(Date.parse('2026-11-23T15:00:00Z') + minute * 60_000)) }
async function signedIn(person: TestPerson): Promise<Visitor> {
  later(1)
  const visitor = aVisitor(house)
  const answer = await visitor.post('/sign-in', { email: person.email, password: person.password })
  if (person.totpSecret) await visitor.post('/sign-in', { ticket: fieldIn(await answer.text(), 'ticket'), code: codeOf(person.totpSecret, house.house.now()) })
  assert.ok(visitor.cookie())
  return visitor
}
const aPasskey = async (personId: string, name: string): Promise<string> => {
  const { rows } = await house.db.owner.query("insert into accounts.passkey (id, person_id, name, public_key, counter, is_backed_up, created_at) values ('key-' || gen_random_uuid(), $1, $2, '\\x00', 0, false, now()) returning id", [personId, name])
  return rows[0].id
}
async function mailsTo(email: string): Promise<string[]> {
  const { rows } = await house.db.owner.query('select id, words from platform.mail where to_address = $1 order by queued_at', [email])
  return rows.map(row => openWords(ctxOf(house.house, { kind: 'visitor' }), row.id, row.words).text)
}
const path = '/portal/settings'

test('the language is the person’s own, from the next page on; what is no language is said beside the choice', async () => {
  const visitor = await signedIn(await aPatientPerson(house))
  assert.equal((await visitor.post(path, { action: 'language', locale: 'fr' })).status, 422)
  assert.match(await (await visitor.post(path, { action: 'language' })).text(), /id="lang-locale-error">Choose a language/)
  assert.equal((await visitor.post(path, { action: 'language', locale: 'es' })).headers.get('location'), `${path}?said=saved`)
  const html = await visitor.read(`${path}?said=saved`)
  assert.match(html, /<html lang="es"/)
  assert.match(html, /Guardado/)
})

test('sessions are listed with what they are; one is ended, or all others, and nobody’s but one’s own', async () => {
  const ana = await aPatientPerson(house)
  const [phone, desk, tablet] = [await signedIn(ana), await signedIn(ana), await signedIn(ana)]
  const html = await phone.read(path)
  assert.equal(html.match(/Chrome · Linux/g)!.length >= 3, true)
  const other = [...html.matchAll(/name="session" value="([^"]+)"/g)].map(one => one[1]!)
  assert.equal(other.length, 2)
  const stranger = await signedIn(await aPatientPerson(house))
  assert.equal((await stranger.post(path, { action: 'end-session', session: other[0]! })).status, 404)
  assert.equal((await stranger.post(path, { action: 'end-session', session: 'x' })).status, 404)
  assert.equal((await phone.post(path, { action: 'end-session', session: other[0]! })).status, 303)
  const alive = async () => (await Promise.all([desk.get(path), tablet.get(path)])).filter(answer => answer.status === 200).length
  assert.equal(await alive(), 1)
  await phone.post(path, { action: 'end-sessions' })
  assert.equal(await alive(), 0)
  assert.equal((await phone.get(path)).status, 200)
})

test('ways in are shown and changed only right after proof', async () => {
  const ana = await aPatientPerson(house)
  const visitor = await signedIn(ana)
  assert.match(await visitor.read(`${path}/sign-in`), /name="password"/)
  later(6)
  const closed = await visitor.read(`${path}/sign-in`)
  assert.ok(!closed.includes('name="password"'))
  assert.match(closed, /href="\/prove\?next=\/portal\/settings\/sign-in"/)
  for (const action of ['password', 'email', 'app', 'codes', 'remove-passkey', 'name-passkey', 'remove-app']) {
    assert.equal((await visitor.post(`${path}/sign-in`, { action, password: 'a new one of my own', email: 'x@y.example' })).headers.get('location'), `/prove?next=${path}/sign-in`, action)
  }
  const empty = await visitor.post('/prove', { password: '', next: `${path}/sign-in` })
  assert.match(await empty.text(), /id="password-error">Write your password/)
  const wrong = await visitor.post('/prove', { password: 'wrong', next: `${path}/sign-in` })
  assert.equal(wrong.status, 422)
  assert.match(await wrong.text(), /id="password-error">That was not right/)
  assert.equal((await visitor.post('/prove', { password: ana.password, next: 'https://evil.example' })).headers.get('location'), '/portal')
  assert.equal((await visitor.post('/prove', { password: ana.password, next: `${path}/sign-in` })).headers.get('location'), `${path}/sign-in`)
  assert.match(await visitor.read(`${path}/sign-in`), /name="password"/)
  assert.equal((await aVisitor(house).get(`/prove?next=${path}/sign-in`)).headers.get('location'), `/sign-in?next=${encodeURIComponent(`${path}/sign-in`)}`)
})

test('a passkey is named and removed; an empty name is said beside it; another’s is not found', async () => {
  const ana = await aPatientPerson(house)
  const [visitor, key] = [await signedIn(ana), await aPasskey(ana.personId, 'Passkey')]
  // With a passkey the session must have shown it: here the app's own mark is set by hand.
  await house.db.owner.query('update platform.session set is_strong = true where person_id = $1', [ana.personId])
  const empty = await visitor.post(`${path}/sign-in`, { action: 'name-passkey', passkey: key, 'passkey-name': ' ' })
  assert.equal(empty.status, 422)
  assert.match(await empty.text(), /id="k0-passkey-name-error">Write a name/)
  await visitor.post(`${path}/sign-in`, { action: 'name-passkey', passkey: key, 'passkey-name': 'My <blue> phone' })
  assert.match(await visitor.read(`${path}/sign-in`), /My &lt;blue&gt; phone/)
  const stranger = await signedIn(await aPatientPerson(house))
  assert.equal((await stranger.post(`${path}/sign-in`, { action: 'name-passkey', passkey: key, 'passkey-name': 'mine' })).status, 404)
  assert.equal((await stranger.post(`${path}/sign-in`, { action: 'remove-passkey', passkey: key })).status, 404)
  assert.equal((await visitor.post(`${path}/sign-in`, { action: 'remove-passkey', passkey: key })).status, 303)
  assert.match(await visitor.read(`${path}/sign-in`), /You have no passkey yet/)
  assert.match((await mailsTo(ana.email)).at(-1)!, /the passkeys/)
})

test('the last way in is not removed', async () => {
  const ana = await aPatientPerson(house)
  const [visitor, key] = [await signedIn(ana), await aPasskey(ana.personId, 'Only one')]
  await house.db.owner.query('update platform.session set is_strong = true where person_id = $1', [ana.personId])
  await house.db.owner.query('update accounts.person set password_hash = null where id = $1', [ana.personId])
  const answer = await visitor.post(`${path}/sign-in`, { action: 'remove-passkey', passkey: key })
  assert.equal(answer.status, 422)
  assert.match(await answer.text(), /This is your last safe way in/)
  const max = await aStaffPerson(house, { roles: ['billing'] })
  assert.match(await (await (await signedIn(max)).post('/console/account/sign-in', { action: 'remove-app' })).text(), /This is your last safe way in/)
})

test('app codes are set up with the same secret after a wrong code; spare codes are shown once, and new ones end the old', async () => {
  const ana = await aPatientPerson(house)
  const visitor = await signedIn(ana)
  const secret = fieldIn(await visitor.read(`${path}/sign-in`), 'secret')
  const wrong = await visitor.post(`${path}/sign-in`, { action: 'app', secret, code: '12' })
  assert.equal(wrong.status, 422)
  const html = await wrong.text()
  assert.equal(fieldIn(html, 'secret'), secret)
  assert.match(html, /id="app-code-error"/)
  assert.match(html, /value="12"/)
  const codesIn = async (answer: Response) => [...(await answer.text()).matchAll(/<code>([A-Z0-9-]{11})<\/code>/g)].map(one => one[1]!)
  const first = await codesIn(await visitor.post(`${path}/sign-in`, { action: 'app', secret, code: codeOf(secret, house.house.now()) }))
  assert.equal(first.length, 10)
  assert.ok(!(await visitor.read(`${path}/sign-in`)).includes(first[0]!))
  // The password alone does not reach what the app guards now.
  assert.equal((await visitor.get(`/prove?next=${path}/sign-in`)).status, 200)
  await house.db.owner.query('update platform.session set is_strong = true where person_id = $1', [ana.personId])
  const renewed = await codesIn(await visitor.post(`${path}/sign-in`, { action: 'codes' }))
  assert.equal(renewed.length, 10)
  assert.equal(renewed.some(code => first.includes(code)), false)
  const back = async (code: string) => {
    const other = aVisitor(house)
    return (await other.post('/sign-in', { ticket: fieldIn(await (await other.post('/sign-in', { email: ana.email, password: ana.password })).text(), 'ticket'), code })).status
  }
  assert.equal(await back(first[1]!), 422)
  assert.equal(await back(renewed[1]!), 303)
  assert.equal((await visitor.post(`${path}/sign-in`, { action: 'remove-app' })).status, 303)
  assert.match(await (await visitor.post(`${path}/sign-in`, { action: 'codes' })).text(), /Turn on app codes first/)
})

test('a new password: too weak ones are said beside the field, and others’ sessions end', async () => {
  const ana = await aPatientPerson(house, { name: 'Ana Montgomery' })
  const [visitor, elsewhere] = [await signedIn(ana), await signedIn(ana)]
  for (const [password, said] of [['short', /make it longer/], ['aaaaaaaaaaaaaaaaaaaa', /Too easy to guess/], ['xq montgomery rt', /Your name makes it easy/], ['x'.repeat(129), /Please make it shorter/]] as const) {
    const answer = await visitor.post(`${path}/sign-in`, { action: 'password', password })
    assert.equal(answer.status, 422)
    const html = await answer.text()
    assert.match(html, /id="pw-password-error"/)
    assert.match(html, said)
    assert.ok(!html.includes(`value="${password}"`))
  }
  assert.equal((await visitor.post(`${path}/sign-in`, { action: 'password', password: 'seven quiet herons wait' })).headers.get('location'), `${path}/sign-in?said=saved`)
  assert.equal((await elsewhere.get(path)).status, 303)
  assert.equal((await visitor.get(path)).status, 200)
})

test('a new mailbox counts only after its own link was opened and the button pressed, by the person it was made for', async () => {
  const ana = await aPatientPerson(house)
  const visitor = await signedIn(ana)
  const bad = await (await visitor.post(`${path}/sign-in`, { action: 'email', email: 'ana at home' })).text()
  assert.match(bad, /id="mail-email-error"/)
  assert.match(bad, /value="ana at home"/)
  const fresh = `${randomUUID().slice(0, 8)}@new.example`
  assert.equal((await visitor.post(`${path}/sign-in`, { action: 'email', email: fresh })).headers.get('location'), `${path}/sign-in?said=mailed`)
  const link = new URL(/https?:\/\/\S+/.exec((await mailsTo(fresh))[0]!)![0]).pathname
  assert.equal((await aVisitor(house).get(link)).headers.get('location'), `/sign-in?next=${link}`)
  assert.equal((await (await signedIn(await aPatientPerson(house))).post(link, {})).status, 404)
  const again = await visitor.post(`${path}/sign-in`, { action: 'email', email: fresh })
  assert.equal(again.status, 303)
  const second = new URL(/https?:\/\/\S+/.exec((await mailsTo(fresh)).at(-1)!)![0]).pathname
  assert.match(await visitor.read(second), /Is this your new mailbox/)
  assert.ok(!(await visitor.read(`${path}/sign-in`)).includes(`<strong>${fresh}`))
  assert.equal((await visitor.post(second, {})).headers.get('location'), `${path}?said=saved`)
  assert.match(await visitor.read(`${path}/sign-in`), new RegExp(`<strong>${fresh}`))
  assert.equal((await visitor.post(second, {})).status, 404)
  assert.match((await mailsTo(ana.email)).at(-1)!, /the e-mail/)
  assert.equal((await aVisitor(house).post('/sign-in', { email: fresh, password: goodPassword })).status, 303)
})

test('staff have the same pages, and change their mailbox by the same link', async () => {
  const max = await aStaffPerson(house, { roles: ['editor'] })
  const visitor = await signedIn(max)
  const html = await visitor.read('/console/account')
  assert.match(html, /href="\/console\/account\/sign-in"/)
  assert.ok(!html.includes('settings/helpers'))
  assert.equal((await visitor.post('/console/account/sign-in', { action: 'email', email: 'max@new.example' })).headers.get('location'), '/console/account/sign-in?said=mailed')
  const link = new URL(/https?:\/\/\S+/.exec((await mailsTo('max@new.example'))[0]!)![0]).pathname
  assert.equal((await visitor.post(link, {})).headers.get('location'), '/console/account?said=saved')
})

test('every page of it is stored nowhere and is closed to who is not signed in', async () => {
  const visitor = await signedIn(await aPatientPerson(house))
  for (const page of [path, `${path}/sign-in`, `${path}/helpers`, '/portal/switch', `/prove?next=${path}`]) {
    const answer = await visitor.get(page)
    assert.equal(answer.status, 200, page)
    assert.equal(answer.headers.get('cache-control'), 'no-store', page)
    assert.equal((await aVisitor(house).get(page)).status, 303, page)
  }
})

test('in Spanish nothing is left in English', async () => {
  const visitor = await signedIn(await aPatientPerson(house, { locale: 'es' }))
  for (const page of [path, `${path}/sign-in`, `${path}/helpers`, '/portal/switch', `/prove?next=${path}`]) {
    const html = await visitor.read(page)
    assert.match(html, /<html lang="es"/, page)
    assert.doesNotMatch(html.replace(/<[^>]*lang="en"[^>]*>[^<]*/g, '').replace(/<head>.*<\/head>/s, ''), />[^<]*\b(Sign|Your|Save|Password|Remove|until|Settings|who)\b[^<]*</, page)
  }
})
