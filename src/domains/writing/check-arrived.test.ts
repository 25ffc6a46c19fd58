import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { checkArrived } from './check-arrived.ts'

const byNell = { author: [{ display: 'Nell Harrow, MD' }] }

describe('notes that were written elsewhere (N15)', () => {
  let house: RunningHouse, nell: SignedIn, ben: SignedIn, manager: SignedIn, desk: SignedIn
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    const as = async (role: 'clinician' | 'manager' | 'front-desk', name: string) => signedInAs(house, { roles: [role], name, personId: (await aStaffPerson(house, { name, roles: [role] })).personId })
    ;[nell, ben, manager, desk] = [await as('clinician', 'Nell Harrow'), await as('clinician', 'Ben Other'), await as('manager', 'Imani Manages'), await as('front-desk', 'Robin Desk')]
    await house.db.owner.query("update practice.clinician set person_id = $1 where slug = 'nell-harrow'", [nell.personId])
  })
  after(() => house.close())
  const bring = (notes: readonly object[], source = 'ehr') => bringRecords(house, source, [fhir.patient('p1'), ...notes] as never)
  const check = () => checkArrived(house.system('writing.check-arrived'))
  const read = async (who: SignedIn, path = '/console/notes-elsewhere') => { const answer = await who.get(path); return { status: answer.status, html: await answer.text() } }

  test('N15 are looked at when they arrive, and put before who wrote them alone', async () => {
    await bring([fhir.note('hard', 'Combative at the desk. Walks an hour a day.', byNell), fhir.note('kind', 'We agreed to walk each day.', byNell), fhir.note('theirs', 'A junkie.', { author: [{ display: 'Somebody Else' }] })])
    assert.equal(await check(), 3)
    const mine = await read(nell)
    assert.match(mine.html, /Ana Marlowe: Visit note|Ana Marlowe: Progress note/)
    assert.match(mine.html, /Combative[^]*Why:[^]*Instead:/)
    assert.doesNotMatch(mine.html, /junkie|agreed to walk/)
    assert.match((await read(nell, '/console/notes')).html, /One note that you wrote elsewhere has/)
    assert.doesNotMatch((await read(ben)).html, /Combative|junkie/)
    assert.doesNotMatch((await read(ben, '/console/notes')).html, /you wrote elsewhere has/)
    for (const who of [manager, desk]) assert.equal((await read(who)).status, 403)
  })

  test('N15 nothing of the text is kept beside the record, each reading is an event, and a note comes once', async () => {
    const { rows } = await house.db.owner.query('select t::text as row from writing.arrived_note t')
    assert.equal(rows.length, 3)
    assert.doesNotMatch(JSON.stringify(rows), /ombative|junkie/)
    assert.equal(await check(), 0)
    const events = async () => Number((await house.db.owner.query("select count(*) as n from audit.event where action = 'notes.viewed'")).rows[0].n)
    const before = await events()
    await read(nell)
    assert.ok(await events() > before)
  })

  test('N15 "I have looked at it" is its author’s to say; a changed note is looked at again', async () => {
    const { rows: [{ id }] } = await house.db.owner.query('select resource_id as id from writing.arrived_note where author_id is not null')
    for (const who of [ben]) assert.equal((await who.post('/console/notes-elsewhere', { note: id })).status, 404)
    for (const note of ['', 'x', '00000000-0000-4000-8000-000000000000', "' or 1=1"]) assert.equal((await nell.post('/console/notes-elsewhere', { note })).status, 404)
    assert.equal((await nell.post('/console/notes-elsewhere', { note: id })).status, 303)
    assert.doesNotMatch((await read(nell)).html, /Combative/)
    house.setNow(new Date('2026-11-23T15:10:00Z'))
    await bring([fhir.note('hard', 'Combative and hostile at the desk.', { ...byNell, meta: { versionId: '2', lastUpdated: '2026-11-23T15:05:00Z' } })])
    assert.equal(await check(), 1)
    assert.match((await read(nell)).html, /hostile/)
  })

  test('N15 what was long ago, is restricted or was written here asks nobody anything', async () => {
    const before = Number((await house.db.owner.query('select count(*) as n from writing.arrived_note')).rows[0].n)
    await bring([
      fhir.note('old', 'Combative.', { ...byNell, date: '2026-10-01T10:00:00Z' }),
      fhir.note('secret', 'Combative.', { ...byNell, securityLabel: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'PSYTHPN' }] }] }),
      fhir.note('mistaken', 'Combative.', { ...byNell, status: 'entered-in-error' }),
    ])
    await check()
    assert.equal(Number((await house.db.owner.query('select count(*) as n from writing.arrived_note')).rows[0].n), before)
  })
})
