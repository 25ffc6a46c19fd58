import type { Immunization } from '@medplum/fhirtypes'
import type { Locale } from '#platform/words.ts'
import { vaccines } from '../data/vaccine-names.data.ts'
import { speak } from './choose-language.ts'
import type { RecordOptions } from './explain-condition.ts'
import { digitsOf } from './keep-digits.ts'
import { isFact, wasNotDone } from './judge-facts.ts'
import { asText, asThing, asThings, codeIn, codesOf, nameOf, statusOf, wordsOf } from './read-loosely.ts'
import { firstDay, type Day } from './say-dates.ts'

export type ExplainedImmunization = {
  locale: Locale
  /** "Flu": what it protects from; else the coded name. */
  name: string
  codedName: string | null
  isKnown: boolean
  isGiven: boolean
  /** "Given on May 4, 2026" or "Not given", with the reason when there is one. */
  statusWords: string
  why: string | null
  date: Day | null
  /** "Dose 2 of 3" */
  dose: string | null
  givenBy: string | null
  where: string | null
  /** "You or someone else told us about this one." */
  isReported: string | null
  lot: string | null
}

const names: ReadonlyMap<string, Readonly<Record<Locale, string>>> = new Map(vaccines.split('\n').flatMap(line => {
  const [en = '', es = '', codes = ''] = line.split('|').map(cell => cell.trim())
  return codes.split(' ').filter(Boolean).map(code => [code.replace(/^0+/, ''), { en, es }] as const)
}))
const reasons: ReadonlyMap<string, string> = new Map([['IMMUNE', 'immune'], ['MEDPREC', 'health'], ['OSTOCK', 'out'], ['PATOBJ', 'choice'], ['PHILISOP', 'choice'], ['RELIG', 'choice'], ['VACEFF', 'choice'], ['VACSAF', 'choice']])

/** A vaccine by what it protects from; one that was not given says so (R21). Null for what is no fact. */
export function explainImmunization(resource: Immunization, options: RecordOptions): ExplainedImmunization | null {
  const thing = asThing(resource)
  const isGiven = !wasNotDone(thing)
  if (isGiven && !isFact(thing)) return null
  const { locale, say } = speak('names', options)
  const cvx = codeIn(thing.vaccineCode, 'cvx')
  const known = cvx === null ? undefined : names.get(cvx.replace(/^0+/, ''))
  const coded = codesOf(thing.vaccineCode)[0]?.display ?? wordsOf(thing.vaccineCode)
  const date = firstDay(locale, options.zone, thing.occurrenceDateTime, thing.date)
  const reason = reasons.get(statusOf(thing.statusReason)?.toUpperCase() ?? '')
  return {
    locale, isGiven, date,
    name: known?.[locale] ?? coded ?? say('explain.vaccine.no-name'),
    codedName: known ? coded : null,
    isKnown: known !== undefined,
    statusWords: !isGiven ? say('explain.vaccine.not-given') : date ? say('explain.vaccine.given-on', { day: date.words }) : asText(thing.occurrenceString) ?? say('explain.vaccine.given'),
    why: isGiven ? null : reason ? say(`explain.vaccine.why.${reason}`) : wordsOf(thing.statusReason),
    dose: doseOf(asThing(asThings(thing.protocolApplied)[0]), say),
    givenBy: asThings(thing.performer).map(one => nameOf(one.actor, options.look)).find(name => name !== null) ?? null,
    where: nameOf(thing.location, options.look),
    isReported: thing.primarySource === false ? say('explain.vaccine.reported') : null,
    lot: asText(thing.lotNumber),
  }
}

function doseOf(protocol: Readonly<Record<string, unknown>>, say: (key: string, values: Record<string, string>) => string): string | null {
  const number = digitsOf(protocol.doseNumberPositiveInt) ?? digitsOf(protocol.doseNumberString)
  const all = digitsOf(protocol.seriesDosesPositiveInt) ?? digitsOf(protocol.seriesDosesString)
  if (number === null) return null
  return all === null ? say('explain.vaccine.dose', { number }) : say('explain.vaccine.dose-of', { number, all })
}
