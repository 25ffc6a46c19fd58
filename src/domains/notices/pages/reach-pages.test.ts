import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { openWords } from '#platform/email.ts'
import { letActForAsSystem } from '#accounts'
import { aPatientPerson, aStaffPerson, fieldIn, type TestPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

let house: RunningHouse, desk: SignedIn
before(async () => {
  house = await aRunningHouse()
  await aPractice(house)
  desk = await signedInAs(house, { personId: (await aStaffPerson(house, { roles: ['front-desk'] })).personId, roles: ['front-desk'] })
})
after(() => house.close())

const page = '/portal/settings/reach'
const signIn = (person: TestPerson, more: { actingFor?: string; actingAs?: 'patient' | 'proxy'; locale?: 'en' | 'es' } = {}) => signedInAs(house, { personId: person.personId, name: person.name, actingFor: person.patientId, ...more })
async function lastCode(address: string): Promise<string> {
  const { rows: [mail] } = await house.db.owner.query("select id, words from platform.mail where to_address = $1 and kind = 'code' order by queued_at desc limit 1", [address])
  return /\d{6}/.exec(openWords({ house: house.house }, mail.id, mail.words).text)![0]
}

describe('how I am reached', () => {
  test('a phone is added by its code and named as the one safe way, without script, in both languages', async () => {
    for (const locale of ['en', 'es'] as const) {
      const ana = await signIn(await aPatientPerson(house, { locale }), { locale })
      const number = `(802) 555-0${String(Math.floor(Math.random() * 1_000)).padStart(3, '0')}`
      const asked = await (await ana.post(page, { action: 'send-code', address: number })).text()
      const dialed = `+1${number.replace(/\D/g, '')}`
      const fields = { 'code-id': fieldIn(asked, 'code-id'), to: number, 'is-phone': 'yes' }
      const wrong = await ana.post(page, { action: 'add', ...fields, code: 'abc' })
      assert.equal(wrong.status, 422)
      assert.equal((await ana.post(page, { action: 'add', ...fields, code: ` ${(await lastCode(dialed)).replace(/(...)/, '$1 ')}` })).status, 303)
      const shown = await (await ana.get(page)).text()
      assert.ok(shown.includes(number))
      assert.doesNotMatch(shown, /more than a year|más de un año/)
      await house.db.owner.query("update notices.reach set verified_at = '2025-01-01' where address = $1", [dialed])
      assert.match(await (await ana.get(page)).text(), locale === 'en' ? /No texts go there now/ : /Ya no van mensajes/)
      const way = /name="safe" value="([0-9a-f-]{36})"/.exec(shown)![1]!
      assert.equal((await ana.post(page, { action: 'choose', safe: way, prefers: 'text', wants: 'no-voicemail', zone: 'America/Denver' })).status, 303)
      assert.match(await (await ana.get(page)).text(), locale === 'en' ? /Your safe way/ : /Su vía segura/)
      assert.match(await (await ana.get(`${page}/sent`)).text(), locale === 'en' ? /A code/ : /Un código/)
    }
  })
  test('what is no phone and no mailbox is said beside the field, however long', async () => {
    const ana = await signIn(await aPatientPerson(house))
    for (const address of ['', 'ana', 'ana@', '12', '<b>x</b>@y', 'a'.repeat(50_000)]) {
      const answer = await ana.post(page, { action: 'send-code', address })
      assert.equal(answer.status, 422, address.slice(0, 20))
    }
    assert.ok([413, 422].includes((await ana.post(page, { action: 'send-code', address: 'a'.repeat(1_000_000) })).status))
  })
  test('is asked for proof first, and shown to nobody who acts for them', async () => {
    const person = await aPatientPerson(house)
    const ana = await signIn(person)
    await house.db.owner.query("update platform.session set proven_at = proven_at - interval '1 hour' where id = $1", [ana.sessionId])
    assert.match((await ana.post(page, { action: 'send-code', address: 'x@y.example' })).headers.get('location')!, /\/prove\?next=/)
    assert.doesNotMatch(await (await ana.get(page)).text(), /name="address"/)
    const cora = await aPatientPerson(house)
    await letActForAsSystem(house.system('accounts.command'), { personId: cora.personId, patientId: person.patientId, basis: 'named-by-adult', endsAt: new Date('2027-01-01') })
    const helper = await signIn(cora, { actingFor: person.patientId, actingAs: 'proxy' })
    for (const path of [page, `${page}/sent`]) assert.equal((await helper.get(path)).status, 404)
    assert.equal((await helper.post(page, { action: 'choose', safe: 'none', prefers: 'mail' })).status, 404)
  })
  test('six codes in an hour are too many for one address, whoever asks', async () => {
    const statuses = []
    for (let tries = 0; tries < 6; tries++) statuses.push((await (await signIn(await aPatientPerson(house))).post(page, { action: 'send-code', address: 'often@safe.example' })).status)
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 422])
  })
})

describe('at the desk', () => {
  async function aRecord(): Promise<string> {
    const patientId = randomUUID()
    await house.db.owner.query("insert into records.patient (id, name, birth_date, phone, updated_at) values ($1, 'Ana Reyes', '1980-01-02', '802-555-0123', now())", [patientId])
    return patientId
  }
  test('a way is written down as they say it, with what they agreed to; the safe way stands where everybody at the desk reads it', async () => {
    const patientId = await aRecord()
    const path = `/console/patients/${patientId}`
    assert.equal((await desk.post(path, { reach: 'add', address: 'nobody' })).status, 422)
    assert.equal((await desk.post(path, { reach: 'add', address: '802 555 0177', agreed: 'yes' })).status, 303)
    const way = /name="way" value="([0-9a-f-]{36})"/.exec(await (await desk.get(path)).text())![1]!
    assert.equal((await desk.post(path, { reach: 'choose', safe: way, prefers: 'text', wants: 'no-voicemail' })).status, 303)
    const shown = await (await desk.get(path)).text()
    assert.match(shown, /Only \(802\) 555-0177\. Use no other way/)
    assert.match(shown, /Leave no voicemail/)
    assert.match(shown, /I agree that Heron Street Clinic texts me/)
    const { rows } = await house.db.owner.query("select action, count(*)::int as n from audit.event where patient_id = $1 and action ~ '^notices' and action !~ 'viewed' group by 1 order by 1", [patientId])
    assert.deepEqual(rows, [{ action: 'notices.reach-chosen', n: 1 }, { action: 'notices.way-added', n: 1 }])
  })
  test('nothing goes to who died, from that second, and the desk sees why', async () => {
    const patientId = await aRecord()
    const path = `/console/patients/${patientId}`
    await desk.post(path, { reach: 'deceased' })
    assert.match(await (await desk.get(path)).text(), /Nothing goes out: this person died/)
    await desk.post(path, { reach: 'speak' })
    assert.doesNotMatch(await (await desk.get(path)).text(), /Nothing goes out/)
  })
  test('is not for those who treat', async () => {
    const treats = await signedInAs(house, { personId: (await aStaffPerson(house, { roles: ['clinician'] })).personId, roles: ['clinician'] })
    const path = `/console/patients/${await aRecord()}`
    assert.doesNotMatch(await (await treats.get(path)).text(), /How to reach them/)
    assert.equal((await treats.post(path, { reach: 'deceased' })).status, 403)
  })
})
