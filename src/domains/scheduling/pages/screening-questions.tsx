import type { ReactNode } from 'react'
import type { Locale, Say } from '#platform/words.ts'
import { inLocale, langOf } from '#practice/shared'
import { DangerNotice } from '#safety'
import { Radios } from '#ui/choices.tsx'
import { fieldOfScreening } from '../choose-visit.ts'
import type { Reason } from '../shared.ts'

/** What is asked about a reason, yes or no each, as fields of the form around it. */
export function ScreeningQuestions({ reason, locale, say }: { reason: Reason; locale: Locale; say: Say }) {
  return reason.questions.map(({ id, words }) => (
    <Radios key={id} isInline name={fieldOfScreening(id)} label={<span lang={langOf(words, locale)}>{inLocale(words, locale)}</span>} choices={(['yes', 'no'] as const).map(value => ({ value, label: say(`visits.${value}`) }))} />
  ))
}

/** The same in words, for the list of what was left out. */
export const screeningsAsked = (reason: Reason, locale: Locale): Record<string, string> => Object.fromEntries(reason.questions.map(({ id, words }) => [fieldOfScreening(id), inLocale(words, locale)]))

/** An answer tells of danger: whom to call now, and a way on for whom it is not happening now. */
export const DangerFound = ({ isSelf, lines, say, children }: { isSelf: boolean; lines: Parameters<typeof DangerNotice>[0]['lines']; say: Say; children?: ReactNode }) =>
  <DangerNotice kinds={isSelf ? ['self-harm'] : []} lines={lines} say={say}>{children}</DangerNotice>
