import type { ReactNode } from 'react'
import type { Answer, PageRequest, SitePage } from '#platform/page.tsx'
import { formatWhen } from '#platform/when.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { pathIn, practiceCard } from '#practice'
import { commonLanguages, inLocale, languageName } from '#practice/shared'
import { guardWords, RedFlagPanel, RedFlagWatch } from '#safety'
import { textsAgreement } from '#notices'
import { Actions, Button } from '#ui/button.tsx'
import { Checkbox, Radios, Select } from '#ui/choices.tsx'
import { DateField, Field, TextArea } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { readAnswersFrom } from '../answer-questions.ts'
import { bookNewcomer, type NewcomerBooked } from '../book-newcomer.ts'
import { describeNewcomer, newcomerFields, newcomersToday, pointOf, readTyped, sendCodeAgain, type NewcomerField, type NewcomerTyped } from '../describe-newcomer.ts'
import { forWhoms, type Newcomer } from '../find-newcomer.ts'
import { cutoffOf, type Hold } from '../hold-time.ts'
import { keepNoted, noteAnswers, questionsOf } from '../note-answers.ts'
import { listReasons } from '../read-settings.ts'
import { mostReason, payses } from '../shared.ts'
import { sayProblems } from './intake-questions.tsx'
import { showEnded } from './site-book-ended.tsx'
import { addressWords, bookPath, CallUs, Key, keyField, showStep, toTheStart, type SiteCtx } from './site-book-frame.tsx'
import { isAllAnswered, readKept, showQuestions, type Said } from './site-book-questions.tsx'
import { showVisit } from './site-book-visit.tsx'

const tokenOf = (form: FormData): string => String(form.get(keyField) ?? '')

/** Who comes, in eight questions. */
export const siteAbout: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: toTheStart,
  async post(ctx, form, request) {
    const [token, say] = [tokenOf(form), words(request.locale)]
    if (form.get('do') === 'change') return showAbout(ctx, request, token)
    const typed = Object.fromEntries(newcomerFields.map(name => [name, String(form.get(name) ?? '').replaceAll('\r\n', '\n')])) as NewcomerTyped
    const guarded = guardWords(form, typed.reason, typed.needs)
    const read = readTyped(typed, await newcomersToday(ctx))
    const said = { values: typed, status: 422, ...(guarded.kinds.length > 0 && { danger: guarded.kinds }) }
    if (!read.ok) return showAbout(ctx, request, token, { ...said, problems: Object.fromEntries((Object.entries(read.problems) as [NewcomerField, string][]).map(([name, key]) => [name, say(`book.problem.${key}`)])) })
    if (guarded.isAsked) return showAbout(ctx, request, token, said)
    const described = await describeNewcomer(ctx, token, read.facts, { ...request, guarded })
    if (!described.ok) return described.reason === 'hold-ended' ? showEnded(ctx, request.locale, token) : showAbout(ctx, request, token, { ...said, status: 429, problems: { '': say('book.too-often') } })
    if (described.isBooked || described.isShown) return afterCode(ctx, request, token, await bookNewcomer(ctx, token, ''))
    return await isAllAnswered(ctx, token) ? showCode(ctx, request, token) : showQuestions(ctx, request, token)
  },
}

/** What is asked about this kind of visit, where it has questions: a short step of its own. */
export const siteQuestions: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: toTheStart,
  async post(ctx, form, request) {
    const [token, say, { locale }] = [tokenOf(form), words(request.locale), request]
    const questions = await questionsOf(ctx, token)
    const { answers, problems, values, texts } = readAnswersFrom(questions, form, locale)
    const guarded = guardWords(form, ...texts)
    const said = { values, status: 422, ...(guarded.kinds.length > 0 && { danger: guarded.kinds }) }
    if (Object.keys(problems).length > 0) return showQuestions(ctx, request, token, { ...said, problems: sayProblems(problems, say) })
    if (guarded.isAsked) return showQuestions(ctx, request, token, said)
    const kept = await keepNoted(ctx, token, noteAnswers(questions, answers, locale), guarded)
    if (!kept.ok) return showEnded(ctx, locale, token)
    return kept.isShown ? afterCode(ctx, request, token, await bookNewcomer(ctx, token, '')) : showCode(ctx, request, token)
  },
}

/** The code that went to them. Only the right one books. */
export const siteCode: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: toTheStart,
  async post(ctx, form, request) {
    const [token, say] = [tokenOf(form), words(request.locale)]
    if (form.get('do') !== 'again') return afterCode(ctx, request, token, await bookNewcomer(ctx, token, String(form.get('code') ?? '').slice(0, 40)))
    const sent = await sendCodeAgain(ctx, token, request)
    if (sent.ok) return sent.isBooked ? showVisit(ctx, request, token) : showCode(ctx, request, token, { isAgain: true })
    return sent.reason === 'hold-ended' ? showEnded(ctx, request.locale, token) : showCode(ctx, request, token, { status: 429, problems: { '': say('book.too-often') } })
  },
}

async function afterCode(ctx: SiteCtx, request: PageRequest, token: string, booked: NewcomerBooked): Promise<Answer> {
  const say = words(request.locale)
  if (booked.ok) return showVisit(ctx, request, token)
  if (booked.reason === 'hold-ended') return showEnded(ctx, request.locale, token)
  if (booked.reason === 'unanswered') return showQuestions(ctx, request, token)
  if (booked.reason === 'already') {
    return showStep(ctx, request.locale, { title: say('book.already.title'), status: 409 }, <><p>{say('book.already.words')}</p>{await CallUs({ ctx, say })}</>)
  }
  return showCode(ctx, request, token, { status: 422, problems: { code: say(`book.code.${booked.reason}`) } })
}

/** What it is about was chosen before the time was: it stands there until they write themselves. */
async function aboutWords(ctx: SiteCtx, { about }: Hold, { name }: Newcomer, locale: Locale): Promise<string | undefined> {
  const reason = about && name === null ? (await listReasons(ctx)).find(one => one.id === about) : undefined
  return reason && inLocale(reason.words, locale)
}

export async function showAbout(ctx: SiteCtx, request: PageRequest, token: string, { problems, values, danger, status }: Said = {}): Promise<Answer> {
  const [{ locale }, say] = [request, words(request.locale)]
  const kept = await readKept(ctx, token, locale, say)
  if (!kept) return showVisit(ctx, request, token)   // booked in another tab, or over
  const { newcomer, hold, type, zone, facts } = kept
  const card = await practiceCard(ctx)
  const lines = { phone: card.phone, afterHours: card.afterHours[locale].words || undefined }
  const cutoff = cutoffOf(type, hold.startsAt)
  return showStep(ctx, locale, { title: say('book.step.about'), lead: say('book.kept', { time: formatWhen(hold.expiresAt, zone, 'time', locale) }), ...(status && { status }) },
    <>
      {facts}
      <p>{cutoff > ctx.now() ? say('visits.cutoff', { when: formatWhen(cutoff, zone, 'moment', locale) }) : say('visits.cutoff-over')}</p>
      <Form action={pathIn(`${bookPath}/about`, locale)} label={say('book.step.about')} hasKey={false} problems={problems} asked={{ for: say('book.ask.for'), pays: say('book.ask.pays') }} values={values ?? typedBefore(newcomer, await aboutWords(ctx, hold, newcomer, locale))}>
        {danger && <RedFlagPanel kinds={danger} lines={lines} say={say} />}
        <Key token={token} />
        <Questions {...{ say, locale }} agreement={await textsAgreement(ctx, locale)} watch={<RedFlagWatch lines={lines} say={say} />} />
        <Button isWide>{say('book.ask.send')}</Button>
      </Form>
      {await CallUs({ ctx, say })}
    </>)
}

const typedBefore = (one: Newcomer, about?: string): Values => ({
  for: one.forWhom ?? undefined, asker: one.askedBy, name: one.name ?? '', 'birth-date': one.birthDate ?? '', contact: one.contact ?? '', speaks: one.speaks || one.locale, interpreter: one.needsInterpreter ? 'yes' : '', needs: one.accessNeeds,
  pays: one.pays ?? undefined, plan: one.plan, reason: about ?? one.reason,
})

function Questions({ say, locale, agreement, watch }: { say: Say; locale: Locale; agreement: string; watch: ReactNode }) {
  return (
    <>
      <Radios name="for" label={say('book.ask.for')} choices={forWhoms.map(one => ({ value: one, label: say(`book.ask.for.${one}`) }))} />
      <Field name="name" label={say('book.ask.name')} autoComplete="off" maxLength={120} />
      <DateField name="birth-date" label={say('book.ask.birth-date')} />
      <Field name="asker" label={say('book.ask.asker')} autoComplete="name" maxLength={120} isOptional />
      <Field name="contact" label={say('book.ask.contact')} hint={<>{say('book.ask.contact-hint')} {agreement}</>} inputMode="email" autoCapitalize="none" spellCheck={false} autoComplete="email" maxLength={254} />
      <Select name="speaks" label={say('book.ask.speaks')} choices={commonLanguages.map(code => ({ value: code, label: languageName(code, locale) }))} />
      <Checkbox name="interpreter" label={say('book.ask.interpreter')} />
      <Field name="needs" label={say('book.ask.needs')} hint={say('book.ask.needs-hint')} maxLength={500} isOptional />
      <Radios name="pays" label={say('book.ask.pays')} choices={payses.map(one => ({ value: one, label: say(`book.ask.pays.${one}`), ...(one === 'self' && { hint: say('book.ask.pays.self-more') }) }))} />
      <Field name="plan" label={say('book.ask.plan')} maxLength={120} isOptional />
      <TextArea name="reason" label={say('book.ask.reason')} hint={say('book.ask.reason-hint')} isOptional rows={3} maxLength={mostReason} standing={say('book.ask.standing')} />
      {watch}
    </>
  )
}

async function showCode(ctx: SiteCtx, request: PageRequest, token: string, { problems, status, isAgain }: { problems?: Problems; status?: number; isAgain?: boolean } = {}): Promise<Answer> {
  const [{ locale }, say] = [request, words(request.locale)]
  const kept = await readKept(ctx, token, locale, say)
  if (!kept) return showVisit(ctx, request, token)
  const point = pointOf(kept.newcomer)
  if (!point) return showAbout(ctx, request, token)
  const { hold, type, zone, facts } = kept
  const action = pathIn(`${bookPath}/code`, locale)
  return showStep(ctx, locale, { title: say('book.code.title'), lead: say(`book.code.sent-${point.kind}`, { address: addressWords(point) }), ...(status && { status }) },
    <>
      {isAgain && <Notice title={say('book.code.sent-again')} />}
      <Form action={action} label={say('book.code.title')} hasKey={false} problems={problems}>
        <Key token={token} />
        <Field name="code" label={say('book.code.label')} hint={say('book.code.hint')} inputMode="numeric" autoComplete="one-time-code" size="short" maxLength={12} isFirst={!problems} />
        <Button isWide>{say(type.needsApproval ? 'book.code.ask' : 'book.code.book')}</Button>
      </Form>
      <p>{say('book.kept', { time: formatWhen(hold.expiresAt, zone, 'time', locale) })}</p>
      {facts}
      <Form action={action} label={say('book.code.again')} hasKey={false} prefix="again-">
        <Key token={token} />
        <p>{say('book.code.again-more')}</p>
        <Actions><Button kind="secondary" name="do" value="again">{say('book.code.again')}</Button><Button kind="quiet" name="do" value="change" formAction={pathIn(`${bookPath}/about`, locale)}>{say('book.code.change')}</Button></Actions>
      </Form>
    </>)
}
