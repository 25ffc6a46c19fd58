/** An expected no: a value with a reason from a closed union, which the page puts into words. */
export type Refused<R extends string> = { ok: false; reason: R }
export const refused = <R extends string>(reason: R): Refused<R> => ({ ok: false, reason })
