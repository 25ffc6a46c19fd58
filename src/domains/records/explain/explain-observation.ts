import type { Observation } from '@medplum/fhirtypes'
import type { Locale, Say } from '#platform/words.ts'
import { reviewOf, speak } from './choose-language.ts'
import type { ExplainOptions } from './explain-options.ts'
import { shorten } from './keep-digits.ts'
import { knowTest, type KnownTest, type Tier } from './know-tests.ts'
import { empty, measureOf, shownValue, type Measure, type ResultKind, type Setting, type ShownValue } from './measure-result.ts'
import type { Tone } from './place-in-range.ts'
import { asText, asThing, asThings, codeIn, statusOf, wordsOf, type Loose } from './read-loosely.ts'
import { readValue } from './read-value.ts'
import { surveyPoints } from './say-answers.ts'
import { firstDay, type Day } from './say-dates.ts'
import { labOf } from './show-history.ts'

export type ExplainedPart = Measure & { name: string; loinc: string | null }
export type ExplainedResult = Measure & {
  kind: ResultKind
  /** The language the words are in, and one Spanish line where it is not the person's (D16). */
  locale: Locale
  offer: string | null
  loinc: string | null
  tier: Tier
  /** False: no plain words yet; `loinc` and `labName` belong on the curation list (R19). */
  isKnown: boolean
  name: string
  meaning: string | null
  labName: string
  status: 'final' | 'changed' | 'not-finished'
  statusWords: string | null
  /** What the laboratory said before it corrected itself (R16). */
  before: string | null
  /** What leads the page, in large type. */
  headline: { text: string; detail: string | null; tone: Tone }
  taken: Day | null
  reported: Day | null
  lab: string | null
  parts: ExplainedPart[]
  /** The laboratory's own remarks, as sent. */
  remarks: string[]
  help: string | null
  /** D13: end with how to reach a person; 'now' leads with "call us now" (R11). */
  closing: 'now' | 'ask' | null
}
const gone: ReadonlySet<string> = new Set(['entered-in-error', 'cancelled'])

/** Everything a page of one result shows, in the order of D1; null for what never shows as a fact (R21). Never throws. */
export function explainObservation(resource: Observation, options: ExplainOptions): ExplainedResult | null {
  const observation = asThing(resource)
  const sent = statusOf(observation.status) ?? ''
  if (gone.has(sent)) return null
  const loinc = codeIn(observation.code, 'loinc')
  const known = knowTest(loinc)
  const speech = speak('results', options, known ? [reviewOf('results'), known.es] : undefined)
  const { say } = speech
  const taken = firstDay(speech.locale, options.zone, observation.effectiveDateTime, asThing(observation.effectivePeriod).start, observation.effectiveInstant)
  const setting: Setting = { say, options: { ...options, locale: speech.locale }, taken }
  const kind = kindOf(observation, known)
  const status = sent === 'final' ? 'final' : sent === 'amended' || sent === 'corrected' ? 'changed' : 'not-finished'
  const measure = status === 'not-finished' ? empty : measureOf(observation, loinc, known, kind, setting)
  const labName = wordsOf(observation.code) ?? say('explain.no-name')
  const parts = status === 'not-finished' ? [] : partsOf(observation, kind, setting)
  const value = measure.value ?? pressure(parts)
  const reported = firstDay(speech.locale, options.zone, observation.issued)
  const isCritical = measure.position?.place === 'quick-action' || parts.some(part => part.position?.place === 'quick-action')
  const isOutside = [measure, ...parts].some(one => one.position?.isUsual === false || one.finding?.found === true)
  return {
    ...measure, value, kind, locale: speech.locale, offer: speech.offer, loinc, labName, status, parts, taken, reported,
    tier: known?.tier ?? 'T0',
    isKnown: known !== null || kind === 'survey' || kind === 'social-history',
    name: known?.[speech.locale].name ?? labName,
    meaning: known ? known[speech.locale].meaning : kind === 'survey' || kind === 'social-history' ? null : say('explain.no-description'),
    statusWords: statusInWords(status, sent, reported, say),
    before: status === 'changed' ? beforeOf(options.before, setting) : null,
    headline: headlineOf({ ...measure, value }, parts, asThings(observation.hasMember).length, status, say),
    lab: labOf(observation, options.look),
    remarks: asThings(observation.note).map(note => asText(note.text)).filter(text => text !== null),
    help: surveyPoints(known?.canonical ?? loinc)?.hasHelp ? say('explain.survey.help') : null,
    closing: isCritical ? 'now' : isOutside ? 'ask' : null,
  }
}

function kindOf(observation: Loose, known: KnownTest | null): ResultKind {
  if (known && known.kind !== 'group') return known.kind
  for (const category of asThings(observation.category)) {
    const code = statusOf(category)?.toLowerCase()
    if (code === 'laboratory' || code === 'vital-signs' || code === 'survey' || code === 'social-history' || code === 'imaging') return code
    if (code === 'sdoh') return 'survey'
  }
  return 'other'
}

function partsOf(observation: Loose, kind: ResultKind, setting: Setting): ExplainedPart[] {
  const parts = asThings(observation.component).map(part => {
    const loinc = codeIn(part.code, 'loinc')
    const known = knowTest(loinc)
    const measure = measureOf(part, loinc, known, known && known.kind !== 'group' ? known.kind : kind, { ...setting, options: { ...setting.options, past: [] } })
    return { ...measure, loinc, name: known?.[setting.options.locale].name ?? wordsOf(part.code) ?? setting.say('explain.no-name') }
  })
  return parts.some(part => part.loinc === upper) ? parts.toSorted((a, b) => Number(b.loinc === upper) - Number(a.loinc === upper)) : parts
}

const [upper, lower] = ['8480-6', '8462-4']

/** 128/76 mmHg: two parts, sent in either order, that people read as one. */
function pressure(parts: readonly ExplainedPart[]): ShownValue | null {
  const [first, second] = [upper, lower].map(code => parts.find(part => part.loinc === code)?.value)
  if (!first?.digits || !second?.digits) return null
  const put = (turn: (digits: string) => string) => `${turn(first.digits ?? '')}/${turn(second.digits ?? '')}${first.unit ? ` ${first.unit.shown}` : ''}`
  return { text: put(digits => digits), short: put(digits => shorten(digits).digits), digits: null, unit: first.unit, also: null, isLong: false }
}

function headlineOf(measure: Measure, parts: readonly ExplainedPart[], members: number, status: ExplainedResult['status'], say: Say): ExplainedResult['headline'] {
  if (status === 'not-finished') return { text: say('explain.status.not-finished'), detail: say('explain.status.not-finished-why'), tone: 'plain' }
  const urgent = parts.find(part => part.position?.place === 'quick-action')?.position
  if (urgent) return { text: urgent.text, detail: urgent.detail, tone: urgent.tone }
  const { position, finding, value, absent } = measure
  if (position && position.place !== 'no-range' && position.place !== 'cannot-tell') return { text: position.text, detail: position.detail, tone: position.tone }
  if (position && value) return { text: position.isUsual === false ? position.text : value.short, detail: position.isUsual === false ? value.short : (position.detail ?? position.text), tone: position.tone }
  if (finding) return { text: finding.text, detail: finding.detail, tone: finding.found === true ? 'notice' : finding.found === false ? 'calm' : 'plain' }
  if (absent !== null) return { text: absent, detail: null, tone: 'plain' }
  return { text: value ? (value.isLong ? say('explain.in-words') : value.short) : parts.length + members > 0 ? say('explain.parts', { count: parts.length + members }) : say('explain.no-value'), detail: null, tone: 'plain' }
}

function statusInWords(status: ExplainedResult['status'], sent: string, reported: Day | null, say: Say): string | null {
  if (status === 'final') return null
  if (status === 'not-finished') return say('explain.status.not-finished')
  return reported ? say('explain.status.changed-on', { day: reported.words }) : say(`explain.status.${sent === 'amended' ? 'amended' : 'corrected'}`)
}

function beforeOf(resource: unknown, { say, options }: Setting): string | null {
  const holder = asThing(resource)
  return shownValue(readValue(holder, options.locale), codeIn(holder.code, 'loinc'), say)?.text ?? null
}
