import assert from 'node:assert/strict'
import { roles, type Role } from '#platform/ctx.ts'
import { addPatientPerson, letActForAsSystem } from '#accounts'
import { importBundles } from '#integrations/ehr-fhir/import-bundles.ts'
import { aPatientPerson, aStaffPerson, aVisitor, goodPassword } from '#test/people.ts'
import { aPhoto } from '#test/practice.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { aSchedule, type TestSchedule } from '#test/schedule.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { twoWhoMayBeOne } from '#test/two-patients.ts'

/** Everybody who can stand before a door. `half` works here and has shown no second factor. */
export const whos = ['visitor', 'patient', 'caregiver', ...roles, 'half'] as const
export type Who = (typeof whos)[number]
/** What of a person could be seen. Each has its own word, which stands nowhere else. */
export const marks = ['name', 'address', 'result', 'note', 'record', 'message', 'visit'] as const
export type Mark = (typeof marks)[number]
export const marksOf = (of: string): Record<Mark, string> => Object.fromEntries(marks.map(mark => [mark, `Zq${of}${mark}word`])) as Record<Mark, string>

export type Subject = { patientId: string; personId: string; marks: Record<Mark, string>; session: SignedIn }
export type FullHouse = RunningHouse & {
  anna: Subject
  bert: Subject
  /** Who asks. The patient is Bert; the caregiver looks after him. */
  people: Record<Who, SignedIn>
  one: (query: string, values?: unknown[]) => Promise<string>
}

const day = 86_400_000
const pdf = (words: string) => ({ contentType: 'application/pdf', title: 'Scan', data: Buffer.from(`%PDF-1.4\n% ${words}`).toString('base64') })

/** A record with something on every page of the portal, and a document at a result and at a note. */
function recordOf(who: string, said: Record<Mark, string>) {
  const about = { subject: { reference: `Patient/${who}` } }
  const born = { name: [{ given: [said.name], family: 'Marlowe' }], birthDate: '1972-04-17', language: 'en' }
  const reach = { telecom: [{ system: 'email', value: `${said.address.toLowerCase()}@patient.example` }], address: [{ line: [said.address], city: 'Larkmere' }], identifier: [{ system: 'urn:mrn', value: `N${said.name}`, type: { coding: [{ code: 'MR' }] } }] }
  return [
    fhir.patient(who, { ...born, ...reach }),
    fhir.lab(`${who}-sugar`, '2345-7', 130, { valueQuantity: undefined, valueString: said.result, note: [{ text: said.result }] }, who),
    fhir.report(`${who}-panel`, [`${who}-sugar`], { code: { text: said.result }, conclusion: said.result, presentedForm: [pdf(said.result)] }, who),
    { resourceType: 'ServiceRequest', id: `${who}-order`, status: 'active', intent: 'order', ...about, authoredOn: '2026-11-22T14:00:00Z', code: { text: said.result } },
    fhir.note(`${who}-visit`, `She said ${said.note} and left.`, {}, who),
    fhir.note(`${who}-scan`, '', { content: [{ attachment: pdf(said.note) }], type: { text: said.note } }, who),
    fhir.medicine(`${who}-pill`, said.record, {}, who),
    fhir.condition(`${who}-illness`, said.record, about, who),
    { resourceType: 'AllergyIntolerance', id: `${who}-allergy`, patient: about.subject, clinicalStatus: { coding: [{ code: 'active' }] }, code: { text: said.record } },
    { resourceType: 'Encounter', id: `${who}-was-here`, status: 'finished', class: { code: 'AMB' }, ...about, type: [{ text: said.record }], period: { start: '2026-11-20T14:00:00Z' } },
  ]
}

async function aSubject(house: RunningHouse, ids: Map<string, string>, who: string, said: Record<Mark, string>): Promise<Subject> {
  const patientId = ids.get(who)!
  const { personId } = await aPatientPerson(house, { name: said.name, email: `${said.address.toLowerCase()}@patient.example`, patientId })
  return { patientId, personId, marks: said, session: await signedInAs(house, { personId, name: said.name, actingFor: patientId }) }
}

/** Anna's life beyond her record: a caregiver, one who is asked, a passkey, a second session, a letter, mail, and words she sent. */
async function furnish(house: RunningHouse, anna: Subject, desk: SignedIn, unborn: string): Promise<void> {
  const said = anna.marks
  await aCaregiver(house, anna)
  await anna.session.post('/portal/settings/helpers', { action: 'invite', name: said.name, email: `care-${said.address.toLowerCase()}@patient.example`, 'last-day': '2027-05-01' })
  await signedInAs(house, { personId: anna.personId, name: said.name, actingFor: anna.patientId })
  await house.db.owner.query('insert into accounts.passkey (id, person_id, name, public_key, counter, is_backed_up, created_at) values ($1, $2, $3, $4, 0, false, now())', ['passkeyofthefirstone', anna.personId, said.name, Buffer.from('key')])
  await desk.post(`/console/patients/${unborn}`, { check: 'photo', access: 'letter' })
  const visitor = aVisitor(house)
  await visitor.post('/contact', { topic: 'question', name: said.name, phone: '802-555-0177', email: '', words: said.message, place: '' })
  await visitor.post('/reset', { email: `${said.address.toLowerCase()}@patient.example` })
  const unusable = { resourceType: 'Observation', subject: { reference: 'Patient/anna' }, status: 'final', valueString: said.result, note: said.note }
  await importBundles(house.system('records.import'), { source: 'ehr', bundles: [{ resourceType: 'Bundle', type: 'collection', entry: [{ resource: unusable }] } as never] })
}

async function aCaregiver(house: RunningHouse, of: Subject): Promise<SignedIn> {
  const personId = await addPatientPerson(house.system('accounts.command'), { name: 'Cora Helps', email: `cora-${of.marks.address.toLowerCase()}@patient.example`, password: goodPassword, patientId: null, locale: 'en' })
  await letActForAsSystem(house.system('accounts.command'), { personId, patientId: of.patientId, basis: 'named-by-adult', endsAt: new Date(house.house.now().getTime() + 90 * day) })
  return signedInAs(house, { personId, name: 'Cora Helps', actingFor: of.patientId, actingAs: 'proxy' })
}

/** Each has said of their note that they do not understand it. */
async function sayUnclear(house: RunningHouse, session: SignedIn, patientId: string, words: string): Promise<void> {
  const { rows } = await house.db.owner.query<{ id: string }>("select n.id from records.note n join records.resource r on r.id = n.resource_id where n.patient_id = $1 and r.source_id like '%-visit'", [patientId])
  const answer = await session.post(`/portal/notes/${rows[0]!.id}/wrong/all`, { kind: 'not-understood', words })
  assert.match(answer.headers.get('location') ?? '', /^\/portal\/feedback\//)
}

/** Each has a visit ahead, with what it is about, and keeps a time for another. */
async function aVisitAndAHold(house: RunningHouse, session: SignedIn, { typeIds, resourceIds, placeId }: TestSchedule, { visit, hour }: { visit: string; hour: number }): Promise<void> {
  const keep = async (day: string) => {
    const answer = await session.post(`/portal/appointments/new/${typeIds['check-up']}`, { how: 'in-person', time: `${resourceIds['nell-harrow']}.${placeId}.${Date.parse(`${day}T${hour}:00:00Z`)}` })
    assert.match(answer.headers.get('location') ?? '', /^\/portal\/appointments\/held\//)
    return answer.headers.get('location')!
  }
  const { rows: [{ id: question }] } = await house.db.owner.query("select id from scheduling.question where words_en = 'What should we know?'")
  assert.match((await session.post(await keep('2026-12-01'), { reason: visit, pays: 'insurance', [`q-${question}`]: visit })).headers.get('location') ?? '', /said=booked/)
  await keep('2026-12-02')
}

async function staffOf(house: RunningHouse): Promise<Record<Role | 'half', SignedIn>> {
  const entries: [string, SignedIn][] = []
  for (const role of roles) {
    const { personId } = await aStaffPerson(house, { name: `Works As ${role}`, roles: [role] })
    entries.push([role, await signedInAs(house, { personId, roles: [role], name: `Works As ${role}` })])
    if (role === 'manager') entries.push(['half', await signedInAs(house, { personId, roles: [role], isStrong: false })])
  }
  return Object.fromEntries(entries) as Record<Role | 'half', SignedIn>
}

/** A practice at work: two patients with all that can be theirs, Anna with more, and one of everybody else. */
export async function aFullHouse(): Promise<FullHouse> {
  const house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  try {
    return await fill(house)
  } catch (error) {
    await house.close()
    throw error
  }
}

/** What the practice asks before a visit; nothing must be answered, and the second is left open. */
const asked: Parameters<typeof aSchedule>[1] = {
  questions: { 'check-up': [{ kind: 'text', words: { en: 'What should we know?', es: '¿Qué debemos saber?' } }, { kind: 'text', words: { en: 'How can we help you here?', es: '¿En qué le ayudamos aquí?' } }] },
  reasons: [{ words: { en: 'A check-up', es: 'Un chequeo' }, to: 'check-up', ask: [{ words: { en: 'Does your chest hurt?', es: '¿Le duele el pecho?' }, to: 'danger' }] }, { words: { en: 'A long talk', es: 'Hablar más' }, to: 'call' }],
}

async function fill(house: RunningHouse): Promise<FullHouse> {
  const bytes = await aPhoto()
  const schedule = await aSchedule(house, asked, { pictures: { front: { name: 'front', alt: { en: 'A door', es: 'Una puerta' }, bytes } }, frontPicture: 'front', brandColor: '#1f6f64' })
  const said = { anna: marksOf('anna'), bert: marksOf('bert') }
  const ids = await bringRecords(house, 'ehr', [...recordOf('anna', said.anna), ...recordOf('bert', said.bert)] as never)
  const again = await bringRecords(house, 'other', [fhir.patient('twin', { name: [{ given: [said.anna.name], family: 'Marlowe' }], birthDate: '1972-04-17' })])
  const anna = await aSubject(house, ids, 'anna', said.anna)
  const bert = await aSubject(house, ids, 'bert', said.bert)
  for (const { session, patientId, marks: { note } } of [anna, bert]) await sayUnclear(house, session, patientId, note)
  for (const [index, { session, marks: { visit } }] of [anna, bert].entries()) await aVisitAndAHold(house, session, schedule, { visit, hour: 14 + index })
  const staff = await staffOf(house)
  const caregiver = await aCaregiver(house, bert)
  await furnish(house, anna, staff['front-desk'], again.get('twin')!)
  const twice = await twoWhoMayBeOne(house)
  await staff['front-desk'].post(`/console/imports/matches/${twice.question}`, { answer: 'same' })
  await staff.manager.post('/console/on-call', { person: staff.clinician.personId, phone: '802-555-0142', day: '2026-11-27', time: '17:00', 'until-day': '2026-11-28', 'until-time': '08:00' })
  const one = async (query: string, values: unknown[] = []): Promise<string> => {
    const row = (await house.db.owner.query(query, values)).rows[0]
    assert.ok(row, `nothing for: ${query}`)
    return String(Object.values(row)[0])
  }
  return { ...house, anna, bert, people: { visitor: aStranger(house), patient: bert.session, caregiver, ...staff }, one }
}

const aStranger = (house: RunningHouse): SignedIn => ({
  personId: '', sessionId: '', cookie: '',
  get: path => fetch(house.url + path, { redirect: 'manual' }),
  post: (path, fields) => fetch(house.url + path, { method: 'POST', headers: { origin: house.url }, body: new URLSearchParams(fields), redirect: 'manual' }),
})
