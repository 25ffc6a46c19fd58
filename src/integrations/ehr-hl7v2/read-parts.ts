import { hash } from 'node:crypto'
import type { Received } from '#records'
import { addOffset } from './read-times.ts'
import type { Reader } from './parse-message.ts'

/** What a message is read with: whose it is, where its clock stands. */
export type Sender = { source: string; zone: string; numberSystem: string | null }
export type Thing = { resourceType: string; id: string } & Record<string, unknown>
/** A number with the laboratory's own digits: JSON that we write keeps 5.10 as 5.10. */
const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => unknown }

export function numberOf(text: string): unknown {
  const found = /^([+-]?)0*(\d*)(\.\d+)?$/.exec(text.trim())
  if (!found || !/\d/.test(text) || text.length > 30) return null
  return rawJSON(`${found[1] === '-' ? '-' : ''}${found[2] || '0'}${found[3] ?? ''}`)
}

/** A name of our own for what the sender calls by several of its numbers: the same each time, and says nothing. */
export const idOf = (...parts: string[]): string => hash('sha256', JSON.stringify(parts), 'hex').slice(0, 40)
export const asReceived = (thing: Thing, lastUpdated: string | null): Received => ({ resourceType: thing.resourceType, id: thing.id, lastUpdated, text: JSON.stringify(thing) })

const systems: Readonly<Record<string, string>> = { LN: 'http://loinc.org', SCT: 'http://snomed.info/sct', I10: 'http://hl7.org/fhir/sid/icd-10-cm', ICD10: 'http://hl7.org/fhir/sid/icd-10-cm', I10C: 'http://hl7.org/fhir/sid/icd-10-cm', C4: 'http://www.ama-assn.org/go/cpt' }
/** A coded field: LOINC first, whichever of the two places it stands in. The words are the first that were sent. */
export function conceptOf(reader: Reader, repetition: string): { coding: Record<string, string>[]; text: string } {
  const codings = [1, 4].flatMap(at => {
    const [code, display, system] = [0, 1, 2].map(more => reader.part(repetition, at + more)) as [string, string, string]
    return code === '' ? [] : [{ code, ...(display && { display }), ...(systems[system] ? { system: systems[system] } : system && { system: `urn:hl7:${system}` }) }]
  }).sort((a, b) => Number(b.system === systems.LN) - Number(a.system === systems.LN))
  return { coding: codings, text: reader.part(repetition, 9) || reader.part(repetition, 2) || reader.part(repetition, 5) || reader.part(repetition, 1) }
}

const whole = (text: string, least: number, most: number) => text === '' || (Number(text) >= least && Number(text) <= most)
/** '20261121093000-0500' as FHIR writes it; a time without an offset is the sender's own. What is no time is null, and so is the first or the last year there is, which systems write for "none". */
export function timeOf(text: string, zone: string): string | null {
  const found = /^(\d{4})(\d{2})?(\d{2})?(\d{2})?(\d{2})?(\d{2})?(?:\.\d{1,4})?([+-]\d{4}|Z)?$/.exec(text.trim())
  if (!found) return null
  const [, year, month = '', day = '', hour = '', minute = '', second = '', offset = ''] = found
  if (year! < '1800' || year! > '2199' || !whole(month, 1, 12) || !whole(day, 1, 31) || !whole(hour, 0, 23) || !whole(minute, 0, 59) || !whole(second, 0, 59)) return null
  if (!/^([+-](0\d|1[0-3])[0-5]\d|[+-]1400|Z)?$/.test(offset)) return null
  const date = [year, month, day].filter(Boolean).join('-')
  if (day !== '' && new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) !== date) return null
  if (hour === '') return date
  const local = `${date}T${hour}:${minute || '00'}:${second || '00'}`
  return offset === '' ? addOffset(local, zone) : local + (offset === 'Z' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(3)}`)
}
export const instantOf = (text: string, zone: string): string | null => {
  const time = timeOf(text, zone)
  return time === null || time.length <= 10 ? null : new Date(time).toISOString()
}

const npiSystem = 'http://hl7.org/fhir/sid/us-npi'
type Person = { display: string; identifier?: { system: string; value: string } }
/** A person as a field names them (XCN, or CNN with parts of parts): the name, and ten digits as their NPI. Nobody is null. */
export function personOf(reader: Reader, repetition: string): Person | null {
  const isNested = reader.part(repetition, 1, 2) !== '' || reader.part(repetition, 1, 3) !== ''
  const part = (place: number) => (isNested ? reader.part(repetition, 1, place) : reader.part(repetition, place))
  const [number, display] = [part(1), [part(3), part(4), part(2)].filter(word => /\p{L}/u.test(word)).join(' ')]
  if (display === '' && !/^\d{10}$/.test(number)) return null
  return { display: display || number, ...(/^\d{10}$/.test(number) && { identifier: { system: npiSystem, value: number } }) }
}
