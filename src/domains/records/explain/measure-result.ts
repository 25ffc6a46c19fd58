import type { Say } from '#platform/words.ts'
import { chooseAnchor } from './choose-anchor.ts'
import { chooseRange } from './choose-range.ts'
import { drawNumberLine, type NumberLineModel } from './draw-number-line.ts'
import type { ExplainOptions } from './explain-options.ts'
import { criticalFor } from './judge-critical.ts'
import { findingInWords, flagInWords, isLabCritical, type Finding } from './find-things.ts'
import { shorten } from './keep-digits.ts'
import { unknownManners, type KnownTest } from './know-tests.ts'
import { positionInWords, type Goal, type Position } from './place-in-range.ts'
import { wordsOf, type Loose } from './read-loosely.ts'
import { absentReason, readValue, sayMeasure, sayShort, type Observed } from './read-value.ts'
import { sayAnswer, surveyPoints } from './say-answers.ts'
import type { Day } from './say-dates.ts'
import type { PastValue } from './show-history.ts'
import { inOtherUnits, isSameUnit, type Unit } from './show-units.ts'

export type ResultKind = 'laboratory' | 'vital-signs' | 'survey' | 'social-history' | 'imaging' | 'other'
export type ShownValue = { text: string; short: string; digits: string | null; unit: Unit | null; also: string | null; isLong: boolean }
export type Measure = { value: ShownValue | null; position: Position | null; finding: Finding | null; line: NumberLineModel | null; rangeText: string | null; flag: string | null; absent: string | null }
export type Setting = { say: Say; options: ExplainOptions; taken: Day | null }

export const empty: Measure = { value: null, position: null, finding: null, line: null, rangeText: null, flag: null, absent: null }

/** One value with all that may be said of it: the Observation's own, or one of its parts. */
export function measureOf(holder: Loose, loinc: string | null, known: KnownTest | null, kind: ResultKind, setting: Setting): Measure {
  const { say, options } = setting
  const observed = readValue(holder, options.locale)
  const absentCode = observed.kind === 'none' || observed.kind === 'words' ? absentReason(holder) : null
  if (absentCode !== null) return { ...empty, absent: sayAbsent(absentCode, say) }
  const value = shownValue(observed, known?.canonical ?? loinc, say)
  if (observed.kind === 'number') return { ...empty, value, ...placed(holder, observed, loinc, known, kind, setting) }
  const isLab = kind === 'laboratory'
  const finding = findingInWords(known?.canonical ?? null, observed, holder.interpretation, say)
  const position = isLab && isLabCritical(holder.interpretation) ? criticalWord(say, options) : null
  return { ...empty, value, position, finding: isLab || finding?.found ? finding : null, flag: flagInWords(holder.interpretation, say) }
}

function placed(holder: Loose, observed: Observed & { kind: 'number' }, loinc: string | null, known: KnownTest | null, kind: ResultKind, { say, options, taken }: Setting): Pick<Measure, 'position' | 'line' | 'rangeText' | 'flag'> {
  const unit = observed.unit?.sent ?? null
  const code = known?.canonical ?? loinc
  const chosen = chooseRange(holder, unit, options.patient ?? {}, taken?.time ?? null)
  const critical = criticalFor(options.practiceCritical, loinc, known, unit)
  const goal = goalFor(options.goals, loinc, known, unit)
  let position: Position | null = positionInWords(observed, chosen.range, known ?? unknownManners, { say, critical, isLabCritical: isLabCritical(holder.interpretation), isHistory: options.isHistory ?? false, goal })
  if (position.place === 'no-range' && position.isUsual === null && !position.isGoal) {
    if (kind !== 'laboratory' && chosen.why === 'none') position = null                                  // nobody expects a range for a height
    else if (chosen.why !== 'none') position = { ...position, text: say('explain.range.unclear') }
  }
  const anchor = chooseAnchor(code, unit, options.patientFlags ?? null)
  const line = chosen.range && position && !options.brief ? drawNumberLine({
    digits: observed.digits, comparator: observed.comparator, range: chosen.range, unit: observed.unit, position, say,
    name: known?.[options.locale].name ?? wordsOf(holder.code) ?? '', past: pastPoints(options.past),
    anchor: anchor && { digits: anchor.digits, words: say('explain.line.anchor') },
  }) : null
  return { position, line, rangeText: chosen.text, flag: chosen.range ? flagInWords(holder.interpretation, say) : null }
}

/** A goal in another unit than the value's says nothing of it. */
function goalFor(goals: ReadonlyMap<string, Goal> | undefined, loinc: string | null, known: KnownTest | null, unit: string | null): Goal | null {
  const goal = (loinc === null ? undefined : goals?.get(loinc)) ?? (known ? goals?.get(known.canonical) : undefined)
  return goal && (goal.unit === undefined || (unit !== null && isSameUnit(goal.unit, unit))) ? goal : null
}
const pastPoints = (past: readonly PastValue[] | undefined) => (past ?? []).filter(value => value.comparator === null).map(({ digits, day }) => ({ digits, day }))

/** A critical word ("gram-positive rods in blood") has no range, but leads all the same. */
function criticalWord(say: Say, options: ExplainOptions): Position {
  const text = say(options.isHistory ? 'explain.place.was-quick-action' : 'explain.place.quick-action')
  return { place: options.isHistory ? 'no-range' : 'quick-action', text, detail: null, tone: options.isHistory ? 'notice' : 'act', isUsual: false, isGoal: false }
}

export function shownValue(observed: Observed, code: string | null, say: Say): ShownValue | null {
  const plain = { digits: null, unit: null, also: null, isLong: false }
  if (observed.kind === 'none') return null
  if (observed.kind === 'tracing') return { ...plain, text: say('explain.tracing'), short: say('explain.tracing') }
  if (observed.kind === 'number') {
    const points = surveyPoints(code)
    const text = points && !observed.comparator ? say('explain.survey.points', { points: observed.digits, most: points.most }) : sayMeasure(observed)
    return { text, short: points && !observed.comparator ? say('explain.survey.points', { points: shorten(observed.digits).digits, most: points.most }) : sayShort(observed), digits: observed.digits, unit: observed.unit, also: observed.comparator ? null : inOtherUnits(observed.digits, observed.unit), isLong: false }
  }
  const answer = sayAnswer(observed, code, say)
  return { ...plain, text: answer, short: answer, isLong: observed.kind === 'words' && observed.isLong }
}

const absentWords: ReadonlyMap<string, string> = new Map([
  ['not-performed', 'not-done'], ['asked-declined', 'declined'], ['not-asked', 'not-asked'], ['NASK', 'not-asked'], ['asked-unknown', 'not-known'], ['ASKU', 'not-known'],
  ['error', 'failed'], ['not-a-number', 'failed'], ['negative-infinity', 'failed'], ['positive-infinity', 'failed'],
  ['masked', 'private'], ['not-permitted', 'private'], ['MSK', 'private'], ['not-applicable', 'not-needed'], ['NA', 'not-needed'],
])
const sayAbsent = (code: string, say: Say): string => say(`explain.absent.${absentWords.get(code) ?? 'none'}`)
