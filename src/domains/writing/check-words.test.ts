import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { findCharged, severityOf, termIds } from '#records/shared'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs } from '#test/signed-in.ts'
import { checkWords } from './check-words.ts'
import { chargedSentences, plainSentences } from './data/charged-sentences.data.ts'
import { measureLexicon } from './measure-lexicon.ts'

const long = (letters: number) => [...Object.values(chargedSentences).flat(), ...plainSentences].join(' ').repeat(3).slice(0, letters)

describe('the check of words', () => {
  test('N2 the gravest first, five at most, the rest counted', () => {
    const text = 'Claims that it hurts. Morbidly obese. Drug-seeking. Refuses care. Combative. Hysterical. In denial.'
    const { shown, more } = checkWords(text)
    assert.equal(shown.length, 5)
    assert.equal(more, 2)
    assert.ok(shown.every(({ severity }) => severity === 3))
    for (const { start, end, words } of shown) assert.equal(text.slice(start, end), words)
  })
  test('N3 what is common and only a little off shows when one is strict', () => {
    assert.deepEqual(checkWords('Denies fever.').shown, [])
    assert.deepEqual(checkWords('Denies fever.', { isStrict: true }).shown.map(({ words }) => words), ['Denies'])
  })
  test('N4 what stands beside a word cancels it; the patient’s own words are theirs', () => {
    assert.deepEqual(checkWords('Informed refusal signed.').shown, [])
    assert.equal(checkWords('Refused the shot.').shown.length, 1)
    assert.deepEqual(checkWords('He wrote: «I refused because I was crazy with fear».').shown, [])
    assert.deepEqual(checkWords('Patient’s words: I am a junkie and I want help.').shown, [])
    assert.equal(checkWords('Patient’s words: I want help.\nA junkie.').shown.length, 1)
  })
  test('N1 a note of 10,000 letters is checked in less than 150 ms, 95 times of 100', () => {
    const text = long(10_000)
    const times = Array.from({ length: 60 }, () => { const begun = performance.now(); checkWords(text, { isStrict: true }); return performance.now() - begun }).sort((a, b) => a - b)
    assert.ok(times[57]! < 150, `${times[57]!.toFixed(1)} ms`)
  })
  test('N1 no text, however made, takes long', () => {
    const pieces = fc.array(fc.constantFrom('refus', 'non', '-', ' ', 'complian', 'poor ', 'failed ', 'he ', 'a', 'aa a ', '\n', 'admits to ', 'diabetic '), { maxLength: 2_000 })
    fc.assert(fc.property(pieces, some => {
      const text = some.join('').slice(0, 10_000)
      const begun = performance.now()
      findCharged(text)
      assert.ok(performance.now() - begun < 400)
    }), { numRuns: 60 })
  })
  test('of 500 sentences that nothing was tuned on, half of them hard look-alikes, at least 80 in 100 that are pointed out judge somebody, and 85 in 100 that judge are pointed out', t => {
    const { sentences, precision, recall } = measureLexicon()
    t.diagnostic(`${sentences} sentences, precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`)
    assert.ok(sentences >= 500)
    assert.ok(precision >= 0.8 && recall >= 0.85, `precision ${precision}, recall ${recall}`)
  })
  test('of the sentences that it was tuned on, and of our own first ones, nearly all are judged right; none stands in both sets', () => {
    const read = (name: string) => JSON.parse(readFileSync(new URL(`./data/${name}.json`, import.meta.url), 'utf8')) as { text: string; terms: string[] }[]
    const tuning = read('charged-tuning')
    const isRight = (text: string, isCharged: boolean) => (findCharged(text, 2).length > 0) === isCharged
    const judged = tuning.filter(({ terms }) => terms.length === 0 || terms.some(id => severityOf(id) >= 2)).map(({ text, terms }) => isRight(text, terms.length > 0))
    const own = [...Object.values(chargedSentences).flat().map(text => isRight(text, true)), ...plainSentences.map(text => isRight(text, false))]
    for (const some of [judged, own]) assert.ok(some.filter(Boolean).length >= some.length * 0.95, `${some.filter(Boolean).length} of ${some.length}`)
    const known = new Set(tuning.map(({ text }) => text))
    assert.deepEqual(read('charged-held-out').filter(({ text }) => known.has(text)), [])
  })
  test('N4 a machine, a payer or a name is nobody: the word beside it is not pointed out; a person between them is', () => {
    for (const text of ['The insurer refused to pay.', 'Noncompliant balloon used.', 'The MRI refused to start.', 'Read the novel “Crazy Heart”.', 'Uncooperative printer.', 'Works as a nurse with inmates.']) assert.deepEqual(findCharged(text, 2), [], text)
    for (const text of ['After the MRI the patient refused the needle.', 'The lab called; she refused to come.', 'He is noncompliant.']) assert.equal(findCharged(text, 2).length, 1, text)
  })
  test('N7 no term that is shown beside a text is wrong more often than one time in five, where it can be told', () => {
    const { imprecise } = measureLexicon()
    assert.deepEqual(imprecise, [])
    assert.equal(new Set(termIds).size, 104)
  })

  describe('on its page', () => {
    let house: RunningHouse
    before(async () => { house = await aRunningHouse() })
    after(() => house.close())

    test('N15 what is pasted is answered, and kept nowhere: no table, no log', async () => {
      const canary = 'zq9canaryword'
      const me = await signedInAs(house, { roles: ['front-desk'], personId: (await import('#test/people.ts').then(people => people.aStaffPerson(house, { roles: ['front-desk'] }))).personId })
      const answer = await me.post('/console/check-words', { words: `${canary} is a junkie.` })
      const html = await answer.text()
      assert.equal(answer.status, 200)
      assert.match(html, /junkie/)
      assert.match(html, /Instead:/)
      const { rows } = await house.db.owner.query("select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname !~ '^pg_|information_schema|graphile'")
      for (const { name } of rows) {
        const { rows: [{ n }] } = await house.db.owner.query(`select count(*)::int as n from ${name} t where t::text like '%' || $1 || '%'`, [canary])
        assert.equal(n, 0, name)
      }
      assert.ok(!house.logged.join('').includes(canary))
    })
  })
})
