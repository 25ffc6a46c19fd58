import type { Ctx, StaffActor } from '#platform/ctx.ts'
import type { Answer, StaffPage } from '#platform/page.tsx'
import { dayIn, formatDay, formatWhen } from '#platform/when.ts'
import { isDay } from '#practice'
import type { Location } from '#practice/shared'
import { Actions, Button } from '#ui/button.tsx'
import { Checkboxes, Select } from '#ui/choices.tsx'
import { DateField, Field } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { EmptyState, Notice } from '#ui/notice.tsx'
import { keepSchedule } from '../access.ts'
import { findByWish } from '../find-by-wish.ts'
import { listResources, listVisitTypes, readNeeds } from '../read-settings.ts'
import { readWish, type Doubt, type Wish } from '../read-wish.ts'
import { modes, modeWords, type OpenTime, type Resource, type VisitType } from '../shared.ts'
import { schedulePath, showInSchedule } from './console-frame.tsx'
import { readPlaces, timeValue } from './visit-words.tsx'

const findPath = `${schedulePath}/find`
type Choices = { clinicians: readonly Resource[]; types: readonly VisitType[]; places: ReadonlyMap<string, Location>; zone: string }

/** A free time by words. What is typed may name a patient by mistake: it goes in the form, and stands in no address. */
export const consoleFind: StaffPage = {
  for: { staff: keepSchedule },
  async get(ctx) { return showFind(ctx, await readChoices(ctx), {}) },
  async post(ctx, form) {
    const choices = await readChoices(ctx)
    const words = String(form.get('words') ?? '').slice(0, 200)
    if (form.get('action') !== 'fields') return showFind(ctx, choices, { words, ...readWords(choices, words, dayIn(ctx.now(), choices.zone)) })
    return showFind(ctx, choices, { words, wish: wishFrom(form, choices) })
  },
}

async function readChoices(ctx: Ctx<StaffActor>): Promise<Choices> {
  return { clinicians: (await listResources(ctx)).filter(one => one.kind === 'clinician'), types: await listVisitTypes(ctx), places: await readPlaces(ctx), zone: await ctx.house.shell.zone(ctx) }
}
const readWords = ({ clinicians, types, places }: Choices, words: string, today: string) => readWish(words, {
  today, clinicians: clinicians.map(({ id, name }) => ({ id, names: [name] })), types: types.map(({ id, name }) => ({ id, names: [name.en, name.es] })), places: [...places.values()].map(({ id, name }) => ({ id, names: [name] })),
})

const minutesIn = (typed: FormDataEntryValue | null): number | undefined => { const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(String(typed ?? '')); return found ? Number(found[1]) * 60 + Number(found[2]) : undefined }
const clockOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const lastMinute = 24 * 60

/** As it stands in the fields; what is no choice counts as not chosen. A button that settles a doubt says its day beside them. */
function wishFrom(form: FormData, { clinicians, types, places }: Choices): Wish {
  const text = (name: string) => String(form.get(name) ?? '')
  const dayOf = (name: string) => (isDay(text(name)) && text(name) > '2000' && text(name) < '2200' ? text(name) : undefined)
  const settled = dayOf('day')
  const [from, until] = settled ? [settled, settled] : [dayOf('from'), dayOf('until')]
  const [after, before] = [minutesIn(form.get('after')), minutesIn(form.get('before'))]
  const weekdays = form.getAll('weekday').map(Number).filter(one => one >= 1 && one <= 7)
  const [mode, place, type] = [modes.find(one => one === text('how')), places.get(text('place'))?.id, types.find(one => one.id === text('type'))?.id]
  return {
    who: clinicians.filter(one => form.getAll('with').includes(one.id)).map(one => one.id), ...(from !== undefined && { from }), ...(until !== undefined && { until }), ...(weekdays.length > 0 && !settled && { weekdays }),
    ...((after !== undefined || before !== undefined) && (after ?? 0) < (before ?? lastMinute) && { part: { from: after ?? 0, to: before ?? lastMinute } }), ...(mode && { mode }), ...(place && { place }), ...(type && { type }),
  }
}

type Found = { words?: string; wish?: Wish; unread?: readonly string[]; doubts?: readonly Doubt[] }

async function showFind(ctx: Ctx<StaffActor>, choices: Choices, { words, wish, unread = [], doubts = [] }: Found): Promise<Answer> {
  const type = choices.types.find(one => one.id === wish?.type) ?? await likeliest(ctx, choices, wish)
  const mode = type?.modes.find(one => one === wish?.mode)
  const cannot = type && wish?.mode && !mode ? `“${type.name.en}” is not offered ${modeWords[wish.mode].toLowerCase()}: these times are for a visit as it is offered.` : undefined
  const times = wish && type ? await findByWish(ctx, wish, { type, zone: choices.zone }) : []
  return showInSchedule(ctx, { title: 'Find a free time', page: '/find', lead: 'Say it in your own words, in English or Spanish. No patient’s name is needed here.' },
    <>
      <WordsForm {...{ words }} />
      {wish && type && (
        <>
          {(unread.length > 0 || doubts.length > 0 || cannot || !wish.type) && <Understood {...{ unread, doubts, cannot, assumed: wish.type ? undefined : type.name.en }} />}
          <Fields {...{ choices, words, wish, type, doubts }} />
          <h2>{times.length === 0 ? 'No free time fits' : times.length === 1 ? 'One free time' : `${times.length} free times`}</h2>
          {times.length === 0 ? <EmptyState icon="calendar-x" title="Nothing is free then.">Change one of the fields above: a later last day, or anybody.</EmptyState> : <Slots {...{ times, choices, type, mode }} />}
        </>
      )}
      {!type && <EmptyState icon="calendar-x" title="There are no visit types yet.">The manager or the front desk adds them under “Visit types”.</EmptyState>}
    </>)
}

/** The box itself; it stands above the schedule, too. */
export const WordsForm = ({ words, isInSchedule = false }: { words?: string | undefined; isInSchedule?: boolean }) => (
  <Form action={findPath} hasKey={false} isInline label="Find a free time" className="find-words no-print">
    <Field name="words" type="search" label={isInSchedule ? 'Find a free time' : 'When, with whom, for what'} isLabelHidden={isInSchedule} value={words} maxLength={200} isFirst={!isInSchedule && words === undefined} placeholder="next Tuesday afternoon, Dr Ada, follow-up" />
    <Button kind="secondary" icon="search">{isInSchedule ? 'Find a free time' : 'Find'}</Button>
  </Form>
)

/** Where no kind of visit was said: the first that whoever was named does. It is said, and can be changed. */
async function likeliest(ctx: Ctx<StaffActor>, { types }: Choices, wish: Wish | undefined): Promise<VisitType | undefined> {
  for (const type of types) if ((wish?.who.length ?? 0) === 0 || (await readNeeds(ctx, type.id))[0]?.some(id => wish!.who.includes(id))) return type
  return types[0]
}

function Understood({ unread, doubts, cannot, assumed }: { unread: readonly string[]; doubts: readonly Doubt[]; cannot: string | undefined; assumed: string | undefined }) {
  return (
    <Notice tone={unread.length > 0 ? 'notice' : 'info'} title={unread.length > 0 ? `Not understood: ${unread.map(word => `“${word}”`).join(', ')}` : 'Is it this?'}>
      <ul className="plain-list">
        {unread.length > 0 && <li>It was left out. Look at the fields below.</li>}
        {doubts.map((doubt, index) => <li key={index}>{doubtWords(doubt)}</li>)}
        {assumed && <li>No kind of visit was said: these times are for “{assumed}”.</li>}
        {cannot && <li>{cannot}</li>}
      </ul>
    </Notice>
  )
}
function doubtWords({ words, about, other }: Doubt): string {
  if (about === 'time') return `“${words}” was read as a time at which we are open. Change it below if it is another.`
  if (about === 'day') return `“${words}” may also be ${other ? formatDay(other, 'day') : 'another day'}: the days below count.`
  return `“${words}” may be ${other ?? 'several'}: ${about === 'who' ? 'times of each are shown' : 'the first was taken'}.`
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].map((label, index) => ({ value: String(index + 1), label }))

function Fields({ choices: { clinicians, types, places }, words, wish, type, doubts }: { choices: Choices; words: string | undefined; wish: Wish; type: VisitType; doubts: readonly Doubt[] }) {
  const other = doubts.find(doubt => doubt.about === 'day')?.other
  return (
    <Form action={findPath} hasKey={false} isInline label="What was understood" className="wish-fields no-print">
      <input type="hidden" name="words" value={words} />
      <DateField name="from" label="From" value={wish.from} isOptional />
      <DateField name="until" label="Last day" value={wish.until} isOptional />
      <Field name="after" type="time" label="Begins from" size="short" value={wish.part ? clockOf(wish.part.from) : undefined} isOptional />
      <Field name="before" type="time" label="Begins before" size="short" value={wish.part && wish.part.to < lastMinute ? clockOf(wish.part.to) : undefined} isOptional />
      <Select name="type" label="Visit" value={type.id} choices={types.map(one => ({ value: one.id, label: `${one.name.en}, ${one.durationMinutes} min` }))} />
      {places.size > 1 && <Select name="place" label="Where" isOptional value={wish.place ?? ''} emptyLabel="Anywhere" choices={[...places.values()].map(one => ({ value: one.id, label: one.name }))} />}
      {type.modes.length > 1 && <Select name="how" label="How" isOptional value={wish.mode ?? ''} emptyLabel="Any way" choices={type.modes.map(one => ({ value: one, label: modeWords[one] }))} />}
      <Checkboxes name="with" label="With" isInline isOptional values={wish.who} choices={clinicians.map(one => ({ value: one.id, label: one.name }))} />
      <Checkboxes name="weekday" label="On" isInline isOptional values={(wish.weekdays ?? []).map(String)} choices={weekdays} />
      <Actions>
        <Button name="action" value="fields" icon="search">Find again</Button>
        {other && <><input type="hidden" name="action" value="fields" /><Button kind="secondary" name="day" value={other}>{formatDay(other, 'day')} instead</Button></>}
      </Actions>
    </Form>
  )
}

/** Each leads to booking at that very time. */
function Slots({ times, choices: { clinicians, places }, type, mode }: { times: readonly OpenTime[]; choices: Choices; type: VisitType; mode: string | undefined }) {
  const names = new Map(clinicians.map(one => [one.id, one.name]))
  return [...Map.groupBy(times, time => dayIn(time.startsAt, time.zone))].map(([day, of]) => (
    <section key={day} className="time-day">
      <h3>{formatDay(day, 'day')}</h3>
      <ul className="time-list">
        {of.map(time => (
          <li key={timeValue(time)}>
            <a className="button button-secondary time" href={`${schedulePath}/book?${new URLSearchParams({ type: type.id, with: time.resourceId, place: time.locationId, at: String(time.startsAt.getTime()), ...(mode && { how: mode }) })}`}>
              <span><span className="unseen">Book {formatDay(day, 'day')}, </span>{formatWhen(time.startsAt, time.zone, 'time')}</span>
              <small>{[names.get(time.resourceId), places.size > 1 && places.get(time.locationId)?.name].filter(Boolean).join(', ')}</small>
            </a>
          </li>
        ))}
      </ul>
    </section>
  ))
}
