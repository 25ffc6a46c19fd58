import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { carryOver, letActForAsSystem } from '#accounts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { Conflict, NotAllowed, NotFound } from '#platform/errors.ts'
import { ctxOf, staffActor } from '#test/ctx.ts'
import { aDesk, aPatientPerson, aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
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

describe('the number itself', () => {
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
