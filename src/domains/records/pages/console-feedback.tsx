import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { Invalid } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { formatDistance, formatWhen } from '#platform/when.ts'
import { namesOf } from '#accounts'
import { answerFeedback, countPulse, listReports, mayAnswer, outcomesOf, readReport, type Report } from '#feedback'
import { kindInWords, mostWords, outcomeInWords, type Outcome } from '#feedback/shared'
import { dangerInWords } from '#safety'
import { Actions, Button } from '#ui/button.tsx'
import { Radios } from '#ui/choices.tsx'
import { TextArea } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Badge, EmptyState, Notice } from '#ui/notice.tsx'
import { Facts, PageHead, RowList, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { Tabs } from '#ui/wayfinding.tsx'
import { answerAndTell } from '../answer-feedback.ts'
import { patientNames } from '../read-patient.ts'

const here = '/console/feedback'

/** What patients say of their record, due first. It shows to those who answer and to nobody who makes appointments (N12). */
export const consoleFeedback: StaffPage = {
  for: { staff: answerFeedback },
  async get(ctx, { query }) {
    const list = query.get('list') === 'closed' ? 'closed' : 'open'
    const reports = await listReports(ctx, list)
    const names = await patientNames(ctx, reports.map(report => report.patientId))
    const zone = await ctx.house.shell.zone(ctx)
    return ctx.house.shell.console(ctx, { title: 'What patients say', current: here, ...(query.get('said') === 'answered' && { flash: { words: 'Answered. The patient reads it now.' } }) },
      <>
        <PageHead title="What patients say" lead="Reports of what looks wrong, and questions about results." />
        <Tabs label="Lists" current={list === 'closed' ? `${here}?list=closed` : here} items={[{ href: here, words: 'Open' }, { href: `${here}?list=closed`, words: 'Answered' }]} />
        {reports.length === 0
          ? <EmptyState icon="circle-check" title={list === 'open' ? 'Nobody waits for an answer.' : 'Nothing was answered yet.'} />
          : <RowList label="Reports" rows={reports.map(report => rowOf(report, names.get(report.patientId) ?? 'A patient', ctx.now(), zone))} />}
        <PulseFigures counts={await countPulse(ctx)} />
      </>)
  },
}

const pulseInWords = { understood: 'Did you understand this page?', worried: 'Are you more worried than before you read it?', respected: 'Did the words feel respectful?' }

/** What readers said when they were asked the one question. Few answers are not told: they could be somebody’s. */
function PulseFigures({ counts }: { counts: Awaited<ReturnType<typeof countPulse>> }) {
  if (counts.length === 0) return null
  const said = (question: string, answer: string) => { const cell = counts.find(one => one.question === question && one.answer === answer); return cell ? cell.times ?? 'fewer than 11' : '0' }
  return (
    <Section title="How it was to read, in the last year">
      <Table caption="Answers to the one question" isCaptionHidden columns={[{ key: 'question', words: 'Asked' }, ...['yes', 'partly', 'no'].map(key => ({ key, words: { yes: 'Yes', partly: 'Partly', no: 'No' }[key]!, isNumber: true }))]}
        rows={Object.entries(pulseInWords).map(([question, words]) => ({ key: question, cells: { question: words, yes: said(question, 'yes'), partly: said(question, 'partly'), no: said(question, 'no') } }))} />
    </Section>
  )
}

function rowOf(report: Report, name: string, now: Date, zone: string) {
  const isLate = !report.closedAt && report.dueAt < now
  return {
    href: `${here}/${report.id}`, title: name, detail: <>{kindInWords[report.kind]} · {report.title} · came {formatDistance(report.sentAt, now)}</>,
    aside: report.reply ? <>{outcomeInWords[report.reply.outcome]} {formatWhen(report.reply.at, zone, 'moment-short')}</> : <>{isLate && <Badge tone="act">Overdue</Badge>} Answer by {formatWhen(report.dueAt, zone, 'moment-short')}</>,
  }
}

/** One report: what the patient saw, what they say, and the answer. */
export const consoleReport: StaffPage = {
  for: { staff: answerFeedback },
  get: (ctx, { params }) => showReport(ctx, params.id!),
  async post(ctx, form, { params }) {
    const text = (name: string) => String(form.get(name) ?? '')
    const values = { outcome: text('outcome'), words: text('words'), correction: text('correction'), locale: text('locale') }
    try {
      const answered = await answerAndTell(ctx, params.id!, { outcome: values.outcome as Outcome, words: values.words, correction: values.correction, locale: values.locale === 'es' ? 'es' : 'en' })
      if (!answered.ok) return showReport(ctx, params.id!, { problems: { '': 'Somebody has answered this already. Nothing was changed.' }, status: 409 })
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return showReport(ctx, params.id!, { problems: error.problems, values, status: 422 })
    }
    return seeOther(`${here}?said=answered`)
  },
}

type Shown = { problems?: Problems | undefined; values?: Values | undefined; status?: number }

async function showReport(ctx: Ctx<StaffActor>, id: string, { problems, values, status = 200 }: Shown = {}): Promise<Answer> {
  const report = await readReport(ctx, id)
  const zone = await ctx.house.shell.zone(ctx)
  const name = (await patientNames(ctx, [report.patientId])).get(report.patientId) ?? 'A patient'
  const owner = report.ownerId && (await namesOf(ctx, [report.ownerId])).get(report.ownerId)
  const at = (moment: Date) => formatWhen(moment, zone, 'moment')
  return ctx.house.shell.console(ctx, { title: kindInWords[report.kind], current: here, status },
    <>
      <PageHead title={kindInWords[report.kind]} back={{ href: here, words: 'What patients say' }} lead={<a href={`/console/patients/${report.patientId}`}>{name}</a>}
        aside={report.reply ? <Badge tone="calm">{outcomeInWords[report.reply.outcome]}</Badge> : report.dueAt < ctx.now() ? <Badge tone="act">Overdue</Badge> : null} />
      <Facts items={[
        { term: 'Came', words: at(report.sentAt) }, { term: 'The patient was told', words: `An answer by ${at(report.dueAt)}` },
        ...(report.actBy ? [{ term: 'The law’s limit', words: at(report.actBy) }] : []),
        ...(report.author ? [{ term: 'Written by', words: report.author }] : []), ...(owner ? [{ term: 'For', words: owner }] : []),
      ]} />
      <Section title="What the patient saw"><p><strong>{report.title}</strong></p><p className="as-written">{report.excerpt}</p></Section>
      <Section title="What the patient says"><Danger of={report} /><p className="as-written" lang={report.locale}>{report.words || 'They left it at that.'}</p></Section>
      {report.reply && <Section title={`${outcomeInWords[report.reply.outcome]}, ${report.reply.byName}, ${at(report.reply.at)}`}><p className="as-written">{report.reply.words}</p>{report.reply.correction && <p className="as-written">{report.reply.correction}</p>}</Section>}
      {report.statement && <Section title="The patient’s statement"><Danger of={report.statement} /><p className="as-written" lang={report.statement.locale}>{report.statement.words}</p></Section>}
      {!report.reply && (mayAnswer(ctx, report.kind) ? <AnswerForm report={report} problems={problems} values={values} /> : <Notice title="A clinician answers this." />)}
    </>)
}

/** Where their words may tell of danger: of what, and what they said when they were asked. */
function Danger({ of: { danger, dangerKinds } }: { of: Pick<Report, 'danger' | 'dangerKinds'> }) {
  if (!danger) return null
  return <Notice tone={danger === 'now' ? 'act' : 'notice'} title={`This may tell of ${dangerInWords(dangerKinds)}.`}><p>{danger === 'now' ? 'They said that it is happening now. Whoever is on call was paged.' : 'They were asked, and said that it is not happening now. Nobody was paged.'}</p></Notice>
}

function AnswerForm({ report: { kind, locale }, problems, values }: { report: Report } & Shown) {
  const outcomes = outcomesOf(kind)
  const choices = outcomes.map(outcome => ({ value: outcome, label: { accepted: 'Set it right: a correction stands beside the original', declined: 'Leave it as it is, and say why', answered: 'Answer' }[outcome] }))
  return (
    <Section title="Answer">
      <Form problems={problems} values={values} label="Answer">
        {outcomes.length > 1 ? <Radios name="outcome" label="What was done" choices={choices} /> : <input type="hidden" name="outcome" value={outcomes[0]} />}
        <TextArea name="words" label="To the patient" hint={`They read “Thank you for telling us.” first, then this.${locale === 'es' ? ' They wrote in Spanish.' : ''}`} maxLength={mostWords} />
        {outcomes.includes('accepted') && <TextArea name="correction" label="What is right" hint="Stands beside the original from now on, with your name and today’s date. The original is not changed." isOptional maxLength={mostWords} rows={3} />}
        <Radios name="locale" label="Your answer is in" isInline value={locale} choices={[{ value: 'en', label: 'English' }, { value: 'es', label: 'Spanish' }]} />
        <Actions><Button icon="send">Send the answer</Button></Actions>
      </Form>
    </Section>
  )
}
