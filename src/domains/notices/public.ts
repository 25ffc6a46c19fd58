export { noticesJobs } from './jobs.ts'
export { chooseTelling, tellingOf, tellings, type Telling, type TellingChoice } from './choose-telling.ts'
export { pingNewInPortal } from './ping-new.ts'
export { quietUntil } from './quiet-hours.ts'
