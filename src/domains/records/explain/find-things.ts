import type { Say } from '#platform/words.ts'
import { asThings, codesOf, statusOf, wordsOf, type Code } from './read-loosely.ts'
import type { Observed } from './read-value.ts'

/** The curated list of D6+: only for these does "found / not found" say what it means. The key names the words in messages (explain.found.*). */
const things: ReadonlyMap<string, { key: string; needsSecondTest: boolean }> = new Map([
  ['78012-2', { key: 'strep', needsSecondTest: false }],
  ['94500-6', { key: 'covid', needsSecondTest: false }],
  ['80382-5', { key: 'flu-a', needsSecondTest: false }],
  ['80383-3', { key: 'flu-b', needsSecondTest: false }],
  ['43304-5', { key: 'chlamydia', needsSecondTest: false }],
  ['43305-2', { key: 'gonorrhea', needsSecondTest: false }],
  ['56888-1', { key: 'hiv', needsSecondTest: true }],
  ['13955-0', { key: 'hepatitis-c', needsSecondTest: true }],
  ['5196-1', { key: 'hepatitis-b', needsSecondTest: true }],
  ['20507-0', { key: 'syphilis', needsSecondTest: true }],
  ['2106-3', { key: 'pregnancy', needsSecondTest: false }],
  ['20454-5', { key: 'urine-protein', needsSecondTest: false }],
  ['5792-7', { key: 'urine-sugar', needsSecondTest: false }],
  ['5794-3', { key: 'urine-blood', needsSecondTest: false }],
  ['5799-2', { key: 'urine-white-cells', needsSecondTest: false }],
  ['5802-4', { key: 'urine-nitrite', needsSecondTest: false }],
  ['2514-8', { key: 'urine-ketones', needsSecondTest: false }],
  ['29771-3', { key: 'stool-blood', needsSecondTest: true }],
])
export const curatedThings: readonly string[] = [...things.values()].map(thing => thing.key)

const codes: ReadonlyMap<string, boolean> = new Map([
  ['10828004', true], ['260373001', true], ['11214006', true], ['52101004', true], ['LA6576-8', true], ['LA11882-0', true], ['LA9633-4', true], ['LA15255-5', true],
  ['260385009', false], ['260415000', false], ['131194007', false], ['2667000', false], ['LA6577-6', false], ['LA11883-8', false], ['LA9634-2', false], ['LA15256-3', false],
  ['POS', true], ['DET', true], ['RR', true], ['NEG', false], ['ND', false], ['NR', false],
])
const foundWord = /^(positive|pos|detected|reactive|present|found|positivo|detectado|reactivo|[1-4]\s?\+|\+{1,4})$/i
const notFoundWord = /^(negative|neg|not detected|none detected|undetected|non-?\s?reactive|not reactive|absent|not found|none|none seen|negativo|no detectado|no reactivo)$/i

export type Finding = {
  text: string
  detail: string | null
  found: boolean | null
}

/** "We found signs of strep" for the curated codes; for all others the laboratory's own word. Null when the value is not a word. */
export function findingInWords(canonical: string | null, value: Observed, interpretation: unknown, say: Say): Finding | null {
  if (value.kind !== 'words' || value.isLong) return null
  const thing = canonical === null ? undefined : things.get(canonical)
  const found = thing ? agreed(value.words, value.codes, interpretation) : null
  if (!thing || found === null) return { text: say('explain.own-word', { word: value.words }), detail: isCharged(value.words) ? say('explain.own-word-why') : null, found: null }
  const detail = found && thing.needsSecondTest ? say('explain.second-test') : null
  return { text: say(`explain.found.${thing.key}.${found ? 'yes' : 'no'}`), detail, found }
}

/** Found or not found, when the word, its codes and the laboratory's flag do not speak against one another. */
function agreed(words: string, sent: readonly Code[], interpretation: unknown): boolean | null {
  const said: boolean[] = []
  if (foundWord.test(words)) said.push(true)
  else if (notFoundWord.test(words)) said.push(false)
  for (const { code, display } of sent) {
    const meant = codes.get(code)
    if (meant !== undefined) said.push(meant)
    else if (display !== null && foundWord.test(display)) said.push(true)
    else if (display !== null && notFoundWord.test(display)) said.push(false)
  }
  const first = said[0]
  if (first === undefined) return null
  for (const flag of flagsOf(interpretation)) {
    const meant = codes.get(flag)
    if (meant !== undefined) said.push(meant)
  }
  return said.every(one => one === first) ? first : null
}

/** D6: these words never stand alone, because on one test they are good news and on the next they are not. */
const isCharged = (words: string): boolean => /positiv|negativ|reactive|reactivo|detect|abnormal|anormal|critical|crítico/i.test(words)

const noFlags: readonly string[] = []
export function flagsOf(interpretation: unknown): readonly string[] {
  if (interpretation === undefined || interpretation === null) return noFlags
  if (typeof interpretation === 'string') return [interpretation]
  return asThings(interpretation).flatMap(one => codesOf(one).map(code => code.code.toUpperCase()))
}

const knownFlags: ReadonlySet<string> = new Set(['H', 'L', 'HH', 'LL', 'HU', 'LU', 'N', 'A', 'AA', 'S', 'R', 'I'])

/** The laboratory's flag in words: "High", "Very low". */
export function flagInWords(interpretation: unknown, say: Say): string | null {
  if (interpretation === undefined) return null
  const flag = flagsOf(interpretation).find(one => knownFlags.has(one))
  if (flag !== undefined) return say(`explain.flag.${flag}`)
  const word = wordsOf(asThings(interpretation)[0]) ?? statusOf(interpretation)
  return word === null ? null : say('explain.own-word', { word })
}
export const isLabCritical = (interpretation: unknown): boolean => flagsOf(interpretation).some(flag => flag === 'HH' || flag === 'LL' || flag === 'AA')
