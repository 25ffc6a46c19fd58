import type { Job } from '#platform/jobs.ts'
import { sendMailJob } from '#platform/send-mail.ts'
import { sweepFilesJob } from '#platform/store-file.ts'
import { sweepJob } from '#platform/sweep.ts'
import { pullJobs } from '#integrations/ehr-fhir-pull/jobs.ts'
import { feedsJobs } from '#integrations/ehr-hl7v2/process-messages.ts'
import { twilioJobs } from '#integrations/twilio/jobs.ts'
import { accountsJobs } from '#accounts'
import { feedbackJobs } from '#feedback'
import { noticesJobs } from '#notices'
import { releaseJobs } from '#release'
import { patientNames, recordsJobs } from '#records'
import { reviewJobs } from '#review'
import { safetyJobs } from '#safety'
import { schedulingJobs, visitAnswers } from '#scheduling'
import { workJobs } from '#work'
import { writingJobs } from '#writing'

/** Every background job on one screen. */
export const jobs: readonly Job[] = [
  sweepJob, sweepFilesJob, sendMailJob,
  ...accountsJobs, ...workJobs, ...safetyJobs, ...noticesJobs, ...feedbackJobs, ...releaseJobs, ...schedulingJobs, ...recordsJobs, ...reviewJobs, ...writingJobs, ...pullJobs, ...feedsJobs, ...twilioJobs(visitAnswers({ names: patientNames })),
]
