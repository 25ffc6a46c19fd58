import type { DiagnosticReport, Observation } from '@medplum/fhirtypes'
import type { Ctx, PatientActor, ProxyActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { file, type PortalPage } from '#platform/page.tsx'
import { mayActFor, type AuthorizedPatientId } from '#platform/scope.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { readBeside, type Report } from '#feedback'
import { practiceCard } from '#practice'
import { Details, Facts, PageHead, Section } from '#ui/things.tsx'
import { LinkButton } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { telephone, type Phone } from '#ui/practice-facts.ts'
import { explainObservation, type ExplainedResult } from '../explain/explain-observation.ts'
import type { ExplainOptions } from '../explain/explain-options.ts'
import { explainReport, type ExplainedReport } from '../explain/explain-report.ts'
import { history, lastValues, pastValueOf } from '../explain/show-history.ts'
import { attachmentsOf } from '../read-attachment.ts'
import { readPatient } from '../read-patient.ts'
import { readResult, type ResultFacts } from '../read-result.ts'
import { AttachedWords } from './pieces/attached-words.tsx'
import { Beside, WrongLink } from './pieces/beside.tsx'
import { HistoryChart } from './pieces/history-chart.tsx'
import { NumberLine } from './pieces/number-line.tsx'
import { ResultHeadline } from './pieces/result-headline.tsx'

type PortalCtx = Ctx<PatientActor | ProxyActor>

/** One result, or one report: a sentence first, then the line, then what to do next. Source: D1, D1+. */
export const portalResult: PortalPage = {
  for: 'patient',
  async get(ctx, { params, locale }) {
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const facts = await readResult(ctx, patientId, params.id!)
    const options = await optionsOf(ctx, patientId, facts, locale)
    const { phone } = await practiceCard(ctx)
    const said = await readBeside(ctx, patientId, [facts.resourceId])
    if (facts.kind === 'test') return showTest(ctx, facts, options, phone, said)
    return showReport(ctx, facts, options, phone, said)
  },
}

/** A document of a report, opened by itself and never stored on the way. */
export const portalResultDocument: PortalPage = {
  for: 'patient',
  async get(ctx, { params }) {
    const facts = await readResult(ctx, await mayActFor(ctx, ctx.actor.patientId), params.id!)
    const attachment = attachmentsOf(facts.resource)[Number(params.place)]
    if (attachment?.kind !== 'file') throw new NotFound()
    return file(attachment.bytes, attachment.mediaType, { headers: { 'content-disposition': `inline; filename="report.${attachment.mediaType.split('/')[1]}"` } })
  },
}

async function optionsOf(ctx: PortalCtx, patientId: AuthorizedPatientId, facts: ResultFacts, locale: Locale): Promise<ExplainOptions> {
  const zone = await ctx.house.shell.zone(ctx)
  const person = await readPatient(ctx, patientId)
  return { locale, now: ctx.now(), demo: ctx.house.isDemo, isHistory: facts.isHistory, zone, look: facts.look.nameOf, patient: { birthDate: person?.birthDate ?? null, sex: person?.sex ?? null } }
}

async function showTest(ctx: PortalCtx, facts: ResultFacts, options: ExplainOptions, phone: Phone | undefined, said: readonly Report[]) {
  const say = words(options.locale)
  const past = facts.past.map(one => pastValueOf(one, { ...options, source: facts.source, look: facts.look.nameOf })).filter(value => value !== null)
  const current = pastValueOf(facts.resource, { ...options, source: facts.source, look: facts.look.nameOf })
  const values = current ? lastValues(current, past) : []
  const told = explainObservation(facts.resource as Observation, { ...options, past: values.slice(1) })
  if (!told) throw new NotFound()
  const model = history(values, { locale: told.locale, name: told.name })
  return ctx.house.shell.portal(ctx, { title: told.name, current: '/portal/results' },
    <article className="rec-result">
      <p className="page-back"><a href={facts.reportId ? `/portal/results/${facts.reportId}` : '/portal/results'}>{facts.reportId ? say('portal.result.report') : say('portal.results.title')}</a></p>
      {told.closing === 'now' && <CallNow phone={phone} say={say} />}
      <ResultHeadline result={told} />
      {told.line && <NumberLine line={told.line} />}
      {told.parts.map(part => part.line && <Section key={part.name} title={part.name} level={3}><NumberLine line={part.line} /></Section>)}
      <Closing told={told.closing} phone={phone} say={say} />
      <Talk facts={facts} said={said} locale={told.locale} zone={options.zone ?? 'UTC'} />
      {model && <Section title={say('portal.result.history')}><HistoryChart model={model} say={say} /></Section>}
      {told.before && <p>{say('portal.result.before', { value: told.before })}</p>}
      <Details summary={say('portal.result.exact')} isOpen><ExactFigures told={told} say={say} /></Details>
    </article>)
}

function ExactFigures({ told, say }: { told: ExplainedResult; say: Say }) {
  const facts: [string, string | null | undefined][] = [
    ['value', told.value?.text ?? told.absent], ['range', told.rangeText], ['flag', told.flag], ['taken', told.taken?.words], ['reported', told.reported?.words], ['lab', told.lab], ['lab-name', told.labName],
  ]
  return (
    <>
      <Facts items={facts.filter(([, text]) => text).map(([key, text]) => ({ term: say(`portal.result.${key}`), words: text }))} />
      {told.remarks.length > 0 && <><h3>{say('portal.result.remarks')}</h3>{told.remarks.map((remark, index) => <p key={index} className="as-written">{remark}</p>)}</>}
    </>
  )
}

function CallNow({ phone, say }: { phone: Phone | undefined; say: Say }) {
  return <Notice tone="act" title={phone ? <a href={telephone(phone)}>{say('explain.call-now', { phone: phone.text })}</a> : say('portal.result.close-plain')}>{say('explain.call-911')}</Notice>
}

/** What was asked and said about it, and the two ways to say more. */
function Talk({ facts: { id }, said, locale, zone }: { facts: ResultFacts; said: readonly Report[]; locale: Locale; zone: string }) {
  return (
    <div className="rec-talk">
      <Beside reports={said} locale={locale} zone={zone} />
      <p className="no-print"><LinkButton kind="secondary" icon="message-circle" href={`/portal/results/${id}/ask`}>{words(locale)('feedback.ask.link')}</LinkButton> <WrongLink href={`/portal/results/${id}/wrong`} locale={locale} /></p>
    </div>
  )
}

/** How to reach a person, on every result that is not usual (D13). */
function Closing({ told, phone, say }: { told: 'now' | 'ask' | null; phone: Phone | undefined; say: Say }) {
  if (told === null) return null
  return <p className="rec-closing">{phone ? <a href={telephone(phone)}>{say('portal.result.close', { phone: phone.text })}</a> : say('portal.result.close-plain')} {say('portal.result.worse')}</p>
}

async function showReport(ctx: PortalCtx, facts: ResultFacts, options: ExplainOptions, phone: Phone | undefined, said: readonly Report[]) {
  const say = words(options.locale)
  const told = explainReport(facts.resource as DiagnosticReport, facts.tests.map(test => test.resource), options)
  if (!told) throw new NotFound()
  const idOf = new Map(facts.tests.map(test => [explainKey(test.resource), test.id]))
  return ctx.house.shell.portal(ctx, { title: told.name, current: '/portal/results' },
    <article className="rec-report">
      {told.closing === 'now' && <CallNow phone={phone} say={say} />}
      <PageHead title={told.name} back={{ href: '/portal/results', words: say('portal.results.title') }} lead={told.summary.length > 0 ? `${told.summary.join('. ')}.` : told.statusWords ?? undefined} />
      {told.offer && <p lang="es">{told.offer}</p>}
      {told.outside.map((result, index) => <OneTest key={index} result={result} href={hrefOf(result, idOf)} isOpen />)}
      <Closing told={told.closing} phone={phone} say={say} />
      <Talk facts={facts} said={said} locale={told.locale} zone={options.zone ?? 'UTC'} />
      <ReportWords told={told} facts={facts} say={say} locale={options.locale} />
      {told.rest.length > 0 && (
        <Details summary={say(told.outside.length === 0 ? 'portal.report.all' : 'portal.report.rest', { count: told.rest.length })} isOpen={told.outside.length === 0}>
          {told.rest.map((result, index) => <OneTest key={index} result={result} href={hrefOf(result, idOf)} />)}
        </Details>
      )}
      <Facts items={[
        ...(told.taken ? [{ term: say('portal.result.taken'), words: told.taken.words }] : []),
        ...(told.reported ? [{ term: say('portal.result.reported'), words: told.reported.words }] : []),
        ...(told.lab ? [{ term: say('portal.result.lab'), words: told.lab }] : []),
      ]} />
    </article>)
}

const explainKey = (resource: Observation) => `${resource.code?.coding?.[0]?.code ?? ''}|${resource.code?.text ?? resource.code?.coding?.[0]?.display ?? ''}`
const hrefOf = (result: ExplainedResult, ids: ReadonlyMap<string, string>) => {
  const found = [...ids].find(([key]) => key.startsWith(`${result.loinc ?? ''}|`) && key.endsWith(`|${result.labName}`)) ?? [...ids].find(([key]) => result.loinc !== null && key.startsWith(`${result.loinc}|`))
  return found ? `/portal/results/${found[1]}` : undefined
}

function OneTest({ result, href, isOpen }: { result: ExplainedResult; href: string | undefined; isOpen?: boolean }) {
  return (
    <section className={isOpen ? 'rec-one rec-one-open' : 'rec-one'}>
      <ResultHeadline result={{ ...result, name: result.name }} level={2} />
      {isOpen && result.line ? <NumberLine line={result.line} /> : result.value && result.rangeText && <p className="soft">{result.value.text} · {result.rangeText}</p>}
      {href && <p className="rec-more"><a href={href} aria-label={`${words(result.locale)('portal.result.more')}: ${result.name}`}>{words(result.locale)('portal.result.more')}</a></p>}
    </section>
  )
}

function ReportWords({ told, facts, say, locale }: { told: ExplainedReport; facts: ResultFacts; say: Say; locale: Locale }) {
  const attachments = attachmentsOf(facts.resource)
  if (!told.conclusion && attachments.length === 0) return null
  return (
    <Section title={say('portal.report.written')}>
      <p className="soft">{say('explain.report.text-lead')}</p>
      {told.conclusion && <p className="as-written">{told.conclusion}</p>}
      {attachments.map((attachment, index) => attachment.kind === 'file'
        ? <p key={index}><LinkButton kind="secondary" icon="file-text" href={`/portal/results/${facts.id}/document/${index}`}>{say('portal.report.document')}</LinkButton></p>
        : <AttachedWords key={index} attachment={attachment} locale={locale} say={say} />)}
    </Section>
  )
}
