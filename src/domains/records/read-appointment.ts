import type { ReceivedStatus } from '#scheduling/shared'
import { asText, asThing, asThings, tidy, wordsOf, type Loose } from './explain/read-loosely.ts'

/** Source: FHIR R4, AppointmentStatus. What is none of its words was sent all the same, and stands as booked. */
const statuses: Readonly<Record<string, ReceivedStatus>> = { proposed: 'requested', pending: 'requested', waitlist: 'requested', booked: 'booked', arrived: 'arrived', 'checked-in': 'arrived', fulfilled: 'completed', noshow: 'no-show', cancelled: 'cancelled', 'entered-in-error': 'gone' }

/** A time with its offset, as FHIR's instant is; anything else is none. */
function instant(value: unknown): Date | null {
  const text = asText(value)
  if (text === null || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null
  const at = new Date(text)
  return Number.isFinite(at.getTime()) && at.getTime() > 0 && at.getTime() < 4_102_444_800_000 ? at : null
}

export type ReadAppointment = {
  status: ReceivedStatus
  startsAt: Date | null
  endsAt: Date | null
  what: string
  /** What is done there, for paper: its kind before how it takes place. */
  kind: string
  reason: string | null
  /** Whoever takes part besides patients and places, as they are referred to. */
  people: Loose[]
  placeNames: string[]
  numbers: string[]
}

const typeOf = (actor: Loose): string => asText(actor.type) ?? /(?:^|\/)([A-Z][A-Za-z]+)\/[^/]+$/.exec(asText(actor.reference) ?? '')?.[1] ?? ''

/** An Appointment as somebody sent it: when, who, where, what it is called and by which numbers. Never throws. Pure. */
export function readAppointment(resource: Loose): ReadAppointment {
  const startsAt = instant(resource.start)
  const minutes = typeof resource.minutesDuration === 'number' && resource.minutesDuration >= 1 && resource.minutesDuration <= 1_440 ? resource.minutesDuration : null
  const said = instant(resource.end) ?? (startsAt && minutes ? new Date(startsAt.getTime() + minutes * 60_000) : null)
  const endsAt = startsAt && said && said > startsAt && said.getTime() - startsAt.getTime() <= 86_400_000 ? said : null
  const contained = asThings(resource.contained)
  const inside = (actor: Loose) => contained.find(one => `#${asText(one.id)}` === asText(actor.reference))
  const actors = asThings(resource.participant).filter(one => asText(one.status) !== 'declined').map(one => asThing(one.actor)).slice(0, 30)
  const isPlace = (actor: Loose) => typeOf(actor) === 'Location' || inside(actor)?.resourceType === 'Location'
  const isPerson = (actor: Loose) => !isPlace(actor) && !['Patient', 'RelatedPerson', 'Device', 'HealthcareService'].includes(typeOf(actor)) && !/^urn:uuid:/.test(asText(actor.reference) ?? '')
  const namesOf = (actor: Loose) => { const place = asThing(inside(actor)); return [asText(actor.display), asText(place.name), ...(Array.isArray(place.alias) ? place.alias : []).map(asText)] }
  return {
    status: statuses[asText(resource.status) ?? ''] ?? 'booked', startsAt, endsAt,
    what: tidy((wordsOf(resource.appointmentType) ?? asThings(resource.serviceType).map(wordsOf).find(words => words !== null) ?? asText(resource.description) ?? '').slice(0, 200)),
    kind: tidy((asThings(resource.serviceType).map(wordsOf).find(words => words !== null) ?? wordsOf(resource.appointmentType) ?? asText(resource.description) ?? '').slice(0, 200)), reason: asThings(resource.reasonCode).map(wordsOf).find(words => words !== null)?.slice(0, 2_000) ?? null,
    people: actors.filter(isPerson), placeNames: [...new Set(actors.filter(isPlace).flatMap(namesOf).filter(name => name !== null))].slice(0, 10),
    numbers: [...new Set(asThings(resource.identifier).map(one => asText(one.value)).filter(value => value !== null && value.length <= 100))].slice(0, 10) as string[],
  }
}
