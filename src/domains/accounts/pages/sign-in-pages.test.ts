import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openWords } from '#platform/email.ts'
import { ctxOf } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson, aVisitor, codeOf, fieldIn, goodPassword } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'

let house: RunningHouse
const start = '2026-11-23T15:00:00Z'
before(async () => {
  house = await aRunningHouse({ now: start })
  await aPractice(house)
})
after(() => house.close())

/** The words of the newest mail to somebody. */
async function mailTo(email: string): Promise<string> {
  const { rows } = await house.db.owner.query('select id, words from platform.mail where to_address = $1 order by queued_at desc, id desc limit 1', [email])
  return openWords(ctxOf(house.house, { kind: 'visitor' }), rows[0].id, rows[0].words).text
}
const linkIn = (text: string) => new URL(/https?:\/\/\S+/.exec(text)![0]).pathname

test('a patient signs in by a form without script and lands where they wanted to go; nothing of it is stored', async () => {
  const ana = await aPatientPerson(house)
  const visitor = aVisitor(house)
  const page = await visitor.get('/sign-in?next=/portal/settings')
  assert.equal(page.headers.get('cache-control'), 'no-store')
  const html = await page.text()
  assert.equal(fieldIn(html, 'next'), '/portal/settings')
  assert.match(html, /data-passkey="get"[^>]* hidden/)
  const answer = await visitor.post('/sign-in', { email: ana.email.toUpperCase(), password: ana.password, next: '/portal/settings' })
  assert.equal(answer.status, 303)
  assert.equal(answer.headers.get('location'), '/portal/settings')
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.match(answer.headers.get('set-cookie')!, /^rapport=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
  const settings = await visitor.get('/portal/settings')
  assert.equal(settings.status, 200)
  assert.equal(settings.headers.get('cache-control'), 'no-store')
})

test('a wrong password is said beside its field, the name stays, the password does not; an unknown name sounds the same', async () => {
  const ana = await aPatientPerson(house)
  const visitor = aVisitor(house)
  const wrong = await visitor.post('/sign-in', { email: ana.email, password: 'not the right one' })
  assert.equal(wrong.status, 422)
  const html = await wrong.text()
  assert.match(html, new RegExp(`value="${ana.email}"`))
  assert.ok(!html.includes('not the right one'))
  assert.match(html, /id="password-error">The name or the password is not right/)
  assert.match(html, /href="#password"/)
  const unknown = await (await visitor.post('/sign-in', { email: 'nobody@patient.example', password: 'not the right one' })).text()
  const bare = (text: string) => text.replace(/value="[^"]*"|data-options="[^"]*"/g, '')
  assert.equal(bare(unknown), bare(html))
  assert.equal(visitor.cookie(), undefined)
})

test('empty fields are each said, in the language of the page', async () => {
  const html = await (await aVisitor(house).post('/es/sign-in', { email: '', password: '' })).text()
  assert.match(html, /id="email-error">Escriba su correo o su nombre de entrada/)
  assert.match(html, /id="password-error">Escriba su contraseña/)
  assert.match(html, /action="\/es\/sign-in"/)
})

test('nobody is sent to another house after signing in', async () => {
  const ana = await aPatientPerson(house)
  for (const next of ['https://evil.example/', '//evil.example', '/portal/../../evil', '/\\evil.example', '/console']) {
    assert.equal((await aVisitor(house).post('/sign-in', { email: ana.email, password: ana.password, next })).headers.get('location'), '/portal', next)
  }
})

test('too many tries: a page that says how long to wait', async () => {
  const visitor = aVisitor(house)
  let answer = await visitor.post('/sign-in', { email: 'guess@patient.example', password: 'x' })
  for (let i = 0; i < 60 && answer.status !== 429; i++) answer = await visitor.post('/sign-in', { email: 'guess@patient.example', password: 'x' })
  assert.equal(answer.status, 429)
  assert.ok(Number(answer.headers.get('retry-after')) > 0)
  assert.match(await answer.text(), /Please wait \d+ minute/)
  house.setNow('2026-11-23T17:00:00Z')
})

test('staff sign in with a password and a code from the app; a code counts once, and the ticket alone is nothing', async () => {
  const max = await aStaffPerson(house, { roles: ['manager'] })
  const visitor = aVisitor(house)
  const first = await visitor.post('/sign-in', { email: max.email, password: max.password, next: '/console/people' })
  assert.equal(first.status, 200)
  const html = await first.text()
  const ticket = fieldIn(html, 'ticket')
  assert.equal(visitor.cookie(), undefined)
  const wrong = await visitor.post('/sign-in', { ticket, code: '000000', next: '/console/people' })
  assert.equal(wrong.status, 422)
  assert.match(await wrong.text(), /id="code-error">That code is not right/)
  const code = codeOf(max.totpSecret!, house.house.now())
  const done = await visitor.post('/sign-in', { ticket, code, next: '/console/people' })
  assert.equal(done.headers.get('location'), '/console/people')
  const again = aVisitor(house)
  const ticketTwo = fieldIn(await (await again.post('/sign-in', { email: max.email, password: max.password })).text(), 'ticket')
  assert.equal((await again.post('/sign-in', { ticket: ticketTwo, code })).status, 422)
  assert.match(await (await again.post('/sign-in', { ticket: 'x'.repeat(43), code })).text(), /That took too long/)
})

test('an invited colleague chooses a password, sets up an app, gets spare codes once, and only then sees the console', async () => {
  const { addStaff } = await import('#accounts')
  const added = await addStaff(house.system('accounts.command'), { name: 'Nina Hale', email: 'nina@practice.example', roles: ['front-desk'] })
  assert.ok(added.ok)
  const join = new URL(added.link).pathname
  const nina = aVisitor(house)
  assert.equal((await nina.get(join)).status, 200)
  const short = await nina.post(join, { password: 'short' })
  assert.equal(short.status, 422)
  assert.match(await short.text(), /id="password-error">Please make it longer/)
  assert.equal((await nina.post(join, { password: goodPassword })).headers.get('location'), '/sign-in/second-factor')
  assert.equal((await nina.get('/console')).headers.get('location'), '/sign-in/second-factor')
  const html = await nina.read('/sign-in/second-factor')
  const secret = fieldIn(html, 'secret')
  const wrong = await (await nina.post('/sign-in/second-factor', { secret, code: '123' })).text()
  assert.equal(fieldIn(wrong, 'secret'), secret)
  assert.match(wrong, /id="code-error"/)
  const codes = await nina.post('/sign-in/second-factor', { secret, code: codeOf(secret, house.house.now()) })
  assert.equal(codes.headers.get('cache-control'), 'no-store')
  const spare = [...(await codes.text()).matchAll(/<code>([A-Z0-9]{5}-[A-Z0-9]{5})<\/code>/g)].map(one => one[1]!)
  assert.equal(spare.length, 10)
  assert.equal((await nina.get('/console')).status, 200)
  assert.equal((await aVisitor(house).get(join)).status, 404)
  // A spare code lets in once.
  for (const expected of [303, 422]) {
    const other = aVisitor(house)
    const ticket = fieldIn(await (await other.post('/sign-in', { email: 'nina@practice.example', password: goodPassword })).text(), 'ticket')
    assert.equal((await other.post('/sign-in', { ticket, code: spare[0]!.toLowerCase() })).status, expected)
  }
})

test('a password alone does not add a second step beside the one there is: it must be shown first', async () => {
  const max = await aStaffPerson(house, { roles: ['clinician'] })
  await house.db.owner.query("insert into accounts.passkey (id, person_id, name, public_key, counter, is_backed_up, created_at) values ('k-' || gen_random_uuid(), $1, 'Key', '\\x00', 0, false, now())", [max.personId])
  await house.db.owner.query('update accounts.person set totp_secret = null where id = $1', [max.personId])
  const thief = aVisitor(house)
  assert.equal((await thief.post('/sign-in', { email: max.email, password: max.password })).headers.get('location'), '/sign-in/second-factor')
  assert.equal((await thief.get('/sign-in/second-factor')).headers.get('location'), '/prove?next=/console')
  const secret = 'A'.repeat(32)
  assert.equal((await thief.post('/sign-in/second-factor', { secret, code: codeOf(secret, house.house.now()) })).headers.get('location'), '/prove?next=/console')
  const prove = await thief.read('/prove?next=/console')
  assert.match(prove, /Show your second step/)
  assert.ok(!prove.includes('name="password"'))
  assert.equal((await thief.post('/prove', { password: max.password, next: '/console' })).status, 422)
  assert.equal((await thief.get('/console')).status, 303)
})

test('a forgotten password: the same answer for everybody, a link that works once, and the old password is over', async () => {
  const ana = await aPatientPerson(house, { locale: 'es' })
  const visitor = aVisitor(house)
  assert.match(await (await visitor.post('/reset', { email: '' })).text(), /id="email-error"/)
  const known = await (await visitor.post('/reset', { email: ana.email })).text()
  assert.equal(known, await (await visitor.post('/reset', { email: 'nobody@patient.example' })).text())
  const link = linkIn(await mailTo(ana.email))
  assert.match(link, /^\/es\/reset\//)
  assert.equal((await visitor.get(link)).status, 200)
  assert.match(await (await visitor.post(link, { password: 'corta' })).text(), /id="password-error"/)
  assert.equal((await visitor.post(link, { password: 'seis garzas verdes vuelan' })).headers.get('location'), '/es/sign-in?said=reset')
  assert.match(await visitor.read('/es/sign-in?said=reset'), /role="status"/)
  assert.equal((await visitor.post(link, { password: 'otra cosa muy distinta' })).status, 404)
  assert.equal((await visitor.post('/sign-in', { email: ana.email, password: ana.password })).status, 422)
  assert.equal((await visitor.post('/sign-in', { email: ana.email, password: 'seis garzas verdes vuelan' })).status, 303)
})

test('signing out ends the session here and in the database, and the page before it opens no more', async () => {
  const ana = await aPatientPerson(house)
  const visitor = aVisitor(house)
  await visitor.post('/sign-in', { email: ana.email, password: ana.password })
  const kept = visitor.cookie()!
  const out = await visitor.post('/sign-out', {})
  assert.equal(out.headers.get('location'), '/sign-in?said=out')
  assert.match(out.headers.get('clear-site-data')!, /storage/)
  assert.equal(visitor.cookie(), undefined)
  assert.equal((await aVisitor(house, kept).get('/portal/settings')).headers.get('location'), '/sign-in?next=%2Fportal%2Fsettings')
})

test('staying extends the session; when it is over, the answer leads to sign in', async () => {
  const ana = await aPatientPerson(house)
  const visitor = aVisitor(house)
  house.setNow('2026-11-23T18:00:00Z')
  await visitor.post('/sign-in', { email: ana.email, password: ana.password })
  house.setNow('2026-11-23T18:14:00Z')
  assert.deepEqual(await (await visitor.post('/session/extend', {})).json(), { secondsLeft: 900 })
  house.setNow('2026-11-23T18:28:00Z')
  assert.equal((await visitor.get('/portal/settings')).status, 200)
  house.setNow('2026-11-23T18:44:00Z')
  assert.equal((await visitor.post('/session/extend', {})).headers.get('location'), '/sign-in?said=idle')
})

test('somebody who is in already is told so on the sign-in page', async () => {
  const ana = await aPatientPerson(house, { name: 'Ana Reyes' })
  const visitor = aVisitor(house)
  await visitor.post('/sign-in', { email: ana.email, password: ana.password })
  assert.match(await visitor.read('/sign-in'), /You are signed in as Ana Reyes/)
})

test('in Spanish the way in speaks Spanish alone', async () => {
  for (const page of ['/es/sign-in', '/es/reset', '/es/activate', '/es/activate/ABCD-EFGH', `/es/reset/${'x'.repeat(43)}`, `/es/join/${'x'.repeat(43)}`, `/es/care/${'x'.repeat(43)}`]) {
    const html = await aVisitor(house).read(page)
    assert.match(html, /<html lang="es"/, page)
    assert.doesNotMatch(html.replace(/<[^>]*lang="en"[^>]*>[^<]*/g, '').replace(/<head>.*<\/head>/s, ''), />[^<]*\b(Sign|Your|Save|Password|link|until|Code|who|Open)\b[^<]*</, page)
  }
})
