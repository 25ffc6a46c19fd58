import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { inTransaction } from '#platform/db.ts'
import { NotAllowed, NotFound } from '#platform/errors.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { aHouse, ctxOf, patientActor, staffActor, type TestHouse } from '#test/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, grantSight, range } from '#test/records.ts'
import { countReviews, listReviews, readReview, type ReviewList } from './list-reviews.ts'
import { readComments } from './read-comments.ts'
import { commentOn, markReviewed } from './write-comment.ts'

describe('looking at results, and writing to the patient', () => {
  let t: TestHouse
  let count = 0
  const as = async (role: 'clinician' | 'care-team' | 'front-desk') => ctxOf(t.house, staffActor([role], (await aStaffPerson(t, { roles: [role] })).personId))
  let ada: Awaited<ReturnType<typeof as>>, nurse: typeof ada, desk: typeof ada
  before(async () => { t = await aHouse({ now: '2026-11-23T15:00:00Z' }); await aPractice(t); [ada, nurse, desk] = [await as('clinician'), await as('care-team'), await as('front-desk')] })
  after(() => t.close())

  async function aResult(flag: 'N' | 'H' | 'HH' = 'N', code = '2345-7'): Promise<{ patientId: string; lifeId: string; resourceId: string }> {
    const id = `p${++count}`
    const people = await bringRecords(t, `lab-${count}`, [fhir.patient(id, { birthDate: `19${40 + count}-01-02` }), fhir.lab('a', code, flag === 'N' ? 90 : 190, { ...range(70, 99, flag === 'HH' ? 'H' : flag), interpretation: [{ coding: [{ code: flag }] }] }, id)])
    const patientId = people.get(id)!
    const { rows } = await t.db.owner.query('select id, resource_id from records.life where patient_id = $1', [patientId])
    return { patientId, lifeId: rows[0].id, resourceId: rows[0].resource_id }
  }
  const rule = { id: randomUUID(), categories: ['routine'] }
  const open = (lifeId: string, kind = 'result-review') => t.db.owner.query('select count(*)::int as n from work.task where subject_id = $1 and kind = $2 and done_at is null', [lifeId, kind]).then(({ rows }) => rows[0].n as number)
  const list = (which: ReviewList, who = ada) => inTransaction(who, tx => listReviews(tx, which))

  test('R15 critical first, then by when the patient was promised an answer; nothing without an owner', async () => {
    const [normal, high, critical] = [await aResult('N'), await aResult('H'), await aResult('HH')]
    const rows = (await list('waiting')).map(row => row.lifeId)
    const places = [critical, high, normal].map(({ lifeId }) => rows.indexOf(lifeId))
    assert.deepEqual(places, [...places].sort((a, b) => a - b))
    assert.ok(places.every(place => place >= 0))
    assert.equal((await inTransaction(ada, tx => countReviews(tx))).critical, 1)
    for (const one of [normal, high, critical]) assert.equal(await open(one.lifeId), 1)
  })

  test('a line to the patient in one’s own name: stored, the task done, the patient sees it, and it is said once', async () => {
    const one = await aResult('H')
    assert.deepEqual(await commentOn(ada, one.lifeId, { words: 'This needs a next step. Please book __.', locale: 'en' }), { ok: false, reason: 'blank-left' })
    assert.deepEqual(await commentOn(ada, one.lifeId, { words: '  ', locale: 'en' }), { ok: false, reason: 'no-words' })
    assert.deepEqual(await commentOn(ada, one.lifeId, { words: 'For you I am not worried.', locale: 'en' }), { ok: true })
    assert.deepEqual(await commentOn(ada, one.lifeId, { words: 'For you I am not worried.', locale: 'en' }), { ok: true })
    assert.equal(await open(one.lifeId), 0)
    const personId = randomUUID()
    await grantSight(t, { personId, patientId: one.patientId, source: 'self' })
    const seen = await inTransaction(ctxOf(t.house, patientActor(one.patientId, personId)), tx => readComments(tx, one.patientId as AuthorizedPatientId, [one.resourceId]))
    assert.deepEqual(seen.map(comment => comment.words), ['For you I am not worried.'])
    const stranger = await inTransaction(ctxOf(t.house, patientActor(randomUUID())), tx => readComments(tx, one.patientId as AuthorizedPatientId, [one.resourceId]))
    assert.deepEqual(stranger, [])
  })

  test('the care team answers what is normal, under a rule, signed with their own name; never more', async () => {
    const [normal, high] = [await aResult('N'), await aResult('H')]
    assert.deepEqual(await commentOn(nurse, normal.lifeId, { words: 'All is well.', locale: 'en' }), { ok: false, reason: 'not-yours' })
    assert.deepEqual(await commentOn(nurse, high.lifeId, { words: 'All is well.', locale: 'en', rule }), { ok: false, reason: 'not-yours' })
    assert.deepEqual(await commentOn(nurse, normal.lifeId, { words: 'All is well.', locale: 'en', rule: { ...rule, categories: ['imaging'] } }), { ok: false, reason: 'not-yours' })
    assert.deepEqual(await commentOn(nurse, normal.lifeId, { words: 'All is well.', locale: 'en', rule }), { ok: true })
    const { rows } = await t.db.owner.query('select reviewed_as, (select author_id from records.comment c where c.resource_id = l.resource_id) as author, (select standing_rule_id from records.comment c where c.resource_id = l.resource_id) as rule from records.life l where id = $1', [normal.lifeId])
    assert.deepEqual(rows[0], { reviewed_as: 'standing-rule', author: nurse.actor.personId, rule: rule.id })
  })

  test('looked at without a word: once, by a clinician; who sees no results cannot', async () => {
    const one = await aResult('N')
    await assert.rejects(markReviewed(desk, one.lifeId), NotAllowed)
    await assert.rejects(list('waiting', desk), NotAllowed)
    assert.deepEqual(await markReviewed(ada, one.lifeId), { ok: true })
    assert.deepEqual(await markReviewed(ada, one.lifeId), { ok: false, reason: 'answered-already' })
    await assert.rejects(markReviewed(ada, randomUUID()), NotFound)
    assert.ok((await list('done')).some(row => row.lifeId === one.lifeId))
    assert.ok((await inTransaction(ada, tx => readReview(tx, one.lifeId)))?.reviewedAt)
  })

  test('R11+ a line does not end a page: that takes a call', async () => {
    const one = await aResult('HH')
    await commentOn(ada, one.lifeId, { words: 'I am calling you now.', locale: 'en' })
    assert.equal(await open(one.lifeId), 0)
    assert.equal(await open(one.lifeId, 'critical-result'), 1)
  })

  test('reading the list is an event in the record of each who stands in it, and of nobody else', async () => {
    const [one, two, done] = [await aResult('N'), await aResult('H'), await aResult('N')]
    await markReviewed(ada, done.lifeId)
    const seen = async (patientId: string) => (await t.db.owner.query("select person_id, detail ->> 'count' as count from audit.event where action = 'results.listed' and patient_id = $1 and request_id = $2", [patientId, nurse.requestId])).rows
    const shown = await inTransaction(nurse, tx => listReviews(tx, 'waiting', { but: [two.lifeId] }))
    assert.ok(shown.some(row => row.lifeId === one.lifeId))
    assert.deepEqual(await seen(one.patientId), [{ person_id: nurse.actor.personId, count: '1' }])
    assert.deepEqual([await seen(two.patientId), await seen(done.patientId)], [[], []])
  })
})
