import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { dayIn, instantAt, offsetOf } from '#platform/when.ts'
import type { HoursRules, SpecialDay, WeekRule } from './expand-hours.ts'
import { findOpenSlots, type ResourceTimes, type SlotQuestion, type VisitShape } from './find-open-slots.ts'

const minute = 60_000
const day = 86_400_000
const nextDay = (date: string, days = 1) => new Date(Date.parse(`${date}T00:00:00Z`) + days * day).toISOString().slice(0, 10)
const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Slow and obvious: each day's minutes are ticked off one by one, and each minute of the range is tried. It shares no code with what it judges. */
function slowly({ visit, zone, from, to, needs }: SlotQuestion): number[] {
  const at = (date: string, minutes: number): number => (minutes >= 1440 ? at(nextDay(date), minutes - 1440) : instantAt(date, clock(minutes), zone).getTime())
  const openOf = ({ rules }: ResourceTimes): (instant: number) => boolean => {
    if (!rules) return () => true
    const runs: { from: number; to: number }[] = []
    for (let date = nextDay(dayIn(new Date(from), zone), -3); date <= nextDay(dayIn(new Date(to), zone), 3); date = nextDay(date)) {
      const isTicked = new Array<boolean>(2881).fill(false)
      const special = rules.special.filter(one => one.day === date)
      const weekday = (new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7 + 1
      const isShut = (minutes: number) => {
        const closure = rules.closures.find(one => one.day === (minutes < 1440 ? date : nextDay(date)))
        return closure !== undefined && !closure.periods.some(({ opens, closes }) => opens <= minutes % 1440 && minutes % 1440 < closes)
      }
      if (special.length > 0) for (const { starts, ends } of special) for (let m = starts ?? 0; m < (ends ?? 0); m++) isTicked[m] = true
      else for (const rule of rules.weekly) {
        if (rule.weekday !== weekday || (rule.fromDay && date < rule.fromDay) || (rule.untilDay && date > rule.untilDay)) continue
        for (let m = rule.starts; m < rule.ends; m++) if (!isShut(m)) isTicked[m] = true
      }
      for (let m = 0, begun = -1; m <= 2880; m++) {
        if (isTicked[m] && begun < 0) begun = m
        if (!isTicked[m] && begun >= 0) { runs.push({ from: at(date, begun), to: at(date, m) }); begun = -1 }
      }
    }
    return instant => runs.some(run => run.from <= instant && instant < run.to)
  }
  const isThere = needs.map(resources => resources.map(resource => ({ resource, isOpen: openOf(resource), busy: resource.busy })))
  const found: number[] = []
  for (let begin = Math.ceil(from / minute) * minute; begin < to; begin += minute) {
    if ((((begin + offsetOf(zone, new Date(begin))) / minute) % visit.alignMinutes) !== 0) continue
    const [first, end] = [begin - visit.beforeMinutes * minute, begin + (visit.durationMinutes + visit.afterMinutes) * minute]
    const isFree = ({ isOpen, busy }: (typeof isThere)[number][number]) => {
      for (let m = begin; m < begin + visit.durationMinutes * minute; m += minute) if (!isOpen(m)) return false
      return !busy.some(taken => taken.from < end && first < taken.to)
    }
    const free = isThere.map(resources => resources.filter(isFree).map(({ resource }) => resource))
    /** Somebody or something else for each need. */
    const isMet = (need: number, used: readonly ResourceTimes[]): boolean => need === free.length || free[need]!.some(one => !used.includes(one) && isMet(need + 1, [...used, one]))
    if (isMet(0, [])) found.push(begin)
  }
  return found
}

/** Days about which clocks change, in both directions, by half an hour, across midnight; a leap day; a day that Samoa never had. */
const places: readonly (readonly [string, readonly string[]])[] = [
  ['America/New_York', ['2026-03-08', '2026-11-01', '2028-02-29', '2030-03-10']], ['Europe/London', ['2027-03-28', '2027-10-31']], ['Australia/Lord_Howe', ['2026-04-05', '2026-10-04']],
  ['America/Havana', ['2026-03-08', '2026-11-01']], ['Asia/Beirut', ['2026-03-29', '2026-10-25']], ['Pacific/Apia', ['2011-12-30']], ['America/St_Johns', ['2026-11-01']],
  ['Asia/Kathmandu', ['2026-06-01']], ['Pacific/Kiritimati', ['2028-02-29']], ['Etc/GMT+12', ['2027-12-31']], ['Africa/Casablanca', ['2026-02-15', '2026-03-22']], ['UTC', ['2026-12-31']],
]
const periodOf = fc.tuple(fc.integer({ min: 0, max: 287 }), fc.integer({ min: 1, max: 288 })).map(([start, length]) => ({ starts: start * 5, ends: Math.min(2880, start * 5 + length * 5) }))
const questions: fc.Arbitrary<SlotQuestion> = fc.constantFrom(...places.flatMap(([zone, days]) => days.map(date => ({ zone, date })))).chain(({ zone, date }) => {
  const middle = Date.parse(`${date}T00:00:00Z`)
  const dates = [-2, -1, 0, 1, 2].map(days => nextDay(date, days))
  const weekly: fc.Arbitrary<WeekRule> = fc.tuple(fc.integer({ min: 1, max: 7 }), periodOf, fc.option(fc.constantFrom(...dates)), fc.option(fc.constantFrom(...dates)))
    .map(([weekday, period, fromDay, untilDay]) => ({ weekday, ...period, fromDay, untilDay }))
  const special: fc.Arbitrary<SpecialDay> = fc.tuple(fc.constantFrom(...dates), fc.option(periodOf)).map(([on, period]) => ({ day: on, starts: period?.starts ?? null, ends: period?.ends ?? null }))
  const closure = fc.tuple(fc.constantFrom(...dates), fc.option(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 4 }))))
    .map(([on, hours]) => ({ day: on, periods: hours ? [{ opens: hours[0] * 60, closes: Math.min(1440, (hours[0] + hours[1]) * 60) }] : [] }))
  const rules: fc.Arbitrary<HoursRules> = fc.record({ weekly: fc.array(weekly, { minLength: 2, maxLength: 12 }), special: fc.array(special, { maxLength: 3 }), closures: fc.uniqueArray(closure, { maxLength: 2, selector: one => one.day }) })
  const busy = fc.array(fc.tuple(fc.integer({ min: -2_880, max: 2_880 }), fc.integer({ min: 1, max: 600 })).map(([start, length]) => ({ from: middle + start * minute, to: middle + (start + length) * minute })), { maxLength: 8 })
    .map(list => list.sort((a, b) => a.from - b.from))
  const resource: fc.Arbitrary<ResourceTimes> = fc.record({ rules: fc.oneof({ weight: 4, arbitrary: rules }, { weight: 1, arbitrary: fc.constant(null) }), busy })
  const visit: fc.Arbitrary<VisitShape> = fc.record({ durationMinutes: fc.integer({ min: 5, max: 120 }), beforeMinutes: fc.constantFrom(0, 5, 17), afterMinutes: fc.constantFrom(0, 10, 13), alignMinutes: fc.constantFrom(5, 10, 15, 20, 30, 60) })
  return fc.record({
    visit, zone: fc.constant(zone), from: fc.integer({ min: -1_800, max: 0 }).map(m => middle + m * minute), to: fc.integer({ min: 1, max: 2_400 }).map(m => middle + m * minute),
    needs: fc.tuple(fc.array(resource, { minLength: 4, maxLength: 4 }), fc.array(fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }))
      .map(([pool, groups]) => groups.map(group => group.map(index => pool[index]!))),
  })
})

describe('open times', () => {
  test('are those of a slow obvious model, about every change of a clock, across midnight, on leap days, with rules that begin and end', () => {
    fc.assert(fc.property(questions, question => { assert.deepEqual(findOpenSlots(question), slowly(question)) }), { numRuns: process.env.LONG ? 5_000 : 120 })
  })

  const nine = (rules: Partial<HoursRules> = {}, busy: ResourceTimes['busy'] = []): ResourceTimes => ({ rules: { weekly: [1, 2, 3, 4, 5, 6, 7].map(weekday => ({ weekday, starts: 540, ends: 600 })), special: [], closures: [], ...rules }, busy })
  const half: VisitShape = { durationMinutes: 30, beforeMinutes: 0, afterMinutes: 0, alignMinutes: 30 }
  const ask = (from: string, to: string, needs: SlotQuestion['needs'], visit = half, zone = 'America/New_York') =>
    findOpenSlots({ visit, zone, from: Date.parse(from), to: Date.parse(to), needs }).map(at => new Date(at).toISOString().slice(0, 16))

  test('nine in the morning stays nine when clocks go forward and back', () => {
    assert.deepEqual(ask('2026-03-07T05:00Z', '2026-03-09T05:00Z', [[nine()]]), ['2026-03-07T14:00', '2026-03-07T14:30', '2026-03-08T13:00', '2026-03-08T13:30'])
    assert.deepEqual(ask('2026-10-31T05:00Z', '2026-11-02T05:00Z', [[nine()]]), ['2026-10-31T13:00', '2026-10-31T13:30', '2026-11-01T14:00', '2026-11-01T14:30'])
  })
  test('the hour that is skipped offers nothing, the hour that comes twice offers both', () => {
    const night = (starts: number, ends: number) => [[nine({ weekly: [{ weekday: 7, starts, ends }] })]]
    assert.deepEqual(ask('2026-03-08T05:00Z', '2026-03-08T12:00Z', night(60, 240)), ['2026-03-08T06:00', '2026-03-08T06:30', '2026-03-08T07:00', '2026-03-08T07:30'])
    assert.deepEqual(ask('2026-03-08T05:00Z', '2026-03-08T12:00Z', night(180, 240)), ['2026-03-08T07:00', '2026-03-08T07:30'], 'hours that begin when it ends')
    assert.deepEqual(ask('2026-11-01T04:00Z', '2026-11-01T12:00Z', night(60, 150)), ['2026-11-01T05:00', '2026-11-01T05:30', '2026-11-01T06:00', '2026-11-01T06:30', '2026-11-01T07:00'])
  })
  test('a day that has begun before the clock goes back into the one before it is looked at, too', () => {
    // Newfoundland until 2011: at one minute past midnight it was 23:01 again.
    const saturday = [[nine({ weekly: [{ weekday: 7, starts: 0, ends: 30 }] })]]
    assert.deepEqual(ask('2010-11-07T02:31Z', '2010-11-07T03:01Z', saturday, { ...half, durationMinutes: 5, alignMinutes: 15 }, 'America/St_Johns'), ['2010-11-07T02:45', '2010-11-07T03:00'])
  })
  test('a shift that ends in a day that was left out goes on into the day after that, though that is two days from where it began', () => {
    // Samoa had no 30th of December in 2011: ten that morning is ten of the 31st.
    const thursday = [[nine({ weekly: [{ weekday: 4, starts: 1200, ends: 2040 }] })]]
    assert.deepEqual(ask('2011-12-30T18:00Z', '2011-12-31T10:00Z', thursday, half, 'Pacific/Apia'), ['2011-12-30T18:00', '2011-12-30T18:30', '2011-12-30T19:00', '2011-12-30T19:30'])
  })
  test('from the second in which a clock changes on, hours are whole by what it shows then', () => {
    // Lord Howe goes half an hour forward at two in the morning.
    const sunday = [[nine({ weekly: [{ weekday: 7, starts: 0, ends: 300 }] })]]
    assert.deepEqual(ask('2026-10-03T14:00Z', '2026-10-03T17:00Z', sunday, { ...half, durationMinutes: 10, alignMinutes: 60 }, 'Australia/Lord_Howe'), ['2026-10-03T14:30', '2026-10-03T16:00'])
  })
  test('a shift goes on across midnight into the year after', () => {
    assert.deepEqual(ask('2026-12-31T00:00Z', '2027-01-01T12:00Z', [[nine({ weekly: [{ weekday: 4, starts: 1410, ends: 1500 }] })]]), ['2027-01-01T04:30', '2027-01-01T05:00', '2027-01-01T05:30'])
  })
  test('what is kept free around a visit may touch its neighbour and not overlap it', () => {
    const busy = [{ from: Date.parse('2026-11-24T14:30Z'), to: Date.parse('2026-11-24T14:40Z') }]
    const with15 = { ...half, durationMinutes: 10, alignMinutes: 5 as const, beforeMinutes: 10, afterMinutes: 5 }
    assert.deepEqual(ask('2026-11-24T14:00Z', '2026-11-24T15:00Z', [[nine({}, busy)]], with15), ['2026-11-24T14:00', '2026-11-24T14:05', '2026-11-24T14:10', '2026-11-24T14:15', '2026-11-24T14:50'])
  })
  test('a visit that needs a room waits for a room; of two rooms either will do', () => {
    const taken = (from: string, to: string): ResourceTimes => ({ rules: null, busy: [{ from: Date.parse(from), to: Date.parse(to) }] })
    const [one, other] = [taken('2026-11-24T14:00Z', '2026-11-24T14:30Z'), taken('2026-11-24T14:15Z', '2026-11-24T16:00Z')]
    assert.deepEqual(ask('2026-11-24T13:00Z', '2026-11-24T16:00Z', [[nine()], [one]]), ['2026-11-24T14:30'])
    assert.deepEqual(ask('2026-11-24T13:00Z', '2026-11-24T16:00Z', [[nine()], [other]]), [])
    assert.deepEqual(ask('2026-11-24T13:00Z', '2026-11-24T16:00Z', [[nine()], [one, other]]), ['2026-11-24T14:30'])
  })
  test('a visit that needs two of the same rooms waits until two are free', () => {
    const [one, other] = [{ rules: null, busy: [{ from: Date.parse('2026-11-24T14:00Z'), to: Date.parse('2026-11-24T14:30Z') }] }, { rules: null, busy: [] }]
    assert.deepEqual(ask('2026-11-24T13:00Z', '2026-11-24T16:00Z', [[nine()], [one, other], [one, other]]), ['2026-11-24T14:30'])
    assert.deepEqual(ask('2026-11-24T13:00Z', '2026-11-24T16:00Z', [[nine()], [other], [other]]), [])
  })
  test('no more are looked for than are wanted', () => {
    const days = { visit: half, zone: 'America/New_York', from: Date.parse('2026-11-24T05:00Z'), to: Date.parse('2026-11-27T05:00Z'), needs: [[nine()]] }
    assert.deepEqual([findOpenSlots({ ...days, most: 3 }), findOpenSlots({ ...days, most: 0 })], [findOpenSlots(days).slice(0, 3), []])
  })
  test('a day of one’s own stands above a holiday, and a holiday above the week', () => {
    const closures = [{ day: '2026-11-26', periods: [] }]
    assert.deepEqual(ask('2026-11-26T05:00Z', '2026-11-27T05:00Z', [[nine({ closures })]]), [])
    assert.deepEqual(ask('2026-11-26T05:00Z', '2026-11-27T05:00Z', [[nine({ closures, special: [{ day: '2026-11-26', starts: 600, ends: 630 }] })]]), ['2026-11-26T15:00'])
  })
  test('a new plan takes over on its day', () => {
    const weekly = [{ weekday: 2, starts: 540, ends: 570, untilDay: '2026-11-24' }, { weekday: 2, starts: 780, ends: 810, fromDay: '2026-11-25' }]
    assert.deepEqual(ask('2026-11-17T05:00Z', '2026-12-08T05:00Z', [[nine({ weekly })]]), ['2026-11-17T14:00', '2026-11-24T14:00', '2026-12-01T18:00'])
  })
})
