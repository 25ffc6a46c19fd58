import type { Locale, Say } from '#platform/words.ts'
import { digitsOf } from './keep-digits.ts'
import { namePlainly } from './name-plainly.ts'
import { asList, asText, asThing, asThings, isThing, statusOf, wordsOf, type Loose } from './read-loosely.ts'
import { showUnit } from './show-units.ts'

export type Dosage = {
  /** "Take 1 tablet by mouth, 2 times a day." Built only when every part that was sent is understood; else null. */
  line: string | null
  /** What the prescriber wrote, as sent. */
  written: string | null
}

/** Everything these lines can say. A dosage with any other part in it is shown as written, never half told. */
const understood = new Set(['id', 'sequence', 'text', 'patientInstruction', 'timing', 'asNeededBoolean', 'asNeededCodeableConcept', 'route', 'doseAndRate', 'doseQuantity', 'doseRange', 'maxDosePerPeriod', 'additionalInstruction'])
const understoodRepeat = new Set(['boundsPeriod', 'boundsDuration', 'frequency', 'frequencyMax', 'period', 'periodMax', 'periodUnit', 'when', 'id'])
const routes: readonly [RegExp, string][] = [
  [/oral|by mouth|^po$|26643006/i, 'mouth'], [/inhal|respiratory|447694001/i, 'breath'], [/inject|subcut|intramusc|intraven|34206005|78421000|47625008/i, 'shot'],
  [/ophthal|54485002|eye/i, 'eye'], [/otic|10547007|ear/i, 'ear'], [/nasal|46713006|nose/i, 'nose'], [/topical|cutaneous|skin|6064005|45890007/i, 'skin'],
]
const timingCodes: ReadonlyMap<string, readonly [string, string, string]> = new Map([
  ['QD', ['1', '1', 'd']], ['BID', ['2', '1', 'd']], ['TID', ['3', '1', 'd']], ['QID', ['4', '1', 'd']], ['QOD', ['1', '2', 'd']], ['Q1H', ['1', '1', 'h']], ['Q2H', ['1', '2', 'h']],
  ['Q3H', ['1', '3', 'h']], ['Q4H', ['1', '4', 'h']], ['Q6H', ['1', '6', 'h']], ['Q8H', ['1', '8', 'h']], ['WK', ['1', '1', 'wk']], ['MO', ['1', '1', 'mo']],
])
const moments = new Set(['MORN', 'NOON', 'AFT', 'EVE', 'NIGHT', 'HS', 'WAKE', 'C', 'CM', 'CD', 'CV', 'AC', 'ACM', 'ACD', 'ACV', 'PC', 'PCM', 'PCD', 'PCV'])

export function readDosage(value: unknown, locale: Locale, say: Say): Dosage {
  const dosage = asThing(value)
  const written = [asText(dosage.patientInstruction), asText(dosage.text)].filter(text => text !== null).join('. ') || null
  return { line: buildLine(dosage, locale, say), written }
}

function buildLine(dosage: Loose, locale: Locale, say: Say): string | null {
  if (Object.keys(dosage).some(key => !understood.has(key) && !key.startsWith('_'))) return null
  const dose = doseOf(dosage, say)
  const often = timingOf(asThing(dosage.timing), say)
  if (dose === null || often === null) return null
  const route = dosage.route === undefined ? 'other' : routeOf(dosage.route)
  const need = needOf(dosage, locale, say)
  const most = mostOf(dosage.maxDosePerPeriod, say)
  if (route === null || most === null) return null
  const extra = asThings(dosage.additionalInstruction).map(wordsOf).filter(words => words !== null)
  const sentence = [say(`explain.dose.${route}`, { dose }), ...often, need].filter(part => part !== '').join(', ')
  return [`${sentence}.`, most, ...extra.map(words => (/[.!]$/.test(words) ? words : `${words}.`))].filter(Boolean).join(' ')
}

function doseOf(dosage: Loose, say: Say): string | null {
  const rates = asThings(dosage.doseAndRate)
  const holder = rates[0] ?? dosage
  if (rates.length > 1 || Object.keys(rates[0] ?? {}).some(key => !['type', 'doseQuantity', 'doseRange', 'id'].includes(key))) return null
  if (isThing(holder.doseQuantity)) return amount(holder.doseQuantity, say)
  const [low, high] = [asThing(asThing(holder.doseRange).low), asThing(asThing(holder.doseRange).high)]
  const [from, to] = [digitsOf(low.value), amount(high, say)]
  return from !== null && to !== null ? say('explain.dose.from-to', { from, to }) : null
}

const countable: ReadonlyMap<string, string> = new Map(Object.entries({
  tablet: 'tablet tablets tab tabs tbl', capsule: 'capsule capsules cap caps', puff: 'puff puffs actuat', drop: 'drop drops gtt',
  spray: 'spray sprays', patch: 'patch patches', unit: 'unit units iu u',
}).flatMap(([plain, sent]) => sent.split(' ').map(word => [word, plain] as const)))

function amount(quantity: Loose, say: Say): string | null {
  const digits = digitsOf(quantity.value)
  const unit = asText(quantity.unit) ?? asText(quantity.code)
  if (digits === null || unit === null || unit === '1') return null
  const plain = countable.get(unit.toLowerCase().replace(/[{}[\]]/g, ''))
  if (plain) return /^\d+$/.test(digits) ? say(`explain.unit.${plain}`, { count: Number(digits) }) : `${digits} ${say(`explain.unit-many.${plain}`)}`
  return `${digits} ${/^ml$/i.test(unit) ? 'mL' : showUnit(unit)}`
}

/** How often and when, as parts of a sentence; null when something is not understood. */
function timingOf(timing: Loose, say: Say): string[] | null {
  const repeat = asThing(timing.repeat)
  const keys = Object.keys(timing).filter(key => key !== 'repeat' && key !== 'code' && key !== 'id')
  if (keys.length > 0 || Object.keys(repeat).some(key => !understoodRepeat.has(key))) return null
  const whens = asList(repeat.when).map(String)
  if (!whens.every(when => moments.has(when))) return null
  const code = statusOf(timing.code)?.toUpperCase()
  const coded = code === undefined ? undefined : timingCodes.get(code)
  const [frequency, period, unit] = [digitsOf(repeat.frequency) ?? (repeat.period === undefined ? coded?.[0] : '1'), digitsOf(repeat.period) ?? coded?.[1], asText(repeat.periodUnit) ?? coded?.[2]]
  const isTimed = frequency !== undefined && period !== undefined && unit !== undefined && /^(h|d|wk|mo)$/.test(unit)
  if (!isTimed && (whens.length === 0 || repeat.frequency !== undefined || repeat.period !== undefined)) return null
  const often = isTimed ? [howOften({ frequency, frequencyMax: digitsOf(repeat.frequencyMax), period, periodMax: digitsOf(repeat.periodMax), unit }, say)] : []
  return [...often, ...whens.map(when => say(`explain.when.${when}`))]
}

function howOften(wish: { frequency: string; frequencyMax: string | null; period: string; periodMax: string | null; unit: string }, say: Say): string {
  const { frequency, frequencyMax, period, periodMax, unit } = wish
  const times = frequencyMax ? say('explain.often.times-to', { from: frequency, to: frequencyMax }) : say('explain.often.times', { count: Number(frequency) })
  const every = periodMax ? say(`explain.often.every-to.${unit}`, { from: period, to: periodMax }) : say(`explain.often.every.${unit}`, { count: Number(period) })
  if (period === '1' && !periodMax) return `${times} ${say(`explain.often.a.${unit}`)}`
  return frequency === '1' && !frequencyMax ? every : `${times} ${every}`
}

function routeOf(route: unknown): string | null {
  const said = `${wordsOf(route) ?? ''} ${statusOf(route) ?? ''}`
  return routes.find(([pattern]) => pattern.test(said.trim()))?.[1] ?? null
}

function needOf(dosage: Loose, locale: Locale, say: Say): string {
  if (isThing(dosage.asNeededCodeableConcept)) return say('explain.dose.need-for', { reason: inSentence(namePlainly(dosage.asNeededCodeableConcept, locale, 'condition').name) })
  return dosage.asNeededBoolean === true ? say('explain.dose.need') : ''
}

const inSentence = (name: string): string => (/^\p{Lu}\p{Ll}/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name)

/** "No more than 8 tablets in 24 hours": empty when nothing was sent, null when it is not understood. */
function mostOf(ratio: unknown, say: Say): string | null {
  if (ratio === undefined) return ''
  const [top, bottom] = [asThing(asThing(ratio).numerator), asThing(asThing(ratio).denominator)]
  const dose = amount(top, say)
  const count = digitsOf(bottom.value)
  const unit = asText(bottom.code) ?? asText(bottom.unit) ?? ''
  return dose !== null && count !== null && /^(h|d|wk|mo)$/.test(unit) ? say('explain.dose.most', { dose, time: say(`explain.often.in.${unit}`, { count: Number(count) }) }) : null
}
