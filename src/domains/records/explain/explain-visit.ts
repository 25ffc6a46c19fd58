import type { CareTeam, Encounter } from '@medplum/fhirtypes'
import type { Locale } from '#platform/words.ts'
import { speak } from './choose-language.ts'
import type { RecordOptions } from './explain-condition.ts'
import { isFact } from './judge-facts.ts'
import { namePlainly, type PlainName } from './name-plainly.ts'
import { asText, asThing, asThings, codesOf, nameOf, statusOf, wordsOf, type Loose } from './read-loosely.ts'
import { sayDay, type Day } from './say-dates.ts'

export type ExplainedVisit = PlainName & {
  locale: Locale
  /** Null when it is over; else "Planned" or "Going on now". */
  statusWords: string | null
  reasons: PlainName[]
  start: Day | null
  /** Only where it lasted longer than a day. */
  end: Day | null
  withWhom: string[]
  where: string | null
}

const classes: ReadonlyMap<string, string> = new Map([['EMER', 'emergency'], ['IMP', 'stay'], ['ACUTE', 'stay'], ['VR', 'video'], ['HH', 'home'], ['AMB', 'visit']])

/** A visit: what kind, why, when, with whom, where. */
export function explainVisit(resource: Encounter, options: RecordOptions): ExplainedVisit | null {
  const thing = asThing(resource)
  if (!isFact(thing)) return null
  const { locale, say } = speak('names', options)
  const status = statusOf(thing.status) ?? ''
  const kind = classes.get((asText(asThing(thing.class).code) ?? '').toUpperCase()) ?? 'visit'
  const type = asThings(thing.type)[0]
  const named = namePlainly(type, locale, 'visit')
  const isVague = type === undefined || (!named.isKnown && wordsOf(type) === null) || (named.name === namePlainly({ text: 'Visit' }, locale, 'visit').name && kind !== 'visit')
  const period = asThing(thing.period)
  const [start, end] = [sayDay(period.start, locale, options.zone), sayDay(period.end, locale, options.zone)]
  return {
    ...(isVague ? { name: say(`explain.visit.${kind}`), medicalName: named.medicalName, isKnown: true } : named), locale, start,
    end: end && start && end.words !== start.words ? end : null,
    statusWords: status === 'planned' || status === 'arrived' || status === 'triaged' ? say('explain.visit.planned') : status === 'in-progress' || status === 'onleave' ? say('explain.visit.going-on') : null,
    reasons: asThings(thing.reasonCode).map(reason => namePlainly(reason, locale, 'condition')),
    withWhom: [...new Set(asThings(thing.participant).map(one => nameOf(one.individual, options.look)).filter(name => name !== null))],
    where: asThings(thing.location).map(one => nameOf(one.location, options.look)).find(name => name !== null) ?? nameOf(thing.serviceProvider, options.look),
  }
}

export type ExplainedCareTeam = { locale: Locale; name: string | null; members: { name: string; role: string | null }[] }

/** The people who look after the person; the person is not listed, and a role that is not known is not invented. */
export function explainCareTeam(resource: CareTeam, options: RecordOptions): ExplainedCareTeam | null {
  const thing = asThing(resource)
  if (!isFact(thing)) return null
  const { locale, say } = speak('names', options)
  const members = asThings(thing.participant).flatMap(participant => {
    const name = nameOf(participant.member, options.look)
    if (name === null || /^Patient\//.test(asText(asThing(participant.member).reference) ?? '') || hasEnded(participant, options.now)) return []
    return [{ name, role: roleOf(participant, locale, say) }]
  })
  return { locale, name: asText(thing.name), members }
}

const hasEnded = (participant: Loose, now: Date): boolean => (sayDay(asThing(participant.period).end, 'en')?.time ?? Infinity) < now.getTime()
const roles: readonly [RegExp, string][] = [
  [/primary care|general practi|family (medicine|doctor)|446050000|453231000124104/i, 'primary'], [/cardiolog|17561000/i, 'heart'], [/endocrin/i, 'hormones'], [/pharmac/i, 'pharmacist'], [/nurse|nursing|224535009/i, 'nurse'],
  [/care ?giver|133932002/i, 'caregiver'], [/obstet|gynec/i, 'women'], [/midwife/i, 'midwife'], [/pediatric/i, 'children'], [/psychiatr/i, 'mind-doctor'], [/psycholog|counsel|therap(y|ist) .*mental/i, 'mind'],
  [/physical therap|physiotherap/i, 'movement'], [/social work|106328005/i, 'social'], [/diet|nutrition/i, 'food'], [/surg/i, 'surgeon'], [/oncolog/i, 'cancer'], [/nephrolog/i, 'kidney'], [/dentist/i, 'dentist'],
  [/neurolog/i, 'nerves'], [/dermatolog/i, 'skin'], [/physician|doctor/i, 'doctor'],
]

function roleOf(participant: Loose, locale: Locale, say: (key: string) => string): string | null {
  const role = asThings(participant.role)[0]
  const code = codesOf(role)[0]
  if (code?.system.includes('data-absent-reason')) return null
  const said = `${wordsOf(role) ?? ''} ${code?.display ?? ''} ${code?.code ?? ''}`
  const known = roles.find(([pattern]) => pattern.test(said))
  return known ? say(`explain.role.${known[1]}`) : locale === 'en' ? wordsOf(role) : null
}
