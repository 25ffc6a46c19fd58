import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { NotAllowed } from '#platform/errors.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { agree } from '#release'
import { ctxOf, patientActor, staffActor } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, range } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { openDue } from '../open-due.ts'

describe('a patient’s yes that staff write down', () => {
  let house: RunningHouse, nurse: SignedIn, desk: SignedIn
  let patientId = '', path = ''
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    const as = async (role: 'care-team' | 'front-desk') => signedInAs(house, { roles: [role], personId: (await aStaffPerson(house, { roles: [role] })).personId })
    ;[nurse, desk] = [await as('care-team'), await as('front-desk')]
    patientId = (await bringRecords(house, 'ehr', [fhir.patient('p1', { communication: [{ language: { coding: [{ code: 'es' }] } }] })])).get('p1')!
    path = `/console/patients/${patientId}/choices`
  })
  after(() => house.close())
  const q = async (text: string, ...values: unknown[]) => (await house.db.owner.query(text, values)).rows
  const yes = { 'when-routine': 'until-contact', spoke: 'Ana Marlowe herself', channel: 'telephone', yes: 'yes' }

  test('R8 the words are there to be read in the patient’s language; kept are they, whose yes it was, how, and who wrote it down', async () => {
    const page = await (await nurse.get(path)).text()
    assert.match(page, /<blockquote lang="es"[^>]*>.*le llamamos de inmediato/s)
    const answer = await nurse.post(path, yes)
    assert.equal(answer.status, 303)
    const [row] = await q('select category, condition, channel, spoke_with, made_by, words_shown from release.agreement where patient_id = $1 and ended_at is null', patientId)
    assert.deepEqual([row.category, row.condition, row.channel, row.spoke_with, row.made_by], ['routine', 'until-contact', 'telephone', 'Ana Marlowe herself', nurse.personId])
    assert.match(row.words_shown, /le llamamos de inmediato/)
    assert.equal((await q("select count(*)::int as n from audit.event where action = 'results.choice-made' and patient_id = $1 and person_id = $2", patientId, nurse.personId))[0].n, 1)
  })

  test('it holds what comes in, and no longer wanting to wait opens it', async () => {
    await bringRecords(house, 'ehr', [fhir.lab('a', '2345-7', 90, range(70, 99, 'N'))])
    const life = async () => (await q('select held_by, released_at from records.life where patient_id = $1', patientId))[0]
    assert.equal((await life()).held_by, 'patient')
    await nurse.post(path, { ...yes, 'when-routine': 'at-once' })
    await openDue(house.system('records.release'))
    assert.deepEqual([(await life()).held_by, (await life()).released_at !== null], [null, true])
  })

  test('without the words read, without whose yes it was, nothing is kept; nor by who does not treat, nor for nobody', async () => {
    const before = await q('select count(*)::int as n from release.agreement')
    const unread = { ...yes, yes: '' }
    assert.match(await (await nurse.post(path, unread)).text(), /Read the words to them first/)
    assert.equal((await nurse.post(path, { ...yes, spoke: ' ' })).status, 422)
    assert.equal((await desk.post(path, yes)).status, 403)
    assert.equal((await nurse.post('/console/patients/00000000-0000-0000-0000-000000000000/choices', yes)).status, 404)
    assert.deepEqual(await q('select count(*)::int as n from release.agreement'), before)
  })

  test('staff agree to nothing as if they were the patient, nor a patient as if staff had asked', async () => {
    const [id, wanted] = [patientId as AuthorizedPatientId, new Map([['imaging' as const, 'until-review' as const]])]
    const staff = ctxOf(house.house, staffActor(['care-team'], nurse.personId))
    assert.deepEqual(await agree(staff, id, { wanted, wordsShown: 'Words that were shown to them.', channel: 'portal' }), { ok: false, reason: 'who-said-yes' })
    await assert.rejects(agree(ctxOf(house.house, staffActor(['front-desk'], desk.personId)), id, { wanted, wordsShown: 'Words that were shown to them.', channel: 'telephone', spokeWith: 'Ana' }), NotAllowed)
    const me = await aPatientPerson(house, { patientId })
    assert.deepEqual(await agree(ctxOf(house.house, patientActor(patientId, me.personId)), id, { wanted, wordsShown: 'Words that were shown to them.', channel: 'telephone', spokeWith: 'Ana' }), { ok: false, reason: 'who-said-yes' })
    await assert.rejects(q("insert into release.agreement (patient_id, category, condition, longest_days, made_at, made_by, channel, words_shown) values ($1, 'imaging', 'until-review', 3, now(), $2, 'telephone', 'Words that were read to them.')", patientId, nurse.personId), { code: '23514' })
  })
})
