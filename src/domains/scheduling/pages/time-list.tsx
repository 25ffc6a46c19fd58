import { dayIn, formatDay, formatWhen, ownMoment } from '#platform/when.ts'
import type { Locale } from '#platform/words.ts'
import type { Location } from '#practice/shared'
import type { OpenTime } from '../shared.ts'
import { timeValue } from './visit-words.tsx'

type Props = { times: readonly OpenTime[]; names: ReadonlyMap<string, string>; places: ReadonlyMap<string, Location>; locale: Locale; own?: string | undefined }

/** Buttons of one form, day by day, and place by place where there are several: clocks of two places are never mixed. Each says its whole moment to those who hear it. */
export function TimeList({ times, names, places, locale, own }: Props) {
  const [who, where] = [new Set(times.map(time => time.resourceId)), new Set(times.map(time => time.locationId))]
  const inOrder = [...places.keys()]
  const byDay = [...Map.groupBy(times, time => dayIn(time.startsAt, time.zone))].sort(([a], [b]) => (a < b ? -1 : 1))
  return (
    <>
      {byDay.map(([day, of]) => (
        <section key={day} className="time-day">
          <h2>{formatDay(day, 'day', locale)}</h2>
          {[...Map.groupBy(of, time => time.locationId)].sort(([a], [b]) => inOrder.indexOf(a) - inOrder.indexOf(b)).map(([place, here]) => (
            <div key={place} className="time-place">
              {where.size > 1 && <h3>{places.get(place)?.name}</h3>}
              <ul className="time-list">{here.map(time => <Time key={timeValue(time)} {...{ time, locale, own }} who={who.size > 1 ? names.get(time.resourceId) : undefined} where={where.size > 1 ? places.get(place)?.name : undefined} />)}</ul>
            </div>
          ))}
        </section>
      ))}
    </>
  )
}

function Time({ time, who, where, locale, own }: { time: OpenTime; who: string | undefined; where: string | undefined; locale: Locale; own: string | undefined }) {
  const theirs = own && ownMoment(time.startsAt, { zone: time.zone, own, locale })
  return (
    <li>
      <button type="submit" className="button button-secondary time" name="time" value={timeValue(time)}>
        <span><span className="unseen">{formatWhen(time.startsAt, time.zone, 'day', locale)}, </span>{formatWhen(time.startsAt, time.zone, 'time', locale)}</span>
        {theirs && <small>{theirs}</small>}
        {(who ?? where) !== undefined && <small>{who}{where !== undefined && <span className="unseen">{who && ', '}{where}</span>}</small>}
      </button>
    </li>
  )
}
