import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { pageOnCall } from '#work'
import { checkRedFlags, type RedFlagKind } from './check-red-flags.ts'

/** What somebody chose when they were asked whether it is happening now. */
export type DangerChoice = 'send' | 'not-now'
export type Guarded = { isAsked: false; kinds: readonly RedFlagKind[]; isNow: boolean } | { isAsked: true; kinds: readonly RedFlagKind[] }
const choices: readonly DangerChoice[] = ['send', 'not-now']

/**
 * Looks at words that a person sends. Where they may mean danger and nothing was chosen yet, `isAsked`: show `RedFlagPanel` in the form. Once
 * they have chosen they are never asked again, and never kept from sending.
 */
export function guardWords(form: FormData, ...texts: readonly string[]): Guarded {
  const kinds = [...new Set(texts.flatMap(text => checkRedFlags(text).map(({ kind }) => kind)))]
  const chosen = choices.find(choice => choice === form.get('danger'))
  if (kinds.length > 0 && !chosen) return { isAsked: true, kinds }
  return { isAsked: false, kinds, isNow: kinds.length > 0 && chosen === 'send' }
}

const kindWords: Record<RedFlagKind, string> = {
  chest: 'pain in the chest', stroke: 'signs of a stroke', breathing: 'trouble breathing', bleeding: 'bleeding', 'self-harm': 'harm to themselves', overdose: 'too much of a medicine, or a poison', pregnancy: 'danger in pregnancy', allergy: 'an allergic reaction',
}

/** Pages whoever is on call about words that were sent as happening now. What was written stays where it is kept; the page says what it may mean. */
export async function pageAboutWords(tx: Ctx, { kinds, patientId, subject, where }: { kinds: readonly RedFlagKind[]; patientId?: string; subject: { type: string; id: string }; where: string }): Promise<void> {
  await pageOnCall(tx, {
    kind: 'red-flag', title: 'Somebody may be in danger now', subject, ...(patientId && { patientId }),
    body: `What they wrote may mean ${kinds.map(kind => kindWords[kind]).join(', ')}, and they did not say that it is over. Call them, and write down the call here. What they wrote: ${where}.`,
  })
  await audit(tx, 'safety.paged', { ...(patientId && { patientId }), kind: subject.type, ids: [subject.id] })
}
