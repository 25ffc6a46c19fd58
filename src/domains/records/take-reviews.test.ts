import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, range } from '#test/records.ts'
import { commentOn } from './write-comment.ts'

const monday = '2026-11-23T15:00:00Z'
const npi = { identifier: { system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' } }
const nell = { display: 'HARROW, NELL MD', ...npi }
const later = '2026-11-22T10:00:00Z'

describe('R22 a review that arrives from where the result came from', () => {
  let t: TestHouse
  let count = 0
  before(async () => { t = await aHouse({ now: monday }); await aPractice(t) })
  after(() => t.close())
  beforeEach(() => t.setNow(monday))

  const rows = async (query: string, ...values: unknown[]) => (await t.db.owner.query(query, values)).rows
  const glucose = (more: Record<string, unknown> = {}, flag: 'N' | 'H' = 'H') => fhir.lab('a', '2345-7', 140, { ...range(70, 99, flag), ...more })
  const panel = (more: Record<string, unknown> = {}) => fhir.report('r', ['a'], more)
  const letter = (more: object = {}) => ({
    resourceType: 'Communication', id: 'c', status: 'completed', sender: nell, sent: later, about: [{ reference: 'DiagnosticReport/r' }], payload: [{ contentString: 'A little high. We look again in May.' }], ...more,
  })
  /** Brings these about somebody new, or about the last one again. */
  async function bring(things: object[], { isAgain = false } = {}): Promise<string> {
    if (!isAgain) count++
    const id = `p${count}`
    const patient = fhir.patient(id, { birthDate: `1950-01-${String(count).padStart(2, '0')}`, identifier: [{ system: 'urn:mrn', value: id }] })
    return (await bringRecords(t, `ehr-${count}`, [patient, ...things.map(thing => ({ recipient: [{ reference: `Patient/${id}` }], ...thing, subject: { reference: `Patient/${id}` } }))] as never)).get(id)!
  }
  const state = async (patientId: string) => {
    const [life] = await rows('select id, reviewed_as, reviewed_at, released_at, told_at from records.life where patient_id = $1', patientId)
    const comments = await rows('select words, origin, author_name, author_id, locale from records.comment where patient_id = $1 order by words', patientId)
    const open = await rows("select kind from work.task where patient_id = $1 and done_at is null order by kind", patientId)
    return { life, as: life.reviewed_as as string | null, words: comments.map(row => row.words as string), comments, open: open.map(row => row.kind as string) }
  }

  test('one of ours named as who read the report: the task is closed, and what they concluded shows in their name', async () => {
    const patientId = await bring([panel(), glucose()])
    assert.deepEqual((await state(patientId)).open, ['result-review'])
    await bring([panel({ resultsInterpreter: [nell], conclusion: 'A little high; nothing to do.' })], { isAgain: true })
    const { as, comments, open } = await state(patientId)
    assert.equal(as, 'elsewhere')
    assert.deepEqual(comments, [{ words: 'A little high; nothing to do.', origin: 'elsewhere', author_name: 'Dr. Nell Harrow', author_id: null, locale: 'en' }])
    assert.deepEqual(open, [])
    assert.equal((await rows("select count(*)::int as n from audit.event where patient_id = $1 and action = 'results.reviewed-elsewhere'", patientId))[0].n, 1)
  })

  test('it comes with the result: no task is ever opened', async () => {
    const patientId = await bring([panel({ resultsInterpreter: [{ reference: 'Practitioner/n' }] }), glucose(), { resourceType: 'Practitioner', id: 'n', name: [{ given: ['N.'], family: 'Harrow' }], identifier: [{ ...npi.identifier }] }])
    const { as, words } = await state(patientId)
    assert.deepEqual([as, words], ['elsewhere', []])
    assert.deepEqual(await rows('select id from work.task where patient_id = $1', patientId), [])
  })

  test('the laboratory’s own reader, and a name that is only like one of ours, close nothing', async () => {
    for (const person of [{ display: 'Dr. Iris Vale', identifier: { ...npi.identifier, value: '1111111112' } }, { display: 'Dr. Harrow' }, { display: 'Ivo Marshall' }, {}]) {
      const patientId = await bring([panel({ resultsInterpreter: [person], conclusion: 'High.' }), glucose({ note: [{ text: 'Fasting sample', authorReference: person }, { text: 'No author' }] }), letter({ sender: person })])
      const { as, words, open } = await state(patientId)
      assert.deepEqual([as, words, open], [null, [], ['result-review']], JSON.stringify(person))
    }
  })

  test('a note on a test of the report, in Spanish, by name; a note from before the result is no review of it', async () => {
    const note = (time: string) => [{ text: 'Un poco alto. Lo vemos en mayo.', time, authorString: 'Marsh, Ivo NP' }]
    const patientId = await bring([panel(), glucose({ note: note('2026-11-20T10:00:00Z'), language: 'es-US' })])
    assert.deepEqual([(await state(patientId)).as, (await state(patientId)).words], [null, []])
    await bring([glucose({ note: note(later), language: 'es-US' })], { isAgain: true })
    const { as, comments } = await state(patientId)
    assert.deepEqual([as, comments], ['elsewhere', [{ words: 'Un poco alto. Lo vemos en mayo.', origin: 'elsewhere', author_name: 'Ivo Marsh', author_id: null, locale: 'es' }]])
  })

  test('a letter to the patient about the result, before or after it; to a colleague, unfinished, marked as sensitive or about another: nothing', async () => {
    const first = await bring([letter({ about: [{ reference: 'Observation/a' }] })])
    await bring([panel(), glucose()], { isAgain: true })
    assert.deepEqual([(await state(first)).as, (await state(first)).words], ['elsewhere', ['A little high. We look again in May.']])
    const second = await bring([panel(), glucose()])
    for (const more of [{ recipient: [{ reference: 'Practitioner/n' }] }, { status: 'in-progress' }, { meta: { security: [{ code: 'R' }] } }, { about: [{ reference: 'DiagnosticReport/other' }] }, { sent: '2026-11-19T10:00:00Z' }]) {
      await bring([letter(more)], { isAgain: true })
      assert.equal((await state(second)).as, null, JSON.stringify(more))
    }
    await bring([letter()], { isAgain: true })
    assert.equal((await state(second)).as, 'elsewhere')
  })

  test('nothing is signed twice: the same words written here first, or sent again, stand once', async () => {
    const patientId = await bring([panel(), glucose()])
    const ada = ctxOf(t.house, staffActor(['clinician'], (await aStaffPerson(t, { roles: ['clinician'] })).personId))
    await commentOn(ada, (await state(patientId)).life.id, { words: 'A little high. We look again in May.', locale: 'en' })
    await bring([letter({ payload: [{ contentString: 'A little high.  We look\nagain in May.' }] })], { isAgain: true })
    await bring([letter({ id: 'c2' })], { isAgain: true })
    const { as, words } = await state(patientId)
    assert.deepEqual([as, words], ['clinician', ['A little high. We look again in May.']])
  })

  test('R16 who read the first version has not read the corrected one', async () => {
    const patientId = await bring([panel({ resultsInterpreter: [nell] }), glucose({ valueQuantity: { value: 90, unit: 'mg/dL' } }, 'N')])
    assert.equal((await state(patientId)).as, 'elsewhere')
    await bring([panel({ resultsInterpreter: [nell], status: 'corrected' }), glucose({ status: 'corrected' })], { isAgain: true })
    assert.deepEqual([(await state(patientId)).as, (await state(patientId)).open], [null, ['result-review']])
    await bring([letter({ sent: '2026-11-23T14:00:00Z' })], { isAgain: true })
    assert.deepEqual([(await state(patientId)).as, (await state(patientId)).open], ['elsewhere', []])
  })

  test('R11+ a critical value stays on call until the call; an unfinished result is not reviewed', async () => {
    const patientId = await bring([panel({ resultsInterpreter: [nell] }), glucose({ interpretation: [{ coding: [{ code: 'HH' }] }] })])
    assert.deepEqual([(await state(patientId)).as, (await state(patientId)).open], ['elsewhere', ['critical-result']])
    const other = await bring([panel({ resultsInterpreter: [nell], status: 'preliminary' }), glucose({ status: 'preliminary' })])
    assert.equal((await state(other)).as, null)
  })

  test('R8 whoever waits until the team has written reads it now', async () => {
    count++
    const patientId = await bring([], { isAgain: true })
    await t.db.owner.query(`insert into release.agreement (patient_id, category, condition, longest_days, made_at, made_by, channel, words_shown) values ($1, 'routine', 'until-review', 3, now(), gen_random_uuid(), 'portal', 'After my care team writes, at most three days')`, [patientId])
    await bring([panel(), glucose()], { isAgain: true })
    const opensAt = async () => (await rows('select opens_at, held_by from records.life where patient_id = $1', patientId))[0]
    assert.equal((await opensAt()).held_by, 'patient')
    await bring([letter()], { isAgain: true })
    assert.deepEqual(await opensAt(), { opens_at: new Date(monday), held_by: null })
  })
})
