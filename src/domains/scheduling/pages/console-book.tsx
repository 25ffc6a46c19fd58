import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type PageRequest, type StaffPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { dayIn, formatWhen, instantAt } from '#platform/when.ts'
import { isDay, isUuid } from '#practice'
import { Actions, Button } from '#ui/button.tsx'
import { Radios, Select } from '#ui/choices.tsx'
import { DateField, Field, TextArea } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState, Notice } from '#ui/notice.tsx'
import { Details } from '#ui/things.tsx'
import { keepSchedule } from '../access.ts'
import { preferenceChoices, preferenceFrom, readDoers, whoFit, type Doer, type Preference } from '../choose-clinician.ts'
import { bookForPatient, moveForPatient, type DeskTime } from '../book-for-patient.ts'
import { readVisit, type Appointment } from '../list-appointments.ts'
import { listOpenTimes } from '../list-open-times.ts'
import type { PatientBook } from '../patient-book.ts'
import { listQuestions, listResources, listVisitTypes, readVisitType } from '../read-settings.ts'
import { isPlanned, modes, modeWords, mostReason, payses, versionFrom, type OpenTime, type Question, type VisitType } from '../shared.ts'
import { dayMs } from '../trace-zone.ts'
import { dayFrom, schedulePath, showInSchedule } from './console-frame.tsx'
import { FindPatient, searchPatients, type PatientSearch } from './find-patient.tsx'
import { TimeList } from './time-list.tsx'
import { readPlaces, timeFrom } from './visit-words.tsx'

const kept = (query: URLSearchParams): string => new URLSearchParams([...query].filter(([name]) => ['with', 'speaks', 'gender', 'place', 'at', 'type', 'from', 'how'].includes(name))).toString()

/** Whom it is for. What is searched by goes in the form, never in the address. */
export const consoleBookFor = (book: PatientBook): StaffPage => ({
  for: { staff: keepSchedule },
  get: (ctx, { query }) => showSearch(ctx, query),
  post: async (ctx, form, { query }) => showSearch(ctx, query, await searchPatients(ctx, book, form)),
})

async function showSearch(ctx: Ctx<StaffActor>, query: URLSearchParams, search: PatientSearch = {}): Promise<Answer> {
  const at = Number(query.get('at'))
  const zone = (await readPlaces(ctx)).get(query.get('place') ?? '')?.zone ?? await ctx.house.shell.zone(ctx)
  const lead = at > 0 && at < 8e15 ? `For ${formatWhen(new Date(at), zone, 'moment')}. Who is it for?` : 'Who is it for?'
  return showInSchedule(ctx, { title: 'Book a visit', page: '/book', lead }, <FindPatient {...search} hrefOf={id => `${schedulePath}/book/${id}?${kept(query)}`} />)
}

/** When, for what and with whom: free times as buttons, and any other with a reason. */
export const consoleBook = (book: PatientBook): StaffPage => ({
  for: { staff: keepSchedule },
  get: (ctx, request) => showTimes(ctx, book, request, {}),
  async post(ctx, form, request) {
    const read = await readTime(ctx, form)
    const type = await readVisitType(ctx, uuidOf(form.get('type')) ?? '')
    const values = valuesOf(form)
    if (!read.time || !type) return showTimes(ctx, book, request, { problems: read.problems, values, status: 422 })
    const patientId = await knownPatient(ctx, book, request.params.patient!)
    const booked = await bookForPatient(ctx, { ...read.time, patientId, visitTypeId: type.id, reason: String(form.get('reason') ?? ''), pays: payses.find(one => one === form.get('pays')) ?? 'unsure' })
    if (booked.ok) return seeOther(`${schedulePath}/visits/${booked.id}?said=booked`)
    return showTimes(ctx, book, request, { values, refusal: booked, status: 409 })
  },
})

/** The same for a visit that is moved. */
export const consoleMove = (book: PatientBook): StaffPage => ({
  for: { staff: keepSchedule },
  async get(ctx, request) {
    const moved = await readVisit(ctx, request.params.id!)
    return isPlanned(moved.status) ? showTimes(ctx, book, request, { moved }) : seeOther(`${schedulePath}/visits/${moved.id}?said=changed`)
  },
  async post(ctx, form, request) {
    const moved = await readVisit(ctx, request.params.id!)
    const read = await readTime(ctx, form)
    const values = valuesOf(form)
    if (!read.time) return showTimes(ctx, book, request, { moved, problems: read.problems, values, status: 422 })
    const done = await moveForPatient(ctx, moved.id, { ...read.time, version: versionFrom(form.get('version')) })
    if (done.ok || done.reason === 'changed-meanwhile') return seeOther(`${schedulePath}/visits/${moved.id}?said=${done.ok ? 'moved' : 'changed'}`)
    return showTimes(ctx, book, request, { moved, values, refusal: done, status: 409 })
  },
})

const uuidOf = (value: FormDataEntryValue | string | null): string | undefined => (typeof value === 'string' && isUuid(value) ? value : undefined)
const valuesOf = (form: FormData): Record<string, string> => Object.fromEntries(['reason', 'pays', 'day', 'clock', 'with', 'place', 'because'].map(name => [name, String(form.get(name) ?? '')]))
async function knownPatient(ctx: Ctx<StaffActor>, book: PatientBook, id: string): Promise<string> {
  if (!(await book.names(ctx, [await mayActFor(ctx, id)])).has(id)) throw new NotFound()
  return id
}

/** A free time that was pressed, or one that was typed, with why. */
async function readTime(ctx: Ctx<StaffActor>, form: FormData): Promise<{ time?: DeskTime; problems: Problems }> {
  const mode = modes.find(one => one === form.get('how')) ?? 'in-person'
  const pressed = timeFrom(form.get('time'))
  if (pressed) return { time: { ...pressed, mode }, problems: {} }
  const [day, clock, because] = ['day', 'clock', 'because'].map(name => String(form.get(name) ?? '').trim()) as [string, string, string]
  const [who, place] = [uuidOf(form.get('with')), (await readPlaces(ctx)).get(String(form.get('place') ?? ''))]
  const problems = {
    ...(!isDay(day) && { day: 'Choose a day.' }), ...(!/^([01]\d|2[0-3]):[0-5]\d$/.test(clock) && { clock: 'Write a time like 09:15.' }), ...(!who && { with: 'Choose who sees the patient.' }), ...(!place && { place: 'Choose a place.' }),
    ...(because.length < 3 && { because: 'Say why it cannot wait for a free time.' }),
  }
  if (!who || !place || Object.keys(problems).length > 0) return { problems }
  return { time: { resourceId: who, locationId: place.id, mode, startsAt: instantAt(day, clock, place.zone), extraSeatBecause: because.slice(0, 200) }, problems: {} }
}

type Refusal = { reason: string; nearest?: readonly OpenTime[] }
type Said = { moved?: Appointment; problems?: Problems; values?: Values; refusal?: Refusal; status?: number }
const refusals: Readonly<Record<string, string>> = { 'just-taken': 'That time is taken.', 'not-offered': 'That visit cannot be done so: another person, another way or a reason is needed.', 'in-the-past': 'That time has passed.' }

async function showTimes(ctx: Ctx<StaffActor>, book: PatientBook, { query, params }: PageRequest, { moved, problems, values, refusal, status }: Said): Promise<Answer> {
  const patientId = await knownPatient(ctx, book, moved?.patientId ?? params.patient!)
  const [places, zone] = [await readPlaces(ctx), await ctx.house.shell.zone(ctx)]
  const types = moved ? [await readVisitType(ctx, moved.visitTypeId, { isOpen: false })].filter(one => one !== undefined) : await listVisitTypes(ctx)
  const type = types.find(one => one.id === query.get('type')) ?? types[0]
  const name = (await book.names(ctx, [patientId])).get(patientId) ?? ''
  await audit(ctx, 'patient.viewed', { patientId })
  const here = moved ? `${schedulePath}/visits/${moved.id}/move` : `${schedulePath}/book/${patientId}`
  const title = moved ? `Move the visit of ${name}` : `Book a visit for ${name}`
  if (!type) return showInSchedule(ctx, { title, page: '/book' }, <EmptyState icon="calendar-x" title="There are no visit types yet.">The manager or the front desk adds them under “Visit types”.</EmptyState>)
  const at = Number(query.get('at'))
  const from = dayFrom(query.get('from') ?? (at > 0 && at < 8e15 ? dayIn(new Date(at), zone) : null), ctx.now(), zone)
  const doers = (await listResources(ctx)).filter(one => one.kind === 'clinician')
  const able = await readDoers(ctx, type.id)
  const wish = preferenceFrom(able, { speaks: query.get('speaks'), gender: query.get('gender') })
  const who = able.find(one => one.id === (query.get('with') ?? (wish.speaks || wish.gender ? undefined : moved?.resourceId)))?.id
  const place = places.has(query.get('place') ?? '') ? query.get('place')! : undefined
  const mode = type.modes.find(one => one === query.get('how')) ?? moved?.mode ?? type.modes[0]!
  const begin = !query.has('from') && at > 0 && at < 8e15 ? new Date(at) : instantAt(from, '00:00', zone)   // what was pressed in the day comes first
  const times = refusal?.nearest ?? await listOpenTimes(ctx, { type, from: new Date(Math.max(begin.getTime(), ctx.now().getTime())), to: new Date(begin.getTime() + 28 * dayMs), resourceId: who, among: whoFit(able, wish), locationId: place, ignore: moved ? [moved.id] : [], isStaff: true, most: 60 })
  const names = new Map(doers.map(one => [one.id, one.name]))
  return showInSchedule(ctx, { title, page: '/book', back: moved ? { href: `${schedulePath}/visits/${moved.id}`, words: 'The visit' } : { href: `${schedulePath}/book`, words: 'Another patient' }, ...(moved && { lead: `Now ${formatWhen(moved.startsAt, places.get(moved.locationId)?.zone ?? zone, 'moment')} with ${moved.who}` }), ...(status && { status }) },
    <>
      <Narrow {...{ here, types: moved ? [] : types, type, who, able, wish, place, places, mode, from }} />
      {refusal && <Notice tone="notice" title={refusals[refusal.reason] ?? refusal.reason}>{refusal.nearest && <p>These are the free times next to it.</p>}</Notice>}
      <Form action={`${here}?${kept(query)}`} problems={problems} values={values} label={title} className="form-wide">
        <button type="submit" name="time" value="" hidden />   {/* what Enter in a field presses: never the first free time */}
        <input type="hidden" name="type" value={type.id} /><input type="hidden" name="how" value={mode} />
        {moved ? <input type="hidden" name="version" value={moved.version} /> : <Asked questions={await listQuestions(ctx, type.id)} />}
        {times.length === 0 ? <EmptyState icon="calendar-x" title="No free time in the four weeks from that day.">Another day, person or place may have one.</EmptyState> : <TimeList {...{ times, names, places, locale: 'en' }} />}
        {times.length === 60 && <p><a href={`${here}?${kept(new URLSearchParams([...[...query].filter(([name]) => !['from', 'at', 'type'].includes(name)), ['type', type.id]]))}&from=${dayIn(times.at(-1)!.startsAt, zone)}`}>Later days</a></p>}
        <Another {...{ doers, places, who, place }} isOpen={problems !== undefined && Object.keys(problems).length > 0} />
      </Form>
    </>)
}

const genderWords = { woman: 'Woman', man: 'Man', nonbinary: 'Nonbinary person' } as const
type NarrowProps = { here: string; types: readonly VisitType[]; type: VisitType; who: string | undefined; able: readonly Doer[]; wish: Preference; doers: readonly { id: string; name: string }[]; place: string | undefined; places: Awaited<ReturnType<typeof readPlaces>>; mode: string; from: string }
function Narrow({ here, types, type, who, able, wish, place, places, mode, from }: Omit<NarrowProps, 'doers'>) {
  const { languages, genders } = preferenceChoices(able, 'en')
  return (
    <Form method="get" action={here} isInline label="Which times are shown">
      {types.length > 0 && <Select name="type" label="Visit" size="medium" value={type.id} choices={types.map(one => ({ value: one.id, label: `${one.name.en}, ${one.durationMinutes} min` }))} />}
      <Select name="with" label="With" size="short" isOptional value={who ?? ''} emptyLabel="Whoever is free" choices={able.map(one => ({ value: one.id, label: one.name }))} />
      {languages.length > 0 && <Select name="speaks" label="Speaks" size="short" isOptional value={wish.speaks ?? ''} emptyLabel="Any" choices={languages} />}
      {genders.length > 0 && <Select name="gender" label="Woman or man" size="short" isOptional value={wish.gender ?? ''} emptyLabel="Any" choices={genders.map(one => ({ value: one, label: genderWords[one] }))} />}
      {places.size > 1 && <Select name="place" label="Where" size="short" isOptional value={place ?? ''} emptyLabel="Anywhere" choices={[...places.values()].map(one => ({ value: one.id, label: one.name }))} />}
      {type.modes.length > 1 && <Select name="how" label="How" size="short" value={mode} choices={type.modes.map(one => ({ value: one, label: modeWords[one] }))} />}
      <DateField name="from" label="From" value={from} />
      <Button kind="secondary">Show times</Button>
    </Form>
  )
}

const Asked = ({ questions }: { questions: readonly Question[] }) => (
  <>
    <TextArea name="reason" label="What is it about?" isOptional rows={2} maxLength={mostReason} />
    <Radios name="pays" label="Will they use insurance?" isInline value="unsure" choices={[{ value: 'insurance', label: 'Yes' }, { value: 'self', label: 'No, they pay themselves' }, { value: 'unsure', label: 'Not known yet' }]} />
    {questions.length > 0 && <Details summary="What we ask before this visit"><p className="soft">What they say is filled in once a time is booked.</p><ul>{questions.map(one => <li key={one.id}>{one.words.en}</li>)}</ul></Details>}
  </>
)

/** Beside another visit, or outside the hours: never without a reason, which stays with the visit. */
function Another({ doers, places, who, place, isOpen }: Pick<NarrowProps, 'doers' | 'places' | 'who' | 'place'> & { isOpen: boolean }) {
  return (
    <Details summary="Another time, beside a visit or outside the hours" isOpen={isOpen}>
      <DateField name="day" label="Day" isOptional />
      <Field name="clock" label="Time" hint="By the clock of the place." type="time" size="short" isOptional />
      <Select name="with" label="With" isOptional value={who ?? ''} emptyLabel="Choose" choices={doers.map(one => ({ value: one.id, label: one.name }))} />
      <Select name="place" label="Where" isOptional value={place ?? [...places.keys()][0] ?? ''} emptyLabel="Choose" choices={[...places.values()].map(one => ({ value: one.id, label: one.name }))} />
      <Field name="because" label="Why" hint="It stays with the visit." maxLength={200} isOptional />
      <Actions><Button kind="secondary">Use this time</Button></Actions>
    </Details>
  )
}
