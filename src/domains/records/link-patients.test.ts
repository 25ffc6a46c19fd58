import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { numbered } from '#test/two-patients.ts'

/** Of each sign: the newcomer has the same, another, or none. */
const states = ['same', 'other', 'none'] as const
type State = (typeof states)[number]
const signs = ['name', 'born', 'sex', 'phone', 'number'] as const
type Signs = Record<(typeof signs)[number], State>
const everyMix: Signs[] = Array.from({ length: 3 ** signs.length }, (_, mix) => Object.fromEntries(signs.map((sign, place) => [sign, states[Math.floor(mix / 3 ** place) % 3]!])) as Signs)

/** R1 by hand: number and birth date; or name, birth date, sex and phone, unless the same practice gave them another number. */
const joins = ({ name, born, sex, phone, number }: Signs): boolean => born === 'same' && (number === 'same' || (name === 'same' && sex === 'same' && phone === 'same' && number !== 'other'))
/** What staff are asked: the number alone, or name and birth date. Never the name alone. */
const asks = (mix: Signs): boolean => !joins(mix) && (mix.number === 'same' || (mix.name === 'same' && mix.born === 'same'))

const digits = (n: number, long: number) => String(n).padStart(long, '0')
const letters = (n: number) => digits(n, 3).replace(/[0-9]/g, digit => 'abcdefghij'[Number(digit)]!)
/** The n-th person who is here, and the one who comes. Nobody shares anything with somebody of another n. */
function person(n: number, mix: Signs | null, wave: string) {
  const of = <T>(sign: keyof Signs, own: T, other: T): T | undefined => (mix === null || mix[sign] === 'same' ? own : mix[sign] === 'other' ? other : undefined)
  const family = of('name', `Same${wave}${letters(n)}`, `Other${wave}${letters(n)}`)
  const phone = of('phone', `802${digits(n, 3)}${wave === 'a' ? '0' : '1'}111`, `603${digits(n, 3)}${wave === 'a' ? '0' : '1'}222`)
  const number = of('number', `${wave}-own-${n}`, `${wave}-other-${n}`)
  return fhir.patient(`${mix ? 'comes' : 'here'}-${wave}-${n}`, {
    name: family ? [{ given: ['Iris'], family }] : [], birthDate: of('born', `1950-0${1 + n % 9}-1${n % 10}`, `1971-0${1 + n % 9}-2${n % 9}`), gender: of('sex', 'female', 'male'),
    telecom: phone ? [{ system: 'phone', value: phone }] : [], ...(number && numbered(number)),
  })
}

describe('whose record it is (results-and-notes A3 R1)', { timeout: 120_000 }, () => {
  let house: TestHouse
  before(async () => { house = await aHouse() })
  after(() => house.close())
  const rows = async (text: string, ...values: unknown[]) => (await house.db.owner.query(text, values)).rows

  for (const [wave, how] of [['a', 'in a later import'], ['b', 'in the same batch']] as const) {
    test(`each of ${everyMix.length} mixes of signs ${how}: only two strong ones join, never a name alone, never a name and a birth date`, async () => {
      const [here, come] = [everyMix.map((_, n) => person(n, null, wave)), everyMix.map((mix, n) => person(n, mix, wave))]
      const ids = wave === 'a' ? new Map([...await bringRecords(house, 'here', here), ...await bringRecords(house, 'comes', come)]) : await bringRecords(house, 'both', [...here, ...come])
      const asked = new Set((await rows('select patient_id, candidate_id from records.match_question')).map(row => `${row.patient_id} ${row.candidate_id}`))
      const wrong = everyMix.flatMap((mix, n) => {
        const [was, came] = [ids.get(`here-${wave}-${n}`)!, ids.get(`comes-${wave}-${n}`)!]
        const said = { joins: was === came, asks: asked.has(`${came} ${was}`) }
        const right = { joins: joins(mix), asks: asks(mix) }
        return said.joins === right.joins && said.asks === right.asks ? [] : [`${JSON.stringify(mix)}: ${JSON.stringify(said)}`]
      })
      assert.deepEqual(wrong, [])
      assert.ok(everyMix.filter(joins).length >= 20, 'and some do join')
    })
  }

  const born = { birthDate: '2026-01-05', gender: 'female', telecom: [{ system: 'phone', value: '802-555-0160' }] }
  const areTwo = async (one: Record<string, unknown>, other: Record<string, unknown>, words: string) => {
    const n = ++count
    const first = (await bringRecords(house, `one${n}`, [fhir.patient('p', { ...born, ...one })])).get('p')
    assert.notEqual((await bringRecords(house, `two${n}`, [fhir.patient('p', { ...born, ...other })])).get('p'), first, words)
  }
  let count = 0
  test('what is not known is no sign: no name, a sex that is unknown', async () => {
    await areTwo({ name: [] }, { name: [] }, 'neither has a name')
    await areTwo({ name: [{ given: ['Kit'], family: 'Unsaid' }], gender: 'unknown' }, { name: [{ given: ['Kit'], family: 'Unsaid' }], gender: 'unknown' }, 'nobody knows the sex')
  })
  test('names in any script are compared, not dropped: sisters of one birth and one telephone stay two', async () => {
    for (const [one, other] of [['李伟', '李芳'], ['Анна', 'Вера'], ['فاطمة', 'مريم'], ['Li 伟', 'Li 芳']] as const) await areTwo({ name: [{ text: one }] }, { name: [{ text: other }] }, `${one} ${other}`)
    const same = { ...born, name: [{ text: 'Анна Зима' }] }
    assert.equal((await bringRecords(house, 'script1', [fhir.patient('p', same)])).get('p'), (await bringRecords(house, 'script2', [fhir.patient('p', same)])).get('p'), 'and the same name is the same')
  })
  test('a number that does not say who gave it is its source’s own: another source’s is another', async () => {
    const bare = { identifier: [{ value: '1001', type: { coding: [{ code: 'MR' }] } }] }
    await areTwo({ ...bare, name: [{ family: 'Ashby' }] }, { ...bare, name: [{ family: 'Brookes' }] }, 'same number, same birth date, two practices')
    const first = (await bringRecords(house, 'bare', [fhir.patient('p1', { ...born, ...bare, name: [{ family: 'Corwin' }] })])).get('p1')
    assert.equal((await bringRecords(house, 'bare', [fhir.patient('p2', { ...born, ...bare, telecom: [], name: [{ family: 'Corwin' }] })])).get('p2'), first, 'within one source it is a number')
  })
})
