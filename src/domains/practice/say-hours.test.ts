import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hoursLines, openWords, periodsWords, timeWords } from './say-hours.ts'
import type { Location, WeekHours } from './shared.ts'

const h = (opens: number, closes: number) => ({ opens: opens * 60, closes: closes * 60 })
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ')
const week: WeekHours = { 1: [h(8, 17)], 2: [h(9, 12), h(13, 17)], 3: [h(8, 17)], 4: [h(8, 17)], 5: [h(8, 17)] }
const place = (hours: WeekHours = week, exceptions: Location['exceptions'] = []) => ({ hours, exceptions, zone: 'America/New_York' })
const at = (iso: string) => new Date(iso)

test('times as people say them', () => {
  assert.deepEqual([480, 510, 720, 780, 1440, 0, 750].map(minutes => plain(timeWords(minutes, 'en'))), ['8 am', '8:30 am', 'noon', '1 pm', 'midnight', 'midnight', '12:30 pm'])
  assert.deepEqual([480, 720, 780].map(minutes => plain(timeWords(minutes, 'es'))), ['8 a. m.', '12 del mediodía', '1 p. m.'])
})

test('days with the same hours share a line, days in a row become one stretch', () => {
  assert.deepEqual(hoursLines(week, 'en').map(plain), ['Monday and Wednesday to Friday, 8 am to 5 pm', 'Tuesday, 9 am to noon and 1 pm to 5 pm'])
  assert.deepEqual(hoursLines({ 2: [h(9, 18)], 4: [h(9, 18)] }, 'es').map(plain), ['Martes y jueves, de 9 a. m. a 6 p. m.'])
  assert.deepEqual(hoursLines({}, 'en'), [])
  assert.equal(periodsWords([], 'es'), 'cerrado')
})

test('says how it stands now, and until when that is true', () => {
  const open = openWords(place(), at('2026-11-23T15:00:00Z'), 'en')
  assert.deepEqual([plain(open.words), open.validUntil.toISOString()], ['Open today until 5 pm', '2026-11-23T22:00:00.000Z'])
  const lunch = openWords(place(), at('2026-11-24T17:30:00Z'), 'es')
  assert.deepEqual([plain(lunch.words), lunch.validUntil.toISOString()], ['Abre hoy a la 1 p. m.', '2026-11-24T18:00:00.000Z'])
  const evening = openWords(place(), at('2026-11-23T23:00:00Z'), 'en')
  assert.deepEqual([plain(evening.words), evening.validUntil.toISOString()], ['Closed now. Opens Tuesday at 9 am', '2026-11-24T05:00:00.000Z'])
  assert.equal(plain(openWords(place(), at('2026-11-28T15:00:00Z'), 'es').words), 'Cerrado ahora. Abre el lunes a las 8 a. m.')
})

test('names the holiday', () => {
  const thanksgiving = [{ day: '2026-11-26', name: { en: 'Thanksgiving', es: 'Día de Acción de Gracias' }, periods: [] }]
  assert.equal(plain(openWords(place(week, thanksgiving), at('2026-11-26T15:00:00Z'), 'en').words), 'Closed today: Thanksgiving. Opens Friday at 8 am')
})

test('a place that opens in a week names the date; one without hours says nothing', () => {
  assert.equal(plain(openWords(place({ 1: [h(8, 17)] }), at('2026-11-24T05:00:00Z'), 'en').words), 'Closed now. Opens Monday, November 30 at 8 am')
  assert.equal(openWords(place({}), at('2026-11-24T05:00:00Z'), 'en').words, undefined)
})
