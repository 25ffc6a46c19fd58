import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { may } from '#platform/permission.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { addDays, dayIn, formatWhen } from '#platform/when.ts'
import { words } from '#platform/words.ts'
import { isUuid } from '#practice'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { TextArea } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Badge, EmptyState, Notice } from '#ui/notice.tsx'
import { Details, RowList } from '#ui/things.tsx'
import { keepSchedule, seeSchedule } from '../access.ts'
import { joinWaitlist, putOnWaitlist } from '../join-waitlist.ts'
import { listOwnVisits } from '../list-appointments.ts'
import { listWaits, type WaitLine } from '../list-waits.ts'
import type { PatientBook } from '../patient-book.ts'
import { listVisitTypes, readVisitTypes } from '../read-settings.ts'
import { isPlanned, modes, modeWords, mostReason, type VisitType } from '../shared.ts'
import { schedulePath, showInSchedule } from './console-frame.tsx'
import { readPlaces } from './visit-words.tsx'
import { endWords, rankChoices, sayWishes } from './console-wait.tsx'
import { FindPatient, searchPatients, type PatientSearch } from './find-patient.tsx'
import { readWishChoices, readWishes, WishFields, wishedAnything } from './wait-words.tsx'

const waitlistPath = `${schedulePath}/waitlist`

/** Who waits, in the order in which they are asked, and who waited lately. */
export const consoleWaitlist = (book: PatientBook): StaffPage => ({
  for: { staff: seeSchedule },
  async get(ctx, { query }) {
    const [open, over] = [await listWaits(ctx), await listWaits(ctx, { isOver: true })]
    const names = await book.names(ctx, [...new Set([...open, ...over].map(one => one.patientId))])
    const facts = { types: await readVisitTypes(ctx), choices: await readWishChoices(ctx, undefined), zone: await ctx.house.shell.zone(ctx) }
    const list = (of: readonly WaitLine[], label: string) => <RowList label={label} rows={of.map(wait => lineOf(wait, names.get(wait.patientId) ?? 'Unknown', facts))} />
    return showInSchedule(ctx, { title: 'Waitlist', page: '/waitlist', said: query.get('said'), lead: 'Who waits for an earlier time. When one comes free, they are asked in this order, in groups.', aside: may(ctx, keepSchedule) && <LinkButton icon="plus" href={`${waitlistPath}/new`}>Put somebody on it</LinkButton> },
      <>
        {open.length === 0 ? <EmptyState icon="hourglass" title="Nobody waits.">Patients put themselves here from the page of their visit. You can put them here, too, also without a visit.</EmptyState> : list(open, 'Who waits')}
        {over.length > 0 && <Details summary="Who waited in the last 30 days">{list(over, 'Who waited')}</Details>}
      </>)
  },
})

type LineFacts = { types: ReadonlyMap<string, VisitType>; choices: Awaited<ReturnType<typeof readWishChoices>>; zone: string }
function lineOf(wait: WaitLine, name: string, { types, choices, zone }: LineFacts) {
  const asked = wait.offers === 0 ? 'nothing offered yet' : `${wait.offers} offered`
  return {
    href: `${waitlistPath}/${wait.id}`, title: name,
    detail: <>{types.get(wait.visitTypeId)?.name.en}, {sayWishes(wait, choices)}. {wait.visitStartsAt ? `Visit now ${formatWhen(wait.visitStartsAt, zone, 'moment-short')}.` : 'No visit yet.'} Since {formatWhen(wait.since, zone, 'day-short')}, {asked}.</>,
    aside: wait.endedWhy ? <Badge tone="plain">{endWords[wait.endedWhy]}</Badge> : wait.openOffers > 0 ? <Badge tone="calm">Asked now</Badge> : wait.priority > 0 ? <Badge tone="notice">Comes first</Badge> : undefined,
  }
}

/** Whom to put on it. */
export const consoleWaitFor = (book: PatientBook): StaffPage => ({
  for: { staff: keepSchedule },
  get: ctx => showSearch(ctx),
  post: async (ctx, form) => showSearch(ctx, await searchPatients(ctx, book, form)),
})

const showSearch = (ctx: Ctx<StaffActor>, search: PatientSearch = {}): Promise<Answer> =>
  showInSchedule(ctx, { title: 'Put somebody on the waitlist', page: '/waitlist', lead: 'Who is it?', back: { href: waitlistPath, words: 'Waitlist' } }, <FindPatient {...search} hrefOf={id => `${waitlistPath}/new/${id}`} />)

/** With a visit ahead that would be moved, or for a kind of visit that is not booked yet. */
export const consoleNewWait = (book: PatientBook): StaffPage => ({
  for: { staff: keepSchedule },
  get: (ctx, { params, query }) => showNew(ctx, book, params.patient!, { values: query.has('visit') ? { what: `visit ${query.get('visit')}` } : undefined }),
  async post(ctx, form, { params }) {
    const patientId = await mayActFor(ctx, params.patient!)
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const [kind = '', id = ''] = text('what').split(' ')
    const { wishes, problems, values } = await readWishes(ctx, form, { say: words('en'), needsUntil: kind === 'type' })
    const typed = { ...values, what: text('what').slice(0, 50), rank: text('rank').slice(0, 1), how: text('how').slice(0, 10), reason: text('reason') }
    const wrong: Problems = { ...problems, ...(!isUuid(id) && { what: 'Choose what they wait for.' }) }
    if (Object.keys(wrong).length > 0) return showNew(ctx, book, patientId, { problems: wrong, values: typed })
    const put = kind === 'visit'
      ? await joinWaitlist(ctx, id, wishes)
      : await putOnWaitlist(ctx, { ...wishes, untilDay: wishes.untilDay!, patientId, visitTypeId: id, mode: modes.find(one => one === text('how')) ?? 'in-person', priority: Number(text('rank')) || 0, reason: text('reason') })
    return put.ok ? seeOther(`${waitlistPath}/${put.id}?said=waits`) : showNew(ctx, book, patientId, { values: typed, refusal: refusals[put.reason], status: 409 })
  },
})
const refusals = { over: 'That visit is over, or it was cancelled.', 'too-late': 'That visit is so near that it can no longer be moved online.', 'not-offered': 'That visit cannot be done so. Choose another way.', 'too-many': 'They wait for six kinds of visit already.' }

type New = { problems?: Problems; values?: Values | undefined; refusal?: string; status?: number }
async function showNew(ctx: Ctx<StaffActor>, book: PatientBook, id: string, { problems, values, refusal, status }: New): Promise<Answer> {
  const patientId = await mayActFor(ctx, id)
  const name = (await book.names(ctx, [patientId])).get(patientId)
  if (name === undefined) throw new NotFound()
  const { ahead } = await listOwnVisits(ctx, patientId)
  const [types, places, zone] = [await readVisitTypes(ctx), await readPlaces(ctx), await ctx.house.shell.zone(ctx)]
  const visits = ahead.filter(visit => isPlanned(visit.status)).map(visit => ({ value: `visit ${visit.id}`, label: `${types.get(visit.visitTypeId)?.name.en}, ${formatWhen(visit.startsAt, places.get(visit.locationId)?.zone ?? zone, 'moment-short')}`, group: 'Earlier than a visit that is booked' }))
  const kinds = (await listVisitTypes(ctx)).map(type => ({ value: `type ${type.id}`, label: type.name.en, group: 'A visit that is not booked yet' }))
  const today = dayIn(ctx.now(), zone)
  const title = `Put ${name} on the waitlist`
  return showInSchedule(ctx, { title, page: '/waitlist', back: { href: waitlistPath, words: 'Waitlist' }, status: problems ? 422 : status ?? 200 },
    <>
      {refusal && <Notice tone="notice" title={refusal} />}
      <Form label={title} problems={problems} values={values}>
        <Select name="what" label="What they wait for" choices={[...visits, ...kinds]} emptyLabel="Choose" />
        <Select name="how" label="How" size="short" hint="A visit that is booked stays as it is." value="in-person" choices={modes.map(one => ({ value: one, label: modeWords[one] }))} />
        <WishFields wishes={{ ...wishedAnything, untilDay: addDays(today, 90) }} choices={await readWishChoices(ctx, undefined)} today={today} say={words('en')} locale="en" />
        <Select name="rank" label="Who comes first" size="short" value="0" choices={rankChoices} />
        <TextArea name="reason" label="What is it about?" hint="For a visit that is not booked yet. It goes with the visit." isOptional rows={2} maxLength={mostReason} />
        <Actions><Button>Put them on it</Button></Actions>
      </Form>
    </>)
}
