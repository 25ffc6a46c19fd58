import type { Pages } from '#platform/page.tsx'
import type { PatientBook } from './patient-book.ts'
import { portalAppointment, portalAppointments, portalCalendarFile } from './pages/portal-appointments.tsx'
import { portalBook, portalMove, portalTimes } from './pages/portal-book.tsx'
import { portalCancel, portalHeld } from './pages/portal-confirm.tsx'

/** The pages, for a house that knows who the patients are. */
export const schedulingPages = (book: PatientBook): Pages => ({
  '/portal/appointments': portalAppointments(book),
  '/portal/appointments/new': portalBook,
  '/portal/appointments/new/:type': portalTimes,
  '/portal/appointments/held/:id': portalHeld,
  '/portal/appointments/:id': portalAppointment,
  '/portal/appointments/:id/move': portalMove,
  '/portal/appointments/:id/cancel': portalCancel,
  '/portal/appointments/:id/visit.ics': portalCalendarFile,
})
