export { safetyJobs } from './jobs.ts'
