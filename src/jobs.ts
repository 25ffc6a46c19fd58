import type { Job } from '#platform/jobs.ts'
import { sendMailJob } from '#platform/send-mail.ts'
import { sweepFilesJob } from '#platform/store-file.ts'
import { sweepJob } from '#platform/sweep.ts'
import { accountsJobs } from '#accounts'
import { workJobs } from '#work'

/** Every background job on one screen. */
export const jobs: readonly Job[] = [sweepJob, sweepFilesJob, sendMailJob, ...accountsJobs, ...workJobs]
