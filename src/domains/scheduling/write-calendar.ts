import { addressLines } from '#practice'
import type { Location } from '#practice/shared'
import type { Appointment } from './list-appointments.ts'
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
const escape = (text: string): string => text.replace(/[\\;,]/g, found => `\\${found}`).replace(/\r?\n/g, '\\n')

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

/** One visit as an iCalendar file: "Appointment", its time and, where one goes there, its place. Each change of the visit has a higher SEQUENCE. */
export function writeCalendar({ visit, place, summary, now, host }: Event): string {
  const { zone } = place
  const [starts, ends] = [visit.startsAt.getTime(), visit.endsAt.getTime()]
  const trace = traceZone(zone, starts - 2 * dayMs, ends + 2 * dayMs)
  const isCancelled = visit.status === 'cancelled'
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Rapport//Appointments//EN', 'CALSCALE:GREGORIAN', `METHOD:${isCancelled ? 'CANCEL' : 'PUBLISH'}`, ...zoneLines(zone, starts),
    'BEGIN:VEVENT', `UID:${visit.id}@${host}`, `DTSTAMP:${utc(now)}`, `SEQUENCE:${visit.version - 1}`, `STATUS:${isCancelled ? 'CANCELLED' : visit.status === 'requested' ? 'TENTATIVE' : 'CONFIRMED'}`,
    `DTSTART;TZID=${zone}:${local(starts, offsetAt(trace, starts))}`, `DTEND;TZID=${zone}:${local(ends, offsetAt(trace, ends))}`, `SUMMARY:${escape(summary)}`, 'CLASS:PRIVATE', 'TRANSP:OPAQUE',
    ...(visit.mode === 'in-person' ? [`LOCATION:${escape(addressLines(place).join(', '))}`] : []), 'END:VEVENT', 'END:VCALENDAR',
  ]
  return lines.map(fold).join('\r\n') + '\r\n'
}
