import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotAllowed } from '#platform/errors.ts'
import { letActForAsSystem } from '#accounts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { ctxOf, patientActor, staffActor } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, range } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { askBeforeEnds } from './ask-before-ends.ts'
import { endLaw, recordTalk } from './hold-result.ts'
import { openDue } from './open-due.ts'
import { openOwn } from './open-own.ts'
import { commentOn } from './write-comment.ts'

const monday = '2026-11-23T15:00:00Z'
const summer = '2027-07-06T15:00:00Z'

describe('ending a hold before its time', () => {
  let house: RunningHouse, ada: Ctx<StaffActor>, nurse: Ctx<StaffActor>
  let count = 0
  before(async () => {
    house = await aRunningHouse({ now: monday })
    await aPractice(house)
    const as = async (role: 'clinician' | 'care-team') => ctxOf(house.house, staffActor([role], (await aStaffPerson(house, { roles: [role] })).personId))
    ;[ada, nurse] = [await as('clinician'), await as('care-team')]
    await aStaffPerson(house, { roles: ['manager'] })
  })
  after(() => house.close())
  beforeEach(async () => { house.setNow(monday); await inState('VT') })

  const q = async (text: string, ...values: unknown[]) => (await house.db.owner.query(text, values)).rows
  const inState = async (state: string, zone = 'America/New_York') => { await q('update practice.location set region = $1, zone = $2', state, zone); await q('update platform.content_version set version = version + 1') }
  type Patient = { me: SignedIn; patientId: string; bring: (more?: object) => Promise<void> }
  async function aPatient(): Promise<Patient> {
    const [number, now] = [++count, house.house.now()]
    const id = `e${number}`
    const patient = fhir.patient(id, { birthDate: `19${30 + number}-03-04`, identifier: [{ system: 'urn:mrn', value: id }] })
    const patientId = (await bringRecords(house, `src-${number}`, [patient])).get(id)!
    const person = await aPatientPerson(house, { patientId })
    const at = new Date(now.getTime() - 3_600_000).toISOString()
    return { me: await signedInAs(house, { personId: person.personId, actingFor: patientId }), patientId, async bring(more = {}) {
      if ('routine' in more) return void await bringRecords(house, `src-${number}`, [fhir.lab('a', '2345-7', 90, { ...range(70, 99, 'N'), effectiveDateTime: at, issued: at }, id)])
      await bringRecords(house, `src-${number}`, [fhir.report('r', ['a'], { code: { coding: [{ system: 'http://loinc.org', code: '60567-5' }], text: 'SURGICAL PATHOLOGY' }, effectiveDateTime: at, issued: at, ...more }, id), fhir.lab('a', '22637-3', 1, { valueQuantity: undefined, valueString: 'Seen', effectiveDateTime: at, issued: at }, id)] as never)
    } }
  }
  const life = async (patientId: string) => (await q('select * from records.life where patient_id = $1', patientId))[0]
  const isOpen = async (patientId: string) => (await q('select bool_and(visible_at <= $2) as open from records.result where patient_id = $1', patientId, house.house.now()))[0].open as boolean
  const tap = async ({ me, patientId }: Patient) => (await me.post('/portal/results/waiting', { life: (await life(patientId)).id })).status
  const wait = (patient: Patient, when = 'until-contact') => patient.me.post('/portal/settings/results', { 'when-tissue': when, 'when-routine': when, 'tell-tissue': 'every' })

  test('R7 Kentucky leaves it to who treats: a clinician ends it at once, nobody else, and it is told', async () => {
    await inState('KY')
    const one = await aPatient()
    await one.bring()
    const { id, held_by, law_citation } = await life(one.patientId)
    assert.deepEqual([held_by, law_citation, await isOpen(one.patientId)], ['state-law', 'KRS 333.152', false])
    assert.equal(await tap(one), 404)
    await assert.rejects(endLaw(nurse, id, { hasTalked: true }), NotAllowed)
    assert.doesNotMatch(await (await one.me.get('/portal/results/waiting')).text(), /Show it to me now/)
    assert.deepEqual(await endLaw(ada, id, { hasTalked: false }), { ok: true })
    assert.equal(await isOpen(one.patientId), true)
    assert.equal((await q("select count(*)::int as n from audit.event where action = 'results.law-hold-ended' and patient_id = $1 and person_id = $2", one.patientId, ada.actor.personId))[0].n, 1)
    await one.bring({ status: 'amended' })
    assert.equal(await isOpen(one.patientId), true, 'a new version is not held again')
    await openDue(house.system('records.release'))
    assert.deepEqual(await endLaw(ada, id, { hasTalked: false }), { ok: false, reason: 'open-already' })
  })

  test('R7 Texas: nobody ends it, and a wish of the patient’s that ends leaves the law standing', async () => {
    await inState('TX', 'America/Chicago')
    const one = await aPatient()
    await wait(one)
    await one.bring()
    const { id, held_by } = await life(one.patientId)
    assert.equal(held_by, 'patient')
    assert.equal(await tap(one), 303)
    const after = await life(one.patientId)
    assert.deepEqual([after.held_by, after.citation, after.opens_at.toISOString(), after.released_at], ['state-law', 'Tex. Occ. Code 159.0062', '2026-11-26T06:00:00.000Z', null])
    assert.equal(await isOpen(one.patientId), false)
    assert.equal(await tap(one), 404)
    assert.deepEqual(await endLaw(ada, id, { hasTalked: true }), { ok: false, reason: 'law-forbids' })
    const her = ctxOf(house.house, patientActor(one.patientId, one.me.personId))
    assert.equal(await openOwn(her, one.patientId as AuthorizedPatientId, [id], { byLaw: true }), 0, 'nor past the page')
    const written = await aPatient()
    await wait(written, 'until-review')
    await written.bring()
    await commentOn(ada, (await life(written.patientId)).id, { words: 'I call you on Friday.', locale: 'en' })
    assert.equal(await isOpen(written.patientId), false)
    assert.equal((await life(written.patientId)).opens_at.toISOString(), '2026-11-26T06:00:00.000Z')
  })

  test('R7+ California: only when somebody has talked with the patient', async () => {
    await inState('CA', 'America/Los_Angeles')
    const one = await aPatient()
    await one.bring()
    const { id, opens_at, needs_owner } = await life(one.patientId)
    assert.deepEqual([opens_at, needs_owner], [null, true])
    assert.equal((await q("select count(*)::int as n from work.task where subject_id = $1 and kind = 'result-review' and owner_id is not null and done_at is null", id))[0].n, 1)
    assert.deepEqual(await endLaw(ada, id, { hasTalked: false }), { ok: false, reason: 'not-talked' })
    assert.deepEqual(await endLaw(ada, id, { hasTalked: true }), { ok: true })
    assert.equal(await isOpen(one.patientId), true)
  })

  test('R7 Colorado lets the patient end it for that test with one tap; a caregiver of an adult does not', async () => {
    await inState('CO', 'America/Denver')
    house.setNow(summer)
    const [one, other] = [await aPatient(), await aPatient()]
    await one.bring()
    await other.bring()
    const helper = await aPatientPerson(house, { name: 'Helper' })
    await letActForAsSystem(house.system('accounts.command'), { personId: helper.personId, patientId: one.patientId, basis: 'named-by-adult', endsAt: new Date('2027-09-01') })
    const proxy = await signedInAs(house, { personId: helper.personId, actingFor: one.patientId, actingAs: 'proxy' })
    const { id } = await life(one.patientId)
    assert.equal((await proxy.post('/portal/results/waiting', { life: id })).status, 404)
    assert.equal((await other.me.post('/portal/results/waiting', { life: id })).status, 404)
    assert.equal(await isOpen(one.patientId), false)
    assert.match(await (await one.me.get('/portal/results/waiting')).text(), /This law lets you end the wait/)
    assert.equal(await tap(one), 303)
    assert.deepEqual([await isOpen(one.patientId), await isOpen(other.patientId)], [true, false])
    assert.equal((await q("select count(*)::int as n from audit.event where action = 'results.law-hold-ended' and patient_id = $1", one.patientId))[0].n, 1)
  })

  test('R8 whoever wants to be called first reads it when somebody has; a finding of danger holds on', async () => {
    const [one, held] = [await aPatient(), await aPatient()]
    for (const patient of [one, held]) { await wait(patient); await patient.bring() }
    const { id } = await life(one.patientId)
    assert.deepEqual(await recordTalk(ada, id, { spokeWith: ' ' }), { ok: false, reason: 'need-words' })
    assert.equal(await isOpen(one.patientId), false)
    assert.deepEqual(await recordTalk(nurse, id, { spokeWith: 'Ana herself' }), { ok: true })
    assert.equal(await isOpen(one.patientId), true)
    assert.equal((await life(one.patientId)).spoke_with, 'Ana herself')
    const other = await life(held.patientId)
    await q("insert into release.finding (patient_id, life_id, danger, words, knows_patient, found_at, found_by, until) values ($1, $2, 'life', 'Why it is held back, in words.', true, $3, $4, $5)", held.patientId, other.id, monday, ada.actor.personId, '2026-11-29T15:00:00Z')
    assert.equal(await tap(held), 303)
    const now = await life(held.patientId)
    assert.deepEqual([now.held_by, now.opens_at.toISOString(), now.released_at], ['harm', '2026-11-29T15:00:00.000Z', null])
  })

  test('R8 the result sent again while it waits makes nobody wait longer', async () => {
    const one = await aPatient()
    await wait(one)
    await one.bring()
    const { opens_at } = await life(one.patientId)
    house.setNow('2026-11-30T15:00:00Z')
    await one.bring({ status: 'amended' })
    assert.equal((await life(one.patientId)).opens_at.toISOString(), opens_at.toISOString())
  })

  test('R8+ a day of business before it ends: the manager and whose it is are told, and the patient, once; opened, nothing is left to ask', async () => {
    const [one, talked] = [await aPatient(), await aPatient()]
    for (const patient of [one, talked]) { await wait(patient); await patient.bring({ routine: true }) }
    await recordTalk(ada, (await life(talked.patientId)).id, { spokeWith: 'Ana herself' })
    const { id, opens_at } = await life(one.patientId)
    const tell = () => askBeforeEnds(house.system('records.release'))
    const asked = () => q("select kind, pool, owner_id is not null as owned, done_at is not null as done from work.task where subject_id = $1 and kind like 'hold-ends%' order by kind", id)
    house.setNow(new Date(opens_at.getTime() - 5 * 86_400_000))
    await tell()
    assert.deepEqual(await asked(), [])
    house.setNow(new Date(opens_at.getTime() - 86_400_000))
    assert.ok(await tell() > 0)
    assert.equal(await tell(), 0)
    assert.deepEqual(await asked(), [{ kind: 'hold-ends', pool: 'manager', owned: false, done: false }, { kind: 'hold-ends-owner', pool: 'clinician', owned: true, done: false }])
    house.setNow(opens_at)
    await openDue(house.system('records.release'))
    await tell()
    assert.deepEqual((await asked()).map(row => row.done), [true, true])
    const me = await signedInAs(house, { personId: one.me.personId, actingFor: one.patientId })
    const [result] = await q('select id from records.result where patient_id = $1', one.patientId)
    assert.match(await (await me.get(`/portal/results/${result.id}`)).text(), /See it now/, 'it opens on the choice')
  })
})
