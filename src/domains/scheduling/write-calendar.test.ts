import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { writeCalendar } from './write-calendar.ts'

const place = { zone: 'America/New_York', street: '3 Heron Street; rear, door', unit: '', city: 'Larkmere', region: 'VT', postalCode: '05999' }
const visit = { id: '11111111-2222-4333-8444-555555555555', startsAt: new Date('2026-11-02T14:00:00Z'), endsAt: new Date('2026-11-02T14:30:00Z'), mode: 'in-person' as const, status: 'booked' as const, version: 3 }
const write = (more: Partial<typeof visit> | { status: 'cancelled' } | { mode: 'phone' } = {}, at: Partial<typeof place> = {}) =>
  writeCalendar({ visit: { ...visit, ...more }, place: { ...place, ...at }, summary: 'Appointment', now: new Date('2026-10-01T12:00:00Z'), host: 'clinic.example' })
const linesOf = (text: string) => text.replaceAll('\r\n ', '').split('\r\n')

describe('the file for one’s calendar', () => {
  test('says "Appointment" with the wall clock of the place, its zone and the version', () => {
    const lines = linesOf(write())
    for (const line of ['BEGIN:VCALENDAR', 'METHOD:PUBLISH', 'SUMMARY:Appointment', 'SEQUENCE:2', 'STATUS:CONFIRMED', 'DTSTART;TZID=America/New_York:20261102T090000', 'DTEND;TZID=America/New_York:20261102T093000',
      'UID:11111111-2222-4333-8444-555555555555@clinic.example', 'LOCATION:3 Heron Street\\; rear\\, door\\, Larkmere\\, VT 05999', 'DTSTAMP:20261001T120000Z']) assert.ok(lines.includes(line), line)
  })
  test('carries the changes of the zone’s clocks about the visit', () => {
    const text = linesOf(write()).join('\n')
    assert.match(text, /BEGIN:STANDARD\nDTSTART:20261101T020000\nTZOFFSETFROM:-0400\nTZOFFSETTO:-0500\nEND:STANDARD/)
    assert.match(text, /BEGIN:DAYLIGHT\nDTSTART:20260308T020000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0400\nEND:DAYLIGHT/)
    assert.match(linesOf(write({}, { zone: 'Australia/Lord_Howe' })).join('\n'), /TZOFFSETFROM:\+1030\nTZOFFSETTO:\+1100/)
    assert.match(linesOf(write({}, { zone: 'Asia/Kathmandu' })).join('\n'), /TZOFFSETTO:\+0545/)
  })
  test('of a cancelled visit takes it out again; of one by phone has no place', () => {
    const gone = linesOf(write({ status: 'cancelled' }))
    assert.ok(gone.includes('METHOD:CANCEL') && gone.includes('STATUS:CANCELLED'))
    assert.ok(!linesOf(write({ mode: 'phone' })).some(line => line.startsWith('LOCATION')))
  })
  test('folds its lines at 75 bytes, never inside a letter', () => {
    const text = write({}, { street: 'Calle de la Peña y la Cañada, número ciento veintitrés, junto a la vieja estación de autobuses de Añover' })
    for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line)
    assert.ok(linesOf(text).some(line => line.includes('Añover')))
  })
})
