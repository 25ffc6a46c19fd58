import { dayIn, formatDay, formatWhen } from '#platform/when.ts'
import type { Locale } from '#platform/words.ts'
import type { Location } from '#practice/shared'
import type { OpenTime } from '../shared.ts'
import { ownMoment, timeValue } from './visit-words.tsx'

type Props = { times: readonly OpenTime[]; names: ReadonlyMap<string, string>; places: ReadonlyMap<string, Location>; locale: Locale; own?: string | undefined }

/** Buttons of one form, day by day. Each says its whole moment to those who hear it. */
export function TimeList({ times, names, places, locale, own }: Props) {
  const [who, where] = [new Set(times.map(time => time.resourceId)), new Set(times.map(time => time.locationId))]
  return (
    <>
      {[...Map.groupBy(times, time => dayIn(time.startsAt, time.zone))].map(([day, of]) => (
        <section key={day} className="time-day">
          <h2>{formatDay(day, 'day', locale)}</h2>
          <ul className="time-list">
            {of.map(time => (
              <li key={timeValue(time)}>
                <button type="submit" className="button button-secondary time" name="time" value={timeValue(time)}>
                  <span><span className="unseen">{formatDay(day, 'day', locale)}, </span>{formatWhen(time.startsAt, time.zone, 'time', locale)}</span>
                  {own && ownMoment(time.startsAt, { zone: time.zone, own, locale }) && <small>{ownMoment(time.startsAt, { zone: time.zone, own, locale })}</small>}
                  {(who.size > 1 || where.size > 1) && <small>{[who.size > 1 && names.get(time.resourceId), where.size > 1 && places.get(time.locationId)?.name].filter(Boolean).join(', ')}</small>}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
