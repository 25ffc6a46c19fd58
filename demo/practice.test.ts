import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { inflesz, readingGrade } from '#platform/readability.ts'
import { isOpenAt, readPractice } from '#practice'
import { makeDemoPractice } from '#demo/practice.ts'
import { demoPracticeFacts } from '#demo/practice.data.ts'
import { demoSchedule } from '#demo/schedule.data.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'

let house: TestHouse
before(async () => { house = await aHouse({ now: '2026-11-23T15:00:00Z', isDemo: true }) })
after(() => house.close())

type Pair = { en: string; es: string }
const pairsOf = (value: unknown): Pair[] => {
  if (value === null || typeof value !== 'object') return []
  if ('en' in value && 'es' in value) return [value as Pair]
  return Object.values(value).flatMap(pairsOf)
}

test('the demo practice is complete: faces, places, hours, notices, in both languages', async () => {
  await makeDemoPractice(house.system('practice.command'))
  const practice = (await readPractice(house.visitor()))!
  assert.equal(practice.clinicians.length, 3)
  assert.ok(practice.clinicians.every(({ picture, npi, line }) => picture && npi && line.en && line.es))
  assert.ok(practice.locations.every(({ picture, parking, access }) => picture && parking.es && access.es))
  assert.equal(practice.notices.length, 4)
  assert.ok(practice.notices.every(({ words }) => !/\{\{/.test(words.en + words.es)))
  assert.ok(practice.profile.logo && practice.profile.frontPicture)
  const [first] = practice.locations
  assert.equal(isOpenAt(first!.hours, first!.exceptions, first!.zone, new Date('2026-11-26T15:00:00Z')), false)
})

test('every word of it stands in both languages and is easy to read', () => {
  const pairs = [...pairsOf(demoPracticeFacts), ...pairsOf(demoSchedule)]
  assert.ok(pairs.length > 50)
  for (const { en, es } of pairs) assert.ok(en && es, `${en} / ${es}`)
  const long = pairs.filter(({ en }) => en.split(' ').length >= 10)
  const hard = long.flatMap(({ en, es }) => [...(readingGrade(en) > 6 ? [`grade ${readingGrade(en).toFixed(1)}: ${en}`] : []), ...(inflesz(es) < 65 ? [`INFLESZ ${inflesz(es).toFixed(0)}: ${es}`] : [])])
  assert.deepEqual(hard, [])
})
