export type PointKind = 'phone' | 'mailbox'
/** One telephone or one mailbox. */
export type Point = { kind: PointKind; address: string }
/** Why nothing goes to somebody any more. */
export type Silence = 'deceased' | 'inactive'
export const silences: readonly Silence[] = ['deceased', 'inactive']
