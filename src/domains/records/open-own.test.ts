import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { aPatientPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, range } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { openDue } from './open-due.ts'

const monday = '2026-11-23T15:00:00Z'

describe('what a patient chooses about their results', () => {
  let house: RunningHouse
  let count = 0
  before(async () => { house = await aRunningHouse({ now: monday }); await aPractice(house) })
  after(() => house.close())
  beforeEach(() => house.setNow(monday))

  async function aPatient(): Promise<{ me: SignedIn; patientId: string; bring: (id: string, flag?: 'N' | 'HH', more?: object) => Promise<void> }> {
    const number = ++count
    const id = `c${number}`
    const people = await bringRecords(house, `src-${number}`, [fhir.patient(id, { birthDate: `19${50 + number}-03-04` })])
    const patientId = people.get(id)!
    const person = await aPatientPerson(house, { patientId })
    const me = await signedInAs(house, { personId: person.personId, actingFor: patientId })
    return { me, patientId, async bring(lab, flag = 'N', more = {}) { await bringRecords(house, `src-${number}`, [fhir.lab(lab, '2345-7', 90, { ...range(70, 99, 'N'), interpretation: [{ coding: [{ code: flag }] }], ...more }, id)]) } }
  }
  const choose = (me: SignedIn, fields: Record<string, string>) => me.post('/portal/settings/results', fields)
  const shown = async (me: SignedIn) => new Set((await (await me.get('/portal/results')).text()).match(/\/portal\/results\/[0-9a-f-]{36}/g)).size
  const life = async (patientId: string) => (await house.db.owner.query('select * from records.life where patient_id = $1 order by arrived_at desc, id desc limit 1', [patientId])).rows[0]

  test('R8 one who asked to wait for the team waits, reads until when, and ends it with one tap', async () => {
    const { me, patientId, bring } = await aPatient()
    assert.equal((await choose(me, { 'when-routine': 'until-review', 'tell-routine': 'every' })).status, 303)
    await bring('a')
    assert.equal((await life(patientId)).held_by, 'patient')
    assert.equal(await shown(me), 0)
    const page = await (await me.get('/portal/results/waiting')).text()
    assert.match(page, /You asked to wait with this one/)
    assert.doesNotMatch(page, /glucose|sugar|\b90\b/i)
    const { rows: [agreed] } = await house.db.owner.query('select * from release.agreement where patient_id = $1', [patientId])
    assert.match(agreed.words_shown, /we call you right away/)
    assert.equal((await me.post('/portal/results/waiting', { life: (await life(patientId)).id })).status, 303)
    assert.equal(await shown(me), 1)
  })

  test('R8 changing the choice opens at once what waits; it ends by itself in three days of business at the latest', async () => {
    const one = await aPatient()
    await choose(one.me, { 'when-routine': 'until-contact' })
    await one.bring('a')
    assert.equal(await shown(one.me), 0)
    await choose(one.me, { 'when-routine': 'at-once' })
    assert.equal(await shown(one.me), 1)
    const two = await aPatient()
    await choose(two.me, { 'when-routine': 'until-review' })
    await two.bring('a')
    const { opens_at, latest_at } = await life(two.patientId)
    assert.deepEqual(opens_at, latest_at)
    house.setNow(new Date(opens_at.getTime() - 1_000))
    assert.equal(await openDue(house.system('records.release')), 0)
    house.setNow(opens_at)
    assert.equal(await openDue(house.system('records.release')), 1)
    const later = await signedInAs(house, { personId: (await house.db.owner.query('select person_id from platform.access_grant where patient_id = $1 limit 1', [two.patientId])).rows[0].person_id, actingFor: two.patientId })
    assert.equal(await shown(later), 1)
  })

  test('R8+ every screen of choice says that what may be dangerous brings a call; a critical value waits four hours at most', async () => {
    const { me, patientId, bring } = await aPatient()
    assert.match(await (await me.get('/portal/settings/results')).text(), /If a result may be dangerous, we call you right away/)
    await choose(me, { 'when-routine': 'until-contact' })
    await bring('a', 'HH')
    assert.equal((await life(patientId)).opens_at.toISOString(), '2026-11-23T19:00:00.000Z')
  })

  test('R8 nobody opens another’s, nor what a law holds', async () => {
    const [one, other] = [await aPatient(), await aPatient()]
    await choose(one.me, { 'when-routine': 'until-contact' })
    await house.db.owner.query("update practice.location set region = 'VT'")
    await bringRecords(house, 'x', [fhir.patient('x1', { birthDate: '1931-03-04' }), fhir.lab('q', '2345-7', 90, range(70, 99, 'N'), 'x1')])
    await one.bring('a')
    const { id } = await life(one.patientId)
    assert.equal((await other.me.post('/portal/results/waiting', { life: id })).status, 404)
    await house.db.owner.query("update records.life set held_by = 'state-law', hold_id = null where id = $1", [id])
    assert.equal((await one.me.post('/portal/results/waiting', { life: id })).status, 404)
    assert.equal((await one.me.post('/portal/results/waiting', { life: randomUUID() })).status, 404)
    assert.equal(await shown(one.me), 0)
  })

  test('R6 a caregiver of an adult chooses nothing', async () => {
    const { patientId } = await aPatient()
    const helper = await aPatientPerson(house, { name: 'Helper' })
    const { letActForAsSystem } = await import('#accounts')
    await letActForAsSystem(house.system('accounts.command'), { personId: helper.personId, patientId, basis: 'named-by-adult', endsAt: new Date('2027-03-01') })
    const proxy = await signedInAs(house, { personId: helper.personId, actingFor: patientId, actingAs: 'proxy' })
    assert.equal((await choose(proxy, { 'when-routine': 'until-contact' })).status, 403)
    assert.equal((await house.db.owner.query('select count(*)::int as n from release.agreement where patient_id = $1', [patientId])).rows[0].n, 0)
  })

  test('reading what waits is an event that the patient finds in their own list', async () => {
    const { me, patientId, bring } = await aPatient()
    const seen = async () => (await house.db.owner.query("select cardinality(ids) as n from audit.event where action = 'results.waiting-viewed' and patient_id = $1", [patientId])).rows.map(row => row.n)
    await me.get('/portal/results/waiting')
    assert.deepEqual(await seen(), [], 'nothing waits, nothing was read')
    await choose(me, { 'when-routine': 'until-contact' })
    await bring('a')
    await me.get('/portal/results/waiting')
    assert.deepEqual(await seen(), [1])
    assert.match(await (await me.get('/portal/access-log')).text(), /Saw what waits to open/)
  })
})
