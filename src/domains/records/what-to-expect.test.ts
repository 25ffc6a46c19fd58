import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inflesz, readingGrade } from '#platform/readability.ts'
import { groupMeanings, preparations, whatToExpect } from './data/what-to-expect.data.ts'
import { expectedBy, resultDaysOf } from './expect-result.ts'
import { knowTest } from './explain/know-tests.ts'
import { shippedExpectation, tellExpectation, type OwnExpectation } from './explain/tell-expectation.ts'

const own: OwnExpectation = { code: '4548-4', isOwn: false, name: { en: 'Sugar, three months', es: 'Azúcar, tres meses' }, looks: { en: 'Our words.', es: 'Lo nuestro.' }, prepare: { en: 'Bring your log.', es: 'Traiga su cuaderno.' }, resultDays: 9 }

describe('what to expect of a test', () => {
  test('D9, D16 every text that comes with the program is plain in both languages', () => {
    for (const { en, es } of [...Object.values(preparations), ...Object.values(groupMeanings)]) {
      assert.ok(readingGrade(en) <= 6, `${readingGrade(en)} ${en}`)
      assert.ok(inflesz(es) >= 65, `${inflesz(es)} ${es}`)
    }
  })
  test('each test has its own code, a name, what it looks at and how to get ready, in both languages', () => {
    assert.ok(whatToExpect.size >= 90, String(whatToExpect.size))
    for (const code of whatToExpect.keys()) {
      assert.equal(knowTest(code)?.canonical, code)
      const told = shippedExpectation(code)!
      for (const part of [told.name, told.looks, told.prepare]) for (const locale of ['en', 'es'] as const) assert.ok(part[locale].length > 2, `${code} ${JSON.stringify(part)}`)
    }
  })
  test('the practice’s own words stand in place of ours; of a test nobody knows it says to ask, and nothing more', () => {
    const ordered = { code: '17856-6', name: 'HGB A1C' }
    const [ours, theirs, unknown] = [tellExpectation(ordered, undefined, { locale: 'en' }), tellExpectation(ordered, own, { locale: 'en' }), tellExpectation({ code: '99999-9', name: 'Odd test' }, undefined, { locale: 'en' })]
    assert.deepEqual([ours.name, ours.prepare, ours.resultDays], ['Three-month blood sugar (A1c)', preparations.nothing.en, 2])
    assert.deepEqual([theirs.name, theirs.looks, theirs.prepare, theirs.resultDays], ['Sugar, three months', 'Our words.', 'Bring your log.', 9])
    assert.deepEqual([unknown.name, unknown.looks, unknown.prepare, unknown.resultDays], ['Odd test', null, null, 5])
  })
  test('D16 outside a demo Spanish that nobody has read stays English and offers a call; the practice’s own Spanish was read by who wrote it', () => {
    const ordered = { code: '4548-4', name: 'A1C' }
    const [plain, demo, theirs] = [tellExpectation(ordered, undefined, { locale: 'es' }), tellExpectation(ordered, undefined, { locale: 'es', demo: true }), tellExpectation(ordered, own, { locale: 'es' })]
    assert.deepEqual([plain.prepare, plain.speech.locale, plain.speech.offer !== null], [preparations.nothing.en, 'en', true])
    assert.deepEqual([demo.prepare, demo.speech.offer], [preparations.nothing.es, null])
    assert.deepEqual([theirs.prepare, theirs.speech.offer], ['Traiga su cuaderno.', null])
  })
  test('R20 by when a result is expected: a week to go for it and its days; from the planned day, where there is one that lies ahead', () => {
    const orderedAt = new Date('2026-11-22T14:00:00Z')
    const by = (code: string | null, plannedFor: string | null, days = new Map<string, number>()) => expectedBy({ code, orderedAt, plannedFor: plannedFor ? new Date(plannedFor) : null }, days).toISOString().slice(0, 10)
    assert.deepEqual([by('2951-2', null), by('630-4', null), by(null, null), by('2951-2', '2026-12-10T14:00:00Z'), by('2951-2', '2026-11-01T14:00:00Z')], ['2026-12-01', '2026-12-03', '2026-12-04', '2026-12-12', '2026-12-01'])
    assert.deepEqual([by('2947-0', null, new Map([['2951-2', 20]])), resultDaysOf('no such', new Map())], ['2026-12-19', 5])
  })
})
