import type { DiagnosticReport, Observation } from '@medplum/fhirtypes'
import type { Locale, Say } from '#platform/words.ts'
import { speak, type Speech } from './choose-language.ts'
import { explainObservation, type ExplainedResult } from './explain-observation.ts'
import type { ExplainOptions } from './explain-options.ts'
import { plainTestName } from './plain-titles.ts'
import { asText, asThing, asThings, codeIn, statusOf, wordsOf, type Loose } from './read-loosely.ts'
import { firstDay, type Day } from './say-dates.ts'
import { labOf } from './show-history.ts'

export type ReportDocument = { contentType: string; title: string | null; url: string | null; hasData: boolean; index: number }
export type ExplainedReport = {
  locale: Locale
  offer: string | null
  loinc: string | null
  name: string
  labName: string
  status: 'final' | 'changed' | 'not-finished'
  statusWords: string | null
  /** "12 of 14 are in the usual range", then what cannot be compared; empty when there is nothing to count. */
  summary: string[]
  counts: { usual: number; compared: number; found: number; notFound: number; noCompare: number; pending: number }
  /** First, the most urgent leading. */
  outside: ExplainedResult[]
  /** Folded. */
  rest: ExplainedResult[]
  /** What the person who looked wrote: the conclusion, as sent. */
  conclusion: string | null
  /** PDF, HTML and text forms of the report, by their place in `presentedForm`. */
  documents: ReportDocument[]
  taken: Day | null
  reported: Day | null
  lab: string | null
  closing: ExplainedResult['closing']
}
export type ReportOptions = ExplainOptions & {
  /** The version that a corrected test replaced (R16). */
  beforeOf?: (observation: Observation) => unknown
  /** The earlier values of one result, newest first, for its line. */
  pastOf?: (observation: Observation) => ExplainOptions['past']
}

const gone: ReadonlySet<string> = new Set(['entered-in-error', 'cancelled'])
const changed: ReadonlySet<string> = new Set(['amended', 'corrected', 'appended'])

/** A report of tests: how many are usual, those outside first, the rest folded. Source: D1+. Null for what never shows (R21). */
export function explainReport(report: DiagnosticReport, observations: readonly Observation[], options: ReportOptions): ExplainedReport | null {
  const thing = asThing(report)
  const sent = statusOf(thing.status) ?? ''
  if (gone.has(sent)) return null
  const { results, speech } = tellAll(observations, options)
  const { say } = speech
  const loinc = codeIn(thing.code, 'loinc')
  const labName = wordsOf(thing.code) ?? say('explain.report.no-name')
  const status = sent === 'final' ? 'final' : changed.has(sent) ? 'changed' : 'not-finished'
  const reported = firstDay(speech.locale, options.zone, thing.issued)
  const isOutside = (result: ExplainedResult) => rank(result) < rankOfRest
  const counts = count(results)
  return {
    locale: speech.locale, offer: speech.offer, loinc, labName, status, counts, reported,
    name: plainTestName({ code: loinc, name: labName }, speech.locale),
    statusWords: status === 'final' ? null : status === 'not-finished' ? say('explain.status.not-finished') : reported ? say('explain.status.changed-on', { day: reported.words }) : say(`explain.status.${sent === 'corrected' ? 'corrected' : 'amended'}`),
    summary: status === 'not-finished' && results.length === 0 ? [] : summarize(counts, say),
    outside: results.filter(isOutside).toSorted((a, b) => rank(a) - rank(b)),
    rest: results.filter(result => !isOutside(result)),
    conclusion: status === 'not-finished' ? null : conclusionOf(thing),
    documents: status === 'not-finished' ? [] : documentsOf(thing),
    taken: firstDay(speech.locale, options.zone, thing.effectiveDateTime, asThing(thing.effectivePeriod).start),
    lab: labOf(thing, options.look),
    closing: results.some(result => result.closing === 'now') ? 'now' : results.some(result => result.closing === 'ask') ? 'ask' : null,
  }
}

/** One page, one language: if one test's Spanish is not reviewed, all of them are told in English, with the offer (D16). */
function tellAll(observations: readonly Observation[], options: ReportOptions): { results: ExplainedResult[]; speech: Speech } {
  const tell = (wish: ReportOptions) => observations.map(observation => explainObservation(observation, { ...wish, ...(wish.pastOf && { past: wish.pastOf(observation) ?? [] }), ...(wish.beforeOf && { before: wish.beforeOf(observation) }) })).filter(result => result !== null)
  const results = tell(options)
  const offer = results.find(result => result.offer !== null)?.offer
  if (offer === undefined) return { results, speech: speak('results', options) }
  const inEnglish: ReportOptions = { ...options, locale: 'en' }
  return { results: tell(inEnglish), speech: { ...speak('results', inEnglish), offer } }
}

const rankOfRest = 6
const ranks: Readonly<Record<string, number>> = { 'quick-action': 0, 'well-below': 1, 'well-above': 1, below: 2, above: 2, 'below-limit': 2, 'above-limit': 2, 'at-limit': 2, 'a-little-below': 4, 'a-little-above': 4 }

function rank(result: ExplainedResult): number {
  const ranked = [result, ...result.parts].map(one => (one.position?.place === 'quick-action' ? 0 : one.position?.isUsual === false ? (ranks[one.position.place] ?? 2) : one.finding?.found === true ? 3 : rankOfRest))
  return Math.min(...ranked)
}

function count(results: readonly ExplainedResult[]): ExplainedReport['counts'] {
  const pending = results.filter(result => result.status === 'not-finished').length
  const done = results.filter(result => result.status !== 'not-finished')
  const compared = done.filter(result => typeof result.position?.isUsual === 'boolean')
  const looked = done.filter(result => !compared.includes(result) && typeof result.finding?.found === 'boolean')
  const found = looked.filter(result => result.finding?.found === true).length
  return { usual: compared.filter(result => result.position?.isUsual).length, compared: compared.length, found, notFound: looked.length - found, noCompare: done.length - compared.length - looked.length, pending }
}

function summarize(counts: ExplainedReport['counts'], say: Say): string[] {
  const { usual, compared, found, notFound, noCompare, pending } = counts
  const lines: string[] = []
  if (compared > 0) lines.push(usual === compared ? say('explain.report.all', { count: compared }) : usual === 0 ? say('explain.report.none', { count: compared }) : say('explain.report.some', { usual, count: compared }))
  if (found > 0) lines.push(say('explain.report.found', { count: found }))
  if (notFound > 0) lines.push(say('explain.report.found-nothing', { count: notFound }))
  if (noCompare > 0 && compared > 0) lines.push(say('explain.report.no-compare', { count: noCompare }))
  if (pending > 0) lines.push(say('explain.report.pending', { count: pending }))
  return lines
}

function conclusionOf(report: Loose): string | null {
  const text = asText(report.conclusion)
  if (text !== null) return text
  return asThings(report.conclusionCode).map(wordsOf).filter(words => words !== null).join('. ') || null
}

function documentsOf(report: Loose): ReportDocument[] {
  const forms = asThings(report.presentedForm).map((form, index) => ({
    contentType: asText(form.contentType) ?? 'application/octet-stream', title: asText(form.title), url: asText(form.url), hasData: asText(form.data) !== null, index,
  }))
  return forms.filter(form => form.hasData || form.url !== null)
}
