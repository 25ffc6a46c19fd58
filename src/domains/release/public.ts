export { releaseJobs } from './jobs.ts'
