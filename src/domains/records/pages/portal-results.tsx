import type { PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { practiceCard } from '#practice'
import { Badge, EmptyState, Notice } from '#ui/notice.tsx'
import { PageHead, RowList, Section } from '#ui/things.tsx'
import { Pagination } from '#ui/wayfinding.tsx'
import { plainTestName } from '../explain/plain-titles.ts'
import { lastCame } from '../read-facts.ts'
import { readHeld } from '../open-own.ts'
import { readExpected } from '../read-orders.ts'
import { readResults, type PageEnd, type ResultRow } from '../read-results.ts'
import { ExpectCards } from './pieces/expect-cards.tsx'

/** The list of results: plain name, day, and whether all is usual. Opening one tells it. */
export const portalResults: PortalPage = {
  for: 'patient',
  async get(ctx, { query, locale }) {
    const say = words(locale)
    const zone = await ctx.house.shell.zone(ctx)
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const before = beforeFrom(query)
    const { rows, hasMore, hasOrders, hasHeld } = await readResults(ctx, patientId, before ? { before } : {})
    const held = hasHeld ? await readHeld(ctx, patientId) : []
    const expected = before || !hasOrders ? [] : await readExpected(ctx, patientId, { locale, demo: ctx.house.isDemo })
    const { phone } = expected.length > 0 ? await practiceCard(ctx) : { phone: undefined }
    const updated = lastCame(rows)
    const list = rows.length === 0
      ? <EmptyState icon="flask-conical" title={say('portal.results.empty')}>{say('portal.results.empty-more')}</EmptyState>
      : <RowList label={say('portal.results.title')} rows={rows.map(row => rowOf(row, say, locale, zone))} />
    return ctx.house.shell.portal(ctx, { title: say('portal.results.title'), current: '/portal/results' },
      <>
        <PageHead title={say('portal.results.title')} lead={rows.length > 0 && expected.length === 0 ? say('portal.results.lead') : undefined} />
        {held.length > 0 && <Notice title={<a href="/portal/results/waiting">{say('portal.results.held', { count: held.length })}</a>} />}
        <ExpectCards expected={expected} locale={locale} zone={zone} phone={phone} />
        {expected.length > 0 ? <Section title={say('portal.expect.results')}>{list}</Section> : list}
        <Pagination next={hasMore ? olderThan('/portal/results', rows.at(-1)) : undefined} />
        {updated && <p className="soft rec-updated">{say('portal.updated', { when: formatWhen(updated, zone, 'moment', locale) })}</p>}
      </>)
  },
}

const undated = 'undated'
export function beforeFrom(query: URLSearchParams): PageEnd | undefined {
  const [before, id] = [query.get('before') ?? '', query.get('id') ?? '']
  const at = before === undated ? null : new Date(before)
  return !Number.isNaN(at?.getTime()) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id) ? { at, id } : undefined
}
/** Where the next page begins. */
export const olderThan = (path: string, last: { id: string; happenedAt: Date | null } | undefined): string | undefined =>
  last && `${path}?before=${last.happenedAt?.toISOString() ?? undated}&id=${last.id}`

function rowOf(row: ResultRow, say: Say, locale: Locale, zone: string) {
  return {
    href: `/portal/results/${row.id}`,
    title: plainTestName(row, locale),
    detail: <>{row.happenedAt ? formatWhen(row.happenedAt, zone, 'day', locale) : say('portal.results.no-date')}{row.testCount > 1 && <> · {say('portal.results.tests', { count: row.testCount })}</>}</>,
    aside: <>{row.isNew && <Badge tone="info">{say('portal.results.new')}</Badge>} {row.isCommented && <Badge tone="plain" icon="message-circle">{say('portal.results.wrote')}</Badge>} {stateOf(row, say)}</>,
    isNew: row.isNew,
  }
}

function stateOf(row: ResultRow, say: Say) {
  if (row.isUnopened) return <span className="soft">{say('portal.results.open')}</span>
  if (/^(preliminary|registered|partial)$/.test(row.status)) return <span className="soft">{say('portal.results.not-finished')}</span>
  if (row.outsideCount === null || (row.kind === 'report' && row.testCount === 0)) return <span className="soft">{say('portal.results.open')}</span>
  if (row.outsideCount > 0) return <Badge tone="notice">{row.kind === 'report' ? say('portal.results.some-outside', { count: row.outsideCount }) : say('portal.results.outside')}</Badge>
  return <Badge tone="calm">{say(row.kind === 'report' ? 'portal.results.all-usual' : 'portal.results.usual')}</Badge>
}
