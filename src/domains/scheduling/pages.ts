import type { Pages } from '#platform/page.tsx'
import type { Streams } from '#platform/serve-live.ts'
import { seeSchedule } from './access.ts'
import { withNewcomers, type PatientBook } from './patient-book.ts'
import { consoleBook, consoleBookFor, consoleMove } from './pages/console-book.tsx'
import { consoleCalendar } from './pages/console-calendar.tsx'
import { consoleChanges } from './pages/console-changes.tsx'
import { consoleCopy } from './pages/console-copy.tsx'
import { consoleFeed } from './pages/console-feed.tsx'
import { consoleFind } from './pages/console-find.tsx'
import { consoleHours, consoleResource } from './pages/console-hours.tsx'
import { consoleNewcomer } from './pages/console-newcomer.tsx'
import { consoleReceived } from './pages/console-received.tsx'
import { consoleMeasures } from './pages/console-measures.tsx'
import { consoleSchedule } from './pages/console-schedule.tsx'
import { consoleNewType, consoleType, consoleTypes } from './pages/console-types.tsx'
import { consoleVisit } from './pages/console-visit.tsx'
import { consoleWait } from './pages/console-wait.tsx'
import { consoleNewWait, consoleWaitFor, consoleWaitlist } from './pages/console-waitlist.tsx'
import { consoleWaitSettings } from './pages/console-wait-settings.tsx'
import { consoleQuestions } from './pages/console-questions.tsx'
import { consoleReason, consoleReasons } from './pages/console-reasons.tsx'
import { portalAbout } from './pages/portal-about.tsx'
import { portalAppointment, portalAppointments, portalCalendarFile } from './pages/portal-appointments.tsx'
import { portalBook, portalMove, portalTimes } from './pages/portal-book.tsx'
import { portalCancel, portalHeld } from './pages/portal-confirm.tsx'
import { portalQuestions } from './pages/portal-questions.tsx'
import { portalOffer } from './pages/portal-offer.tsx'
import { portalWait, portalWaiting } from './pages/portal-wait.tsx'
import { siteVisit, siteVisitMove } from './pages/site-visit.tsx'

import { siteAbout, siteCode, siteQuestions } from './pages/site-book-steps.tsx'
import { siteBooked, siteBookedFile } from './pages/site-book-visit.tsx'
import { siteBook } from './pages/site-book.tsx'
import { siteTimes } from './pages/site-times.tsx'

/** The pages, for a house that knows who the patients are. */
export const schedulingPages = (patients: PatientBook): Pages => pagesWith(withNewcomers(patients))

const pagesWith = (book: PatientBook): Pages => ({
  '/v/:token': siteVisit,
  '/v/:token/move': siteVisitMove,
  '/book': siteBook,
  '/book/about': siteAbout,
  '/book/questions': siteQuestions,
  '/book/code': siteCode,
  '/book/visit': siteBooked,
  '/book/visit.ics': siteBookedFile,
  '/book/:type': siteTimes,
  '/portal/appointments': portalAppointments,
  '/portal/appointments/new': portalBook,
  '/portal/appointments/new/about/:reason': portalAbout,
  '/portal/appointments/new/:type': portalTimes,
  '/portal/appointments/held/:id': portalHeld,
  '/portal/appointments/offers/:id': portalOffer,
  '/portal/appointments/waiting/:id': portalWaiting,
  '/portal/appointments/:id': portalAppointment,
  '/portal/appointments/:id/questions': portalQuestions,
  '/portal/appointments/:id/wait': portalWait,
  '/portal/appointments/:id/move': portalMove,
  '/portal/appointments/:id/cancel': portalCancel,
  '/portal/appointments/:id/visit.ics': portalCalendarFile,
  '/console/schedule': consoleSchedule(book),
  '/console/schedule/find': consoleFind,
  '/console/schedule/book': consoleBookFor(book),
  '/console/schedule/book/:patient': consoleBook(book),
  '/console/schedule/visits/:id': consoleVisit(book),
  '/console/schedule/visits/:id/move': consoleMove(book),
  '/console/schedule/newcomers/:id': consoleNewcomer(book),
  '/console/schedule/received/:id': consoleReceived(book),
  '/console/schedule/copy': consoleCopy(book),
  '/console/schedule/feed': consoleFeed,
  '/console/schedule/calendar': consoleCalendar(book),
  '/console/schedule/waitlist': consoleWaitlist(book),
  '/console/schedule/waitlist/settings': consoleWaitSettings,
  '/console/schedule/waitlist/new': consoleWaitFor(book),
  '/console/schedule/waitlist/new/:patient': consoleNewWait(book),
  '/console/schedule/waitlist/:id': consoleWait(book),
  '/console/schedule/changes': consoleChanges(book),
  '/console/schedule/types': consoleTypes,
  '/console/schedule/types/new': consoleNewType,
  '/console/schedule/types/:id': consoleType,
  '/console/schedule/types/:id/questions': consoleQuestions,
  '/console/schedule/reasons': consoleReasons,
  '/console/schedule/reasons/:id': consoleReason,
  '/console/schedule/measures': consoleMeasures,
  '/console/schedule/hours': consoleHours,
  '/console/schedule/hours/:id': consoleResource,
})

/** Who has the schedule open, and whose visits they are, hears when one of them changes. */
export const schedulingStreams: Streams = {
  '/console/live/schedule': { topic: 'schedule', for: { staff: seeSchedule } },
  '/portal/live/visits': { topic: 'visits', for: 'patient' },
}
