export { findCharged, termIds, type Charged } from './explain/find-charged-words.ts'
