import type { ReactNode } from 'react'
import { inTransaction } from '#platform/db.ts'
import type { Answer, PageRequest } from '#platform/page.tsx'
import { formatWhen } from '#platform/when.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { pathIn } from '#practice'
import { RedFlagPanel, RedFlagWatch, type RedFlagKind } from '#safety'
import { Button } from '#ui/button.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { asNewcomer, findNewcomer, readNewcomer, type Newcomer, type NewcomerCtx } from '../find-newcomer.ts'
import { newcomerHold } from '../hold-for-newcomer.ts'
import type { Hold } from '../hold-time.ts'
import { questionsOf, settledAnswers, typedAnswers } from '../note-answers.ts'
import { listQuestions, listResources, readVisitType } from '../read-settings.ts'
import type { VisitType } from '../shared.ts'
import { IntakeQuestions, questionsAsked } from './intake-questions.tsx'
import { linesOf } from './practice-lines.ts'
import { bookPath, CallUs, Key, showStep, type SiteCtx } from './site-book-frame.tsx'
import { showVisit } from './site-book-visit.tsx'
import { readPlaces, sayPrice, VisitFacts } from './visit-words.tsx'

export type Kept = { newcomer: Newcomer; hold: Hold; type: VisitType; zone: string; facts: ReactNode }
/** What is kept for whom, with the time in full. Undefined once the ten minutes are over. */
export async function readKept(ctx: SiteCtx, token: string, locale: Locale, say: Say): Promise<Kept | undefined> {
  const known = await findNewcomer(ctx, token)
  if (!known || known.isBooked) return undefined
  const { newcomer, hold } = await inTransaction(asNewcomer(ctx, known.id), async tx => ({ newcomer: await readNewcomer(tx, known.id), hold: await newcomerHold(tx as NewcomerCtx) }))
  if (!newcomer || !hold) return undefined
  const [type, places] = [(await readVisitType(ctx, hold.visitTypeId, { isOpen: false }))!, await readPlaces(ctx)]
  const place = places.get(hold.locationId)
  const zone = place?.zone ?? await ctx.house.shell.zone(ctx)
  const who = (await listResources(ctx, { isOpen: false })).find(one => one.id === hold.resourceId)?.name ?? ''
  const more = type.priceCents === null ? [] : [{ term: say('visits.cost'), words: say('visits.price', { price: sayPrice(type.priceCents, locale) }) }]
  return { newcomer, hold, type, zone, facts: <VisitFacts {...{ type, mode: hold.mode, startsAt: hold.startsAt, who, place, zone, locale, say, more }} /> }
}

export type Said = { problems?: Problems; values?: Values; danger?: readonly RedFlagKind[]; status?: number }

/** Whether nothing is left to ask about the kind of visit whose time is kept. */
export async function isAllAnswered(ctx: SiteCtx, token: string): Promise<boolean> {
  const known = await findNewcomer(ctx, token)
  const newcomer = known && await inTransaction(asNewcomer(ctx, known.id), tx => readNewcomer(tx, known.id))
  return settledAnswers(await questionsOf(ctx, token), newcomer?.answers ?? []) !== undefined
}

/** The questions of the kind of visit, after those about who comes and before the code: what must be answered is answered before anything is booked. */
export async function showQuestions(ctx: SiteCtx, request: PageRequest, token: string, { problems, values, danger, status }: Said = {}): Promise<Answer> {
  const [{ locale }, say] = [request, words(request.locale)]
  const kept = await readKept(ctx, token, locale, say)
  if (!kept) return showVisit(ctx, request, token)   // booked in another tab, or over
  const { newcomer, hold, zone, facts } = kept
  const [lines, questions] = [await linesOf(ctx, locale), await listQuestions(ctx, hold.visitTypeId)]
  return showStep(ctx, locale, { title: say('book.step.questions'), lead: say('book.kept', { time: formatWhen(hold.expiresAt, zone, 'time', locale) }), ...(status && { status }) },
    <>
      <Form action={pathIn(`${bookPath}/questions`, locale)} label={say('book.step.questions')} hasKey={false} problems={problems} asked={questionsAsked(questions, locale)} values={values ?? typedAnswers(questions, newcomer.answers)}>
        {danger && <RedFlagPanel kinds={danger} lines={lines} say={say} />}
        <Key token={token} />
        <IntakeQuestions {...{ questions, locale, say }} />
        <RedFlagWatch lines={lines} say={say} />
        {newcomer.codeId && !newcomer.contactShownAt && <p>{say('book.questions.code')}</p>}
        <Button isWide>{say('visits.reason.on')}</Button>
      </Form>
      {facts}
      {await CallUs({ ctx, say })}
    </>)
}
