import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { aPatientPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, range } from '#test/records.ts'
import { aRunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

const { patient, lab, report, note, medicine, condition } = fhir
const visit = 'HPI: She is SOB. Exam unremarkable.\n\n\nPlan: r/o asthma.\nCall us.\n\nShe refused the shot.\n'
const path = (id: string, more: Record<string, unknown> = {}) => report(id, [], { code: { text: 'Surgical pathology' }, category: [{ coding: [{ code: 'PAT' }] }], conclusion: 'ZQPATH malignant cells', issued: '2026-11-22T09:00:00Z', ...more })
const corrected = { status: 'corrected', issued: '2026-11-23T08:00:00Z', meta: { lastUpdated: '2026-11-23T08:00:00Z' } }

/** Ana with results of every kind, a note, a medicine and a condition; Eva is Ana in Spanish, the helper is somebody else. */
export async function aToldPatient() {
  const house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
  await aPractice(house)
  const people = [patient(), patient('p2', { name: [{ given: ['Ben'], family: 'Stranger' }], birthDate: '1980-01-02' })]
  const ids = await bringRecords(house, 'ehr', [...people,
    lab('sugar', '2345-7', 130, range(70, 99, 'H')), lab('salt', '2951-2', 140, range(135, 145, 'N')), report('panel', ['sugar', 'salt']),
    lab('alone', '2345-7', 104, { ...range(70, 99, 'H'), note: [{ text: 'Specimen unremarkable.' }] }), lab('pot', '2823-3', 4.1, { ...range(3.5, 5.1, 'N'), meta: { lastUpdated: '2026-11-21T09:00:00Z' } }), lab('moved', '2823-3', 7.7, range(3.5, 5.1, 'H'), 'p2'),
    lab('early', '2823-3', 9.9, { ...range(3.5, 5.1, 'H'), status: 'preliminary' }),
    path('path'), path('path2'), path('path3'), lab('urgent', '2823-3', 7.4, { ...range(3.5, 5.1, 'H'), interpretation: [{ coding: [{ code: 'HH' }] }] }),
    lab('quiet', '2345-7', 88, { code: { text: 'ZQQUIET' }, valueQuantity: undefined, valueString: 'ZQQUIET', meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] } }),
    note('visit', visit), medicine('pill', 'Metformin 500 mg'), condition('ill', 'Essential hypertension')] as never)
  house.setNow('2026-11-23T15:30:00Z')
  await bringRecords(house, 'ehr', [...people, lab('pot', '2823-3', 5.9, { ...range(3.5, 5.1, 'H'), ...corrected }), lab('moved', '2823-3', 4.4, { ...range(3.5, 5.1, 'N'), ...corrected }), lab('early', '2823-3', 4.9, { ...range(3.5, 5.1, 'N'), ...corrected })] as never)
  const patientId = ids.get('p1')!
  const person = await aPatientPerson(house, { name: 'Ana Marlowe', patientId })
  const ana = await signedInAs(house, { personId: person.personId, actingFor: patientId, name: 'Ana Marlowe' })
  const eva = await signedInAs(house, { personId: person.personId, actingFor: patientId, name: 'Ana Marlowe', locale: 'es' })
  const helper = await signedInAs(house, { personId: (await aPatientPerson(house, { name: 'Ben Other', patientId: ids.get('p2')! })).personId, actingFor: ids.get('p2')!, name: 'Ben Other' })
  const one = async (query: string, ...values: unknown[]) => (await house.db.owner.query(query, values)).rows[0]
  const page = async (who: SignedIn, address: string) => { const answer = await who.get(address); assert.equal(answer.status, 200, address); return answer.text() }
  const itemOf = async (source: string, table = 'result'): Promise<string> => (await one(`select i.id from records.${table} i join records.resource r on r.id = i.resource_id where r.source_id = $1`, source)).id
  const lifeOf = (source: string) => one('select l.* from records.life l join records.resource r on r.id = l.resource_id where r.source_id = $1', source)
  const comment = async (source: string, words: string, locale = 'en') => house.db.owner.query(`insert into records.comment (patient_id, resource_id, words, locale, author_id, author_name, origin, written_at)
    select $2, r.id, $3, $4, $5, 'Dr. Nell Harrow', 'here', '2026-11-23T15:20:00Z' from records.resource r where r.source_id = $1`, [source, ids.get('p1'), words, locale, randomUUID()])
  return { house, ana, eva, helper, ids, one, page, itemOf, lifeOf, comment }
}
export type ToldPatient = Awaited<ReturnType<typeof aToldPatient>>

export const main = (html: string): string => html.slice(html.indexOf('<main'), html.indexOf('</main>'))
/** All of it stands there, each after the one before. */
export function inOrder(html: string, ...words: (string | RegExp)[]): void {
  let at = 0
  for (const word of words) {
    const found = html.slice(at).search(typeof word === 'string' ? new RegExp(word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : word)
    assert.ok(found >= 0, `"${word}" stands ${html.search(word) >= 0 ? 'too early' : 'nowhere'}`)
    at += found
  }
}
