import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { letActForAsSystem } from '#accounts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { ctxOf, patientActor } from '#test/ctx.ts'
import { aDesk, aPatientPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { twoWhoMayBeOne } from '#test/two-patients.ts'
import { mergePatients, unmergePatients } from './merge-patients.ts'
import { answerMatch } from './settle-imports.ts'

let house: RunningHouse, desk: Ctx<StaffActor>
before(async () => {
  house = await aRunningHouse()
  await aPractice(house)
  desk = await aDesk(house)
})
after(() => house.close())

const rows = async (text: string, ...values: unknown[]) => (await house.db.owner.query(text, values)).rows
const named = async (id: string) => (await rows('select name, phone, birth_date::text as born, mrn, merged_into from records.patient where id = $1', id))[0]
const isMerged = { ok: true } as const

describe('what hangs on the number elsewhere', () => {
  const portal = async (who: SignedIn) => (await who.get('/portal/results')).text()
  async function anAccount(patientId: string) {
    const person = await aPatientPerson(house, { patientId })
    return { ...person, session: await signedInAs(house, { personId: person.personId, actingFor: patientId }) }
  }
  async function aCaregiver(patientId: string) {
    const person = await aPatientPerson(house)
    await letActForAsSystem(house.system('accounts.command'), { personId: person.personId, patientId, basis: 'parent-of-child', endsAt: new Date('2027-06-01T04:00:00Z') })
    return { ...person, session: await signedInAs(house, { personId: person.personId, actingFor: patientId, actingAs: 'proxy' }) }
  }
  const letter = async (patientId: string) => (await rows(`insert into accounts.activation (code_hash, patient_id, name, birth_date, locale, made_at, made_by, expires_at)
    values ($1, $2, 'Iris', '1972-04-17', 'en', '2026-11-20', $3, '2026-11-27') returning id`, Buffer.from(randomUUID()), patientId, desk.actor.personId))[0].id as string
  const invitation = async (patientId: string, by: string) => (await rows(`insert into accounts.care_invitation (link_hash, code_hash, patient_id, name, ends_at, made_at, made_by, expires_at)
    values ($1, $1, $2, 'Ben', '2027-01-01', '2026-11-20', $3, '2026-11-27') returning id`, Buffer.from(randomUUID()), patientId, by))[0].id as string
  const task = async (patientId: string) => (await rows("insert into work.task (kind, title, pool, patient_id, opened_at, due_at) values ('call', 'Call', 'front-desk', $1, '2026-11-20', '2026-11-24') returning id", patientId))[0].id as string
  const hangs = async (patientId: string) => Object.fromEntries(await Promise.all(['accounts.person', 'accounts.proxy', 'accounts.activation', 'accounts.care_invitation', 'work.task'].map(async table =>
    [table.split('.')[1], (await rows(`select id from ${table} where patient_id = $1 ${table === 'work.task' ? "and kind = 'call'" : ''} order by id`, patientId)).map(row => row.id)])))
  const grants = (patientId: string) => rows('select person_id, category, verb, source from platform.access_grant where patient_id = $1 and revoked_at is null order by 1, 2, 3, 4', patientId)
  const results = async (who: SignedIn) => new Set((await portal(who)).match(/\/portal\/results\/[0-9a-f-]{36}/g)).size

  test('goes along with the merge and comes back with it, and not more', async () => {
    const { one, other } = await twoWhoMayBeOne(house)
    const theirs = await task(other)
    const [account, caregiver] = [await anAccount(one), await aCaregiver(one)]
    const before = { ...await hangs(one), ...{ activation: [await letter(one)], care_invitation: [await invitation(one, account.personId)], task: [await task(one)] } }
    const [grantsBefore, nothing] = [await grants(one), { person: [], proxy: [], activation: [], care_invitation: [], task: [] }]
    assert.deepEqual([before.person.length, before.proxy.length], [1, 1])

    assert.deepEqual(await mergePatients(desk, { keep: other, merge: one }), isMerged)
    assert.deepEqual(await hangs(one), nothing)
    assert.deepEqual(await hangs(other), { ...before, task: [...before.task, theirs].sort() })
    assert.deepEqual([await grants(one), await grants(other)], [[], grantsBefore])
    for (const { session } of [account, caregiver]) assert.equal(await results(session), 2, 'a session that is open goes on, with the record as it is now')
    assert.equal((await rows("select from audit.event where action = 'account.carried-over' and patient_id = any ($1) and ids @> $2", [one, other], [account.personId, caregiver.personId])).length, 2)

    const meanwhile = await task(other)
    await unmergePatients(desk, one)
    assert.deepEqual(await hangs(one), before)
    assert.deepEqual(await hangs(other), { ...nothing, task: [theirs, meanwhile].sort() })
    assert.deepEqual([await grants(one), await grants(other)], [grantsBefore, []])
    for (const { session } of [account, caregiver]) assert.equal(await results(session), 1, 'each sees their own again, at once')
  })

  test('what one of them said of their record goes along and comes back, with what they have said since', async () => {
    const { one, other } = await twoWhoMayBeOne(house)
    const { personId } = await anAccount(one)
    const say = async (patientId: string, at: string) => (await rows(`insert into feedback.report (patient_id, sent_by, category, subject_type, subject_id, title, excerpt, kind, words, locale, sent_at, due_at)
      values ($1, $2, 'notes', 'note', $3, 'Note', 'x', 'missing', 'x', 'en', $4, '2027-01-01') returning id`, patientId, personId, randomUUID(), at))[0].id as string
    const said = async (patientId: string) => (await rows('select id from feedback.report where patient_id = $1 order by id', patientId)).map(row => row.id)
    const theirs = await say(one, '2026-11-01')
    await mergePatients(desk, { keep: other, merge: one })
    assert.deepEqual([await said(one), await said(other)], [[], [theirs]])
    const meanwhile = await say(other, '2026-12-30')
    await unmergePatients(desk, one)
    assert.deepEqual([await said(one), await said(other)], [[theirs, meanwhile].sort(), []])
    for (const door of ['over', 'back']) {
      const ctx = ctxOf(house.house, patientActor(other))
      await assert.rejects(inTransaction(ctx, tx => sql`select feedback.${sql.raw(`door_carry_${door}`)}(${randomUUID()}::uuid, ${one}::uuid, ${sql.raw(door === 'over' ? `'${other}'::uuid` : `'{}'::uuid[]`)})`.execute(tx.db.kysely)), { code: '42501' })
    }
  })

  test('what the kept one had before stays with them', async () => {
    const { one, other } = await twoWhoMayBeOne(house)
    const { personId, session } = await anAccount(other)
    await mergePatients(desk, { keep: other, merge: one })
    assert.equal(await results(session), 2)
    await unmergePatients(desk, one)
    assert.deepEqual((await hangs(other)).person, [personId])
    assert.deepEqual((await hangs(one)).person, [])
    assert.equal(await results(session), 1)
  })

  test('whom the account has let in meanwhile, and its new sessions and tasks, go back with the account', async () => {
    const { one, other } = await twoWhoMayBeOne(house)
    const account = await anAccount(one)
    await mergePatients(desk, { keep: other, merge: one })
    const late = await signedInAs(house, { personId: account.personId, actingFor: other })
    const helper = await aCaregiver(other)
    await rows('update accounts.proxy set made_by = $1 where person_id = $2', account.personId, helper.personId)
    const asked = await invitation(other, account.personId)
    await rows("update accounts.care_invitation set made_at = '2026-11-23T15:00:00Z' where id = $1", asked)
    const left = await task(other)
    await rows("update work.task set opened_at = '2026-11-23T15:00:00Z' where id = $1", left)
    await rows("insert into work.task_step (task_id, at, by_person, step) values ($1, '2026-11-23T15:00:00Z', $2, 'opened')", left, account.personId)
    await unmergePatients(desk, one)
    assert.deepEqual(await hangs(other), { person: [], proxy: [], activation: [], care_invitation: [], task: [] })
    assert.deepEqual([(await hangs(one)).care_invitation, (await hangs(one)).task], [[asked], [left]])
    assert.deepEqual(await grants(other), [])
    for (const session of [account.session, late, helper.session]) assert.equal(await results(session), 1)
  })

  test('an account that a carried letter opened meanwhile is that patient’s', async () => {
    const { one, other } = await twoWhoMayBeOne(house)
    const id = await letter(one)
    await mergePatients(desk, { keep: other, merge: one })
    const { personId, session } = await anAccount(other)
    await rows("update accounts.activation set used_at = '2026-11-23T15:00:00Z' where id = $1", id)
    await unmergePatients(desk, one)
    assert.deepEqual([(await hangs(one)).person, (await hangs(other)).person], [[personId], []])
    assert.equal(await results(session), 1)
  })

  test('where both records can be opened, by whomever, nothing moves and the reason is said', async () => {
    const ways = { account: anAccount, caregiver: aCaregiver, letter } as const
    for (const [mine, open] of Object.entries(ways)) for (const [theirs, openOther] of Object.entries(ways)) {
      const { one, other, question } = await twoWhoMayBeOne(house)
      await open(one)
      await openOther(other)
      const [before, after] = [await hangs(one), await hangs(other)]
      assert.deepEqual(await answerMatch(desk, question, 'same'), { ok: false, reason: mine === 'account' && theirs === 'account' ? 'two-accounts' : 'both-open' }, `${mine} ${theirs}`)
      assert.deepEqual([await hangs(one), await hangs(other), (await named(one)).merged_into], [before, after, null])
    }
  })

  test('a shut account makes room for an open one, sees nothing, and has its place again afterwards', async () => {
    const { one, other } = await twoWhoMayBeOne(house)
    const [open, shut] = [await anAccount(one), await anAccount(other)]
    await rows("update accounts.person set disabled_at = '2026-11-22' where id = $1", shut.personId)
    assert.deepEqual(await mergePatients(desk, { keep: other, merge: one }), isMerged)
    assert.deepEqual([(await hangs(other)).person, (await hangs(one)).person], [[open.personId], [shut.personId]])
    assert.deepEqual(await rows('select distinct person_id from platform.access_grant where patient_id = $1', other), [{ person_id: open.personId }])
    await unmergePatients(desk, one)
    assert.deepEqual([(await hangs(other)).person, (await hangs(one)).person], [[shut.personId], [open.personId]])
    assert.deepEqual(await rows('select distinct person_id from platform.access_grant where patient_id = $1', other), [{ person_id: shut.personId }])
  })
})
