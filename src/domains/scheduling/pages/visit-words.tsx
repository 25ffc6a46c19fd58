import type { ReactNode } from 'react'
import type { Ctx, PatientActor, ProxyActor } from '#platform/ctx.ts'
import { formatWhen, ownMoment } from '#platform/when.ts'
import type { Locale, Say } from '#platform/words.ts'
import { addressLines, mapHref, readPractice } from '#practice'
import { inLocale, langOf, type Location } from '#practice/shared'
import { Facts } from '#ui/things.tsx'
import type { Appointment } from '../list-appointments.ts'
import type { Mode, OpenTime, VisitType } from '../shared.ts'

export type PortalCtx = Ctx<PatientActor | ProxyActor>

/** The practice's places by number; a visit may also point to one that was given up. */
export const readPlaces = async (ctx: Ctx): Promise<Map<string, Location>> => new Map((await readPractice(ctx))?.locations.map(place => [place.id, place]))

const money = { en: new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }), es: new Intl.NumberFormat('es-US', { style: 'currency', currency: 'USD' }) }
export const sayPrice = (cents: number, locale: Locale): string => money[locale].format(cents / 100)

export const TypeName = ({ type, locale }: { type: VisitType; locale: Locale }) => <span lang={langOf(type.name, locale)}>{inLocale(type.name, locale)}</span>

/** The clinic's moment, and the patient's own beside it. */
export function Moment({ at, zone, own, locale, say }: { at: Date; zone: string; own: string | undefined; locale: Locale; say: Say }) {
  const mine = ownMoment(at, { zone, own, locale })
  return <>{formatWhen(at, zone, 'moment', locale)}{mine && <> <span className="soft">({say('visits.own-time', { when: mine })})</span></>}</>
}

type Shown = { type: VisitType; mode: Mode; startsAt: Date; who: string; place: Location | undefined; zone: string; own?: string | undefined; locale: Locale; say: Say; more?: { term: ReactNode; words: ReactNode }[] }

/** What, when, how, with whom, where. The time carries weekday, date and the zone of the place. */
export function VisitFacts({ type, mode, startsAt, who, place, zone, own, locale, say, more = [] }: Shown) {
  return (
    <Facts items={[
      { term: say('visits.when'), words: <strong><Moment {...{ at: startsAt, zone, own, locale, say }} /></strong> },
      { term: say('visits.what'), words: <><TypeName {...{ type, locale }} />, {say('visits.minutes', { count: type.durationMinutes })}</> },
      { term: say('visits.who'), words: who },
      { term: say('visits.how'), words: say(`visits.mode.${mode}`) },
      ...(mode === 'in-person' && place ? [{ term: say('visits.where'), words: <>{place.name}<br />{addressLines(place).map(line => <span key={line}>{line}<br /></span>)}<a href={mapHref(place)} rel="noreferrer">{say('visits.map')}</a></> }] : []),
      ...more,
    ]} />
  )
}

/** Another version of a visit is a change to whoever looks on. */
export const liveToken = ({ id, version, saidComingAt }: Pick<Appointment, 'id' | 'version' | 'saidComingAt'>): string => `${id}.${version}${saidComingAt ? '.coming' : ''}`

export type TimeChoice = { resourceId: string; locationId: string; startsAt: Date }
export const timeValue = ({ resourceId, locationId, startsAt }: Pick<OpenTime, 'resourceId' | 'locationId' | 'startsAt'>): string => `${resourceId}.${locationId}.${startsAt.getTime()}`

/** What a button of the list of times sends. */
export function timeFrom(typed: FormDataEntryValue | null): TimeChoice | undefined {
  const found = /^([0-9a-f-]{36})\.([0-9a-f-]{36})\.(\d{12,14})$/.exec(typeof typed === 'string' ? typed : '')
  return found ? { resourceId: found[1]!, locationId: found[2]!, startsAt: new Date(Number(found[3])) } : undefined
}
