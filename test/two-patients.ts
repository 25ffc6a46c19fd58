import { randomUUID } from 'node:crypto'
import type { TestHouse } from '#test/ctx.ts'
import { bringRecords, fhir } from '#test/records.ts'

/** Two people here who may be one, and the question about them: `other` was here, `one` came. Each has one test, `sources[…]` says from where. */
export type TwoPatients = { one: string; other: string; question: string; name: string; sources: Record<'one' | 'other', { source: string; id: string }> }

let count = 0
const letters = (n: number): string => (n === 0 ? '' : letters(Math.floor((n - 1) / 26)) + String.fromCharCode(97 + (n - 1) % 26))
export const aFamilyName = (): string => `Quill${letters(++count)}`
/** The same person as two sources would send them: nothing but name and birth date in common. */
export const asSent = (id: string, family: string, more: Record<string, unknown> = {}) => fhir.patient(id, { name: [{ given: ['Iris'], family }], ...more })
export const numbered = (value: string) => ({ identifier: [{ system: 'urn:mrn', value, type: { coding: [{ code: 'MR' }] } }] })

export async function twoWhoMayBeOne(house: TestHouse, { one: moreOfOne = {}, other: moreOfOther = {}, family = aFamilyName() }: { one?: Record<string, unknown>; other?: Record<string, unknown>; family?: string } = {}): Promise<TwoPatients> {
  const [first, second] = [`was-${randomUUID().slice(0, 8)}`, `came-${randomUUID().slice(0, 8)}`]
  const other = (await bringRecords(house, first, [asSent('p1', family, moreOfOther), fhir.lab(`${first}-sugar`, '2345-7', 90)])).get('p1')!
  const one = (await bringRecords(house, second, [asSent('p1', family, moreOfOne), fhir.lab(`${second}-salt`, '2951-2', 140)])).get('p1')!
  const { rows } = await house.db.owner.query('select id from records.match_question where patient_id = $1 and candidate_id = $2', [one, other])
  return { one, other, question: rows[0]?.id, name: `Iris ${family}`, sources: { one: { source: second, id: `${second}-salt` }, other: { source: first, id: `${first}-sugar` } } }
}

/** Which tests hang on a patient's number, by the sources' ids. */
export async function testsOf(house: TestHouse, patientId: string): Promise<string[]> {
  return (await house.db.owner.query('select r.source_id from records.result i join records.resource r on r.id = i.resource_id where i.patient_id = $1 order by 1', [patientId])).rows.map(row => row.source_id)
}
