export type PointKind = 'phone' | 'mailbox'
/** One telephone or one mailbox. */
export type Point = { kind: PointKind; address: string }
/** A telephone that nobody has shown for a year gets no texts: numbers change hands. */
export const isStale = ({ kind, verifiedAt }: { kind: PointKind; verifiedAt: Date }, now: Date): boolean => kind === 'phone' && now.getTime() - verifiedAt.getTime() >= 365 * 86_400_000
/** Why nothing goes to somebody any more. */
export type Silence = 'deceased' | 'inactive'
export const silences: readonly Silence[] = ['deceased', 'inactive']
