import { renderToStaticMarkup } from 'react-dom/server'
import type { Ctx, PatientActor, ProxyActor } from '#platform/ctx.ts'
import { file, seeOther, type PortalPage } from '#platform/page.tsx'
import { takeTurn } from '#platform/rate-limit.ts'
import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words, type Say } from '#platform/words.ts'
import { hasFreshProof } from '#accounts'
import { readStanding } from '#feedback'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { PageHead } from '#ui/things.tsx'
import { plainTestName } from '../explain/plain-titles.ts'
import { bundleText, exportRecord } from '../export-record.ts'
import { readAllComments } from '../export-words.ts'
import { lookUpNames, type LookUp } from '../look-up-names.ts'
import { printRecord } from '../print-record.ts'
import { readPatient } from '../read-patient.ts'
import { tellRecord, type ToldPart } from '../tell-record.ts'

type PortalCtx = Ctx<PatientActor | ProxyActor>

/** A copy of what this person may see now: to read, to print, or for another system. Behind fresh proof, and audited. */
export const portalDownload: PortalPage = {
  for: 'patient',
  get: (ctx, { locale }) => showDownload(ctx, words(locale)),
  async post(ctx, form, { locale, clientAddress }) {
    if (!hasFreshProof(ctx)) return seeOther('/prove?next=/portal/download')
    const turn = await takeTurn(ctx, 'export', { account: ctx.actor.personId, address: clientAddress })
    if (!turn.ok) return showDownload(ctx, words(locale), 429, { 'retry-after': String(turn.retryAfterSeconds) })
    const kind = form.get('as')
    return kind === 'fhir' || kind === 'html' || kind === 'pdf' ? makeCopy(ctx, kind, words(locale), locale) : showDownload(ctx, words(locale), 422)
  },
}

function showDownload(ctx: PortalCtx, say: Say, status = 200, headers: Record<string, string> = {}) {
  const isFresh = hasFreshProof(ctx)
  return ctx.house.shell.portal(ctx, { title: say('portal.download.title'), current: '/portal/download', status, headers },
    <>
      <PageHead title={say('portal.download.title')} lead={say('portal.download.lead')} />
      {isFresh
        ? (
          <Form label={say('portal.download.title')} hasKey={false}>
            <Actions>
              <Button name="as" value="pdf" icon="printer">{say('portal.download.pdf')}</Button>
              <Button kind="secondary" name="as" value="html" icon="file-text">{say('portal.download.html')}</Button>
              <Button kind="secondary" name="as" value="fhir" icon="download">{say('portal.download.fhir')}</Button>
            </Actions>
          </Form>
        )
        : <><Notice tone="info" title={say('portal.download.prove')} /><Actions><LinkButton href="/prove?next=/portal/download">{say('portal.download.go')}</LinkButton></Actions></>}
    </>)
}

async function makeCopy(ctx: PortalCtx, kind: 'fhir' | 'html' | 'pdf', say: Say, locale: 'en' | 'es') {
  const patientId = await mayActFor(ctx, ctx.actor.patientId)
  const patient = await readPatient(ctx, patientId)
  const zone = await ctx.house.shell.zone(ctx)
  const { items, withheld } = await exportRecord(ctx, patientId, kind)
  const now = ctx.now()
  if (kind === 'fhir') return file(bundleText(items, now), 'application/fhir+json; charset=utf-8', { name: 'record.json' })
  const said = (await readStanding(ctx, patientId)).map(one => ({ title: one.title, words: [one.excerpt, one.reply?.correction && say('feedback.beside.correction', { name: one.reply.byName, day: formatWhen(one.reply.at, zone, 'day', locale) }), one.reply?.correction, one.statement && say('feedback.statement'), one.statement?.words].filter(text => typeof text === 'string'), when: formatWhen(one.sentAt, zone, 'day', locale) }))
  const comments = (await readAllComments(ctx, patientId)).map(one => ({ title: plainTestName(one, locale), words: [one.words, one.authorName], when: formatWhen(one.writtenAt, zone, 'day', locale) }))
  const looks = new Map<string, LookUp>()
  for (const [source, of] of Map.groupBy(items.filter(({ kind }) => ['medicine', 'procedure', 'visit', 'appointment', 'order'].includes(kind)), item => item.source)) looks.set(source, await lookUpNames(ctx, source, of.map(({ body }) => body)))
  const parts: ToldPart[] = [...tellRecord(items, { locale, now, zone, demo: ctx.house.isDemo }, looks), ...(comments.length > 0 ? [{ part: 'comments' as const, lines: comments }] : []), ...(said.length > 0 ? [{ part: 'said' as const, lines: said }] : [])]
  const partWords = (part: ToldPart['part']) => say(part === 'results' || part === 'medicines' || part === 'notes' ? `portal.${part}.title` : `portal.record.${part}`)
  const printWords = { title: patient?.name ?? '', made: say('portal.download.made', { when: formatWhen(now, zone, 'moment', locale), name: patient?.name ?? '' }), notice: withheld ? say('portal.download.withheld') : null, part: partWords }
  if (kind === 'pdf') return file(await printRecord(parts, printWords, locale), 'application/pdf', { name: 'record.pdf' })
  return file('<!doctype html>' + renderToStaticMarkup(<OnePage parts={parts} say={printWords} locale={locale} />), 'text/html; charset=utf-8', { name: 'record.html' })
}

/** A page that stands by itself: opened from a disk, it asks nobody for anything. */
function OnePage({ parts, say, locale }: { parts: readonly ToldPart[]; say: Parameters<typeof printRecord>[1]; locale: 'en' | 'es' }) {
  return (
    <html lang={locale}>
      <head><meta charSet="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" /><title>{say.title}</title></head>
      <body>
        <h1>{say.title}</h1>
        <p>{say.made}</p>
        {say.notice && <p><strong>{say.notice}</strong></p>}
        {parts.map(({ part, lines }) => (
          <section key={part}>
            <h2>{say.part(part)}</h2>
            {lines.map((line, index) => <article key={index}><h3>{line.title}</h3>{line.when && <p><em>{line.when}</em></p>}{line.words.map((text, place) => <p key={place}>{text}</p>)}</article>)}
          </section>
        ))}
      </body>
    </html>
  )
}
