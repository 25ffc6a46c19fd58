import type { Reader } from './parse-message.ts'
import { conceptOf, idOf, instantOf, personOf, type Sender, type Thing } from './read-parts.ts'

/** What an event says of the visit by itself; the others leave it to SCH-25. S17: it was never meant to be. Source: HL7 v2.5.1, 10.4. */
const byEvent: Readonly<Record<string, string>> = { S15: 'cancelled', S16: 'cancelled', S17: 'entered-in-error', S26: 'noshow' }
export const visitEvents: ReadonlySet<string> = new Set(['S12', 'S13', 'S14', ...Object.keys(byEvent)])
/** SCH-25 without spaces, in small letters. Source: HL7 v2.5.1, table 0278, and words that systems add to it. */
const byFiller: Readonly<Record<string, string>> = {
  pending: 'pending', waitlist: 'waitlist', booked: 'booked', overbook: 'booked', scheduled: 'booked', confirmed: 'booked', started: 'arrived', arrived: 'arrived', checkedin: 'checked-in', complete: 'fulfilled', completed: 'fulfilled',
  cancelled: 'cancelled', canceled: 'cancelled', discontinued: 'cancelled', noshow: 'noshow', deleted: 'entered-in-error',
}
const statusOf = (event: string, sch: Reader): string =>
  byEvent[event] ?? byFiller[(sch.at(25) || sch.at(25, 2)).toLowerCase().replace(/[^a-z]/g, '')] ?? 'booked'

const minutesIn: Readonly<Record<string, number>> = { '': 1, M: 1, MIN: 1, MINS: 1, MINUTE: 1, MINUTES: 1, S: 1 / 60, SEC: 1 / 60, SECONDS: 1 / 60, H: 60, HR: 60, HRS: 60, HOUR: 60, HOURS: 60 }
/** How long, in minutes; null for what is no length of a visit. */
function minutesOf(count: string, unit: string): number | null {
  const minutes = Number(count) * (minutesIn[unit.toUpperCase()] ?? NaN)
  return count !== '' && minutes >= 1 && minutes <= 1_440 ? Math.round(minutes) : null
}

/** From when to when, from the first place that says it: TQ1, SCH-11, then what it needs (AIS, AIP, AIL, AIG). Source: HL7 v2.5.1, 10.6. */
function timesOf(sch: Reader, readers: readonly Reader[], zone: string): { start?: string; end?: string } {
  const named = (name: string) => readers.filter(reader => reader.name === name)
  const tq1 = named('TQ1')[0]
  const quantity = /^([A-Za-z]+)(\d+)$/.exec(sch.at(11, 3))
  const of = (reader: Reader, at: number) => ({ start: reader.at(at), end: '', minutes: minutesOf(reader.at(at + 3), reader.at(at + 4)) })
  const said = [
    ...(tq1 ? [{ start: tq1.at(7), end: tq1.at(8), minutes: null }] : []),
    { start: sch.at(11, 4), end: sch.at(11, 5), minutes: quantity && minutesOf(quantity[2]!, quantity[1]!) },
    ...named('AIS').map(reader => of(reader, 4)), ...named('AIP').map(reader => of(reader, 6)), ...named('AIL').map(reader => of(reader, 6)), ...named('AIG').map(reader => of(reader, 8)),
  ]
  const start = said.map(one => instantOf(one.start, zone)).find(time => time !== null)
  if (start === undefined || start === null) return {}
  const begins = Date.parse(start)
  const end = said.map(one => instantOf(one.end, zone)).find(time => time !== null && Date.parse(time) > begins && Date.parse(time) - begins <= 86_400_000)
  const minutes = minutesOf(sch.at(9), sch.at(10)) ?? said.map(one => one.minutes).find(one => one !== null)
  return { start, ...(end ? { end } : minutes ? { end: new Date(begins + minutes * 60_000).toISOString() } : {}) }
}

/** What was taken off the visit again stands in the message still (D). */
const stays = (reader: Reader) => reader.at(2) !== 'D'

/** Who sees the patient: AIP, else a person among general resources (AIG), else whose patient it is (PV1-7). */
function peopleOf(readers: readonly Reader[]): object[] {
  const persons = (name: string, field: number) => readers.filter(reader => reader.name === name && (name === 'PV1' || stays(reader))).flatMap(reader => reader.all(field).map(one => personOf(reader, one))).filter(one => one !== null)
  const general = () => readers.filter(reader => reader.name === 'AIG' && stays(reader) && /^(|.*(PROV|DOC|PHYS|CLIN|PERS|STAFF).*)$/i.test(reader.at(4) || reader.at(4, 2)))
    .flatMap(reader => (/\p{L}/u.test(reader.at(3, 2)) ? [{ display: reader.at(3, 2), ...(/^\d{10}$/.test(reader.at(3)) && { identifier: { system: 'http://hl7.org/fhir/sid/us-npi', value: reader.at(3) } }) }] : []))
  return [() => persons('AIP', 3), general, () => persons('PV1', 7)].map(find => find()).find(found => found.length > 0)?.slice(0, 10) ?? []
}

/** Where: AIL-3, else PV1-3. All that it is called, so that the practice's own name for it can be found among it. */
function placeOf(readers: readonly Reader[]): Thing | null {
  const [reader, field] = [readers.find(one => one.name === 'AIL' && stays(one)) ?? readers.find(one => one.name === 'PV1'), 3] as const
  if (!reader) return null
  const names = [...new Set([reader.at(field, 9), reader.at(field, 4), reader.at(field, 1), reader.at(field, 7), ...(reader.name === 'AIL' ? [reader.at(field, 2)] : [])].filter(Boolean))]
  return names.length === 0 ? null : { resourceType: 'Location', id: 'place', name: names[0], ...(names.length > 1 && { alias: names.slice(1) }) }
}

/** SCH-8 of table 0277 says how sure the time is, not what kind of visit it is. */
const saysNoKind = /^(normal|tentative|complete)$/i

type About = { event: string; sender: Sender; patients: readonly string[] }
/** SIU: a visit as the calendar's keeper has it. It has one id whatever is said of it later: the filler's number, else the placer's. Null where neither is given or a visit to come has no time. */
export function readSiu(readers: readonly Reader[], { event, sender: { source, zone }, patients }: About): Thing[] | null {
  const sch = readers.find(({ name }) => name === 'SCH')
  if (!sch) return null
  const numbers = ([['PLAC', 1], ['FILL', 2]] as const).map(([code, field]) => ({ code, value: sch.at(field), space: sch.at(field, 2) })).filter(({ value }) => value !== '')
  const own = numbers.at(-1)
  const [status, times] = [statusOf(event, sch), timesOf(sch, readers, zone)]
  if (!own || (times.start === undefined && byEvent[event] === undefined)) return null
  const [place, why] = [placeOf(readers), sch.all(6)[0] ?? '']
  const [type, service, reason] = [conceptOf(sch, sch.all(8)[0] ?? ''), readers.find(({ name }) => name === 'AIS'), conceptOf(sch, sch.all(7)[0] ?? '')]
  return [{
    resourceType: 'Appointment', id: idOf(source, 'appointment', own.value, own.space), status, ...times,
    identifier: numbers.map(({ code, value, space }) => ({ type: { coding: [{ code }] }, value, ...(space && { system: `urn:hl7:${space}` }) })),
    ...(type.text && !saysNoKind.test(type.text) && { appointmentType: type }), ...(service && { serviceType: [conceptOf(service, service.all(3)[0] ?? '')] }), ...(reason.text && { reasonCode: [reason] }),
    ...((status === 'cancelled' || status === 'noshow') && why && { cancelationReason: conceptOf(sch, why) }), ...(place && { contained: [place] }),
    participant: [
      ...patients.map(reference => ({ actor: { reference }, status: 'accepted' })), ...peopleOf(readers).map(actor => ({ actor, status: 'accepted' })),
      ...(place ? [{ actor: { reference: '#place', display: place.name }, status: 'accepted' }] : []),
    ],
  }]
}
