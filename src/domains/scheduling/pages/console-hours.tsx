import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { may } from '#platform/permission.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { dayIn, formatDay, formatWhen } from '#platform/when.ts'
import { fieldsOf, readPractice } from '#practice'
import type { Location } from '#practice/shared'
import { Actions, Button } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { DateField, Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState, Notice } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { Details, RowList, Section } from '#ui/things.tsx'
import { planSchedule, seeSchedule } from '../access.ts'
import { addBlock, addSpecialDay, closeResource, openResource, periodsADay, removeEntry, saveWeek, zoneOfBlock } from '../edit-hours.ts'
import { listVisits, type Appointment } from '../list-appointments.ts'
import { listBlocks, type Block } from '../read-day.ts'
import { loadSettings, type Day, type Rule } from '../read-settings.ts'
import { isPlanned } from '../shared.ts'
import { schedulePath, showInSchedule } from './console-frame.tsx'
import { readPlaces } from './visit-words.tsx'

const here = `${schedulePath}/hours`
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const clock = (minutes: number): string => `${String(Math.floor(minutes % 1_440 / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const kindWords = { clinician: 'Clinician', room: 'Room', equipment: 'Equipment' } as const

/** Everybody and everything that can be booked. */
export const consoleHours: StaffPage = {
  for: { staff: planSchedule },
  get: (ctx, { query }) => showAll(ctx, { said: query.get('said') }),
  async post(ctx, form) {
    const added = await openResource(ctx, fieldsOf(form))
    return added.ok ? seeOther(`${here}/${added.id}?said=saved`) : showAll(ctx, { problems: added.problems, values: fieldsOf(form) })
  },
}

async function showAll(ctx: Ctx<StaffActor>, { problems, values, said }: { problems?: Problems; values?: Values; said?: string | null }): Promise<Answer> {
  const settings = await loadSettings(ctx)
  const practice = await readPractice(ctx)
  const open = settings.resources.filter(one => one.isOpen)
  const unlisted = practice?.clinicians.filter(one => !open.some(other => other.clinicianId === one.id)) ?? []
  const places = practice?.locations ?? []
  return showInSchedule(ctx, { title: 'Hours and leave', page: '/hours', lead: 'Who and what can be booked, and when.', said, ...(problems && { status: 422 }) },
    <>
      {open.length === 0
        ? <EmptyState icon="users-round" title="Nobody can be booked yet.">Add the first clinician below, then their hours.</EmptyState>
        : <RowList label="Who and what can be booked" rows={open.map(one => ({
            href: `${here}/${one.id}`, title: one.name, aside: kindWords[one.kind],
            detail: one.kind === 'clinician' ? daysWords(settings.weekly.get(one.id) ?? []) : places.find(place => place.id === one.locationId)?.name,
          }))} />}
      {unlisted.length > 0 && (
        <Section title="Add a clinician">
          <Form label="Add a clinician" prefix="clinician-" isInline>
            <Select name="clinician" label="Who" choices={unlisted.map(one => ({ value: one.id, label: one.name }))} />
            <Button kind="secondary">Add</Button>
          </Form>
        </Section>
      )}
      {places.length > 0 && (
        <Section title="Add a room or a thing">
          <Form label="Add a room or a thing" problems={problems} values={values}>
            <Field name="name" label="Name" maxLength={120} />
            <Select name="kind" label="What" size="short" choices={[{ value: 'room', label: 'A room' }, { value: 'equipment', label: 'A thing' }]} />
            <Select name="place" label="Where" choices={places.map(place => ({ value: place.id, label: place.name }))} />
            <Actions><Button kind="secondary">Add</Button></Actions>
          </Form>
        </Section>
      )}
    </>)
}

const daysWords = (rules: readonly Rule[]): string => {
  const days = [...new Set(rules.map(rule => rule.weekday))].sort((a, b) => a - b)
  return days.length === 0 ? 'No hours yet' : days.map(day => weekdays[day - 1]).join(', ')
}

/** The week in as few lines as it has different days: 'Monday to Friday 09:00–12:00, 13:00–17:00'. */
function sayWeek(rules: readonly Rule[]): string[] {
  const hoursOf = (day: number) => rules.filter(rule => rule.weekday === day).map(rule => `${clock(rule.starts)}–${clock(rule.ends)}`).join(', ')
  const stretches: { first: number; last: number; hours: string }[] = []
  for (const day of weekdays.keys()) {
    const [hours, before] = [hoursOf(day + 1), stretches.at(-1)]
    if (before?.hours === hours) before.last = day
    else stretches.push({ first: day, last: day, hours })
  }
  return stretches.filter(one => one.hours).map(({ first, last, hours }) => `${weekdays[first]}${last > first ? `${last - first > 1 ? ' to' : ' and'} ${weekdays[last]}` : ''} ${hours}`)
}

/** One of them: weeks by place, days that are different, leave; and visits that stand in the leave. */
export const consoleResource: StaffPage = {
  for: { staff: planSchedule },
  get: (ctx, { params, query }) => showOne(ctx, params.id!, { said: query.get('said') }),
  async post(ctx, form, { params }) {
    const [id, fields, action] = [params.id!, fieldsOf(form), form.get('action')]
    if (action === 'close') {
      await closeResource(ctx, id)
      return seeOther(`${here}?said=removed`)
    }
    if (action === 'remove-day' || action === 'remove-block') {
      await removeEntry(ctx, id, action === 'remove-day' ? 'special-day' : 'block', fields.entry ?? '')
      return seeOther(`${here}/${id}?said=removed`)
    }
    const saved = await (action === 'week' ? saveWeek(ctx, id, fields) : action === 'day' ? addSpecialDay(ctx, id, fields) : addBlock(ctx, id, fields))
    return saved.ok ? seeOther(`${here}/${id}?said=saved`) : showOne(ctx, id, { problems: saved.problems, values: fields, failed: String(action) })
  },
}

type Said = { problems?: Problems; values?: Values; failed?: string; said?: string | null }
async function showOne(ctx: Ctx<StaffActor>, id: string, { problems, values, failed, said }: Said): Promise<Answer> {
  const settings = await loadSettings(ctx)
  const one = settings.resources.find(other => other.id === id && other.isOpen)
  if (!one) throw new NotFound()
  const [places, zone] = [[...(await readPlaces(ctx)).values()], await ctx.house.shell.zone(ctx)]
  const to = new Date(ctx.now().getTime() + 400 * 86_400_000)
  const blocks = await listBlocks(ctx, { from: ctx.now(), to, resourceId: id })
  const wrong = (action: string) => (failed === action ? { problems, values } : {})
  return showInSchedule(ctx, { title: one.name, page: '/hours', lead: kindWords[one.kind], back: { href: here, words: 'Hours and leave' }, said, ...(problems && { status: 422 }) },
    <>
      {may(ctx, seeSchedule) && blocks.length > 0 && await visitsIn(ctx, id, blocks, visit => places.find(place => place.id === visit.locationId)?.zone ?? zone)}
      {one.kind === 'clinician' && places.map(place => <Week key={place.id} place={place} rules={(settings.weekly.get(id) ?? []).filter(rule => rule.locationId === place.id)} now={dayIn(ctx.now(), place.zone)} {...(values?.place === place.id ? wrong('week') : {})} />)}
      {one.kind === 'clinician' && <Days days={settings.special.get(id) ?? []} places={places} {...wrong('day')} />}
      <Blocks blocks={blocks} zone={await zoneOfBlock(ctx, id)} places={places} {...wrong('block')} />
      <Details summary="No longer book it"><p>Nothing new is booked here. Visits that are booked stay.</p><Form label="No longer book it"><Actions><Button kind="danger" name="action" value="close">No longer book it</Button></Actions></Form></Details>
    </>)
}

/** Leave does not cancel anybody: who is booked in it must be called. */
async function visitsIn(ctx: Ctx<StaffActor>, resourceId: string, blocks: readonly Block[], zoneOf: (visit: Appointment) => string) {
  const visits = (await listVisits(ctx, { from: ctx.now(), to: blocks.reduce((last, block) => (block.endsAt > last ? block.endsAt : last), ctx.now()), resourceId }))
    .filter(visit => isPlanned(visit.status) && blocks.some(block => block.startsAt < visit.endsAt && visit.startsAt < block.endsAt))
  if (visits.length === 0) return null
  return (
    <Notice tone="notice" title={visits.length === 1 ? 'One visit stands in time that is kept free.' : `${visits.length} visits stand in time that is kept free.`}>
      <ul className="plain-list">{visits.map(visit => <li key={visit.id}><a href={`${schedulePath}/visits/${visit.id}`}>{formatWhen(visit.startsAt, zoneOf(visit), 'moment-short')}</a></li>)}</ul>
    </Notice>
  )
}

type Wrong = { problems?: Problems | undefined; values?: Values | undefined }
function Week({ place, rules, now, problems, values }: { place: Location; rules: readonly Rule[]; now: string } & Wrong) {
  const plans = [...Map.groupBy(rules, rule => `${rule.fromDay ?? ''}|${rule.untilDay ?? ''}`)].map(([, of]) => of)
  const current = plans.find(([rule]) => (!rule!.fromDay || rule!.fromDay <= now) && (!rule!.untilDay || rule!.untilDay >= now)) ?? []
  const kept = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].flatMap(day => current.filter(rule => rule.weekday === day).flatMap((rule, index) => [[`${day}-${index + 1}-starts`, clock(rule.starts)], [`${day}-${index + 1}-ends`, clock(rule.ends)]])))
  return (
    <Section title={`Week at ${place.name}`}>
      {plans.filter(plan => plan !== current).map(plan => <p key={plan[0]!.id} className="soft">{plan[0]!.fromDay ? `From ${formatDay(plan[0]!.fromDay, 'day')}` : 'Until now'}{plan[0]!.untilDay ? ` to ${formatDay(plan[0]!.untilDay, 'day')}` : ''}: {sayWeek(plan).join('; ')}</p>)}
      <Details summary={current.length === 0 ? 'No hours here. Set them' : <span>{sayWeek(current).map(line => <span key={line} className="hours-line">{line}</span>)}</span>} isOpen={problems !== undefined}>
        <Form label={`Week at ${place.name}`} prefix={`${place.slug}-`} className="form-wide" problems={problems} values={values ?? kept}>
          <input type="hidden" name="place" value={place.id} />
          <p>Times are {place.name}’s own. An end that is not later than its beginning is on the next day.</p>
          {weekdays.map((name, index) => (
            <fieldset key={name} className="field">
              <legend>{name}</legend>
              <div className="cluster">
                {Array.from({ length: periodsADay }, (_, period) => (
                  <span key={period} className="cluster">
                    <Field name={`${index + 1}-${period + 1}-starts`} label={`${name}, from`} isLabelHidden type="time" size="short" isOptional />
                    <Field name={`${index + 1}-${period + 1}-ends`} label={`${name}, to`} isLabelHidden type="time" size="short" isOptional />
                  </span>
                ))}
              </div>
            </fieldset>
          ))}
          <DateField name="from-day" label="From this day on" hint="Empty: from now on. A later day keeps what is above until then." isOptional />
          <Actions><Button name="action" value="week">Save this week</Button></Actions>
        </Form>
      </Details>
    </Section>
  )
}

function Days({ days, places, problems, values }: { days: readonly Day[]; places: readonly Location[] } & Wrong) {
  return (
    <Section title="Days unlike the week">
      {days.length > 0 && <Table caption="Days unlike the week" isCaptionHidden columns={[{ key: 'day', words: 'Day' }, { key: 'hours', words: 'Hours' }, { key: 'remove', words: 'Remove', isLabelHidden: true }]}
        rows={days.map(day => ({ key: day.id, cells: { day: formatDay(day.day, 'day'), hours: day.starts === null || day.ends === null ? 'None' : `${clock(day.starts)}–${clock(day.ends)}, ${places.find(place => place.id === day.locationId)?.name ?? ''}`, remove: <Remove action="remove-day" id={day.id} what={formatDay(day.day)} /> } }))} />}
      <Details summary="Add a day" isOpen={problems !== undefined}>
        <Form label="Add a day" prefix="day-" problems={problems} values={values}>
          <DateField name="day" label="Day" />
          <Field name="day-starts" label="From" hint="Leave both times empty when there are no hours that day." type="time" size="short" isOptional />
          <Field name="day-ends" label="To" type="time" size="short" isOptional />
          <Select name="place" label="Where" isOptional emptyLabel="Choose" choices={places.map(place => ({ value: place.id, label: place.name }))} />
          <Actions><Button kind="secondary" name="action" value="day">Add this day</Button></Actions>
        </Form>
      </Details>
    </Section>
  )
}

function Blocks({ blocks, zone, places, problems, values }: { blocks: readonly Block[]; zone: string; places: readonly Location[] } & Wrong) {
  const usual = places.find(place => place.zone === zone)?.id ?? ''
  return (
    <Section title="Leave, and time kept free">
      {blocks.length > 0 && <Table caption="Leave, and time kept free" isCaptionHidden columns={[{ key: 'from', words: 'From' }, { key: 'to', words: 'To' }, { key: 'kind', words: 'What' }, { key: 'note', words: 'Why' }, { key: 'remove', words: 'Remove', isLabelHidden: true }]}
        rows={blocks.map(block => ({ key: block.id, cells: { from: formatWhen(block.startsAt, zone, 'moment-short'), to: formatWhen(block.endsAt, zone, 'moment-short'), kind: block.kind === 'leave' ? 'Leave' : 'Kept free', note: block.note, remove: <Remove action="remove-block" id={block.id} what={formatWhen(block.startsAt, zone, 'moment-short')} /> } }))} />}
      <Details summary="Add leave or keep time free" isOpen={problems !== undefined}>
        <Form label="Add leave or keep time free" prefix="block-" problems={problems} values={values}>
          {new Set(places.map(place => place.zone)).size > 1 && <Select name="place" label="By the clock of" hint="The leave counts at every place." value={usual} choices={places.map(place => ({ value: place.id, label: place.name }))} />}
          <DateField name="block-day" label="From" />
          <Field name="block-time" label="From, time" hint="Empty: the whole day." type="time" size="short" isOptional />
          <DateField name="block-end-day" label="To" />
          <Field name="block-end-time" label="To, time" type="time" size="short" isOptional />
          <Select name="kind" label="What" size="short" choices={[{ value: 'leave', label: 'Leave' }, { value: 'block', label: 'Keep free' }]} />
          <Field name="note" label="Why" hint="For those who work here. No patient’s name." maxLength={120} isOptional />
          <Actions><Button kind="secondary" name="action" value="block">Add</Button></Actions>
        </Form>
      </Details>
    </Section>
  )
}

const Remove = ({ action, id, what }: { action: string; id: string; what: string }) => (
  <Form isInline label={`Remove ${what}`}><input type="hidden" name="entry" value={id} /><Button kind="quiet" name="action" value={action} label={`Remove ${what}`}>Remove</Button></Form>
)
