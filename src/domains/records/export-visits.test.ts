import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { mayActFor } from '#platform/scope.ts'
import { answerVisit, bookForPatient, type Answer } from '#scheduling'
import { aHouse, ctxOf, patientActor, type TestHouse } from '#test/ctx.ts'
import { aDesk, aPatientPerson, type TestPerson } from '#test/people.ts'
import { bringRecords, fhir, grantSight } from '#test/records.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { bundleText, exportRecord } from './export-record.ts'
import { tellRecord } from './tell-record.ts'

const asked = { stairs: { en: 'Any stairs at home?', es: '¿Hay escaleras en casa?' }, shoe: { en: 'Which shoe', es: 'Qué zapato' }, else: { en: 'What else?', es: '' } }
const left = { en: 'Left', es: 'Izquierdo' }
let ids: Record<string, string>
let t: TestHouse, s: TestSchedule, desk: Ctx<StaffActor>, ana: TestPerson, ben: TestPerson
before(async () => {
  t = await aHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(t, { questions: { 'check-up': [{ kind: 'yes-no', words: asked.stairs }, { kind: 'choice', words: asked.shoe, options: [left, { en: 'Right', es: 'Derecho' }] }, { kind: 'text', words: asked.else }] } })
  ids = Object.fromEntries((await t.db.owner.query('select words_en, id from scheduling.question')).rows.map(row => [row.words_en, row.id]))
  desk = await aDesk(t)
  const [one, other] = [(await bringRecords(t, 'ehr', [fhir.patient()])).get('p1')!, (await bringRecords(t, 'clinic', [fhir.patient('p9', { name: [{ given: ['Ben'], family: 'Osgood' }], birthDate: '1990-01-01' })])).get('p9')!]
  ;[ana, ben] = [await aPatientPerson(t, { patientId: one }), await aPatientPerson(t, { patientId: other })]
  for (const person of [ana, ben]) await grantSight(t, { personId: person.personId, patientId: person.patientId, source: 'self' })
})
after(() => t.close())

type Copied = { resourceType: string; id: string; status: string; start: string; reasonCode?: { text: string }[]; identifier: { value: string }[]; participant: { actor: { reference?: string; display?: string } }[]; cancelationReason?: { text: string }; supportingInformation?: { reference: string }[] }
const copyOf = (person: TestPerson) => inTransaction(ctxOf(t.house, patientActor(person.patientId, person.personId)), async tx => exportRecord(tx, await mayActFor(tx, person.patientId), 'fhir'))
const visitsIn = (items: { body: string }[]) => items.map(item => JSON.parse(item.body) as Copied).filter(one => one.resourceType === 'Appointment')
async function book(person: TestPerson, iso: string, reason: string): Promise<string> {
  const booked = await bookForPatient(desk, { patientId: person.patientId, visitTypeId: s.typeIds['check-up']!, mode: 'in-person', resourceId: s.resourceIds['nell-harrow']!, locationId: s.placeId, startsAt: new Date(iso), reason })
  assert.ok(booked.ok)
  return booked.id
}

test('visits that were booked here go along in a copy, whatever became of them, and nobody else’s', async () => {
  const [first, gone, theirs] = [await book(ana, '2026-12-01T15:00:00Z', 'The knee'), await book(ana, '2026-12-02T15:00:00Z', ''), await book(ben, '2026-12-03T15:00:00Z', 'His own')]
  await t.db.owner.query("update scheduling.appointment set status = 'cancelled' where id = $1", [gone])
  await t.db.owner.query("insert into scheduling.appointment_step (appointment_id, at, by_kind, step, version, starts_at, note) values ($1, now(), 'staff', 'cancelled', 2, now(), 'practice')", [gone])
  const { items } = await copyOf(ana)
  const visits = visitsIn(items)
  assert.deepEqual(visits.map(one => [one.id, one.status, one.start]), [[gone, 'cancelled', '2026-12-02T15:00:00.000Z'], [first, 'booked', '2026-12-01T15:00:00.000Z']])
  assert.deepEqual([visits[1]!.reasonCode, visits[0]!.cancelationReason?.text, visits[1]!.participant.map(({ actor }) => actor.display ?? 'her')], [[{ text: 'The knee' }], 'We could not keep it', ['her', 'Dr. Nell Harrow', 'Heron Street']])
  assert.equal(visits[1]!.participant[0]!.actor.reference, `urn:uuid:${items[0]!.id}`, 'it points at the patient that stands in the same copy')
  assert.ok(!bundleText(items, t.house.now()).includes(theirs))
  assert.deepEqual(visitsIn((await copyOf(ben)).items).map(one => one.id), [theirs])
  const [told] = tellRecord(items, { locale: 'es', now: t.house.now(), zone: 'America/New_York', demo: false }, new Map()).filter(part => part.part === 'visits')
  assert.deepEqual(told!.lines.map(line => [line.title, line.words.slice(0, 3)]), [['Check-up', ['Cancelada', 'Dr. Nell Harrow', 'Heron Street']], ['Check-up', ['Reservada', 'Dr. Nell Harrow', 'Heron Street']]])
})

test('the command’s copy has them, too, and one that the EHR has carries its numbers', async () => {
  const id = await book(ana, '2026-12-04T15:00:00Z', '')
  await t.db.owner.query(`insert into scheduling.received (record_id, source, source_patient, patient_id, starts_at, ends_at, status, with_ids, with_name, place_name, what, numbers, is_restricted, first_at, appointment_id)
    values (gen_random_uuid(), 'ehr', gen_random_uuid(), $1, '2026-12-04T15:00:00Z', '2026-12-04T15:30:00Z', 'booked', '{}', '', '', '', '{F77}', false, now(), $2)`, [ana.patientId, id])
  const { items } = await inTransaction(t.system('records.export', ana.patientId), async tx => exportRecord(tx, await mayActFor(tx, ana.patientId), 'fhir'))
  assert.deepEqual(visitsIn(items).find(one => one.id === id)?.identifier.map(one => one.value), [`urn:uuid:${id}`, 'F77'])
})

type Response = { resourceType: string; id: string; item: ({ linkId: string; text: string; answer: Record<string, unknown>[] } & Record<string, unknown>)[] } & Record<string, unknown>
const responsesIn = (items: { body: string }[]) => items.map(item => JSON.parse(item.body) as Response).filter(one => one.resourceType === 'QuestionnaireResponse')
const answersOf = (dog: string): Answer[] => [
  { questionId: ids[asked.stairs.en]!, place: 0, kind: 'yes-no', asked: asked.stairs, said: { en: 'No', es: 'No' }, locale: 'es' }, { questionId: ids[asked.shoe.en]!, place: 1, kind: 'choice', asked: asked.shoe, said: left, locale: 'es' },
  { questionId: ids[asked.else.en]!, place: 2, kind: 'text', asked: asked.else, said: { en: dog, es: dog }, locale: 'en' },
]
/** What R4 lets stand in a response, an item and an answer, so far as we write it: a name that it does not know is refused by whoever reads strictly. */
const known = {
  response: ['resourceType', 'id', 'meta', 'language', 'identifier', 'status', 'subject', 'authored', 'item'], item: ['linkId', 'text', '_text', 'answer'], answer: ['valueBoolean', 'valueString', 'valueCoding'],
}

describe('what was answered about a visit', () => {
  test('goes along as a response in the shape of R4, which the visit points at, and nobody else’s does', async () => {
    const [hers, his] = [await book(ana, '2026-12-08T15:00:00Z', ''), await book(ben, '2026-12-09T15:00:00Z', '')]
    for (const [id, words] of [[hers, 'A <b>dog</b>'], [his, 'Canary']] as const) assert.ok((await answerVisit(desk, id, answersOf(words))).ok)
    for (const items of [(await copyOf(ana)).items, (await inTransaction(t.system('records.export', ana.patientId), async tx => exportRecord(tx, await mayActFor(tx, ana.patientId), 'fhir'))).items]) {
      const [response, ...others] = responsesIn(items)
      assert.deepEqual(others, [])
      assert.deepEqual(Object.keys(response!).filter(key => !known.response.includes(key)), [])
      assert.ok(response!.item.every(item => Object.keys(item).every(key => known.item.includes(key)) && item.answer.every(one => Object.keys(one).length === 1 && known.answer.includes(Object.keys(one)[0]!))), 'one value of each answer')
      assert.deepEqual([response!.status, response!.subject, response!.authored, response!.language], ['completed', { reference: `urn:uuid:${items[0]!.id}` }, '2026-11-23T15:00:00.000Z', undefined])
      assert.deepEqual(response!.item.map(item => [item.linkId, item.text, item.answer[0]]), [
        [ids[asked.stairs.en]!, '¿Hay escaleras en casa?', { valueBoolean: false }],
        [ids[asked.shoe.en]!, 'Qué zapato', { valueCoding: { display: 'Izquierdo', _display: { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/translation', extension: [{ url: 'lang', valueCode: 'en' }, { url: 'content', valueString: 'Left' }] }] } } }],
        [ids[asked.else.en]!, 'What else?', { valueString: 'A <b>dog</b>' }],
      ])
      assert.equal(response!.item[2]!._text, undefined, 'nobody wrote it in Spanish')
      const visit = visitsIn(items).find(one => one.id === hers)!
      assert.deepEqual(visit.supportingInformation, [{ reference: `urn:uuid:${response!.id}` }])
      assert.ok(visitsIn(items).filter(one => one.id !== hers).every(one => one.supportingInformation === undefined))
      const bundle = JSON.parse(bundleText(items, t.house.now())) as { entry: { fullUrl: string }[] }
      assert.equal(bundle.entry.filter(entry => entry.fullUrl === `urn:uuid:${response!.id}`).length, 1, 'what it points at stands in the same copy, under a number of its own')
      assert.equal(new Set(bundle.entry.map(entry => entry.fullUrl)).size, bundle.entry.length)
      assert.ok(!bundleText(items, t.house.now()).includes('Canary'))
    }
    assert.equal(responsesIn((await copyOf(ana)).items)[0]!.id, responsesIn((await copyOf(ana)).items)[0]!.id, 'in each copy the same number')
  })
  test('stands after its visit in the copy that is read, in the reader’s language where the practice wrote it', async () => {
    const { items } = await copyOf(ana)
    const linesIn = (locale: 'en' | 'es') => tellRecord(items, { locale, now: t.house.now(), zone: 'America/New_York', demo: false }, new Map()).find(part => part.part === 'visits')!.lines
    const at = linesIn('en').findIndex(line => line.title === 'What you told us')
    assert.match(linesIn('en')[at - 1]!.when!, /December 8, 2026/)
    assert.deepEqual(linesIn('en')[at]!.words, ['Any stairs at home? No', 'Which shoe: Left', 'What else? A <b>dog</b>'])
    assert.deepEqual(linesIn('es').find(line => line.title === 'Lo que nos dijo')!.words, ['¿Hay escaleras en casa? No', 'Qué zapato: Izquierdo', 'What else? A <b>dog</b>'])
  })
})
