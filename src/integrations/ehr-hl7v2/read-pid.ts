import type { Reader } from './parse-message.ts'
import { idOf, timeOf, type Sender, type Thing } from './read-parts.ts'

const genders: Readonly<Record<string, string>> = { M: 'male', F: 'female', O: 'other', U: 'unknown', A: 'other', N: 'other' }

/** Of a field's numbers the one that the patient is known by: the record number, else the first that is no other office's. */
const ownOf = (reader: Reader, numbers: readonly string[]): string | undefined =>
  numbers.find(one => reader.part(one, 5) === 'MR') ?? numbers.find(one => !['SS', 'DL', 'PPN', 'AN', 'VN'].includes(reader.part(one, 5)))
const numbersIn = (reader: Reader, field: number) => reader.all(field).filter(one => reader.part(one, 1) !== '')

export function ownNumberOf(reader: Reader, field: number): { number: string; assigner: string } | null {
  const own = ownOf(reader, numbersIn(reader, field))
  return own === undefined ? null : { number: reader.part(own, 1), assigner: reader.part(own, 4) }
}
export const idOfPatient = (source: string, number: string, assigner: string): string => idOf(source, 'patient', number, assigner)

/** Who the message is about. None where PID gives no number: by a name alone nobody is found (R1). */
export function readPid(pid: Reader, { source, zone, numberSystem }: Sender): Thing | null {
  const numbers = numbersIn(pid, pid.raw(3) === '' ? 2 : 3)
  const own = ownOf(pid, numbers)
  if (!own) return null
  const systemOf = (one: string) => {
    const [name, oid] = [pid.part(one, 4), pid.part(one, 4, 2)]
    return oid !== '' ? `urn:oid:${oid}` : numberSystem ?? (name && `hl7:${source}:${name}`)
  }
  const born = timeOf(pid.at(7).slice(0, 8), zone)
  const language = pid.at(15).toLowerCase()
  const phones = [13, 14].flatMap(field => pid.all(field).map(one => ({ use: pid.part(one, 3) === 'CP' ? 'mobile' : field === 14 ? 'work' : 'home', system: pid.part(one, 3) === 'Internet' || pid.part(one, 4).includes('@') ? 'email' : 'phone', value: (pid.part(one, 4).includes('@') && pid.part(one, 4)) || pid.part(one, 1) || [6, 7].map(at => pid.part(one, at)).join('') })).filter(({ value }) => value !== ''))
  const names = pid.all(5).map(one => ({ use: ['B', 'M', 'N', 'S'].includes(pid.part(one, 7)) ? 'nickname' : 'official', family: pid.part(one, 1), given: [2, 3].map(at => pid.part(one, at)).filter(Boolean) })).filter(({ family, given }) => family !== '' || given.length > 0)
  const addresses = pid.all(11).map(one => ({ line: [1, 2].map(at => pid.part(one, at)).filter(Boolean), city: pid.part(one, 3), state: pid.part(one, 4), postalCode: pid.part(one, 5) })).filter(({ line, city }) => line.length > 0 || city !== '')
  return {
    resourceType: 'Patient', id: idOfPatient(source, pid.part(own, 1), pid.part(own, 4)),
    identifier: numbers.map(one => ({ value: pid.part(one, 1), ...(systemOf(one) && { system: systemOf(one) }), type: { coding: [{ code: one === own ? 'MR' : pid.part(one, 5) || 'XX' }] } })),
    ...(names.length > 0 && { name: names }), ...(born && born.length === 10 && { birthDate: born }), ...(genders[pid.at(8).toUpperCase()] && { gender: genders[pid.at(8).toUpperCase()] }),
    ...(phones.length > 0 && { telecom: phones }), ...(addresses.length > 0 && { address: addresses }),
    ...(/^(en|es|spa|eng)/.test(language) && { communication: [{ language: { coding: [{ code: language.slice(0, 2) }] } }] }),
    ...((pid.at(30) === 'Y' || pid.at(29) !== '') && { deceasedBoolean: true }),
  }
}
