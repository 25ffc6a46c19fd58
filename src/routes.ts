import type { Pages } from '#platform/page.tsx'
import type { Streams } from '#platform/serve-live.ts'
import { accountsPages } from '#accounts/pages'
import { consoleAgreements } from '#home/pages/console-agreements.tsx'
import { consoleAudit } from '#home/pages/console-audit.tsx'
import { consoleBackups } from '#home/pages/console-backups.tsx'
import { consoleJobs } from '#home/pages/console-jobs.tsx'
import { consoleMail, consoleOutbox } from '#home/pages/console-outbox.tsx'
import { consoleToday } from '#home/pages/console-today.tsx'
import { portalAccessLog } from '#home/pages/portal-access-log.tsx'
import { portalHome } from '#home/pages/portal-home.tsx'
import { siteContact, siteContactSent } from '#home/pages/site-contact.tsx'
import { siteHome } from '#home/pages/site-home.tsx'
import { feedbackPages } from '#feedback/pages'
import { noticesPages } from '#notices/pages'
import { practicePages } from '#practice/pages'
import { feedsPages } from '#integrations/ehr-hl7v2/pages.ts'
import { pullPages } from '#integrations/ehr-fhir-pull/pages.ts'
import { recordsPages } from '#records/pages'
import { releasePages } from '#release/pages'
import { reviewPages } from '#review/pages'
import { safetyPages } from '#safety/pages'
import { beginPatient, mergePatients, ownEhrs, patientContacts, patientNames, searchPatients } from '#records'
import { schedulingPages, schedulingStreams } from '#scheduling/pages'
import { workPages } from '#work/pages'
import { writingPages } from '#writing/pages'

/** Every page of the three faces. Who may come in stands on each page (`for`); the front door enforces it. */
export const pages: Pages = {
  '/': siteHome,
  '/contact': siteContact,
  '/contact/sent': siteContactSent,
  '/portal': portalHome,
  '/portal/access-log': portalAccessLog,
  '/console': consoleToday,
  '/console/audit': consoleAudit,
  '/console/backups': consoleBackups,
  '/console/jobs': consoleJobs,
  '/console/outbox': consoleOutbox,
  '/console/outbox/agreements': consoleAgreements,
  '/console/outbox/:id': consoleMail,
  ...accountsPages,
  ...practicePages,
  ...workPages,
  ...safetyPages,
  ...noticesPages,
  ...feedbackPages,
  ...releasePages,
  ...schedulingPages({ names: patientNames, contacts: patientContacts, find: searchPatients, ownEhrs, begin: beginPatient, join: mergePatients }),
  ...recordsPages,
  ...reviewPages,
  ...writingPages,
  ...feedsPages,
  ...pullPages,
}

/** What open screens listen to. */
export const streams: Streams = { ...schedulingStreams }

/** Visitors' pages stand below /es as well; what machines read has one address. */
export const hasSpanish = (path: string): boolean => !/^\/(assets|pictures|sitemap\.xml|robots\.txt|session|sign-out|feed\.xml)/.test(path)
