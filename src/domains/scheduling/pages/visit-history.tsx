import { formatWhen } from '#platform/when.ts'
import type { Locale, Say } from '#platform/words.ts'
import { Details } from '#ui/things.tsx'
import type { VisitStep } from '../list-appointments.ts'

const whoOf = ({ byKind, byPerson, through }: VisitStep, me: string): string =>
  through ?? (byPerson === me ? 'you' : byKind === 'patient' || byKind === 'proxy' ? byKind : 'practice')

/** Who changed what, for whoever the visit is for: shown where more has happened than that it was booked. People of the practice stand in it without a name. */
export function VisitHistory({ steps, me, zone, locale, say }: { steps: readonly VisitStep[]; me: string; zone: string; locale: Locale; say: Say }) {
  if (steps.length < 2) return null
  return (
    <Details summary={say('visits.history')}>
      <ol className="plain-list">
        {steps.map((step, index) => (
          <li key={index}>
            {say(`visits.step.${step.step}`, { when: formatWhen(step.startsAt, zone, 'moment', locale) })}, {say(`visits.by.${whoOf(step, me)}`)}
            <br /><span className="soft small">{formatWhen(step.at, zone, 'moment', locale)}</span>
          </li>
        ))}
      </ol>
    </Details>
  )
}
