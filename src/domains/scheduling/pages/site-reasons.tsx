import { takeTurn } from '#platform/rate-limit.ts'
import type { Answer, PageRequest } from '#platform/page.tsx'
import { words, type Locale } from '#platform/words.ts'
import { pathIn, practiceCard } from '#practice'
import { inLocale, langOf } from '#practice/shared'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { telephone } from '#ui/practice-facts.ts'
import { chooseVisit, fieldOfScreening, readScreening, type Outcome } from '../choose-visit.ts'
import { isForNewcomers } from '../find-newcomer.ts'
import { listReasons, listVisitTypes } from '../read-settings.ts'
import type { Reason, VisitType } from '../shared.ts'
import { linesOf } from './practice-lines.ts'
import { DangerFound, ScreeningQuestions, screeningsAsked } from './screening-questions.tsx'
import { AlreadyPatient, bookPath, CallUs, showStep, type SiteCtx } from './site-book-frame.tsx'
import { showTimes } from './site-times.tsx'

const reasonField = 'reason'
const allPath = (locale: Locale): string => `${pathIn(bookPath, locale)}?all=yes`

/** What the practice is come to for, one a button: what is pressed says something about somebody's health, so no address has it. The list of visits is for whom none fits. */
export async function showSiteReasons(ctx: SiteCtx, locale: Locale, { problem }: { problem?: string } = {}): Promise<Answer> {
  const say = words(locale)
  const { name } = await practiceCard(ctx)
  return showStep(ctx, locale, { title: say('book.title'), lead: say('book.lead'), isIndexed: true, description: say('book.about', { name }), ...(problem && { status: 422 }) },
    <>
      {problem && <Notice tone="notice" title={problem} />}
      <Form action={pathIn(bookPath, locale)} label={say('visits.reason.title')} hasKey={false}>
        <h2>{say('visits.reason.title')}</h2>
        <p>{say('visits.reason.lead')}</p>
        <ul className="reason-list">{(await listReasons(ctx)).map(({ id, words: named }) => <li key={id}><Button kind="secondary" isWide name={reasonField} value={id}><span lang={langOf(named, locale)}>{inLocale(named, locale)}</span></Button></li>)}</ul>
      </Form>
      <p><a href={allPath(locale)}>{say('visits.reason.other')}</a></p>
      <AlreadyPatient say={say} />
      {await CallUs({ ctx, say })}
    </>)
}

/** A reason was pressed, or its questions answered. What is answered chooses the visit, stands in no address and is kept nowhere. */
export async function answerReasons(ctx: SiteCtx, form: FormData, request: PageRequest): Promise<Answer> {
  const { locale } = request
  const reason = (await listReasons(ctx)).find(one => one.id === form.get(reasonField))
  if (!reason) return showSiteReasons(ctx, locale, { problem: words(locale)('visits.not-offered') })
  const { yes, missing } = readScreening(reason, form)
  const outcome = chooseVisit(reason, yes, forNewcomers(await listVisitTypes(ctx)))
  // A danger that was told waits for no other answer.
  if (missing.length === 0 || (outcome.kind === 'danger' && yes.size > 0)) return lead(ctx, reason, outcome, request)
  if (!reason.questions.some(({ id }) => form.has(fieldOfScreening(id))) && form.get('do') !== 'answer') return showQuestions(ctx, reason, locale)
  const values = Object.fromEntries(reason.questions.map(({ id }) => [fieldOfScreening(id), String(form.get(fieldOfScreening(id)) ?? '').slice(0, 3)]))
  return showQuestions(ctx, reason, locale, { values, problems: Object.fromEntries(missing.map(id => [fieldOfScreening(id), words(locale)('visits.answer.choose')])) })
}

/** What somebody new books for the visit that they want: that visit, or, where it is for patients we know, the one first visit there is. */
function forNewcomers(types: readonly VisitType[]): (wanted: string) => string | undefined {
  const firsts = types.filter(({ who }) => who === 'new')
  return wanted => {
    const type = types.find(({ id }) => id === wanted)
    return type && (isForNewcomers(type) ? wanted : type.who === 'established' && firsts.length === 1 ? firsts[0]!.id : undefined)
  }
}

function showQuestions(ctx: SiteCtx, reason: Reason, locale: Locale, { problems, values }: { problems?: Problems; values?: Values } = {}): Promise<Answer> {
  const say = words(locale)
  return showStep(ctx, locale, { title: inLocale(reason.words, locale), lang: langOf(reason.words, locale), lead: say('visits.reason.ask'), ...(problems && { status: 422 }) },
    <>
      <Form action={pathIn(bookPath, locale)} label={inLocale(reason.words, locale)} problems={problems} asked={screeningsAsked(reason, locale)} values={values} hasKey={false}>
        <input type="hidden" name={reasonField} value={reason.id} />
        <ScreeningQuestions {...{ reason, locale, say }} />
        <Actions><Button name="do" value="answer">{say('visits.reason.on')}</Button></Actions>
      </Form>
      <p><a href={pathIn(bookPath, locale)}>{say('visits.reason.title')}</a></p>
    </>)
}

async function lead(ctx: SiteCtx, reason: Reason, outcome: Outcome, request: PageRequest): Promise<Answer> {
  const { locale } = request
  const say = words(locale)
  if (outcome.kind === 'visit') {
    // Looking for times goes through months, whichever way it is asked.
    const turn = await takeTurn(ctx, 'open-times', { address: request.clientAddress })
    return showTimes(ctx, { ...request, query: new URLSearchParams(), params: { type: outcome.visitTypeId } }, { about: reason.id, isInstead: outcome.isInstead === true, ...(!turn.ok && { problem: say('book.too-often'), status: 429 }) })
  }
  const { phone } = await practiceCard(ctx)
  return showStep(ctx, locale, { title: inLocale(reason.words, locale), lang: langOf(reason.words, locale) },
    <>
      {outcome.kind === 'danger'
        ? <DangerFound isSelf={outcome.isSelf} lines={await linesOf(ctx, locale)} say={say}><Actions><LinkButton kind="secondary" href={allPath(locale)}>{say('visits.reason.not-now')}</LinkButton></Actions></DangerFound>
        : <Notice tone="notice" title={say('visits.reason.call')}>{phone && <Actions><LinkButton icon="phone" href={telephone(phone)}>{say('visits.call', { phone: phone.text })}</LinkButton></Actions>}</Notice>}
      <p><a href={pathIn(bookPath, locale)}>{say('visits.reason.title')}</a></p>
    </>)
}
