import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { may } from '#platform/permission.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { Section } from '#ui/things.tsx'
import { keepSchedule, seeSchedule } from '../access.ts'
import { listOwnVisits } from '../list-appointments.ts'
import { listOwnReceived } from '../list-received.ts'
import { readVisitTypes } from '../read-settings.ts'
import { schedulePath } from './console-frame.tsx'
import { readPlaces } from './visit-words.tsx'

/** For a patient's page: what is ahead, and the way to the next one. Null for who has nothing to do with the schedule. */
export async function patientVisits(ctx: Ctx<StaffActor>, patientId: AuthorizedPatientId) {
  if (!may(ctx, seeSchedule)) return null
  const { ahead } = await listOwnVisits(ctx, patientId)
  const { ahead: received } = await listOwnReceived(ctx, patientId)
  const [types, places, zone] = [await readVisitTypes(ctx), await readPlaces(ctx), await ctx.house.shell.zone(ctx)]
  return (
    <Section title="Visits ahead" aside={may(ctx, keepSchedule) && <><a href={`${schedulePath}/book/${patientId}`}>Book a visit</a> <a href={`${schedulePath}/waitlist/new/${patientId}`}>Put on the waitlist</a></>}>
      {ahead.length + received.length === 0
        ? <p>None is booked here.</p>
        : <ul className="plain-list">{ahead.map(visit => <li key={visit.id}><a href={`${schedulePath}/visits/${visit.id}`}>{formatWhen(visit.startsAt, places.get(visit.locationId)?.zone ?? zone, 'moment')}</a>, {types.get(visit.visitTypeId)?.name.en} with {visit.who}</li>)}
            {received.map(visit => <li key={visit.id}><a href={`${schedulePath}/received/${visit.id}`}>{formatWhen(visit.startsAt, places.get(visit.locationId ?? '')?.zone ?? zone, 'moment')}</a>, {visit.what || 'a visit'}{visit.who && ` with ${visit.who}`}, {visit.isOurs ? 'from the EHR' : `sent by ${visit.source}`}</li>)}</ul>}
    </Section>
  )
}
