export { releaseJobs } from './jobs.ts'
export { classifyResult, type Classified } from './classify-result.ts'
export { decideRelease, type Decision, type Releasable } from './decide-release.ts'
export { businessDaysAfter, gatherRules, lawsHere, type Standing } from './gather-rules.ts'
