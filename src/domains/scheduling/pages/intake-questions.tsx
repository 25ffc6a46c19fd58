import type { Locale, Say } from '#platform/words.ts'
import { inLocale, langOf } from '#practice/shared'
import { Actions, LinkButton } from '#ui/button.tsx'
import { Radios } from '#ui/choices.tsx'
import { TextArea } from '#ui/fields.tsx'
import type { Problems } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { fieldOfQuestion, type Answer, type AnswerProblem } from '../answer-questions.ts'
import { mostAnswer, type Question } from '../shared.ts'

type Props = { questions: readonly Question[]; locale: Locale; say: Say
  /** Of staff nothing need be answered, and nobody calls 911 for themselves. */
  isDesk?: boolean }

/** What the practice asks before this kind of visit, as fields of the form around it. Free texts want the form's `RedFlagWatch` and `guardWords`. */
export function IntakeQuestions({ questions, locale, say, isDesk = false }: Props) {
  return questions.map(({ id, kind, words, options, isRequired }) => {
    const field = { name: fieldOfQuestion(id), label: <span lang={langOf(words, locale)}>{inLocale(words, locale)}</span>, isOptional: isDesk || !isRequired }
    if (kind === 'text') return <TextArea key={id} {...field} rows={2} maxLength={mostAnswer} {...(!isDesk && { standing: say('visits.confirm.standing') })} />
    const choices = kind === 'yes-no'
      ? (['yes', 'no'] as const).map(value => ({ value, label: say(`visits.${value}`) }))
      : options.map(option => ({ value: option.en, label: <span lang={langOf(option, locale)}>{inLocale(option, locale)}</span> }))
    return <Radios key={id} {...field} isInline={kind === 'yes-no'} choices={choices} />
  })
}

/** With the visit: that there is something to answer; a word by the way where none of it must be. `path`: where. */
export function AskedStill({ questions, path, say }: { questions: readonly Question[]; path: string; say: Say }) {
  if (questions.length === 0) return null
  if (!questions.some(one => one.isRequired)) return <p><a href={path}>{say('visits.questions.more')}</a></p>
  return <Notice tone="notice" title={say('visits.questions.open')}><Actions><LinkButton href={path}>{say('visits.questions.do')}</LinkButton></Actions></Notice>
}

/** What was asked, in words, for the list of what was left out. */
export const questionsAsked = (questions: readonly Question[], locale: Locale): Record<string, string> => Object.fromEntries(questions.map(({ id, words }) => [fieldOfQuestion(id), inLocale(words, locale)]))

export const sayProblems = (problems: Readonly<Record<string, AnswerProblem>>, say: Say): Problems => Object.fromEntries(Object.entries(problems).map(([field, problem]) => [field, say(`visits.answer.${problem}`, { count: mostAnswer })]))

/** Answers as facts, in the reader's language where the practice wrote them in it; a free text as it was written. */
export const answerFacts = (answers: readonly Pick<Answer, 'kind' | 'asked' | 'said' | 'locale'>[], locale: Locale) => answers.map(({ asked, said, kind, locale: written }) => ({
  term: <span lang={langOf(asked, locale)}>{inLocale(asked, locale)}</span>,
  words: kind === 'text' ? <span className="as-written" lang={written}>{said.en}</span> : <span lang={langOf(said, locale)}>{inLocale(said, locale)}</span>,
}))
