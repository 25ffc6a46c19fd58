import type { ReactNode } from 'react'
import type { DiagnosticReport, Observation } from '@medplum/fhirtypes'
import type { Ctx, PatientActor, ProxyActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { file, seeOther, type PortalPage } from '#platform/page.tsx'
import { mayActFor, type AuthorizedPatientId } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { pulseFor } from '#feedback'
import { openWords, practiceCard, readPractice } from '#practice'
import { limitsAt, makeWish, readLimits, type Wish } from '#release'
import { Details, Facts, PageHead, Section } from '#ui/things.tsx'
import { LinkButton } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import type { Phone } from '#ui/practice-facts.ts'
import { explainObservation, type ExplainedResult } from '../explain/explain-observation.ts'
import type { ExplainOptions } from '../explain/explain-options.ts'
import { explainReport, type ExplainedReport } from '../explain/explain-report.ts'
import { explainWords } from '../explain/explain-words.ts'
import { plainTestName } from '../explain/plain-titles.ts'
import { history, lastValues, pastValueOf } from '../explain/show-history.ts'
import type { MisreadWord } from '../data/misread-words.data.ts'
import { asMisread, readOwnWords } from '../keep-own-words.ts'
import { readingHelp } from '../choose-reading.ts'
import { markSeen } from '../open-own.ts'
import { asksFirst, readAround, type Around } from '../read-around.ts'
import { attachmentsOf } from '../read-attachment.ts'
import { notSaidIn } from '../read-comments.ts'
import { readGoals } from '../read-goals.ts'
import { readPatient } from '../read-patient.ts'
import { readResult, type ResultFacts } from '../read-result.ts'
import { AttachedWords } from './pieces/attached-words.tsx'
import { CallNow, CareTeamSays, Changed, Closing, FirstChoice, WhatNext } from './pieces/care-words.tsx'
import { ExplainedText } from './pieces/explained-text.tsx'
import { HistoryChart } from './pieces/history-chart.tsx'
import { NumberLine } from './pieces/number-line.tsx'
import { Pulse } from './pieces/pulse.tsx'
import { ResultHeadline } from './pieces/result-headline.tsx'

type PortalCtx = Ctx<PatientActor | ProxyActor>

/** One result, or one report: a sentence first, then the line, then what to do next. One that may change a life asks first how to go on. Source: D1, D1+, R14. */
export const portalResult: PortalPage = {
  for: 'patient',
  async get(ctx, { params, locale, query }) {
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const facts = await readResult(ctx, patientId, params.id!)
    const around = await readAround(ctx, patientId, facts)
    const shown: Shown = { facts, around, options: await optionsOf(ctx, patientId, facts, locale), ...await reachOf(ctx, locale), isAsked: query.get('said') === 'asked', own: asMisread(await readOwnWords(ctx)), pulse: <Pulse question={await pulseFor(ctx)} about="result" back={`/portal/results/${facts.id}`} locale={locale} /> }
    if (asksFirst(around)) return showFirst(ctx, shown)
    if (around.life && !around.life.seenAt) await markSeen(ctx, around.life.resourceId)
    return facts.kind === 'test' ? showTest(ctx, shown) : showReport(ctx, shown)
  },
  async post(ctx, form, { params }) {
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const { life } = await readAround(ctx, patientId, await readResult(ctx, patientId, params.id!))
    const wish = wishes.find(one => one === form.get('wish'))
    if (life && wish) await makeWish(ctx, patientId, life.id, wish)
    return seeOther(`/portal/results/${params.id}`)
  },
}
const wishes = ['now', 'after-writing', 'call-me'] as const satisfies readonly Wish[]

type Shown = { facts: ResultFacts; around: Around; options: ExplainOptions & { zone: string }; phone: Phone | undefined; hours: string | undefined; isAsked: boolean; pulse: ReactNode; own: readonly MisreadWord[] }

/** How to reach a person: the number, and whether somebody is there now. */
async function reachOf(ctx: PortalCtx, locale: Locale): Promise<{ phone: Phone | undefined; hours: string | undefined }> {
  const [{ phone }, practice] = [await practiceCard(ctx), await readPractice(ctx)]
  const [first] = practice?.locations ?? []
  return { phone, hours: first && openWords(first, ctx.now(), locale).words?.replace(/\.?$/, '.') }
}

/** The name alone: what it says, and whether it is usual, is not told here. */
function showFirst(ctx: PortalCtx, { facts, around, options: { locale }, phone }: Shown) {
  const title = plainTestName({ code: facts.code, name: facts.name }, locale)
  return ctx.house.shell.portal(ctx, { title, current: '/portal/results' }, <FirstChoice title={title} around={around} phone={phone} say={words(locale)} />)
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

async function optionsOf(ctx: PortalCtx, patientId: AuthorizedPatientId, facts: ResultFacts, locale: Locale): Promise<Shown['options']> {
  const zone = await ctx.house.shell.zone(ctx)
  const person = await readPatient(ctx, patientId)
  return { locale, now: ctx.now(), demo: ctx.house.isDemo, isHistory: facts.isHistory, zone, look: facts.look.nameOf, goals: await readGoals(ctx, patientId), patient: { birthDate: person?.birthDate ?? null, sex: person?.sex ?? null }, practiceCritical: limitsAt(await readLimits(ctx), person?.birthDate ?? null, facts.happenedAt ?? ctx.now()) }
}

/** Each page of the record says when it was last updated (D15). */
const Updated = ({ shown: { facts, options } }: { shown: Shown }) => <p className="soft rec-updated">{words(options.locale)('portal.updated', { when: formatWhen(facts.receivedAt, options.zone, 'moment', options.locale) })}</p>

const flashOf = ({ isAsked, options }: Shown) => (isAsked ? { flash: { words: words(options.locale)('feedback.asked') } } : {})

async function showTest(ctx: PortalCtx, shown: Shown) {
  const { facts, around, options, phone, hours } = shown
  const say = words(options.locale)
  const past = facts.past.map(one => pastValueOf(one, { ...options, source: facts.source, look: facts.look.nameOf })).filter(value => value !== null)
  const current = pastValueOf(facts.resource, { ...options, source: facts.source, look: facts.look.nameOf })
  const values = current ? lastValues(current, past) : []
  const told = explainObservation(facts.resource as Observation, { ...options, past: values.slice(1), before: around.before.get(facts.resourceId) })
  if (!told) throw new NotFound()
  const model = history(values, { locale: told.locale, name: told.name })
  const isNumbersFirst = (await readingHelp(ctx)).first === 'numbers'   // A4: as the reader chose; the sentence is on the page either way
  const speech = { locale: options.locale, zone: options.zone }
  return ctx.house.shell.portal(ctx, { title: told.name, current: '/portal/results', ...flashOf(shown) },
    <article className="rec-result">
      <p className="page-back"><Icon name="arrow-left" size="small" /> <a href={facts.reportId ? `/portal/results/${facts.reportId}` : '/portal/results'}>{facts.reportId ? say('portal.result.report') : say('portal.results.title')}</a></p>
      {told.closing === 'now' && <CallNow phone={phone} say={say} />}
      {told.status === 'changed' && told.statusWords && <Changed words={told.statusWords} before={told.before} say={say} />}
      <ResultHeadline result={{ ...told, statusWords: null }} figures={isNumbersFirst ? [told.value?.text, told.rangeText && `(${say('portal.result.range')}: ${told.rangeText})`].filter(one => typeof one === 'string') : undefined} />
      {told.line && <NumberLine line={told.line} />}
      {told.parts.map(part => part.line && <Section key={part.name} title={part.name} level={3}><NumberLine line={part.line} /></Section>)}
      <CareTeamSays comments={around.comments} {...speech} />
      <WhatNext around={around} id={facts.id} closing={told.closing} isFinished={told.status !== 'not-finished'} now={options.now} {...speech} />
      <Closing told={told.closing} phone={phone} hours={hours} say={say} />
      {model && <Section title={say('portal.result.history')}><HistoryChart model={model} say={say} /></Section>}
      <Details summary={say('portal.result.exact')} isOpen={isNumbersFirst}><ExactFigures told={{ ...told, remarks: told.remarks.filter(notSaidIn(around.comments)) }} own={shown.own} say={say} /></Details>
      {facts.reportId && <p><a href={`/portal/results/${facts.reportId}`}>{say('portal.result.report')}</a></p>}
      <Updated shown={shown} />
      {shown.pulse}
    </article>)
}

function ExactFigures({ told, own, say }: { told: ExplainedResult; own: readonly MisreadWord[]; say: Say }) {
  const facts: [string, string | null | undefined][] = [
    ['value', told.value?.text ?? told.absent], ['range', told.rangeText], ['flag', told.flag], ['taken', told.taken?.words], ['reported', told.reported?.words], ['lab', told.lab], ['lab-name', told.labName],
  ]
  return (
    <>
      <Facts items={facts.filter(([, text]) => text).map(([key, text]) => ({ term: say(`portal.result.${key}`), words: text }))} />
      {told.remarks.length > 0 && <><h3>{say('portal.result.remarks')}</h3>{told.remarks.map((remark, index) => <p key={index} className="as-written"><ExplainedText spans={explainWords(remark, told.locale, own)} locale={told.locale} /></p>)}</>}
    </>
  )
}

async function showReport(ctx: PortalCtx, shown: Shown) {
  const { facts, around, options, phone, hours } = shown
  const say = words(options.locale)
  const resourceOf = new Map<unknown, string>(facts.tests.map(test => [test.resource, test.resourceId]))
  const told = explainReport(facts.resource as DiagnosticReport, facts.tests.map(test => test.resource), { ...options, beforeOf: observation => around.before.get(resourceOf.get(observation) ?? '') })
  if (!told) throw new NotFound()
  const idOf = new Map(facts.tests.map(test => [explainKey(test.resource), test.id]))
  const speech = { locale: options.locale, zone: options.zone }
  return ctx.house.shell.portal(ctx, { title: told.name, current: '/portal/results', ...flashOf(shown) },
    <article className="rec-report">
      {told.closing === 'now' && <CallNow phone={phone} say={say} />}
      {told.status === 'changed' && told.statusWords && <Changed words={told.statusWords} before={null} say={say} />}
      <PageHead title={told.name} back={{ href: '/portal/results', words: say('portal.results.title') }} lead={around.comments.length > 0 ? undefined : summaryOf(told)} />
      <CareTeamSays comments={around.comments} {...speech} />
      {around.comments.length > 0 && summaryOf(told) && <p className="lead">{summaryOf(told)}</p>}
      {told.offer && <p lang="es">{told.offer}</p>}
      {told.outside.map((result, index) => <OneTest key={index} result={result} href={hrefOf(result, idOf)} isOpen />)}
      {told.rest.length > 0 && (
        <Details summary={say(told.outside.length === 0 ? 'portal.report.all' : 'portal.report.rest', { count: told.rest.length })} isOpen={told.outside.length === 0}>
          {told.rest.map((result, index) => <OneTest key={index} result={result} href={hrefOf(result, idOf)} />)}
        </Details>
      )}
      <WhatNext around={around} id={facts.id} closing={told.closing} isFinished={told.status !== 'not-finished'} now={options.now} {...speech} />
      <Closing told={told.closing} phone={phone} hours={hours} say={say} />
      <ReportWords told={{ ...told, conclusion: told.conclusion !== null && notSaidIn(around.comments)(told.conclusion) ? told.conclusion : null }} facts={facts} own={shown.own} say={say} locale={told.locale} />
      <Facts items={[
        ...(told.taken ? [{ term: say('portal.result.taken'), words: told.taken.words }] : []),
        ...(told.reported ? [{ term: say('portal.result.reported'), words: told.reported.words }] : []),
        ...(told.lab ? [{ term: say('portal.result.lab'), words: told.lab }] : []),
      ]} />
      <Updated shown={shown} />
      {shown.pulse}
    </article>)
}

const summaryOf = (told: ExplainedReport): string | undefined => (told.summary.length > 0 ? `${told.summary.join('. ')}.` : told.statusWords ?? undefined)
const explainKey = (resource: Observation) => `${resource.code?.coding?.[0]?.code ?? ''}|${resource.code?.text ?? resource.code?.coding?.[0]?.display ?? ''}`
const hrefOf = (result: ExplainedResult, ids: ReadonlyMap<string, string>) => {
  const found = [...ids].find(([key]) => key.startsWith(`${result.loinc ?? ''}|`) && key.endsWith(`|${result.labName}`)) ?? [...ids].find(([key]) => result.loinc !== null && key.startsWith(`${result.loinc}|`))
  return found ? `/portal/results/${found[1]}` : undefined
}

function OneTest({ result, href, isOpen }: { result: ExplainedResult; href: string | undefined; isOpen?: boolean }) {
  return (
    <section className={isOpen ? 'rec-one rec-one-open' : 'rec-one'}>
      <ResultHeadline result={result} level={2} />
      {result.before && <p>{words(result.locale)('explain.status.before')}: <del>{result.before}</del></p>}
      {isOpen && result.line ? <NumberLine line={result.line} /> : result.value && result.rangeText && <p className="soft">{result.value.text} · {result.rangeText}</p>}
      {href && <p className="rec-more"><a href={href} aria-label={`${words(result.locale)('portal.result.more')}: ${result.name}`}>{words(result.locale)('portal.result.more')}</a></p>}
    </section>
  )
}

function ReportWords({ told, facts, own, say, locale }: { told: ExplainedReport; facts: ResultFacts; own: readonly MisreadWord[]; say: Say; locale: Locale }) {
  const attachments = attachmentsOf(facts.resource)
  if (!told.conclusion && attachments.length === 0) return null
  return (
    <Section title={say('portal.report.written')}>
      <p className="soft">{say('explain.report.text-lead')}</p>
      {told.conclusion && <p className="as-written"><ExplainedText spans={explainWords(told.conclusion, locale, own)} locale={locale} /></p>}
      {attachments.map((attachment, index) => attachment.kind === 'file'
        ? <p key={index}><LinkButton kind="secondary" icon="file-text" href={`/portal/results/${facts.id}/document/${index}`}>{say('portal.report.document')}</LinkButton></p>
        : <AttachedWords key={index} attachment={attachment} own={own} locale={locale} say={say} />)}
    </Section>
  )
}
