import type { StaffPage } from '#platform/page.tsx'
import { dayIn, formatWhen } from '#platform/when.ts'
import { Badge } from '#ui/notice.tsx'
import { Facts } from '#ui/things.tsx'
import { seeSchedule } from '../access.ts'
import { readReceived } from '../list-received.ts'
import type { PatientBook } from '../patient-book.ts'
import { statusWords } from '../shared.ts'
import { schedulePath, showInSchedule } from './console-frame.tsx'
import { readPlaces } from './visit-words.tsx'

/** One visit of the EHR's: to be read here, and changed there. */
export const consoleReceived = (book: PatientBook): StaffPage => ({
  for: { staff: seeSchedule },
  async get(ctx, { params }) {
    const visit = await readReceived(ctx, params.id!)
    const place = (await readPlaces(ctx)).get(visit.locationId ?? '')
    const zone = place?.zone ?? await ctx.house.shell.zone(ctx)
    const name = (await book.names(ctx, [visit.patientId])).get(visit.patientId) ?? 'Unknown'
    const minutes = Math.round((visit.endsAt.getTime() - visit.startsAt.getTime()) / 60_000)
    const back = { href: `${schedulePath}?day=${dayIn(visit.startsAt, zone)}`, words: `Schedule of ${formatWhen(visit.startsAt, zone, 'day')}` }
    return showInSchedule(ctx, { title: name, page: '/received', lead: formatWhen(visit.startsAt, zone, 'moment'), back, aside: <Badge tone={visit.status === 'no-show' ? 'notice' : visit.status === 'cancelled' ? 'plain' : 'calm'}>{statusWords[visit.status]}</Badge> },
      <>
        <p>{visit.isOurs ? 'From the EHR, which keeps the calendar.' : `Sent by “${visit.source}”.`} Change it there: what it sends next shows here.</p>
        <Facts items={[
          { term: 'What', words: `${visit.what || 'A visit'}, ${minutes} minutes` }, { term: 'With', words: visit.who || <span className="soft">It does not say.</span> },
          { term: 'Where', words: place?.name ?? (visit.placeName || <span className="soft">It does not say.</span>) },
          { term: 'Patient', words: <a href={`/console/patients/${visit.patientId}`}>{name}</a> },
        ]} />
      </>)
  },
})
