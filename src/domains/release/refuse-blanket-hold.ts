/**
 * R10: no setting of the practice may hold all results, or all that are abnormal, or all until they were looked at. Gives the reason in words
 * for whoever asks for it; nothing for the one default that is lawful. Source: ONC, information blocking FAQ on delays for review.
 */
export function refuseBlanketHold(wanted: string): string | undefined {
  if (wanted === 'at-once') return undefined
  return 'A rule that delays all results so that a clinician can look at them or call first is likely information blocking: the ONC says so of a delay “for any period”, and it does not count as preventing harm. A patient may ask for a delay for themselves, and a clinician may hold one result back whose reading would endanger life or safety.'
}
