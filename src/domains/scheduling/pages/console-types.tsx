import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { fieldsOf } from '#practice'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Checkboxes, Select } from '#ui/choices.tsx'
import { Pair } from '#ui/console-parts.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { Details, RowList, Section } from '#ui/things.tsx'
import { planSchedule } from '../access.ts'
import { closeVisitType, furtherNeeds, saveVisitType } from '../edit-visit-type.ts'
import { loadSettings, type Settings } from '../read-settings.ts'
import { alignments, looks, modes, modeWords, whos, type Who } from '../shared.ts'
import { schedulePath, showInSchedule } from './console-frame.tsx'
import { looks as shapes } from './day-grid.tsx'
import { readPlaces } from './visit-words.tsx'

const here = `${schedulePath}/types`
const whoWords: Readonly<Record<Who, string>> = { anyone: 'Anyone, online', new: 'New patients', established: 'Patients with an account', staff: 'The desk alone' }
const colours = ['', 'green', 'blue', 'orange', 'violet', 'teal', 'red']
type Type = Settings['types'][number]

/** What can be booked. */
export const consoleTypes: StaffPage = {
  for: { staff: planSchedule },
  async get(ctx, { query }) {
    const types = (await loadSettings(ctx)).types.filter(type => type.isOpen)
    return showInSchedule(ctx, { title: 'Visit types', page: '/types', lead: 'What patients and the desk can book.', said: query.get('said'), aside: <LinkButton icon="plus" href={`${here}/new`}>Add a visit type</LinkButton> },
      types.length === 0
        ? <EmptyState icon="calendar-plus" title="Nothing can be booked yet.">First add clinicians and their hours under “Hours and leave”. Then add what can be booked with them.</EmptyState>
        : <RowList label="Visit types" rows={types.map(type => ({
            href: `${here}/${type.id}`, title: type.name.en, aside: whoWords[type.who],
            detail: <><span className={`type-look look-${type.look}`} aria-hidden="true">{shapes[type.look]}</span> {type.durationMinutes} minutes, {type.modes.map(mode => modeWords[mode].toLowerCase()).join(', ')}{type.needs.length === 0 && ' – nobody does it'}</>,
          }))} />)
  },
}

export const consoleNewType: StaffPage = {
  for: { staff: planSchedule },
  get: ctx => showType(ctx, undefined),
  async post(ctx, form) {
    const saved = await saveVisitType(ctx, undefined, form, fieldsOf(form))
    return saved.ok ? seeOther(`${here}?said=saved`) : showType(ctx, undefined, { problems: saved.problems, values: typed(form) })
  },
}

export const consoleType: StaffPage = {
  for: { staff: planSchedule },
  get: (ctx, { params }) => showType(ctx, params.id!),
  async post(ctx, form, { params }) {
    if (form.get('action') === 'close') {
      await closeVisitType(ctx, params.id!)
      return seeOther(`${here}?said=removed`)
    }
    const saved = await saveVisitType(ctx, params.id!, form, fieldsOf(form))
    return saved.ok ? seeOther(`${here}?said=saved`) : showType(ctx, params.id!, { problems: saved.problems, values: typed(form) })
  },
}

/** What was typed, with every tick of a group. */
const typed = (form: FormData): Values => Object.fromEntries([...new Set(form.keys())].map(name => {
  const all = form.getAll(name).filter((one): one is string => typeof one === 'string')
  return [name, all.length > 1 || name === 'modes' || name === 'with' || name === 'approval' || name.startsWith('need-') ? all : all[0]]
}))

const valuesOf = (type: Type): Values => ({
  'name-en': type.name.en, 'name-es': type.name.es, 'words-en': type.words.en, 'words-es': type.words.es, 'prepare-en': type.prepare.en, 'prepare-es': type.prepare.es,
  duration: String(type.durationMinutes), before: String(type.beforeMinutes), after: String(type.afterMinutes), align: String(type.alignMinutes), lead: String(Math.ceil(type.leadMinutes / 60)), ahead: String(type.aheadDays),
  cutoff: String(Math.ceil(type.cutoffMinutes / 60)), modes: type.modes, 'video-link': type.videoLink ?? '', who: type.who, approval: type.needsApproval ? ['yes'] : [], price: type.priceCents === null ? '' : (type.priceCents / 100).toFixed(2), look: String(type.look),
  with: type.needs[0] ?? [], ...Object.fromEntries(Array.from({ length: furtherNeeds }, (_, index) => [`need-${index + 1}`, type.needs[index + 1] ?? []])),
})
const fresh: Values = { duration: '30', before: '0', after: '0', align: '15', lead: '2', ahead: '90', cutoff: '24', modes: ['in-person'], who: 'established', approval: [], look: '1', with: [], 'need-1': [], 'need-2': [], 'need-3': [] }

async function showType(ctx: Ctx<StaffActor>, id: string | undefined, { problems, values }: { problems?: Problems; values?: Values } = {}): Promise<Answer> {
  const settings = await loadSettings(ctx)
  const type = settings.types.find(one => one.id === id && one.isOpen)
  if (id !== undefined && !type) throw new NotFound()
  const title = type?.name.en ?? 'Add a visit type'
  return showInSchedule(ctx, { title, page: '/types', back: { href: here, words: 'Visit types' }, ...(type && { aside: <LinkButton kind="secondary" icon="list-checks" href={`${here}/${type.id}/questions`}>Questions before the visit</LinkButton> }), ...(problems && { status: 422 }) },
    <>
      <Form label={title} className="form-wide" problems={problems} values={values ?? (type ? valuesOf(type) : fresh)}>
        <Section title="In words">
          <Pair name="name" label="Name" most={80} />
          <Pair name="words" label="What it is for" hint="One or two plain sentences." most={400} rows={2} isOptional />
          <Pair name="prepare" label="Before they come" most={1_000} rows={3} isOptional />
          <Field name="price" label="Price, in dollars" hint="What somebody pays who uses no insurance. Empty: no price is shown." inputMode="decimal" size="short" isOptional />
        </Section>
        <Times />
        <Section title="Who and how">
          <Select name="who" label="Who may book it" choices={whos.map(who => ({ value: who, label: whoWords[who] }))} />
          <Checkboxes name="approval" label="Your yes" choices={[{ value: 'yes', label: 'Online it is asked for, and you say yes', hint: 'The time is kept. The patient reads by when you answer: a business day, sooner where the visit is sooner.' }]} isOptional />
          <Checkboxes name="modes" label="How" choices={modes.map(mode => ({ value: mode, label: modeWords[mode] }))} />
          <Field name="video-link" label="Your video room" hint="Its address. It shows to the patient when the visit is by video." type="url" isOptional />
          <Needs settings={settings} places={await readPlaces(ctx)} />
          <Select name="look" label="Colour and shape in the schedule" size="short" choices={looks.map(look => ({ value: String(look), label: `${shapes[look]} ${colours[look]}` }))} />
        </Section>
        <Actions><Button>Save</Button></Actions>
      </Form>
      {type && <Details summary="Stop offering it"><p>It can no longer be booked. Visits that are booked stay.</p><Form label="Stop offering it"><Actions><Button kind="danger" name="action" value="close">Stop offering it</Button></Actions></Form></Details>}
    </>)
}

function Times() {
  return (
    <Section title="Times">
      <Field name="duration" label="How long, in minutes" inputMode="numeric" size="short" />
      <Field name="before" label="Kept free before, in minutes" inputMode="numeric" size="short" />
      <Field name="after" label="Kept free after, in minutes" inputMode="numeric" size="short" />
      <Select name="align" label="It may begin every" size="short" choices={alignments.map(minutes => ({ value: String(minutes), label: `${minutes} minutes` }))} />
      <Field name="lead" label="Earliest, in hours from now" inputMode="numeric" size="short" />
      <Field name="ahead" label="How far ahead, in days" inputMode="numeric" size="short" />
      <Field name="cutoff" label="Can be moved or cancelled online until so many hours before" inputMode="numeric" size="short" />
    </Section>
  )
}

function Needs({ settings, places }: { settings: Settings; places: Awaited<ReturnType<typeof readPlaces>> }) {
  const open = settings.resources.filter(one => one.isOpen)
  const others = [...open.filter(one => one.kind !== 'clinician'), ...open.filter(one => one.kind === 'clinician')].map(one => ({ value: one.id, label: one.kind === 'clinician' ? one.name : `${one.name}, ${places.get(one.locationId ?? '')?.name ?? 'a place that was given up'}` }))
  const clinicians = open.filter(one => one.kind === 'clinician').map(one => ({ value: one.id, label: one.name }))
  return (
    <>
      {clinicians.length === 0 ? <p>Nobody can be booked yet. Add a clinician under “Hours and leave” first.</p> : <Checkboxes name="with" label="Who does it" hint="Any one of them." choices={clinicians} />}
      {others.length > 1 && Array.from({ length: furtherNeeds }, (_, index) => <Checkboxes key={index} name={`need-${index + 1}`} label={index === 0 ? 'It also needs a room, a thing or a second person' : 'And another'} hint="Of those that are ticked, any one who is free at the same place. None counts twice." choices={others} isOptional />)}
    </>
  )
}
