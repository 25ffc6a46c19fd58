import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { usHolidays } from '#practice'
import { dayIn } from '#platform/when.ts'
import { stateHolds } from './data/state-holds.data.ts'
import { decideRelease, type Agreement, type Calendar, type Finding, type Releasable } from './decide-release.ts'
import { businessDaysAfter } from './gather-rules.ts'
import { categories, conditions, type Covered } from './shared.ts'

const week = { 1: [{ opens: 540, closes: 1020 }], 2: [{ opens: 540, closes: 1020 }], 3: [{ opens: 540, closes: 1020 }], 4: [{ opens: 540, closes: 1020 }], 5: [{ opens: 540, closes: 1020 }] }
const exceptions = [2026, 2027].flatMap(year => usHolidays(year).map(({ day }) => ({ day, periods: [] })))
const calendarOf = (zone: string): Calendar => ({ zone, businessDaysAfter: (start, days) => businessDaysAfter(start, days, { hours: week, exceptions, zone }) })
const inState = (state: string) => stateHolds.filter(law => law.state === state)
const item = (more: Partial<Releasable> = {}): Releasable => {
  const finalAt = more.finalAt ?? new Date('2026-11-20T21:10:00Z')
  return { category: 'tissue', covers: ['malignancy'], finalAt, arrivedAt: more.arrivedAt ?? finalAt, isReviewed: false, isContacted: false, isCritical: false, ...more }
}
const decide = (what: Releasable, state: string, zone: string) => decideRelease(what, { laws: inState(state) }, {}, calendarOf(zone))

describe('when a result opens', () => {
  test('R7 Kentucky: final on Friday at 16:10, open on Monday at 16:10; a clinician may end it, the patient may not', () => {
    const finalAt = new Date('2026-11-20T21:10:00Z')                   // 16:10 in Louisville
    assert.equal(decide(item({ finalAt }), 'KY', 'America/Kentucky/Louisville').visibleAt?.toISOString(), '2026-11-23T21:10:00.000Z')
    const lifted = (who: 'clinician' | 'patient') => decideRelease(item({ finalAt }), { laws: inState('KY'), lifted: [who] }, {}, calendarOf('America/Kentucky/Louisville'))
    assert.equal(lifted('clinician').because, null)
    assert.equal(lifted('patient').because, 'state-law')
  })
  test('R7 Texas: final on Friday, open when Monday begins there; nobody may end it', () => {
    const finalAt = new Date('2026-11-20T22:10:00Z')
    const decision = decide(item({ finalAt }), 'TX', 'America/Chicago')
    assert.equal(decision.visibleAt?.toISOString(), '2026-11-23T06:00:00.000Z')
    assert.equal(decision.citation, 'Tex. Occ. Code 159.0062')
    assert.equal(decideRelease(item({ finalAt }), { laws: inState('TX'), lifted: ['clinician', 'patient'] }, {}, calendarOf('America/Chicago')).because, 'state-law')
  })
  test('R7 Texas: a day of the calendar, over both changes of the clock', () => {
    assert.equal(decide(item({ finalAt: new Date('2027-03-12T18:00:00Z') }), 'TX', 'America/Chicago').visibleAt?.toISOString(), '2027-03-15T05:00:00.000Z')
    assert.equal(decide(item({ finalAt: new Date('2026-10-30T18:00:00Z') }), 'TX', 'America/Chicago').visibleAt?.toISOString(), '2026-11-02T06:00:00.000Z')
  })
  test('R7 Texas: the day of the place counts, not that of Greenwich', () => {
    assert.equal(decide(item({ finalAt: new Date('2026-11-21T04:30:00Z') }), 'TX', 'America/Chicago').visibleAt?.toISOString(), '2026-11-23T06:00:00.000Z')
  })
  test('R7 Montana: HIV and hepatitis as well, and nothing before July 2026', () => {
    const of = (covers: Covered[], day: string) => decide(item({ covers, finalAt: new Date(`${day}T18:00:00Z`) }), 'MT', 'America/Denver')
    assert.equal(of(['hiv'], '2026-07-01').because, 'state-law')
    assert.equal(of(['hiv'], '2026-06-30').because, null)
    assert.equal(of([], '2026-08-01').because, null)
  })
  test('R7 Colorado: three days of business, from July 2027 on, which a patient may end for that test', () => {
    const finalAt = new Date('2027-07-02T16:00:00Z')                  // Friday at 10, before a Sunday the Fourth
    assert.equal(decide(item({ finalAt }), 'CO', 'America/Denver').visibleAt?.toISOString(), '2027-07-07T16:00:00.000Z')
    assert.equal(decide(item({ finalAt: new Date('2027-06-30T16:00:00Z') }), 'CO', 'America/Denver').because, null)
    assert.equal(decideRelease(item({ finalAt }), { laws: inState('CO'), lifted: ['patient'] }, {}, calendarOf('America/Denver')).because, null)
  })
  test('R7+ California: no clock opens it; somebody owns it', () => {
    const decision = decide(item({ covers: ['drug-use'] }), 'CA', 'America/Los_Angeles')
    assert.deepEqual([decision.visibleAt, decision.latestAt, decision.needsOwner, decision.because], [null, null, true, 'state-law'])
  })
  test('R7 every other state: nothing is held', () => {
    for (const state of ['VT', 'NY', 'WA', 'FL', 'XX']) assert.equal(decide(item({ covers: ['malignancy', 'genetic', 'hiv', 'hepatitis', 'drug-use'] }), state, 'America/New_York').because, null)
  })

  const arrivedAt = new Date('2026-11-23T15:00:00Z')
  const agreed = (days: number, condition: Agreement['condition'] = 'until-review'): Agreement => ({ id: 'agreed', condition, from: arrivedAt, until: new Date(arrivedAt.getTime() + days * 86_400_000) })
  const plain = (more: Partial<Releasable> = {}) => item({ covers: [], category: 'routine', finalAt: arrivedAt, ...more })
  const withWish = (agreement: Agreement, more: Partial<Releasable> = {}) => decideRelease(plain(more), { laws: [] }, { agreement }, calendarOf('America/New_York'))
  test('R8 what the patient agreed to holds until it is done, and never longer than 14 days', () => {
    assert.equal(withWish(agreed(3)).visibleAt?.toISOString(), '2026-11-26T15:00:00.000Z')
    assert.equal(withWish(agreed(60)).visibleAt?.toISOString(), '2026-12-07T15:00:00.000Z')
    assert.equal(withWish(agreed(3), { isReviewed: true }).because, null)
    assert.equal(withWish(agreed(9, 'until-contact'), { isReviewed: true }).because, 'patient')
    assert.equal(withWish(agreed(9, 'until-contact'), { isContacted: true }).because, null)
  })
  test('R8+ on a critical value it ends with the call, or after four hours', () => {
    assert.equal(withWish(agreed(9), { isCritical: true }).visibleAt?.toISOString(), '2026-11-23T19:00:00.000Z')
    assert.equal(withWish(agreed(9), { isCritical: true, callLoggedAt: new Date('2026-11-23T15:20:00Z') }).visibleAt?.toISOString(), '2026-11-23T15:20:00.000Z')
  })
  test('R9 a finding of danger holds for seven days at most', () => {
    const finding: Finding = { id: 'found', from: arrivedAt, until: new Date(arrivedAt.getTime() + 30 * 86_400_000) }
    const decision = decideRelease(plain(), { laws: [] }, { finding }, calendarOf('America/New_York'))
    assert.deepEqual([decision.because, decision.visibleAt?.toISOString(), decision.citation], ['harm', '2026-11-30T15:00:00.000Z', '45 CFR 171.201'])
  })

  const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-12-31'), noInvalidDate: true })
  const anything = fc.record({
    zone: fc.constantFrom('America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/Phoenix', 'Pacific/Honolulu', 'Pacific/Kiritimati', 'Asia/Kolkata'),
    state: fc.constantFrom('KY', 'TX', 'MT', 'CO', 'CA', 'VT', ''), category: fc.constantFrom(...categories), covers: fc.uniqueArray(fc.constantFrom<Covered>('malignancy', 'genetic', 'hiv', 'hepatitis', 'drug-use')),
    finalAt: moment, lateMs: fc.integer({ min: 0, max: 40 * 86_400_000 }), isReviewed: fc.boolean(), isContacted: fc.boolean(), isCritical: fc.boolean(),
    agreement: fc.option(fc.record({ condition: fc.constantFrom(...conditions), days: fc.integer({ min: 0, max: 400 }) }), { nil: undefined }),
    finding: fc.option(fc.integer({ min: 0, max: 400 }), { nil: undefined }),
  })
  type Any = typeof anything extends fc.Arbitrary<infer T> ? T : never
  const run = (any: Any) => {
    const from = new Date(any.finalAt.getTime() + any.lateMs)
    const after = (days: number) => new Date(from.getTime() + days * 86_400_000)
    const what = item({ ...any, arrivedAt: from })
    return { what, from, decision: decideRelease(what, { laws: inState(any.state) }, {
      agreement: any.agreement && { id: 'a', condition: any.agreement.condition, from, until: after(any.agreement.days) }, finding: any.finding === undefined ? undefined : { id: 'f', from, until: after(any.finding) },
    }, calendarOf(any.zone)) }
  }
  test('R6 whatever comes: nothing is held without one of three reasons, and all but California opens by itself, soon', () => {
    fc.assert(fc.property(anything, any => {
      const { what, from, decision } = run(any)
      if (decision.because === null) return assert.deepEqual([decision.visibleAt, decision.latestAt, decision.holdId, decision.citation], [from, from, null, null])
      if (decision.because === 'state-law') assert.ok(inState(any.state).some(law => law.citation === decision.citation && law.covers.some(thing => what.covers.includes(thing)) && law.inForceFrom <= dayIn(what.finalAt, any.zone)))
      if (decision.because === 'patient') assert.ok(any.agreement && !what.isContacted)
      if (decision.because === 'harm') assert.ok(any.finding !== undefined)
      assert.equal(decision.visibleAt === null, decision.needsOwner)
      assert.equal(decision.needsOwner, any.state === 'CA' && what.covers.some(thing => thing !== 'genetic'))
      if (decision.visibleAt) assert.ok(decision.visibleAt > from && decision.visibleAt.getTime() <= from.getTime() + 14.1 * 86_400_000, decision.visibleAt.toISOString())
      assert.deepEqual(decision.latestAt, decision.visibleAt)
    }), { numRuns: 3_000 })
  })
  test('R6 more reasons never open it sooner', () => {
    fc.assert(fc.property(anything, any => {
      const open = run({ ...any, agreement: undefined, finding: undefined }).decision.visibleAt
      const held = run(any).decision.visibleAt
      assert.ok(held === null || (open !== null && held >= open))
    }), { numRuns: 1_000 })
  })
})
