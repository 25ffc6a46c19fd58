import { addressLines } from '#practice'
import type { Location } from '#practice/shared'
import type { Appointment } from './list-appointments.ts'
import type { Status } from './shared.ts'
import { dayMs, offsetAt, traceZone } from './trace-zone.ts'

type Event = { visit: Pick<Appointment, 'id' | 'startsAt' | 'endsAt' | 'mode' | 'status' | 'version'>; place: Pick<Location, 'zone' | 'street' | 'unit' | 'city' | 'region' | 'postalCode'>; summary: string; now: Date; host: string }

const digits = (instant: number): string => new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, '')
const utc = (at: Date): string => digits(at.getTime())
/** The wall clock of an instant, as iCalendar writes it. */
const local = (instant: number, offset: number): string => digits(instant + offset).slice(0, -1)
const sign = (offset: number): string => {
  const minutes = Math.round(Math.abs(offset) / 60_000)
  return `${offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}${String(minutes % 60).padStart(2, '0')}`
}
const escape = (text: string): string => text.replace(/[\\;,]/g, found => `\\${found}`).replace(/\r\n|\r|\n/g, '\\n').replace(/(?!\t)\p{Cc}/gu, '')

/** Lines of at most 75 bytes, folded between letters. Source: RFC 5545 3.1. */
function fold(line: string): string {
  const parts: string[] = ['']
  let bytes = 0
  for (const letter of line) {
    const size = Buffer.byteLength(letter)
    if (bytes + size > 75) { parts.push(' '); bytes = 1 }
    parts[parts.length - 1] += letter
    bytes += size
  }
  return parts.join('\r\n')
}

/** The zone as it is about the visit: each change of its clocks from a year before to a year after, by date. Source: RFC 5545 3.6.5. */
function zoneLines(zone: string, around: number): string[] {
  const trace = traceZone(zone, around - 366 * dayMs, around + 366 * dayMs)
  const usual = Math.min(...trace.map(one => one.offset))
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...trace.flatMap(({ from, offset }, index) => {
    const kind = offset > usual ? 'DAYLIGHT' : 'STANDARD'
    const before = trace[index - 1]?.offset ?? offset
    return [`BEGIN:${kind}`, `DTSTART:${local(from, before)}`, `TZOFFSETFROM:${sign(before)}`, `TZOFFSETTO:${sign(offset)}`, `END:${kind}`]
  }), 'END:VTIMEZONE']
}

const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Rapport//Appointments//EN', 'CALSCALE:GREGORIAN']
const asText = (lines: readonly string[]): string => lines.map(fold).join('\r\n') + '\r\n'
const stateOf = (status: Status): string => (status === 'cancelled' ? 'CANCELLED' : status === 'requested' ? 'TENTATIVE' : 'CONFIRMED')

type Entry = { id: string; startsAt: Date; endsAt: Date; status: Status; version: number; zone: string; summary: string; where: string; stampedAt: Date; host: string; isOpaque: boolean }
function eventLines({ id, startsAt, endsAt, status, version, zone, summary, where, stampedAt, host, isOpaque }: Entry): string[] {
  const [starts, ends] = [startsAt.getTime(), endsAt.getTime()]
  const trace = traceZone(zone, starts - 2 * dayMs, ends + 2 * dayMs)
  return [
    'BEGIN:VEVENT', `UID:${id}@${host}`, `DTSTAMP:${utc(stampedAt)}`, `SEQUENCE:${version - 1}`, `STATUS:${stateOf(status)}`,
    `DTSTART;TZID=${zone}:${local(starts, offsetAt(trace, starts))}`, `DTEND;TZID=${zone}:${local(ends, offsetAt(trace, ends))}`, `SUMMARY:${escape(summary)}`, 'CLASS:PRIVATE', `TRANSP:${isOpaque ? 'OPAQUE' : 'TRANSPARENT'}`,
    ...(where ? [`LOCATION:${escape(where)}`] : []), 'END:VEVENT',
  ]
}

/** One visit as an iCalendar file: "Appointment", its time and, where one goes there, its place. Each change of the visit has a higher SEQUENCE. */
export function writeCalendar({ visit, place, summary, now, host }: Event): string {
  const { zone } = place
  return asText([
    ...head, `METHOD:${visit.status === 'cancelled' ? 'CANCEL' : 'PUBLISH'}`, ...zoneLines(zone, visit.startsAt.getTime()),
    ...eventLines({ ...visit, zone, summary, where: visit.mode === 'in-person' ? addressLines(place).join(', ') : '', stampedAt: now, host, isOpaque: true }), 'END:VCALENDAR',
  ])
}

export type FeedEvent = Omit<Entry, 'host' | 'isOpaque'>
/** Many visits as a calendar that others look at again and again: the same visits are the same bytes. `around`: a moment whose zones' changes it carries for a year each way. */
export function writeFeed({ events, name, host, around }: { events: readonly FeedEvent[]; name: string; host: string; around: Date }): string {
  return asText([
    ...head, `X-WR-CALNAME:${escape(name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT15M', ...[...new Set(events.map(event => event.zone))].sort().flatMap(zone => zoneLines(zone, around.getTime())),
    ...events.flatMap(event => eventLines({ ...event, host, isOpaque: event.status !== 'cancelled' })), 'END:VCALENDAR',
  ])
}
