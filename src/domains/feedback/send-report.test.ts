import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Role } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { Invalid, NotAllowed, NotFound } from '#platform/errors.ts'
import { mayActFor } from '#platform/scope.ts'
import { answerReport, fileStatement } from './answer-report.ts'
import { listOwnReports, listReports, readBeside, readOwnReport, readReport } from './list-reports.ts'
import { remindersOf, remindOwners } from './remind-owners.ts'
import { sendReport } from './send-report.ts'
import { wrongKinds, type ReportKind, type Subject } from './shared.ts'
import { aHouse, ctxOf, patientActor, proxyActor, staffActor, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson, type TestPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'

describe('what patients say of their record', { timeout: 120_000 }, () => {
  let house: TestHouse, ana: TestPerson, nell: TestPerson
  before(async () => {
    house = await aHouse({ now: '2026-11-23T15:00:00Z' })      // a Monday, 10 in the morning; Thursday is a holiday
    await aPractice(house)
    ana = await aPatientPerson(house)
    nell = await aStaffPerson(house, { name: 'Dr. Nell Harrow', roles: ['clinician'] })
    await house.db.owner.query("update practice.clinician set person_id = $1 where slug = 'nell-harrow'", [nell.personId])
  })
  after(() => house.close())
  const rows = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows
  const note = (more: Partial<Subject> = {}): Subject => ({ type: 'note', id: randomUUID(), category: 'notes', part: 'abc', title: 'Visit note', excerpt: 'She refused the shot.', author: 'Nell Harrow, MD', ...more })
  const asAna = () => ctxOf(house.house, patientActor(ana.patientId, ana.personId))
  const asStaff = async (role: Role) => ctxOf(house.house, staffActor([role], (await aStaffPerson(house, { name: `A ${role}`, roles: [role] })).personId))
  const send = async (kind: ReportKind, more: Partial<Subject> = {}, words = 'That is not how it was.') => {
    const ctx = asAna()
    return sendReport(ctx, { patientId: await mayActFor(ctx, ana.patientId), subject: note(more), kind, words, locale: 'en' })
  }
  const tasksOf = (id: string) => rows("select kind, pool, owner_id, due_at, title, body, patient_id from work.task where subject_type = 'feedback' and subject_id = $1 order by kind", id)

  test('N11 each kind is somebody’s work with its own clock: privacy in an hour, a correction in ten days of open doors and sixty days at most, hurtful words in five, an explanation in one', async () => {
    const said: Record<string, unknown> = {}
    for (const kind of wrongKinds) {
      const { id, dueAt } = await send(kind)
      const { act_by } = (await rows('select act_by from feedback.report where id = $1', id))[0]
      said[kind] = [(await tasksOf(id)).map(task => `${task.kind} ${task.pool}${task.owner_id === nell.personId ? ' author' : ''}`), dueAt.toISOString(), act_by?.toISOString() ?? null]
    }
    assert.deepEqual(said, {
      'wrong-person': [['privacy-incident manager'], '2026-11-23T16:00:00.000Z', null],
      'wrong-fact': [['patient-report clinician author'], '2026-12-08T15:00:00.000Z', '2027-01-22T15:00:00.000Z'],
      missing: [['patient-report clinician author'], '2026-12-08T15:00:00.000Z', '2027-01-22T15:00:00.000Z'],
      'hurtful-words': [['patient-report clinician author', 'second-reader manager'], '2026-12-01T15:00:00.000Z', null],
      'not-understood': [['patient-report care-team'], '2026-11-24T15:00:00.000Z', null],
    })
  })

  test('N12 those who make appointments learn nothing of it: no words, no patient, no name stand in a task, and the database shows them no report', async () => {
    const { id } = await send('hurtful-words', {}, 'The word zqhurt is cruel.')
    for (const task of await tasksOf(id)) assert.deepEqual([task.title, task.body, task.patient_id], ['A patient says that something looks wrong', '', null])
    for (const role of ['front-desk', 'billing', 'editor'] as const) {
      const ctx = await asStaff(role)
      await assert.rejects(inTransaction(ctx, tx => listReports(tx, 'open')), NotAllowed)
      await assert.rejects(inTransaction(ctx, tx => readReport(tx, id)), NotAllowed)
    }
    const manager = await asStaff('manager')
    assert.deepEqual([...new Set((await inTransaction(manager, tx => listReports(tx, 'open'))).map(report => report.kind))].sort(), ['hurtful-words', 'wrong-person'])
    const { id: fact } = await send('wrong-fact')
    await assert.rejects(inTransaction(manager, tx => readReport(tx, fact)), NotFound)
  })

  test('a person who is somebody else, or cares for somebody else, neither sees it nor sends it', async () => {
    const { id } = await send('missing')
    const other = await aPatientPerson(house, { name: 'Bert Other' })
    for (const actor of [patientActor(other.patientId, other.personId), patientActor(ana.patientId, other.personId), proxyActor(ana.patientId, other.personId)]) {
      const ctx = ctxOf(house.house, actor)
      await assert.rejects(inTransaction(ctx, async tx => readOwnReport(tx, await mayActFor(tx, actor.patientId), id)), NotFound)
    }
    const claims = ctxOf(house.house, patientActor(ana.patientId, other.personId))
    await assert.rejects(async () => sendReport(claims, { patientId: await mayActFor(claims, ana.patientId), subject: note(), kind: 'missing', words: 'x', locale: 'en' }), /row-level security/)
    assert.ok((await inTransaction(asAna(), async tx => listOwnReports(tx, await mayActFor(tx, ana.patientId)))).some(report => report.id === id))
  })

  test('N13 a correction stands beside the original with its date; a refusal has a reason, and then the patient’s own statement stands there', async () => {
    const subject = { id: randomUUID() }
    const [accepted, declined] = [await send('wrong-fact', subject), await send('missing', subject)]
    const doctor = ctxOf(house.house, staffActor(['clinician'], nell.personId))
    await assert.rejects(answerReport(doctor, accepted.id, { outcome: 'accepted', words: 'You are right.', correction: ' ', locale: 'en' }), Invalid)
    assert.deepEqual(await answerReport(doctor, accepted.id, { outcome: 'accepted', words: 'You are right.', correction: 'It was the left knee.', locale: 'en' }), { ok: true, patientId: ana.patientId })
    assert.deepEqual(await answerReport(doctor, accepted.id, { outcome: 'declined', words: 'No.', correction: '', locale: 'en' }), { ok: false, reason: 'answered-already' })
    const ctx = asAna()
    const patientId = await mayActFor(ctx, ana.patientId)
    assert.deepEqual(await fileStatement(ctx, patientId, declined.id, { words: 'I did say it.', locale: 'en' }), { ok: false, reason: 'not-declined' })
    await answerReport(doctor, declined.id, { outcome: 'declined', words: 'We were not told.', correction: '', locale: 'en' })
    assert.deepEqual(await fileStatement(ctx, patientId, declined.id, { words: 'I did say it.', locale: 'en' }), { ok: true })
    assert.deepEqual(await fileStatement(ctx, patientId, declined.id, { words: 'Again.', locale: 'en' }), { ok: false, reason: 'filed-already' })
    const beside = await inTransaction(ctx, tx => readBeside(tx, patientId, [subject.id]))
    assert.deepEqual(beside.map(report => [report.reply?.correction ?? report.statement?.words, report.reply?.byName, report.reply?.at.toISOString()]),
      [['It was the left knee.', 'Dr. Nell Harrow', '2026-11-23T15:00:00.000Z'], ['I did say it.', 'Dr. Nell Harrow', '2026-11-23T15:00:00.000Z']])
    assert.deepEqual((await tasksOf(declined.id)).map(task => task.kind), ['patient-report', 'patient-statement'])
    assert.equal((await rows("select from work.task where subject_id = $1 and done_at is null", accepted.id)).length, 0)
  })

  test('a patient closes nothing and answers nothing: the practice does', async () => {
    const { id } = await send('missing')
    const { rows: changed } = await asAnaSql(`update feedback.report set closed_at = now() where id = '${id}' returning id`)
    assert.equal(changed.length, 0)
    await assert.rejects(asAnaSql(`insert into feedback.reply (report_id, outcome, words, locale, by_person, by_name, at) values ('${id}', 'answered', 'x', 'en', '${ana.personId}', 'x', now())`), /row-level security/)
  })
  const asAnaSql = async (statement: string) => {
    const client = await house.house.pool.connect()
    try {
      await client.query(`begin; select set_config('rapport.kind', 'patient', true), set_config('rapport.person', '${ana.personId}', true), set_config('rapport.patient', '${ana.patientId}', true)`)
      return await client.query(statement)
    } finally {
      await client.query('rollback')
      client.release()
    }
  }

  test('who answers what: clinicians set the record right, the care team explains, the manager answers for privacy and for hurtful words', async () => {
    const answered: Record<string, string[]> = {}
    for (const role of ['clinician', 'care-team', 'manager'] as const) {
      const ctx = await asStaff(role)
      for (const kind of [...wrongKinds, 'question'] as const) {
        const { id } = await send(kind)
        const outcome = kind === 'hurtful-words' || kind === 'not-understood' || kind === 'question' ? 'answered' : 'declined'
        const done = await answerReport(ctx, id, { outcome, words: 'So it is.', correction: '', locale: 'en' }).then(() => true, error => { if (error instanceof NotAllowed || error instanceof NotFound) return false; throw error })
        if (done) (answered[role] ??= []).push(kind)
      }
    }
    assert.deepEqual(answered, { clinician: ['wrong-fact', 'missing', 'hurtful-words', 'not-understood', 'wrong-person', 'question'], 'care-team': ['not-understood', 'question'], manager: ['hurtful-words', 'wrong-person'] })
  })

  test('N11 who must answer is reminded at half, four fifths and the end, of what was promised and of what the law allows; once each, with no word of it in the mail', async () => {
    await rows('update feedback.report set closed_at = now() where closed_at is null')
    const { id } = await send('wrong-fact', {}, 'The zqword is wrong.')
    const [report] = await rows('select sent_at as "sentAt", due_at as "dueAt", act_by as "actBy" from feedback.report where id = $1', id)
    const moments = remindersOf(report)
    assert.equal(moments.length, 6)
    await rows('delete from platform.mail')
    const reminded: number[] = []
    for (const at of moments) {
      house.setNow(new Date(at.getTime() - 1_000))
      reminded.push(await remindOwners(house.system('feedback.remind')))
      house.setNow(at)
      reminded.push(await remindOwners(house.system('feedback.remind')), await remindOwners(house.system('feedback.remind')))
    }
    house.setNow('2026-11-23T15:00:00Z')
    assert.deepEqual(reminded, moments.flatMap(() => [0, 1, 0]))
    const mails = await rows('select to_address, subject from platform.mail')
    assert.ok(mails.filter(mail => mail.to_address === nell.email).length === 6 && mails.every(mail => !/zq|Ana|note/i.test(mail.subject)))
  })
})
