import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import type { Ctx, PatientActor, Role, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotAllowed } from '#platform/errors.ts'
import { aHouse, ctxOf, patientActor, staffActor, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson, goodPassword } from '#test/people.ts'
import { checkCare, isLiveCare, openCare } from './accept-care.ts'
import { listProxies, stopActingFor } from './act-for-another.ts'
import { askParent, stageOf, type ParentWish } from './ask-parent.ts'
import { carryBack, carryOver } from './carry-over.ts'
import { listAsked, takeBack } from './name-caregiver.ts'

let house: TestHouse
let desk: Ctx<StaffActor>
const noon = new Date('2026-11-23T15:00:00Z')
const works = async (...roles: Role[]): Promise<Ctx<StaffActor>> => ctxOf(house.house, staffActor(roles, (await aStaffPerson(house, { roles })).personId))
before(async () => {
  house = await aHouse()
  desk = await works('front-desk')
})
after(() => house.close())
beforeEach(() => house.setNow(noon))

let people = 0
const where = () => ({ clientAddress: `198.51.100.${++people}`, userAgent: '' })
const ask = (wish: Partial<ParentWish> = {}, by = desk) => askParent(by, { patientId: randomUUID(), birthDate: '2020-05-01', zone: 'America/New_York', name: 'Mia Marsh', email: null, locale: 'en', check: 'photo', ...wish })
async function asked(wish: Partial<ParentWish> = {}, by = desk) {
  const outcome = await ask(wish, by)
  assert.ok(outcome.ok, JSON.stringify(outcome))
  return { ...outcome, link: outcome.link.split('/').at(-1)! }
}
async function saysYes({ link, code }: { link: string; code: string }): Promise<string> {
  const signInName = `mia.${++people}`
  const opened = await openCare(house.visitor(), { link, code, name: 'Mia Marsh', signInName, password: goodPassword, passkey: null, locale: 'en' }, where())
  assert.ok(opened.ok, JSON.stringify(opened))
  return (await house.db.owner.query('select id from accounts.person where sign_in_name = $1', [signInName])).rows[0].id
}
const grantsOf = async (patientId: string) => (await house.db.owner.query('select person_id, category, verb, ends_at, revoked_at from platform.access_grant where patient_id = $1 and revoked_at is null', [patientId])).rows

test('a parent is asked for a child of 0 to 11, counted by the practice’s own calendar, and for nobody older', async () => {
  for (const birthDate of ['2026-11-23', '2016-02-29', '2014-11-24']) assert.ok((await ask({ birthDate })).ok, birthDate)
  for (const birthDate of ['2014-11-23', '2008-11-24']) assert.deepEqual(await ask({ birthDate }), { ok: false, reason: 'teen' }, birthDate)
  assert.deepEqual(await ask({ birthDate: '2008-11-23' }), { ok: false, reason: 'adult' })
  const evening = new Date('2026-11-24T04:59:00Z')
  assert.deepEqual([stageOf('2014-11-24', evening, 'America/New_York'), stageOf('2014-11-24', evening, 'Europe/Madrid')], ['child', 'teen'])
})

test('the right begins with the yes, reaches what a caregiver reaches, and ends with the midnight of the twelfth birthday', async () => {
  const patientId = randomUUID()
  const personId = await saysYes(await asked({ patientId, birthDate: '2016-02-29' }))
  const [proxy] = await inTransaction(desk, tx => listProxies(tx, patientId))
  assert.deepEqual([proxy!.personId, proxy!.basis, proxy!.endsAt.toISOString()], [personId, 'parent-of-child', '2028-02-29T05:00:00.000Z'])
  const grants = await grantsOf(patientId)
  assert.deepEqual(grants.map(({ category, verb }) => `${category} ${verb}`).sort(), ['appointments change', 'appointments see', 'billing see', 'identity see', 'messages change', 'messages see', 'notes see', 'record see', 'results see'])
  for (const grant of grants) assert.deepEqual([grant.person_id, grant.ends_at.toISOString()], [personId, '2028-02-29T05:00:00.000Z'])
  await stopActingFor(desk, proxy!.id)
  assert.deepEqual(await grantsOf(patientId), [])
})

test('a link that was not taken up is over with the birthday, and after seven days', async () => {
  const soon = await asked({ birthDate: '2014-11-25' })
  assert.equal(soon.expiresAt.toISOString(), '2026-11-25T05:00:00.000Z')
  const young = await asked()
  house.setNow(new Date('2026-11-25T04:59:00Z'))
  assert.ok((await checkCare(house.visitor(), soon, where())).ok)
  house.setNow(new Date('2026-11-25T05:00:00Z'))
  assert.equal(await isLiveCare(house.visitor(), soon.link), false)
  assert.equal((await checkCare(house.visitor(), soon, where())).ok, false)
  assert.equal(await isLiveCare(house.visitor(), young.link), true)
  house.setNow(new Date('2026-11-30T15:00:00Z'))
  assert.equal(await isLiveCare(house.visitor(), young.link), false)
})

test('who gives no access asks nobody and takes nothing back', async () => {
  const patientId = randomUUID()
  const { id } = await asked({ patientId })
  for (const role of ['clinician', 'care-team', 'billing', 'editor'] as const) {
    const other = await works(role)
    await assert.rejects(ask({}, other), NotAllowed, role)
    await assert.rejects(takeBack(other, id, patientId), NotAllowed, role)
  }
  assert.deepEqual((await inTransaction(desk, tx => listAsked(tx, patientId))).map(one => one.id), [id])
  assert.ok((await ask({}, await works('manager'))).ok)
})

/** Even with SQL of their own, as the web's role. */
async function tries(ctx: Ctx<StaffActor | PatientActor>, facts: { patientId: string; basis: string; madeBy: string; endsAt?: string }): Promise<boolean> {
  try {
    await inTransaction(ctx, tx => sql`
      insert into accounts.care_invitation (link_hash, code_hash, patient_id, name, basis, ends_at, made_at, made_by, expires_at)
      values (${randomBytes(32)}, ${randomBytes(32)}, ${facts.patientId}::uuid, 'Mia', ${facts.basis}, ${facts.endsAt ?? '2027-01-01'}::timestamptz, ${noon}, ${facts.madeBy}::uuid, '2026-11-30')
    `.execute(tx.db.kysely))
    return true
  } catch (error) {
    assert.match((error as Error).message, /row-level security|check constraint/)
    return false
  }
}

test('the database too: a patient names for themselves as an adult, the desk asks parents and in its own name, twelve years at most', async () => {
  const ana = await aPatientPerson(house)
  const herself = ctxOf(house.house, patientActor(ana.patientId, ana.personId))
  const { patientId } = ana
  const own = desk.actor.personId
  assert.equal(await tries(herself, { patientId, basis: 'named-by-adult', madeBy: ana.personId }), true)
  assert.equal(await tries(herself, { patientId, basis: 'parent-of-child', madeBy: ana.personId }), false)
  assert.equal(await tries(desk, { patientId, basis: 'parent-of-child', madeBy: own }), true)
  assert.equal(await tries(desk, { patientId, basis: 'named-by-adult', madeBy: own }), false)
  assert.equal(await tries(desk, { patientId, basis: 'parent-of-child', madeBy: ana.personId }), false)
  assert.equal(await tries(desk, { patientId, basis: 'parent-of-child', madeBy: own, endsAt: '2039-01-01' }), false)
  const billing = await works('billing')
  assert.equal(await tries(billing, { patientId, basis: 'parent-of-child', madeBy: billing.actor.personId }), false)
})

test('when two patients turn out to be one, a parent’s question goes along; whoever said yes to it goes back with the child', async () => {
  const [kim, twin] = [randomUUID(), randomUUID()]
  const question = await asked({ patientId: kim })
  const join = { joinId: randomUUID(), from: kim, to: twin }
  assert.ok((await inTransaction(desk, tx => carryOver(tx as Ctx<StaffActor>, join))).ok, 'whoever asked may join: they open neither')
  const parent = await saysYes(question)
  const proxies = (patientId: string) => inTransaction(desk, async tx => (await listProxies(tx, patientId)).map(one => one.personId))
  assert.deepEqual([await proxies(kim), await proxies(twin)], [[], [parent]])
  const later = await saysYes(await asked({ patientId: twin }))
  await inTransaction(desk, tx => carryBack(tx as Ctx<StaffActor>, { ...join, stands: twin }))
  assert.deepEqual([await proxies(kim), await proxies(twin)], [[parent], [later]])
  assert.deepEqual([[...new Set((await grantsOf(kim)).map(one => one.person_id))], [...new Set((await grantsOf(twin)).map(one => one.person_id))]], [[parent], [later]])
})
