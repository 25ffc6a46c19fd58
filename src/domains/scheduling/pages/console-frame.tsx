import type { ReactNode } from 'react'
import type { View } from '#platform/answer.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { may } from '#platform/permission.ts'
import { dayIn, instantAt } from '#platform/when.ts'
import { isDay } from '#practice'
import { PageHead } from '#ui/things.tsx'
import { Tabs } from '#ui/wayfinding.tsx'
import { keepSchedule, ownSchedule, planSchedule, planWaits, seeSchedule } from '../access.ts'
import { readCalendar } from '../keep-calendar.ts'

export const schedulePath = '/console/schedule'
/** What one does all day; and, apart from it, what is set once: ten words in a row are read by nobody. */
const daily = [
  { page: '', words: 'Schedule', needs: seeSchedule }, { page: '/find', words: 'Find a time', needs: keepSchedule }, { page: '/book', words: 'Book a visit', needs: seeSchedule }, { page: '/changes', words: 'Changed online', needs: seeSchedule }, { page: '/waitlist', words: 'Waitlist', needs: seeSchedule },
  { page: '/copy', words: 'To copy', needs: keepSchedule }, { page: '/feed', words: 'On your own calendar', needs: ownSchedule },
] as const
const planning = [
  { page: '/types', words: 'Visit types', needs: planSchedule }, { page: '/reasons', words: 'Reasons', needs: planSchedule }, { page: '/hours', words: 'Hours and leave', needs: planSchedule }, { page: '/waitlist/settings', words: 'Earlier times', needs: planWaits },
  { page: '/measures', words: 'Figures', needs: planSchedule },
  { page: '/calendar', words: 'Calendar', needs: planSchedule },
] as const
const said: Readonly<Record<string, string>> = {
  booked: 'Booked.',
  moved: 'Moved.',
  cancelled: 'Cancelled. The time is free.',
  confirmed: 'Confirmed. The patient is told.',
  declined: 'Declined. The time is free, and the patient is told.',
  'need-reason': 'Choose why. The patient reads it.',
  marked: 'Noted.',
  answered: 'Noted with the visit.',
  copied: 'Noted: it is in the EHR.',
  ended: 'The address is worth nothing any more.',
  matched: 'They are one visit now.',
  saved: 'Saved. It counts from now on.',
  removed: 'Removed.',
  waits: 'They are on the list. They hear when a time comes free.',
  'saved-wait': 'Saved.',
  changed: 'Somebody has changed this visit meanwhile. Look at it again: nothing was done.',
  'not-yet': 'It is too early to say that.',
}
/** What was not done, and is no good news. */
const refused = new Set<string | null | undefined>(['changed', 'not-yet', 'need-reason'])

type Facts = { title: string; lead?: ReactNode; page: string; back?: { href: string; words: string }; aside?: ReactNode; status?: number; said?: string | null | undefined }

/** A page of the schedule: what these roles may open of it, its head, what was just done. */
export async function showInSchedule(ctx: Ctx<StaffActor>, { title, lead, page, back, aside, status, said: what }: Facts, content: ReactNode): Promise<View> {
  const flash = said[what ?? '']
  // What is to be copied is somebody's work only where another keeps the calendar.
  const isPlanning = planning.some(tab => tab.page === page)
  const shown = (isPlanning ? planning : daily).filter(tab => may(ctx, tab.needs))
  const other = (isPlanning ? daily : planning).find(tab => may(ctx, tab.needs))
  const hasCopies = (await readCalendar(ctx)).source !== null
  return ctx.house.shell.console(ctx, { title, current: isPlanning || !may(ctx, seeSchedule) ? `${schedulePath}/types` : schedulePath, ...(status && { status }), ...(flash && { flash: { words: flash, ...(refused.has(what) && { tone: 'notice' as const }) } }) },
    <>
      <Tabs label="Schedule" current={schedulePath + page} items={[
        ...shown.filter(tab => tab.page !== '/copy' || hasCopies || page === '/copy').map(tab => ({ href: schedulePath + tab.page, words: tab.words })),
        ...(other ? [{ href: schedulePath + other.page, words: isPlanning ? 'Back to the schedule' : 'Set up' }] : []),
      ]} />
      <PageHead title={title} lead={lead} back={back} aside={aside} />
      {content}
    </>)
}

/** The day that was asked for, or today where the practice is. */
export const dayFrom = (typed: string | null, now: Date, zone: string): string => (typed && isDay(typed) && typed > '2000' && typed < '2200' ? typed : dayIn(now, zone))
export const startOf = (day: string, zone: string): Date => instantAt(day, '00:00', zone)
