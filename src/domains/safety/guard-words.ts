import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { pageOnCall } from '#work'
import { checkRedFlags, type RedFlagKind } from './check-red-flags.ts'
import { askedField, choiceField, type DangerChoice } from './shared.ts'

export type Guarded = { isAsked: false; kinds: readonly RedFlagKind[]; isNow: boolean } | { isAsked: true; kinds: readonly RedFlagKind[] }
const choices: readonly DangerChoice[] = ['send', 'not-now']

/**
 * Looks at words that a person sends. Where they may mean danger and nothing was chosen yet, `isAsked`: show `RedFlagPanel` in the form. Whoever
 * has chosen is not asked again, unless the words now tell of another danger; nobody is kept from sending.
 */
export function guardWords(form: FormData, ...texts: readonly string[]): Guarded {
  const kinds = [...new Set(texts.flatMap(text => checkRedFlags(text).map(({ kind }) => kind)))]
  const said = form.getAll(choiceField)
  const chosen = choices.find(choice => said.includes(choice))   // "now" counts for more than "not now"
  const asked = new Set(form.getAll(askedField).flatMap(about => String(about).split(' ')))
  if (kinds.length > 0 && !(chosen && kinds.every(kind => asked.has(kind)))) return { isAsked: true, kinds }
  return { isAsked: false, kinds, isNow: kinds.length > 0 && chosen === 'send' }
}

/** What was answered when they were asked; undefined where nothing was heard. It stands with what they sent. */
export const dangerChoice = (guarded: Guarded | undefined): 'now' | 'not-now' | undefined => (!guarded || guarded.isAsked || guarded.kinds.length === 0 ? undefined : guarded.isNow ? 'now' : 'not-now')

const kindWords: Record<RedFlagKind, string> = {
  chest: 'pain in the chest', stroke: 'signs of a stroke', breathing: 'trouble breathing', bleeding: 'bleeding', 'self-harm': 'harm to themselves', overdose: 'too much of a medicine, or a poison', pregnancy: 'danger in pregnancy', allergy: 'an allergic reaction',
}
export const dangerInWords = (kinds: readonly RedFlagKind[]): string => kinds.map(kind => kindWords[kind]).join(', ')

/** For the task about these words. It does not say of what they may tell: more people see tasks than may read what patients write (N12). */
export function taskWordsOf(guarded: Guarded | undefined): string {
  const choice = dangerChoice(guarded)
  return choice ? `The words may tell of danger. They were asked whether it is happening now, and said ${choice === 'now' ? 'yes: whoever is on call was paged' : 'no: nobody was paged'}.` : ''
}

/** Pages whoever is on call about words that were sent as happening now. What was written stays where it is kept; the page says what it may mean. */
export async function pageAboutWords(tx: Ctx, { kinds, patientId, subject, where }: { kinds: readonly RedFlagKind[]; patientId?: string; subject: { type: string; id: string }; where: string }): Promise<void> {
  await pageOnCall(tx, {
    kind: 'red-flag', title: 'Somebody may be in danger now', subject, ...(patientId && { patientId }),
    body: `What they wrote may mean ${dangerInWords(kinds)}, and they say that it is happening now. Call them, and write down the call here. What they wrote: ${where}.`,
  })
  await audit(tx, 'safety.paged', { ...(patientId && { patientId }), kind: subject.type, ids: [subject.id] })
}
