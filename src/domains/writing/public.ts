export { writingJobs } from './jobs.ts'
