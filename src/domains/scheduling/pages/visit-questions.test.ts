import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { Role } from '#platform/ctx.ts'
import { askedField } from '#safety/shared'
import { ctxOf, patientActor } from '#test/ctx.ts'
import { aDesk, aPatientPerson, aStaffPerson, fieldIn } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { answerVisit } from '../answer-visit.ts'
import { schedulingJobs } from '../jobs.ts'
import { offerTimes } from '../offer-times.ts'

type Patient = SignedIn & { patientId: string; personId: string }
let house: RunningHouse, s: TestSchedule, luis: Patient, ana: Patient, desk: SignedIn, manager: SignedIn, q: Record<'stairs' | 'shoe' | 'else', string>
const signIn = async (role: Role) => signedInAs(house, { personId: (await aStaffPerson(house, { roles: [role] })).personId, roles: [role] })
const aPatient = async (locale: 'en' | 'es'): Promise<Patient> => {
  const { personId, patientId } = await aPatientPerson(house, { locale })
  await house.db.owner.query("insert into records.patient (id, name, given, birth_date, updated_at) values ($1, 'Nora Quill', 'Nora', '1988-02-29', now())", [patientId])
  return Object.assign(await signedInAs(house, { personId, actingFor: patientId, locale }), { patientId, personId })
}
before(async () => {
  house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  s = await aSchedule(house)
  ;[luis, ana, desk, manager] = [await aPatient('es'), await aPatient('en'), await signIn('front-desk'), await signIn('manager')]
})
after(() => house.close())
beforeEach(async () => {
  await house.db.owner.query('truncate scheduling.wait_offer, scheduling.wait, scheduling.reminder, scheduling.claim, scheduling.hold, scheduling.answer, scheduling.question, scheduling.appointment_step, scheduling.appointment, work.task, work.task_step, work.page cascade')
  q = { stairs: await ask('Any stairs at home?'), shoe: await ask('Which shoe?', { kind: 'choice', 'options-en': 'Left\nRight', 'options-es': 'Izquierdo\nDerecho', required: '' }), else: await ask('What else?', { kind: 'text', required: '' }) }
})
const rows = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows
const to = (answer: Response) => answer.headers.get('location') ?? ''
const read = async (who: SignedIn, path: string) => (await who.get(path)).text()
async function ask(words: string, more: Record<string, string> = {}): Promise<string> {
  await manager.post(`/console/schedule/types/${s.typeIds['check-up']}/questions`, { 'words-en': words, 'words-es': `${words} (es)`, kind: 'yes-no', required: 'yes', do: 'save', ...more })
  return (await rows('select id from scheduling.question where words_en = $1', words))[0].id
}
const time = (iso: string) => `${s.resourceIds['nell-harrow']}.${s.placeId}.${Date.parse(iso)}`
/** Booked at the desk, for somebody who calls. */
async function called(who: Patient, iso = '2026-11-25T14:00:00Z'): Promise<{ id: string; desk: string; own: string; asked: string }> {
  const at = to(await desk.post(`/console/schedule/book/${who.patientId}`, { type: s.typeIds['check-up']!, how: 'in-person', time: time(iso), reason: '', pays: 'insurance' }))
  assert.match(at, /\?said=booked$/)
  const id = at.split(/[/?]/).at(-2)!
  return { id, desk: `/console/schedule/visits/${id}`, own: `/portal/appointments/${id}`, asked: `/portal/appointments/${id}/questions` }
}
const fields = (said: Partial<Record<keyof typeof q, string>>) => Object.fromEntries(Object.entries(said).map(([name, value]) => [`q-${q[name as keyof typeof q]}`, value]))
const told = () => rows('select asked_en, said_en, said_es, locale, place from scheduling.answer order by place')
const kinds = async () => (await rows('select kind from work.task order by kind')).map(row => row.kind)

describe('a visit that the desk books', () => {
  test('says at the desk what is asked before and after; what whoever calls does not say, the patient is asked with the visit', async () => {
    assert.match(await read(desk, `/console/schedule/book/${luis.patientId}?type=${s.typeIds['check-up']}`), /What we ask before this visit[^]*Any stairs at home\?[^]*What else\?/)
    const visit = await called(luis)
    const page = await read(desk, visit.desk)
    assert.match(page, /Questions to ask[^]*Any stairs at home\?[^]*\(optional\)[^]*Which shoe\?[^]*What else\?/, 'nothing must be answered here')
    assert.doesNotMatch(page, /call 911/)
    assert.equal(to(await desk.post(visit.desk, { action: 'answer', ...fields({ shoe: 'Right' }) })), `${visit.desk}?said=answered`)
    assert.match(await read(desk, visit.desk), /Which shoe\?[^]*Right[^]*Questions to ask[^]*Any stairs at home\?/)
    assert.match(await read(luis, '/portal/appointments'), /Hay preguntas para usted/)
    const own = await read(luis, visit.own)
    assert.match(own, /Tenemos unas preguntas antes de que venga[^]*Responder ahora/)
    assert.match(own, /Which shoe\? \(es\)[^]*Derecho/)
    const asked = await read(luis, visit.asked)
    assert.match(asked, /Any stairs at home\? \(es\)[^]*What else\? \(es\)/)
    assert.doesNotMatch(asked, /Which shoe/, 'what was said is not asked again')
    const left = await luis.post(visit.asked, fields({ else: 'Un perro' }))
    assert.equal(left.status, 422)
    assert.match(await left.text(), /Elija una[^]*Un perro/)
    assert.equal(to(await luis.post(visit.asked, fields({ stairs: 'yes', else: 'Un perro' }))), `${visit.own}?said=answered`)
    assert.deepEqual(await told(), [
      { asked_en: 'Any stairs at home?', said_en: 'Yes', said_es: 'Sí', locale: 'es', place: 0 }, { asked_en: 'Which shoe?', said_en: 'Right', said_es: 'Derecho', locale: 'en', place: 1 },
      { asked_en: 'What else?', said_en: 'Un perro', said_es: 'Un perro', locale: 'es', place: 2 },
    ])
    const done = await read(luis, `${visit.own}?said=answered`)
    assert.match(done, /Ya tenemos lo que nos dijo/)
    assert.doesNotMatch(done, /Tenemos unas preguntas|díganos más/)
    assert.equal(to(await luis.get(visit.asked)), visit.own)
    assert.match(await read(desk, visit.desk), /Yes[^]*Right[^]*lang="es">Un perro[^]*Questions answered[^]*The patient, online/)
    assert.doesNotMatch(await read(desk, visit.desk), /Questions to ask/)
    assert.deepEqual((await rows("select actor_kind from audit.event where action = 'appointment.answered' and patient_id = $1 order by id", luis.patientId)).map(row => row.actor_kind), ['staff', 'patient'])
  })
  test('of which nothing must be answered asks quietly, and so does one that is asked something new; a question in other words is not asked twice', async () => {
    const visit = await called(luis)
    await desk.post(visit.desk, { action: 'answer', ...fields({ stairs: 'no' }) })
    const own = await read(luis, visit.own)
    assert.match(own, /Si quiere, díganos más sobre esta cita/)
    assert.doesNotMatch(own, /Tenemos unas preguntas/)
    assert.doesNotMatch(await read(luis, '/portal/appointments'), /Hay preguntas/)
    await manager.post(`/console/schedule/types/${s.typeIds['check-up']}/questions`, { id: q.stairs, 'words-en': 'Any steps at home?', kind: 'yes-no', required: 'yes', do: 'save' })
    assert.doesNotMatch(await read(luis, visit.asked), /Any steps/)
    await ask('Any pets?')
    assert.match(await read(luis, visit.own), /Tenemos unas preguntas/)
  })
  test('is looked at for danger, pages when it is now, and is owed an estimate when they ask what it costs', async () => {
    const visit = await called(ana)
    const words = fields({ stairs: 'yes', else: 'I have crushing chest pain and my left arm is numb' })
    const html = await (await ana.post(visit.asked, words)).text()
    assert.match(html, /Call 911[^]*crushing chest pain/)
    assert.deepEqual(await told(), [])
    assert.match(to(await ana.post(visit.asked, { ...words, danger: 'send', [askedField]: fieldIn(html, askedField) })), /said=answered$/)
    assert.deepEqual(await kinds(), ['red-flag'])
    assert.match(await read(desk, visit.desk), /said yes: whoever is on call was paged/)
    const other = await called(ana, '2026-11-25T15:00:00Z')
    await ana.post(other.asked, fields({ stairs: 'no', else: 'How much does it cost?' }))
    assert.deepEqual(await kinds(), ['estimate', 'red-flag'])
  })
  test('is still told of as what was done with it last, and not as if the answers had moved it', async () => {
    const visit = await called(ana)
    await ana.post(visit.asked, fields({ stairs: 'no' }))
    await schedulingJobs.find(job => job.name === 'scheduling.tell')!.run(house.system('scheduling.tell'), { appointmentId: visit.id } as never)
    assert.deepEqual(await rows("select kind from platform.mail where kind like 'visit-%'"), [{ kind: 'visit-booked' }])
  })
})

describe('an earlier time that was offered', () => {
  const offered = async (who: Patient) => `/portal/appointments/offers/${(await rows('select id from scheduling.wait_offer where patient_id = $1 and ended_at is null', who.patientId))[0].id}`
  const any = { days: '3', parts: 'morning' }
  test('is taken at once, and what is asked of a new visit stands first on its page; nothing of it is lost to a form', async () => {
    const put = await desk.post(`/console/schedule/waitlist/new/${luis.patientId}`, { what: `type ${s.typeIds['check-up']}`, how: 'in-person', rank: '2', reason: '', ...any, until: '2026-12-24' })
    assert.match(to(put), /said=waits$/)
    await offerTimes(house.system('scheduling.wait'))
    const visit = to(await luis.post(await offered(luis), { action: 'yes', pays: 'insurance' }))
    assert.match(visit, /said=booked$/)
    const page = await read(luis, visit)
    assert.match(page, /Su cita está reservada[^]*Tenemos unas preguntas antes de que venga[^]*Responder ahora[^]*Cuándo/)
    assert.match(to(await luis.post(visit.replace('?said=booked', '/questions'), fields({ stairs: 'no', else: 'Un perro' }))), /said=answered$/)
    assert.deepEqual((await told()).map(row => row.said_es), ['No', 'Un perro'])
  })
  test('that moves a visit keeps what was said of it, and so does a move of one’s own: nothing is asked twice', async () => {
    const visit = await called(ana, '2026-12-04T15:00:00Z')
    await ana.post(visit.asked, fields({ stairs: 'yes', shoe: 'Left', else: 'A dog' }))
    const before = await told()
    assert.match(to(await ana.post(`${visit.own}/wait`, { ...any, until: '' })), /said=waits$/)
    await offerTimes(house.system('scheduling.wait'))
    assert.equal(to(await ana.post(await offered(ana), { action: 'yes' })), `${visit.own}?said=moved`)
    const held = to(await ana.post(`${visit.own}/move`, { how: 'in-person', time: time('2026-12-03T15:00:00Z') }))
    assert.match(to(await ana.post(held, {})), /said=moved$/)
    assert.deepEqual(await told(), before)
    assert.equal(to(await ana.get(visit.asked)), visit.own, 'nothing is left to ask')
  })
})

describe('what is tried against it', () => {
  test('another’s visit, no role, a number that is none: nothing is shown or written', async () => {
    const visit = await called(luis)
    assert.equal((await ana.get(visit.asked)).status, 404)
    assert.equal((await ana.post(visit.asked, fields({ stairs: 'yes' }))).status, 404)
    for (const id of [randomUUID(), 'x', '%00']) assert.equal((await luis.post(`/portal/appointments/${id}/questions`, fields({ stairs: 'yes' }))).status, 404)
    for (const role of ['billing', 'manager'] as const) assert.equal((await (await signIn(role)).post(visit.desk, { action: 'answer', ...fields({ stairs: 'yes' }) })).status, 403)
    assert.equal((await desk.post(`/console/schedule/visits/${randomUUID()}`, { action: 'answer' })).status, 404)
    assert.deepEqual(await told(), [])
  })
  test('the same from two tabs, and the desk beside: each question is answered once, and what came late is not lost without a word', async () => {
    const visit = await called(luis)
    const sent = await Promise.all([...['yes', 'no', 'yes'].map(stairs => luis.post(visit.asked, fields({ stairs, else: 'A dog' }))), desk.post(visit.desk, { action: 'answer', ...fields({ stairs: 'no', shoe: 'Left' }) })])
    assert.ok(sent.every(one => one.status === 303))
    assert.deepEqual((await told()).map(row => row.asked_en), ['Any stairs at home?', 'Which shoe?', 'What else?'])
    const before = await told()
    assert.match(to(await luis.post(visit.asked, fields({ stairs: 'yes', else: 'A cat' }))), /said=changed$/)
    assert.match(to(await desk.post(visit.desk, { action: 'answer', ...fields({ stairs: 'yes' }) })), /said=changed$/)
    const danger = fields({ else: 'Me quiero morir, me tomé un frasco de pastillas.' })
    const html = await (await luis.post(visit.asked, danger)).text()
    assert.match(html, /911[^]*988/, 'also where its words are kept nowhere')
    await luis.post(visit.asked, { ...danger, danger: 'send', [askedField]: fieldIn(html, askedField) })
    assert.deepEqual(await kinds(), ['red-flag'])
    assert.deepEqual(await told(), before)
  })
  test('choices that are none, a megabyte, another kind’s question', async () => {
    const visit = await called(luis)
    await manager.post(`/console/schedule/types/${s.typeIds.talk}/questions`, { 'words-en': 'Theirs?', kind: 'yes-no', do: 'save' })
    const theirs = (await rows("select id from scheduling.question where words_en = 'Theirs?'"))[0].id
    for (const bad of [{ stairs: 'maybe' }, { stairs: 'yes', shoe: 'Both' }, { stairs: 'yes', shoe: '__proto__' }, { stairs: 'yes', else: 'a'.repeat(301) }]) {
      assert.equal((await luis.post(visit.asked, fields(bad))).status, 422, JSON.stringify(bad).slice(0, 40))
      assert.equal((await desk.post(visit.desk, { action: 'answer', ...fields(bad) })).status, 422, JSON.stringify(bad).slice(0, 40))
    }
    for (const post of [luis.post(visit.asked, fields({ stairs: 'yes', else: 'a'.repeat(1_000_000) })), desk.post(visit.desk, { action: 'answer', ...fields({ else: 'a'.repeat(1_000_000) }) })]) assert.ok([413, 422].includes((await post).status))
    assert.match(to(await desk.post(visit.desk, { action: 'answer', [`q-${theirs}`]: 'yes', [`q-${randomUUID()}`]: 'yes' })), /said=/)
    assert.deepEqual(await told(), [])
  })
  test('a visit that began or is off is asked nothing; whoever is here can still be asked at the desk', async () => {
    const visit = await called(luis)
    await house.db.owner.query("update scheduling.appointment set starts_at = '2026-11-23T14:55:00Z', ends_at = '2026-11-23T15:25:00Z'")
    assert.equal(to(await luis.get(visit.asked)), visit.own)
    assert.match(to(await luis.post(visit.asked, fields({ stairs: 'yes' }))), /said=changed$/)
    assert.doesNotMatch(await read(luis, visit.own), /Tenemos unas preguntas/)
    await desk.post(visit.desk, { action: 'arrived', version: '1' })
    assert.match(to(await desk.post(visit.desk, { action: 'answer', ...fields({ stairs: 'yes' }) })), /said=answered$/)
    assert.equal((await told()).length, 1)
    const off = await called(ana, '2026-11-25T15:00:00Z')
    await ana.post(`${off.own}/cancel`, { reason: 'better', version: '1' })
    assert.match(to(await ana.post(off.asked, fields({ stairs: 'yes' }))), /said=changed$/)
    assert.match(to(await desk.post(off.desk, { action: 'answer', ...fields({ stairs: 'yes' }) })), /said=changed$/)
    const answers = [{ questionId: q.stairs, place: 7, kind: 'yes-no' as const, asked: { en: 'a', es: 'a' }, said: { en: 'Yes', es: 'Sí' }, locale: 'en' as const }]
    assert.deepEqual(await answerVisit(await aDesk(house), off.id, answers), { ok: false, reason: 'changed-meanwhile' }, 'cancelled while it was typed')
    assert.deepEqual(await answerVisit(ctxOf(house.house, patientActor(ana.patientId, ana.personId)), visit.id, answers), { ok: false, reason: 'changed-meanwhile' }, 'another’s')
    assert.equal((await told()).length, 1)
  })
})
