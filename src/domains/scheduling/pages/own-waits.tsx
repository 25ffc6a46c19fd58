import { formatDay, formatWhen } from '#platform/when.ts'
import type { Locale, Say } from '#platform/words.ts'
import type { Location } from '#practice/shared'
import { RowList, Section } from '#ui/things.tsx'
import type { OwnWaiting } from '../list-waits.ts'
import type { VisitType } from '../shared.ts'
import { TypeName } from './visit-words.tsx'

const path = '/portal/appointments'
type Shown = { waiting: OwnWaiting; places: ReadonlyMap<string, Location>; zone: string; locale: Locale; say: Say }

/** What can be answered now, before everything else: somebody else may be faster. */
export function OwnOffers({ waiting: { offers }, places, zone, locale, say }: Shown) {
  if (offers.length === 0) return null
  return (
    <Section title={say('waits.offers')}>
      <RowList label={say('waits.offers')} rows={offers.map(offer => ({ href: `${path}/offers/${offer.id}`, icon: 'bell', title: formatWhen(offer.startsAt, places.get(offer.locationId)?.zone ?? zone, 'moment', locale), detail: places.get(offer.locationId)?.name }))} />
    </Section>
  )
}

export function OwnWaits({ waiting: { waits }, types, places, zone, locale, say }: Shown & { types: ReadonlyMap<string, VisitType> }) {
  if (waits.length === 0) return null
  return (
    <Section title={say('waits.waiting')}>
      <RowList label={say('waits.waiting')} rows={waits.map(wait => ({
        href: wait.visitId ? `${path}/${wait.visitId}/wait` : `${path}/waiting/${wait.id}`, title: <TypeName type={types.get(wait.visitTypeId)!} locale={locale} />,
        detail: wait.visitStartsAt ? say('waits.waiting-visit', { when: formatWhen(wait.visitStartsAt, places.get(wait.visitLocationId ?? '')?.zone ?? zone, 'moment', locale) }) : say('waits.until-day', { day: formatDay(wait.untilDay!, 'day', locale) }),
      }))} />
    </Section>
  )
}
