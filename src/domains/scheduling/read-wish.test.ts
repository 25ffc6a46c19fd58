import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readWish, type ReadWish, type WishContext } from './read-wish.ts'

/** A Monday. */
const context: WishContext = {
  today: '2026-11-23',
  clinicians: [{ id: 'ada', names: ['Dr. Ada Brightmoor'] }, { id: 'tomas', names: ['Dr. Tomás Valdemora'] }, { id: 'wren', names: ['Wren Oakmere'] }, { id: 'ada2', names: ['Ada May'] }],
  types: [{ id: 'check-up', names: ['Yearly check-up', 'Chequeo del año'] }, { id: 'follow-up', names: ['Follow-up', 'Seguimiento'] }, { id: 'vaccine', names: ['Vaccine', 'Vacuna'] }, { id: 'first', names: ['First visit', 'Primera cita'] }],
  places: [{ id: 'alder', names: ['Alder Falls'] }, { id: 'mill', names: ['Mill Hollow'] }],
}
const read = (text: string, today = context.today): ReadWish => readWish(text, { ...context, today })
const [morning, afternoon] = [{ from: 0, to: 720 }, { from: 720, to: 1_020 }]
const day = (iso: string) => ({ from: iso, until: iso })

describe('a wish in words', () => {
  test('of the kind that the desk hears', () => {
    const { wish, unread, doubts } = read('next Tuesday afternoon, Dr Brightmoor, follow-up')
    assert.deepEqual(wish, { ...day('2026-12-01'), part: afternoon, who: ['ada'], type: 'follow-up' })
    assert.deepEqual([unread, doubts], [[], [{ words: 'next Tuesday', about: 'day', other: '2026-11-24' }]])
    assert.deepEqual(read('seguimiento con la doctora Brightmoor el jueves por la mañana en Mill Hollow').wish, { ...day('2026-11-26'), part: morning, who: ['ada'], type: 'follow-up', place: 'mill' })
    assert.deepEqual(read('vacuna').wish, { who: [], type: 'vaccine' })
    assert.deepEqual(read('').wish, { who: [] })
  })
  const days: readonly [string, object][] = [
    ['today', day('2026-11-23')], ['hoy', day('2026-11-23')], ['tomorrow', day('2026-11-24')], ['mañana', day('2026-11-24')], ['pasado mañana', day('2026-11-25')], ['the day after tomorrow', day('2026-11-25')],
    ['monday', day('2026-11-23')], ['wed', day('2026-11-25')], ['este viernes', day('2026-11-27')], ['el próximo martes', day('2026-12-01')], ['el martes que viene', day('2026-12-01')], ['Tuesday next week', day('2026-12-01')],
    ['next week', { from: '2026-11-30', until: '2026-12-06' }], ['la semana que viene', { from: '2026-11-30', until: '2026-12-06' }], ['this week', { from: '2026-11-23', until: '2026-11-29' }],
    ['in 3 days', day('2026-11-26')], ['en dos semanas', { from: '2026-12-07', until: '2026-12-13' }], ['dentro de una semana', { from: '2026-11-30', until: '2026-12-06' }],
    ['next month', { from: '2026-12-01', until: '2026-12-31' }], ['in December', { from: '2026-12-01', until: '2026-12-31' }], ['en enero', { from: '2027-01-01', until: '2027-01-31' }], ['november', { from: '2026-11-23', until: '2026-11-30' }],
    ['2026-12-04', day('2026-12-04')], ['12/24', day('2026-12-24')], ['24/12', day('2026-12-24')], ['December 1st', day('2026-12-01')], ['1 de diciembre', day('2026-12-01')], ['the 5th', day('2026-12-05')], ['el 30', day('2026-11-30')], ['may 3', day('2027-05-03')], ['mar 3', day('2027-03-03')], ['feb 29', day('2028-02-29')],
    ['Tuesday, December 1', day('2026-12-01')], ['Tuesday or Thursday', { from: '2026-11-24', until: '2026-11-26', weekdays: [2, 4] }], ['Tuesdays', { weekdays: [2] }], ['los martes y los jueves', { weekdays: [2, 4] }], ['weekend', { weekdays: [6, 7] }],
    ['Mondays in December', { from: '2026-12-01', until: '2026-12-31', weekdays: [1] }],
    ['after December 5', { from: '2026-12-06' }], ['from Friday', { from: '2026-11-27' }], ['a partir del lunes', { from: '2026-11-23' }], ['before Friday', { until: '2026-11-26' }], ['antes del 5 de diciembre', { until: '2026-12-04' }], ['by tomorrow', { until: '2026-11-24' }],
  ]
  for (const [words, expected] of days) test(`day: ${words}`, () => { const { wish: { who, ...wish }, unread } = read(words); assert.deepEqual([wish, who, unread], [expected, [], []]) })

  const times: readonly [string, { from: number; to: number }][] = [
    ['morning', morning], ['por la mañana', morning], ['por la tarde', afternoon], ['evening', { from: 1_020, to: 1_440 }], ['around noon', { from: 690, to: 810 }], ['al mediodía', { from: 690, to: 810 }], ['late afternoon', { from: 900, to: 1_080 }], ['early', { from: 0, to: 600 }],
    ['at 9:30', { from: 570, to: 630 }], ['3pm', { from: 900, to: 960 }], ['3 p.m.', { from: 900, to: 960 }], ['after 3pm', { from: 900, to: 1_440 }], ['before 10am', { from: 0, to: 600 }], ['a las 3 de la tarde', { from: 900, to: 960 }], ['a las 9 y media', { from: 570, to: 630 }], ['después de las 4 de la tarde', { from: 960, to: 1_440 }],
    ['between 2 and 4', { from: 840, to: 960 }], ['9-11am', { from: 540, to: 660 }], ['2 to 4pm', { from: 840, to: 960 }], ['entre las 2 y las 4', { from: 840, to: 960 }], ['12pm', { from: 720, to: 780 }], ['14:15', { from: 855, to: 915 }],
  ]
  for (const [words, part] of times) test(`time: ${words}`, () => { const { wish, unread } = read(words); assert.deepEqual([wish, unread], [{ who: [], part }, []]) })

  test('“mañana” is tomorrow, and beside a day its morning', () => {
    assert.deepEqual(read('mañana por la mañana').wish, { ...day('2026-11-24'), part: morning, who: [] })
    assert.deepEqual(read('martes mañana').wish, { ...day('2026-11-24'), part: morning, who: [] })
    assert.deepEqual(read('mañana por la tarde').wish, { ...day('2026-11-24'), part: afternoon, who: [] })
  })
  test('what can be read in two ways is read in one, and the other is told', () => {
    assert.deepEqual(read('3/4').doubts, [{ words: '3/4', about: 'day', other: '2027-04-03' }])
    assert.deepEqual(read('12/24').doubts, [])
    assert.deepEqual(read('next friday', '2026-11-28').doubts, [])           // said on a Saturday there is one next Friday alone
    assert.deepEqual(read('at 3').doubts, [{ words: 'at 3', about: 'time' }])
    assert.deepEqual(read('at 3').wish.part, { from: 900, to: 960 })
    assert.deepEqual(read('Tuesday, December 2').wish, { ...day('2026-12-02'), who: [] })
    assert.deepEqual(read('Tuesday, December 2').doubts, [{ words: 'December 2', about: 'day', other: '2026-11-24' }])
    const { wish, doubts } = read('Dr Ada')
    assert.deepEqual([wish.who, doubts], [['ada', 'ada2'], [{ words: 'Ada', about: 'who', other: 'Dr. Ada Brightmoor, Ada May' }]])
    assert.deepEqual(read('Ada Brightmoor').wish.who, ['ada'])
  })
  test('“may” is a name beside a name, a month beside a number, and nothing by itself', () => {
    assert.deepEqual(read('Ada May').wish.who, ['ada2'])
    assert.deepEqual(read('may 3').wish.who, [])
    assert.deepEqual(read('may I come').wish, { who: ['ada2'] })   // the only thing here that is called so; its chip says it
  })
  test('names with a slip of the finger, without accents, run together', () => {
    for (const words of ['brightmor', 'Brightmooor', 'BRIGHTMOOR']) assert.deepEqual(read(words).wish.who, ['ada'], words)
    assert.deepEqual(read('tomas').wish.who, ['tomas'])
    for (const words of ['followup', 'follow up', 'Follow-Up', 'seguimiento']) assert.equal(read(words).wish.type, 'follow-up', words)
    assert.deepEqual(read('first visit with Wren by phone').wish, { who: ['wren'], type: 'first', mode: 'phone' })
    assert.deepEqual(read('wren or tomas').wish.who, ['wren', 'tomas'])
  })
  test('what was not understood is given back as it was written', () => {
    assert.deepEqual(read('Tuesday, for José’s knee, 3 visits').unread, ['José', 's', 'knee', '3', 'visits'])
    assert.deepEqual(read('February 30').unread.length > 0, true)
    assert.deepEqual(read('at 25:00').unread, ['25:00'])
    assert.deepEqual(read('room 4').unread, ['room', '4'])
    assert.deepEqual(read('morgen <script> 🙂').unread, ['morgen', 'script'])
  })
  test('never breaks, and its days are days, whatever is typed', () => {
    const words = fc.constantFrom('next', 'martes', 'mañana', 'por la', 'tarde', '3/4', '31', 'feb', 'may', 'at', '3pm', 'between', '2', 'and', '4', 'Ada', 'o', 'week', 'antes del', 'first', 'visit', '-', ':', '😀', 'ñ', '\u0000', 'İ', 'ﬁ')
    fc.assert(fc.property(fc.oneof(fc.array(words, { maxLength: 12 }).map(all => all.join(' ')), fc.string({ unit: 'grapheme', maxLength: 300 })), text => {
      const { wish } = read(text)
      for (const one of [wish.from, wish.until]) if (one !== undefined) assert.equal(new Date(`${one}T00:00:00Z`).toISOString().slice(0, 10), one)
      if (wish.part) assert.ok(wish.part.from >= 0 && wish.part.from < wish.part.to, JSON.stringify(wish.part))
    }), { numRuns: 3_000 })
    const begun = performance.now()
    read('next tuesday or '.repeat(70_000))
    assert.ok(performance.now() - begun < 50)
  })
})
