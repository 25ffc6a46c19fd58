import { Invalid } from '#platform/errors.ts'
import type { Ctx, PatientActor, ProxyActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { practiceCard } from '#practice'
import { guardWords, pageAboutWords, RedFlagPanel, RedFlagWatch, type RedFlagKind } from '#safety'
import { Actions, Button } from '#ui/button.tsx'
import { TextArea } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Badge, EmptyState } from '#ui/notice.tsx'
import { PageHead, RowList, Section } from '#ui/things.tsx'
import { fileStatement } from '../answer-report.ts'
import { answerPulse } from '../ask-pulse.ts'
import { listOwnReports, readOwnReport, type Report } from '../list-reports.ts'
import { mostWords, pulseAnswers } from '../shared.ts'

type PortalCtx = Ctx<PatientActor | ProxyActor>
const here = '/portal/feedback'

/** All that one has told or asked, open and answered: nothing that was said gets lost (N12). */
export const portalFeedback: PortalPage = {
  for: 'patient',
  async get(ctx, { locale }) {
    const say = words(locale)
    const zone = await ctx.house.shell.zone(ctx)
    const reports = await listOwnReports(ctx, await mayActFor(ctx, ctx.actor.patientId))
    return ctx.house.shell.portal(ctx, { title: say('feedback.title'), current: here },
      <>
        <PageHead title={say('feedback.title')} lead={say('feedback.lead')} />
        {reports.length === 0
          ? <EmptyState icon="message-circle" title={say('feedback.empty')}>{say('feedback.empty-more')}</EmptyState>
          : <RowList label={say('feedback.title')} rows={reports.map(report => ({
              href: `${here}/${report.id}`, title: report.title,
              detail: <>{say(`feedback.kind.${report.kind}`)} · {formatWhen(report.sentAt, zone, 'day', locale)}</>,
              aside: <State report={report} say={say} />,
            }))} />}
      </>)
  },

  /** The one question after reading answers here, and the page goes back to where it stood. */
  async post(ctx, form) {
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const answer = pulseAnswers.find(one => one === form.get('pulse'))
    const back = String(form.get('back') ?? '')
    if (answer) await answerPulse(ctx, patientId, { about: form.get('about') === 'note' ? 'note' : 'result', answer })
    return seeOther(/^\/portal\/(results|notes)\/[0-9a-f-]{36}$/.test(back) ? back : here)
  },
}

const State = ({ report, say }: { report: Report; say: Say }) => report.reply ? <Badge tone="calm">{say(`feedback.outcome.${report.reply.outcome}`)}</Badge> : <Badge tone="info">{say('feedback.open')}</Badge>

/** One of them: what was shown, what one said, by when somebody answers, the answer. */
export const portalReport: PortalPage = {
  for: 'patient',
  get: (ctx, { params, query, locale }) => showReport(ctx, params.id!, locale, { isJustSent: query.get('said') === 'sent' }),

  async post(ctx, form, { params, locale }) {
    const typed = String(form.get('words') ?? '')
    const guarded = guardWords(form, typed)
    if (guarded.isAsked) return showReport(ctx, params.id!, locale, { values: { words: typed }, danger: guarded.kinds })
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    try {
      await fileStatement(ctx, patientId, params.id!, { words: typed, locale, guarded })
      if (guarded.isNow) await pageAboutWords(ctx, { kinds: guarded.kinds, patientId, subject: { type: 'feedback', id: params.id! }, where: `/console/feedback/${params.id}` })
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return showReport(ctx, params.id!, locale, { problems: { words: words(locale)('feedback.write-something') }, values: { words: typed } })
    }
    return seeOther(`${here}/${params.id}`)
  },
}

async function showReport(ctx: PortalCtx, id: string, locale: Locale, { isJustSent, problems, values, danger }: { isJustSent?: boolean; problems?: Problems; values?: Values; danger?: readonly RedFlagKind[] }): Promise<Answer> {
  const say = words(locale)
  const zone = await ctx.house.shell.zone(ctx)
  const report = await readOwnReport(ctx, await mayActFor(ctx, ctx.actor.patientId), id)
  const due = formatWhen(report.dueAt, zone, 'moment', locale)
  return ctx.house.shell.portal(ctx, { title: report.title, current: here, status: problems || danger ? 422 : 200, ...(isJustSent && { flash: { words: say('feedback.thanks') } }) },
    <>
      <PageHead title={say(`feedback.kind.${report.kind}`)} back={{ href: here, words: say('feedback.title') }} aside={<State report={report} say={say} />} />
      {!report.reply && <p className="lead">{say(report.dueAt > ctx.now() ? 'feedback.answer-by' : 'feedback.late', { when: due })}</p>}
      {report.reply && <Reply report={report} say={say} when={formatWhen(report.reply.at, zone, 'day', locale)} />}
      <Section title={say('feedback.about')}>
        <p><strong>{report.title}</strong></p>
        {report.excerpt && <p className="as-written">{report.excerpt}</p>}
      </Section>
      {report.words && <Section title={say('feedback.you-wrote')}><p className="as-written" lang={report.locale}>{report.words}</p><p className="soft">{formatWhen(report.sentAt, zone, 'moment', locale)}</p></Section>}
      {report.statement && <Section title={say('feedback.statement')}><p className="as-written" lang={report.statement.locale}>{report.statement.words}</p><p className="soft">{say('feedback.statement-stands')}</p></Section>}
      {report.reply?.outcome === 'declined' && !report.statement && <StatementForm say={say} problems={problems} values={values} danger={danger} lines={await linesOf(ctx, locale)} />}
    </>)
}

function Reply({ report: { reply }, say, when }: { report: Report; say: Say; when: string }) {
  return (
    <Section title={say('feedback.our-answer')}>
      <p>{say('feedback.thanks')}</p>
      <p className="as-written" lang={reply!.locale}>{reply!.words}</p>
      {reply!.correction && <><h3>{say('feedback.correction')}</h3><p className="as-written" lang={reply!.locale}>{reply!.correction}</p><p className="soft">{say('feedback.correction-stands')}</p></>}
      <p className="soft">{reply!.byName}, {when}</p>
    </Section>
  )
}

async function linesOf(ctx: PortalCtx, locale: Locale) {
  const { phone, afterHours } = await practiceCard(ctx)
  return { phone, afterHours: afterHours[locale].words || undefined }
}

type StatementProps = { say: Say; problems: Problems | undefined; values: Values | undefined; danger: readonly RedFlagKind[] | undefined; lines: Awaited<ReturnType<typeof linesOf>> }
function StatementForm({ say, problems, values, danger, lines }: StatementProps) {
  return (
    <Section title={say('feedback.disagree')}>
      <p>{say('feedback.disagree-more')}</p>
      <Form problems={problems} values={values} label={say('feedback.disagree')}>
        {danger && <RedFlagPanel kinds={danger} lines={lines} say={say} />}
        <TextArea name="words" label={say('feedback.statement')} maxLength={mostWords} standing={say('feedback.standing')} />
        <RedFlagWatch lines={lines} say={say} />
        <Actions><Button icon="send">{say('feedback.file')}</Button></Actions>
      </Form>
    </Section>
  )
}
