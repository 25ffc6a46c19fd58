import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { carryOver, letActForAsSystem } from '#accounts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { Conflict, NotAllowed, NotFound } from '#platform/errors.ts'
import { ctxOf, patientActor, staffActor } from '#test/ctx.ts'
import { aDesk, aPatientPerson, aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { carryTasks } from '#work'
import { aFamilyName, asSent, numbered, testsOf, twoWhoMayBeOne, type TwoPatients } from '#test/two-patients.ts'
import { mergePatients, unmergePatients } from './merge-patients.ts'
import { answerMatch, listMatches, readMatch } from './settle-imports.ts'

let house: RunningHouse, desk: Ctx<StaffActor>
before(async () => {
  house = await aRunningHouse()
  await aPractice(house)
  desk = await aDesk(house)
})
after(() => house.close())

const rows = async (text: string, ...values: unknown[]) => (await house.db.owner.query(text, values)).rows
const named = async (id: string) => (await rows('select name, phone, birth_date::text as born, mrn, merged_into from records.patient where id = $1', id))[0]
const lab = (pair: TwoPatients, who: 'one' | 'other', id: string) => bringRecords(house, pair.sources[who].source, [fhir.lab(id, '6298-4', 4)])
const isMerged = { ok: true } as const

describe('sources after a merge', () => {
  test('what a source sends after the merge, and after it is taken back, lands with the right patient', async () => {
    const pair = await twoWhoMayBeOne(house)
    const { one, other } = pair
    const id = randomUUID().slice(0, 8)
    assert.deepEqual(await mergePatients(desk, { keep: other, merge: one }), isMerged)
    await lab(pair, 'one', `${id}-during`)
    assert.ok((await testsOf(house, other)).includes(`${id}-during`))
    assert.deepEqual(await testsOf(house, one), [])
    await unmergePatients(desk, one)
    await lab(pair, 'one', `${id}-later`)
    await lab(pair, 'other', `${id}-theirs`)
    assert.deepEqual(await testsOf(house, one), [pair.sources.one.id, `${id}-during`, `${id}-later`].sort())
    assert.deepEqual(await testsOf(house, other), [pair.sources.other.id, `${id}-theirs`].sort())
  })

  test('what a source says of one while they are joined does not stay with the other', async () => {
    const family = aFamilyName()
    const pair = await twoWhoMayBeOne(house, { family, other: { telecom: [{ system: 'phone', value: '802-555-0111' }] } })
    const { one, other } = pair
    await mergePatients(desk, { keep: other, merge: one })
    await bringRecords(house, pair.sources.one.source, [fhir.patient('p1', { name: [{ given: ['Wren'], family }], birthDate: '1980-01-02', telecom: [{ system: 'phone', value: '802-555-0122' }], ...numbered('N-1') })])
    assert.equal((await named(other)).name, `Wren ${family}`)
    await unmergePatients(desk, one)
    assert.deepEqual(await named(other), { name: `Iris ${family}`, phone: '802-555-0111', born: '1972-04-17', mrn: null, merged_into: null })
    assert.deepEqual(await named(one), { name: `Wren ${family}`, phone: '802-555-0122', born: '1980-01-02', mrn: 'N-1', merged_into: null })
  })

  test('a number that a third has taken meanwhile stays theirs, and staff are asked', async () => {
    const number = `N-${randomUUID().slice(0, 8)}`
    const { one, other, sources } = await twoWhoMayBeOne(house, { one: numbered(number) })
    await mergePatients(desk, { keep: other, merge: one })
    const third = (await bringRecords(house, `third-${number.toLowerCase()}`, [asSent('p9', aFamilyName(), numbered(number))])).get('p9')!
    assert.notEqual(third, other)
    await unmergePatients(desk, one)
    assert.deepEqual([(await named(one)).mrn, (await named(third)).mrn], [null, number])
    assert.deepEqual(await testsOf(house, one), [sources.one.id])
    assert.equal((await rows('select from records.match_question where patient_id = $1 and candidate_id = $2', one, third)).length, 1)
  })
})

describe('a chain of three', () => {
  async function chain() {
    const [first, second] = [await twoWhoMayBeOne(house), await twoWhoMayBeOne(house)]
    const [a, b, c] = [first.one, first.other, second.other]
    const of = { a: first.sources.one.id, b: first.sources.other.id, c: second.sources.other.id }
    await mergePatients(desk, { keep: b, merge: a })
    await mergePatients(desk, { keep: c, merge: b })
    assert.deepEqual(await testsOf(house, c), [of.a, of.b, of.c].sort())
    return { a, b, c, of, all: async () => [await testsOf(house, a), await testsOf(house, b), await testsOf(house, c)] }
  }
  test('the middle comes back with whom it had joined', async () => {
    const { a, b, of, all } = await chain()
    await unmergePatients(desk, b)
    assert.deepEqual(await all(), [[], [of.a, of.b].sort(), [of.c]])
    await unmergePatients(desk, a)
    assert.deepEqual(await all(), [[of.a], [of.b], [of.c]])
  })
  test('the first comes back alone, out of the third, and the middle after it', async () => {
    const { a, b, of, all } = await chain()
    await unmergePatients(desk, a)
    assert.deepEqual(await all(), [[of.a], [], [of.b, of.c].sort()])
    await unmergePatients(desk, b)
    assert.deepEqual(await all(), [[of.a], [of.b], [of.c]])
  })
  test('an account follows along the chain and comes back from wherever it is', async () => {
    const [first, second] = [await twoWhoMayBeOne(house), await twoWhoMayBeOne(house)]
    const { personId } = await aPatientPerson(house, { patientId: first.one })
    const [a, b, c] = [first.one, first.other, second.other]
    const whose = async () => (await rows('select patient_id from accounts.person where id = $1', personId))[0].patient_id
    await mergePatients(desk, { keep: b, merge: a })
    await mergePatients(desk, { keep: c, merge: b })
    assert.equal(await whose(), c)
    await unmergePatients(desk, a)
    assert.equal(await whose(), a)
    await unmergePatients(desk, b)
    assert.equal(await whose(), a)
    assert.deepEqual(await rows("select distinct patient_id from platform.access_grant where person_id = $1 and source = 'self'", personId), [{ patient_id: a }])
  })
  test('a question about one who was joined meanwhile is about whom they are now, and closes when the two have become one', async () => {
    const family = aFamilyName()
    const { one, other, question } = await twoWhoMayBeOne(house, { family })
    const third = (await bringRecords(house, `third-${family.toLowerCase()}`, [asSent('p3', family)])).get('p3')!
    const open = async () => (await inTransaction(desk, listMatches)).filter(match => match.one.name === `Iris ${family}`)
    assert.equal((await open()).length, 3)
    assert.deepEqual(await answerMatch(desk, question, 'same'), isMerged)
    const [next, last] = await open()
    assert.deepEqual([next, last].map(match => [match!.one.id, match!.other.id]), [[third, other], [third, other]], 'never the number that is no more')
    assert.deepEqual(await answerMatch(desk, next!.id, 'same'), isMerged)
    assert.deepEqual(await open(), [])
    await assert.rejects(inTransaction(desk, tx => readMatch(tx, last!.id)), NotFound)
    await assert.rejects(mergePatients(desk, { keep: other, merge: one }), Conflict)
    assert.equal((await named(third)).merged_into, other)
  })
})

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

  test('nobody joins a record to their own, or to that of somebody they look after', async () => {
    for (const own of ['account', 'caregiver'] as const) {
      const { one, other } = await twoWhoMayBeOne(house)
      const personId = desk.actor.personId
      if (own === 'account') await rows('update accounts.person set patient_id = $1 where id = $2', other, personId)
      else await letActForAsSystem(house.system('accounts.command'), { personId, patientId: one, basis: 'named-by-adult', endsAt: new Date('2027-06-01') })
      assert.deepEqual(await mergePatients(desk, { keep: other, merge: one }), { ok: false, reason: 'own-record' }, own)
      await rows('update accounts.person set patient_id = null where id = $1', personId)
    }
  })

  test('the doors behind it open to nobody else', async () => {
    const { one, other } = await twoWhoMayBeOne(house)
    for (const role of ['clinician', 'care-team', 'billing', 'editor'] as const) {
      const ctx = ctxOf(house.house, staffActor([role], (await aStaffPerson(house, { roles: [role] })).personId))
      await assert.rejects(mergePatients(ctx, { keep: other, merge: one }), NotAllowed)
      await assert.rejects(unmergePatients(ctx, one), NotAllowed)
      const join = { joinId: randomUUID(), from: one, to: other }
      await assert.rejects(inTransaction(ctx, tx => carryOver(tx, join)), /only who says/)
      await assert.rejects(inTransaction(ctx, tx => carryTasks(tx, join)), { code: '42501' })
    }
  })
  test('what was taken back cannot be taken back again, and two at once take it back once', async () => {
    const { one, other, sources } = await twoWhoMayBeOne(house)
    await mergePatients(desk, { keep: other, merge: one })
    const both = await Promise.allSettled([unmergePatients(desk, one), unmergePatients(desk, one)])
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected'])
    await assert.rejects(unmergePatients(desk, one), NotFound)
    assert.deepEqual([await testsOf(house, one), await testsOf(house, other)], [[sources.one.id], [sources.other.id]])
  })

  test('every column that holds a patient’s number is carried, or stays for a reason: a new one is decided on here', async () => {
    const decided: Record<string, string> = {
      'accounts.activation.patient_id': 'carried', 'accounts.care_invitation.patient_id': 'carried', 'accounts.person.patient_id': 'carried',
      'accounts.proxy.patient_id': 'carried', 'platform.access_grant.patient_id': 'carried', 'platform.session.acting_for': 'carried', 'work.task.patient_id': 'carried',
      'notices.choice.patient_id': 'joined: every no of either counts', 'notices.code.patient_id': 'stays: ten minutes', 'notices.consent.patient_id': 'carried', 'notices.heard.patient_id': 'came from that number’s telephone', 'notices.reach.patient_id': 'carried', 'notices.silence.patient_id': 'stays: each record says its own',
      'platform.mail.patient_id': 'what went, went for that number; what waits is carried', 'notices.any_time.patient_id': 'stays: how the kept number wants to be told counts', 'notices.telling.patient_id': 'stays: how the kept number wants to be told counts',
      'records.comment.patient_id': 'moved', 'records.life.patient_id': 'moved', 'records.test_order.patient_id': 'moved', 'release.agreement.patient_id': 'stays: what the kept number agreed to counts', 'release.finding.patient_id': 'found by the result', 'release.wish.patient_id': 'found by the result',
      'writing.draft.patient_id': 'stays: it is filed with whom that number stands for',
      'audit.event.patient_id': 'what happened, happened to that number: nobody rewrites it',
      'scheduling.appointment.patient_id': 'carried', 'scheduling.reminder.patient_id': 'what was sent, was sent for that number', 'scheduling.received.patient_id': 'moved', 'scheduling.hold.patient_id': 'runs out within ten minutes', 'scheduling.wait.patient_id': 'carried', 'scheduling.wait_offer.patient_id': 'carried',
      'feedback.pulse.patient_id': 'carried', 'feedback.report.patient_id': 'carried',
      'records.fact.patient_id': 'moved', 'records.note.patient_id': 'moved', 'records.result.patient_id': 'moved', 'records.source_patient.patient_id': 'ended and linked anew', 'records.match_question.patient_id': 'read through stands_for',
    }
    const found = await rows(`select format('%s.%s.%s', n.nspname, c.relname, a.attname) as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and not a.attisdropped and a.atttypid = 'uuid'::regtype and (a.attname ~ 'patient' or a.attname = 'acting_for') and n.nspname !~ '^pg_' order by 1`)
    assert.deepEqual(found.map(({ name }) => name).filter(name => !/source_patient$/.test(name)), Object.keys(decided).sort())
  })
})
