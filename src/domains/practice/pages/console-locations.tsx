import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { Pair } from '#ui/console-parts.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { Details, RowList, Section } from '#ui/things.tsx'
import { editPractice } from '../access.ts'
import { clockTime } from '../count-hours.ts'
import { closeLocation, saveLocation, zones } from '../edit-location.ts'
import { loadPractice } from '../load-practice.ts'
import { moveUp } from '../order-lists.ts'
import { addressLines } from '../practice-card.ts'
import { fieldsOf } from '../read-fields.ts'
import { phoneWords } from '../read-phone.ts'
import { hoursLines, weekdayName } from '../say-hours.ts'
import { periodsADay, saveHours } from '../set-hours.ts'
import { weekdays, type Location, type PictureInfo } from '../shared.ts'
import { pairValues, showInPractice } from './console-frame.tsx'
import { previewHref } from './console-overview.tsx'
import { PictureChoice } from './picture-choice.tsx'

const here = '/console/practice/locations'
const places = { href: here, words: 'Places and hours' }
type Typed = { form?: 'facts' | 'hours'; problems?: Problems; values?: Values; said?: string | null }

export const consoleLocations: StaffPage = {
  for: { staff: editPractice },
  async get(ctx, { query }) {
    const { locations = [] } = await loadPractice(ctx) ?? {}
    return showInPractice(ctx, { title: 'Places and hours', lead: 'One source of hours feeds every page, the answer times of messages, and what search engines show.', page: '/locations', said: query.get('said'), aside: <LinkButton kind="secondary" icon="plus" href={`${here}/new`}>Add a place</LinkButton> },
      locations.length === 0
        ? <EmptyState icon="map-pin" title="No place yet.">Add the first, then its opening hours.</EmptyState>
        : <RowList rows={locations.map(location => ({ href: `${here}/${location.id}`, title: location.name, detail: <>{addressLines(location).join(', ')}<br />{hoursLines(location.hours, 'en').join(' · ') || 'No opening hours yet'}</> }))} />)
  },
}

export const consoleNewLocation: StaffPage = {
  for: { staff: editPractice },
  get: ctx => showNew(ctx, {}),
  async post(ctx, form) {
    const fields = fieldsOf(form)
    const saved = await saveLocation(ctx, null, fields)
    return saved.ok ? seeOther(`${here}/${saved.id}?said=added`) : showNew(ctx, { problems: saved.problems, values: fields })
  },
}

async function showNew(ctx: Ctx<StaffActor>, { problems, values }: Typed): Promise<Answer> {
  const practice = await loadPractice(ctx)
  if (!practice) throw new NotFound()
  return showInPractice(ctx, { title: 'Add a place', page: '/locations', back: places, ...(problems && { status: 422 }) },
    <LocationForm pictures={practice.pictures} problems={problems} values={values ?? { zone: practice.locations[0]?.zone ?? 'America/New_York' }} verb="Add this place" />)
}

export const consoleLocation: StaffPage = {
  for: { staff: editPractice },
  get: (ctx, { params, query }) => showLocation(ctx, params.id!, { said: query.get('said') }),
  async post(ctx, form, { params }) {
    const id = params.id!
    const fields = fieldsOf(form)
    if (fields.do === 'close') {
      await closeLocation(ctx, id)
      return seeOther(`${here}?said=removed`)
    }
    if (fields.do === 'up') {
      await moveUp(ctx, 'location', id)
      return seeOther(`${here}?said=moved`)
    }
    const saved = fields.do === 'hours' ? await saveHours(ctx, id, fields) : await saveLocation(ctx, id, fields)
    return saved.ok ? seeOther(`${here}/${id}?said=saved`) : showLocation(ctx, id, { form: fields.do === 'hours' ? 'hours' : 'facts', problems: saved.problems, values: fields })
  },
}

async function showLocation(ctx: Ctx<StaffActor>, id: string, { form, problems, values, said = null }: Typed): Promise<Answer> {
  const practice = await loadPractice(ctx)
  const location = practice?.locations.find(other => other.id === id)
  if (!practice || !location) throw new NotFound()
  const isFirst = practice.locations[0]?.id === id
  return showInPractice(ctx, { title: location.name, lead: <a href={previewHref(`/locations/${location.slug}`)}>See the page</a>, page: '/locations', back: places, said, ...(form && { status: 422 }) },
    <>
      <Section title="Opening hours"><HoursForm location={location} {...(form === 'hours' && { problems, values })} /></Section>
      <Section title="Address and how to come"><LocationForm pictures={practice.pictures} location={location} {...(form === 'facts' && { problems, values })} verb="Save" /></Section>
      {!isFirst && <Form label="Order"><Actions><Button kind="secondary" icon="arrow-up" name="do" value="up">Show it one place earlier</Button></Actions></Form>}
      <Details summary="We gave up this place">
        <p>It leaves the site at once. What points to it, like old work, is kept.</p>
        <Form label="We gave up this place"><Button kind="danger" name="do" value="close">Take it off the site</Button></Form>
      </Details>
    </>)
}

const hoursValues = ({ hours }: Location): Values => Object.fromEntries(weekdays.flatMap(day => (hours[day] ?? []).flatMap(({ opens, closes }, index) => [
  [`${day}-${index + 1}-opens`, clockTime(opens)], [`${day}-${index + 1}-closes`, closes === 1440 ? '00:00' : clockTime(closes)]])))

/** A day a line, up to three stretches each: a day with nothing in it is closed. */
function HoursForm({ location, problems, values }: { location: Location; problems?: Problems | undefined; values?: Values | undefined }) {
  return (
    <Form label="Opening hours" className="form-wide" prefix="hours-" problems={problems} values={values ?? hoursValues(location)}>
      <p className="soft">Clock of {location.zone.replaceAll('_', ' ')}. Leave a day empty when it is closed. Use the second pair after a lunch break.</p>
      {weekdays.map(day => (
        <fieldset key={day} className="day-hours">
          <legend>{weekdayName(day, 'en')}</legend>
          {Array.from({ length: periodsADay }, (_, index) => index + 1).map(number => (
            <div key={number} className="stretch">
              <Field name={`${day}-${number}-opens`} label={`${weekdayName(day, 'en')} opens, ${number}`} isLabelHidden type="time" size="short" isOptional />
              <span>to</span>
              <Field name={`${day}-${number}-closes`} label={`${weekdayName(day, 'en')} closes, ${number}`} isLabelHidden type="time" size="short" isOptional />
            </div>
          ))}
        </fieldset>
      ))}
      <Actions><Button name="do" value="hours">Save the hours</Button></Actions>
    </Form>
  )
}

const stored = (location: Location): Values => ({
  name: location.name, street: location.street, unit: location.unit, city: location.city, region: location.region, 'postal-code': location.postalCode, phone: location.phone ? phoneWords(location.phone) : '',
  zone: location.zone, geo: location.geo ? `${location.geo.latitude}, ${location.geo.longitude}` : '', picture: location.picture?.id ?? '',
  ...pairValues('parking', location.parking), ...pairValues('transit', location.transit), ...pairValues('access', location.access),
})

type FormProps = { location?: Location; pictures: ReadonlyMap<string, PictureInfo>; problems?: Problems | undefined; values?: Values | undefined; verb: string }

function LocationForm({ location, pictures, problems, values, verb }: FormProps) {
  return (
    <Form label="Address and how to come" className="form-wide" problems={problems} values={values ?? (location ? stored(location) : {})}>
      <Field name="name" label="Name" hint="As patients say it: the street, the town." maxLength={80} size="medium" />
      <Field name="street" label="Street and number" maxLength={120} />
      <Field name="unit" label="Floor or suite" maxLength={60} size="medium" isOptional />
      <Field name="city" label="Town" maxLength={80} size="medium" />
      <Field name="region" label="State" hint="Two letters, like VT." maxLength={40} size="short" />
      <Field name="postal-code" label="Postal code" maxLength={12} size="short" />
      <Field name="phone" label="Telephone here" hint="Leave it empty when it is the practice’s own." type="tel" size="medium" isOptional />
      <Select name="zone" label="Time zone" choices={zones.map(zone => ({ value: zone, label: zone.replaceAll('_', ' ') }))} />
      <Field name="geo" label="Place on the map" hint="Two numbers from any map: 44.2601, -72.5754. Without them a map looks for the address." size="medium" isOptional />
      <Pair name="parking" label="By car" hint="Where to park, and what it costs." most={1000} rows={3} isOptional />
      <Pair name="transit" label="By bus or on foot" most={1000} rows={3} isOptional />
      <Pair name="access" label="If steps are hard" hint="Steps, ramp, lift, doors, hearing loop. Say what is there, and what is not." most={1000} rows={3} isOptional />
      <PictureChoice name="picture" label="Picture" pictures={pictures} />
      <Actions><Button name="do" value="facts">{verb}</Button></Actions>
    </Form>
  )
}
