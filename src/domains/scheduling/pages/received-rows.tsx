import { formatWhen } from '#platform/when.ts'
import type { Locale, Say } from '#platform/words.ts'
import type { Location } from '#practice/shared'
import { Badge } from '#ui/notice.tsx'
import type { ReceivedVisit } from '../list-received.ts'

type Props = { visit: ReceivedVisit; isAhead: boolean; places: ReadonlyMap<string, Location>; zone: string; locale: Locale; say: Say }
const tones = { requested: 'notice', booked: 'calm', arrived: 'calm', completed: 'plain', 'no-show': 'notice', cancelled: 'plain' } as const

/** A visit that another system sent, among one's own: all that is known of it stands here, and it is changed by telephone. */
export function ReceivedRow({ visit, isAhead, places, zone, locale, say }: Props) {
  const place = places.get(visit.locationId ?? '')
  const where = place?.name ?? visit.placeName
  const facts = [[visit.what, visit.who && say('visits.with', { name: visit.who })].filter(Boolean).join(' '), where && say('visits.at', { place: where }), ...(isAhead ? [visit.isOurs ? '' : say('visits.elsewhere'), say('visits.elsewhere-more')] : [])].filter(Boolean)
  return (
    <li className="row">
      <div className="row-body">
        <div className="row-words">
          <strong>{formatWhen(visit.startsAt, place?.zone ?? zone, 'moment', locale)}</strong>
          <div className="row-detail">{facts.map(fact => (/[.!?]$/.test(fact) ? fact : `${fact}.`)).join(' ')}</div>
        </div>
        <div className="row-aside"><Badge tone={tones[visit.status]}>{say(`visits.status.${visit.status}`)}</Badge></div>
      </div>
    </li>
  )
}
