export { noticesJobs } from './jobs.ts'
