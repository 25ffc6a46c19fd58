import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type PortalPage } from '#platform/page.tsx'
import { words, type Locale } from '#platform/words.ts'
import { practiceCard } from '#practice'
import { inLocale, langOf } from '#practice/shared'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { telephone } from '#ui/practice-facts.ts'
import { PageHead, RowList } from '#ui/things.tsx'
import { chooseVisit, fieldOfScreening, readScreening, type Outcome } from '../choose-visit.ts'
import { isBookable } from '../hold-time.ts'
import { listReasons, listVisitTypes } from '../read-settings.ts'
import type { Reason } from '../shared.ts'
import { visitsPath } from './portal-appointments.tsx'
import { linesOf } from './practice-lines.ts'
import { DangerFound, ScreeningQuestions, screeningsAsked } from './screening-questions.tsx'
import type { PortalCtx } from './visit-words.tsx'
import { sayWhose } from './whose-visit.tsx'

const newPath = `${visitsPath}/new`

/** What the practice is come to for, one a line, and the list of visits for whom none fits. */
export async function showReasons(ctx: PortalCtx, { reasons, locale }: { reasons: readonly Reason[]; locale: Locale }): Promise<Answer> {
  const say = words(locale)
  return ctx.house.shell.portal(ctx, { title: say('visits.reason.title'), current: visitsPath },
    <>
      <PageHead title={say('visits.reason.title')} lead={say('visits.reason.lead')} back={{ href: visitsPath, words: say('visits.title') }} />
      {await sayWhose(ctx, say)}
      <RowList label={say('visits.reason.title')} rows={reasons.map(reason => ({ href: `${newPath}/about/${reason.id}`, title: <span lang={langOf(reason.words, locale)}>{inLocale(reason.words, locale)}</span> }))} />
      <p><LinkButton kind="secondary" href={`${newPath}?all=yes`}>{say('visits.reason.other')}</LinkButton></p>
    </>)
}

/** A few questions about a reason. What is answered chooses the visit and is kept nowhere. */
export const portalAbout: PortalPage = {
  for: 'patient',
  async get(ctx, { params, locale }) {
    const reason = await readReason(ctx, params.reason!)
    return reason.questions.length > 0 ? showQuestions(ctx, reason, locale) : lead(ctx, reason, { outcome: await outcomeOf(ctx, reason, new Set()), locale })
  },
  async post(ctx, form, { params, locale }) {
    const reason = await readReason(ctx, params.reason!)
    const { yes, missing } = readScreening(reason, form)
    const outcome = await outcomeOf(ctx, reason, yes)
    // A danger that was told waits for no other answer.
    if (missing.length === 0 || outcome.kind === 'danger' && yes.size > 0) return lead(ctx, reason, { outcome, locale })
    const values = Object.fromEntries(reason.questions.map(({ id }) => [fieldOfScreening(id), String(form.get(fieldOfScreening(id)) ?? '').slice(0, 3)]))
    return showQuestions(ctx, reason, locale, { values, problems: Object.fromEntries(missing.map(id => [fieldOfScreening(id), words(locale)('visits.answer.choose')])) })
  },
}

async function readReason(ctx: PortalCtx, id: string): Promise<Reason> {
  const reason = (await listReasons(ctx)).find(one => one.id === id)
  if (!reason) throw new NotFound()
  return reason
}

async function outcomeOf(ctx: PortalCtx, reason: Reason, yes: ReadonlySet<string>): Promise<Outcome> {
  const offered = new Set((await listVisitTypes(ctx)).filter(isBookable).map(({ id }) => id))
  return chooseVisit(reason, yes, id => (offered.has(id) ? id : undefined))
}

function showQuestions(ctx: PortalCtx, reason: Reason, locale: Locale, { problems, values }: { problems?: Problems; values?: Values } = {}): Promise<Answer> {
  const say = words(locale)
  const title = inLocale(reason.words, locale)
  return ctx.house.shell.portal(ctx, { title, current: visitsPath, ...(problems && { status: 422 }) },
    <>
      <PageHead title={<span lang={langOf(reason.words, locale)}>{title}</span>} lead={say('visits.reason.ask')} back={{ href: newPath, words: say('visits.reason.title') }} />
      <Form label={title} problems={problems} asked={screeningsAsked(reason, locale)} values={values} hasKey={false}>
        <ScreeningQuestions {...{ reason, locale, say }} />
        <Actions><Button>{say('visits.reason.on')}</Button></Actions>
      </Form>
    </>)
}

async function lead(ctx: PortalCtx, reason: Reason, { outcome, locale }: { outcome: Outcome; locale: Locale }): Promise<Answer> {
  if (outcome.kind === 'visit') return seeOther(`${newPath}/${outcome.visitTypeId}?about=${reason.id}`)
  const [say, { phone }, title] = [words(locale), await practiceCard(ctx), inLocale(reason.words, locale)]
  return ctx.house.shell.portal(ctx, { title, current: visitsPath },
    <>
      <PageHead title={<span lang={langOf(reason.words, locale)}>{title}</span>} back={{ href: newPath, words: say('visits.reason.title') }} />
      {outcome.kind === 'danger'
        ? <DangerFound isSelf={outcome.isSelf} lines={await linesOf(ctx, locale)} say={say}><Actions><LinkButton kind="secondary" href={`${newPath}?all=yes`}>{say('visits.reason.not-now')}</LinkButton></Actions></DangerFound>
        : <Notice tone="notice" title={say('visits.reason.call')}>{phone && <Actions><LinkButton icon="phone" href={telephone(phone)}>{say('visits.call', { phone: phone.text })}</LinkButton></Actions>}</Notice>}
    </>)
}
