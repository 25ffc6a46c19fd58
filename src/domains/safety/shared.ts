export { checkRedFlags, type RedFlag, type RedFlagKind } from './check-red-flags.ts'

/** What somebody chose when they were asked whether it is happening now. */
export type DangerChoice = 'send' | 'not-now'
/** The names under which the choice goes with its form, and what it was asked about: another danger is asked about anew. */
export const choiceField = 'danger'
export const askedField = 'danger-about'
