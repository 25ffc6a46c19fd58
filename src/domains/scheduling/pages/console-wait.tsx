import { may } from '#platform/permission.ts'
import { seeOther, type StaffPage } from '#platform/page.tsx'
import { formatDay, formatWhen } from '#platform/when.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { Form } from '#ui/form.tsx'
import { Badge, EmptyState } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { Details, Facts, Section } from '#ui/things.tsx'
import { keepSchedule, seeSchedule } from '../access.ts'
import type { Wishes } from '../choose-offers.ts'
import { leaveWaitlist, rankWait } from '../join-waitlist.ts'
import { readWait, type OfferLine } from '../list-waits.ts'
import type { PatientBook } from '../patient-book.ts'
import { readVisitType } from '../read-settings.ts'
import { modeWords, type DayPart, type OfferEnd, type WaitEnd } from '../shared.ts'
import { schedulePath, showInSchedule } from './console-frame.tsx'
import { readPlaces } from './visit-words.tsx'
import { readWishChoices, weekdayWords } from './wait-words.tsx'

export const endWords: Readonly<Record<WaitEnd, string>> = { accepted: 'Has an earlier time', left: 'Left it', desk: 'Taken off by us', over: 'The visit was cancelled or has begun', until: 'The last day is past' }
const offerEndWords: Readonly<Record<OfferEnd, string>> = { accepted: 'They took it', declined: 'They said no', taken: 'Somebody else has it, or it is no longer free', expired: 'Nobody answered in time', withdrawn: 'Taken back: their plans changed', untold: 'There was no way to tell them' }
export const rankChoices = [{ value: '0', label: 'In turn' }, { value: '1', label: 'Before the others' }, { value: '2', label: 'Before everybody' }]
const partWords: Readonly<Record<DayPart, string>> = { morning: 'mornings', afternoon: 'afternoons', evening: 'evenings' }

/** In one line: days, parts of the day, with whom and where. */
export function sayWishes({ weekdays, parts, resourceId, locationId, untilDay }: Wishes, { whos, places }: Awaited<ReturnType<typeof readWishChoices>>): string {
  const label = (of: readonly { value: string; label: string }[], id: string | null) => of.find(one => one.value === id)?.label
  const days = weekdays.length === 7 ? 'any day' : String([...weekdays].sort()) === '1,2,3,4,5' ? 'Monday to Friday' : [...weekdays].sort().map(day => weekdayWords(day, 'en').slice(0, 3)).join(', ')
  const [who, where] = [label(whos, resourceId), label(places, locationId)]
  return [days, ...(parts.length === 3 ? [] : [parts.map(part => partWords[part]).join(' and ')]), ...(who ? [`with ${who}`] : []), ...(where ? [`at ${where}`] : []), ...(untilDay ? [`until ${formatDay(untilDay)}`] : [])].join(', ')
}

/** One who waits: what for, what was offered and how that ended. */
export const consoleWait = (book: PatientBook): StaffPage => ({
  for: { staff: seeSchedule },
  async get(ctx, { params, query }) {
    const wait = await readWait(ctx, params.id!)
    const [type, zone, places] = [await readVisitType(ctx, wait.visitTypeId, { isOpen: false }), await ctx.house.shell.zone(ctx), await readPlaces(ctx)]
    const name = (await book.names(ctx, [wait.patientId])).get(wait.patientId) ?? 'Unknown'
    const canKeep = may(ctx, keepSchedule) && wait.endedAt === null
    return showInSchedule(ctx, { title: name, page: '/waitlist/one', said: query.get('said'), back: { href: `${schedulePath}/waitlist`, words: 'Waitlist' }, aside: wait.endedWhy ? <Badge tone="plain">{endWords[wait.endedWhy]}</Badge> : <Badge tone="calm">Waits</Badge> },
      <>
        <Facts items={[
          { term: 'What', words: `${type?.name.en ?? 'A visit'}, ${modeWords[wait.mode].toLowerCase()}` },
          { term: 'When', words: sayWishes(wait, await readWishChoices(ctx, undefined)) },
          { term: 'Visit now', words: wait.visitId && wait.visitStartsAt ? <a href={`${schedulePath}/visits/${wait.visitId}`}>{formatWhen(wait.visitStartsAt, places.get(wait.visitLocationId ?? '')?.zone ?? zone, 'moment')}</a> : 'None is booked' },
          { term: 'Since', words: `${formatWhen(wait.since, zone, 'moment')}, ${wait.addedAs === 'staff' ? 'put here by us' : wait.addedAs === 'proxy' ? 'by who looks after them' : 'by themselves'}` },
          { term: 'Turn', words: rankChoices[wait.priority]!.label },
          ...(wait.reason ? [{ term: 'Why', words: <span className="as-written">{wait.reason}</span> }] : []),
          { term: 'Patient', words: <a href={`/console/patients/${wait.patientId}`}>{name}</a> },
        ]} />
        {canKeep && <Keep rank={wait.priority} />}
        <Section title="What was offered">
          {wait.offers.length === 0 ? <EmptyState icon="hourglass" title="Nothing yet.">When a time comes free that suits them, it stands here, with how it ended.</EmptyState> : <Offers offers={wait.offers} zoneOf={id => places.get(id)?.zone ?? zone} zone={zone} />}
        </Section>
      </>)
  },
  async post(ctx, form, { params }) {
    const here = `${schedulePath}/waitlist`
    const wait = await readWait(ctx, params.id!)
    if (form.get('action') === 'rank') {
      await rankWait(ctx, wait.id, Number(form.get('rank')))
      return seeOther(`${here}/${wait.id}?said=saved-wait`)
    }
    if (form.get('action') === 'end') await leaveWaitlist(ctx, wait.id)
    return seeOther(`${here}?said=removed`)
  },
})

const Keep = ({ rank }: { rank: number }) => (
  <>
    <Form isInline label="Who comes first">
      <Select name="rank" label="Turn" size="short" value={String(rank)} choices={rankChoices} />
      <Button kind="secondary" name="action" value="rank">Save</Button>
    </Form>
    <Details summary="Take them off the list">
      <p>They hear of no more earlier times. A visit that is booked stays.</p>
      <Form label="Take them off the list"><Actions><Button kind="danger" name="action" value="end">Take them off the list</Button></Actions></Form>
    </Details>
  </>
)

function Offers({ offers, zone, zoneOf }: { offers: readonly OfferLine[]; zone: string; zoneOf: (locationId: string) => string }) {
  const told = (offer: OfferLine) => (offer.told > 0 ? `${formatWhen(offer.toldAt ?? offer.offeredAt, zone, 'moment-short')}, group ${offer.round}` : offer.endedAt ? 'Not told' : 'Not told yet')
  return (
    <Table caption="The latest first" isCaptionHidden columns={[{ key: 'time', words: 'Time' }, { key: 'told', words: 'Told' }, { key: 'end', words: 'How it ended' }]}
      rows={offers.map(offer => ({ key: offer.id, cells: {
        time: `${formatWhen(offer.startsAt, zoneOf(offer.locationId), 'moment-short')}, ${offer.who}`, told: told(offer),
        end: offer.endedWhy === null ? `Open until ${formatWhen(offer.expiresAt, zone, 'moment-short')}` : offer.becameId ? <a href={`${schedulePath}/visits/${offer.becameId}`}>{offerEndWords.accepted}</a> : offerEndWords[offer.endedWhy],
      } }))} />
  )
}
