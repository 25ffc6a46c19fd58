import type { Ctx, StaffActor } from '#platform/ctx.ts'
import type { StaffPage } from '#platform/page.tsx'
import { formatDistance, formatWhen } from '#platform/when.ts'
import { countReviews, listReviews, plainTestName, type ReviewList, type ReviewRow } from '#records'
import { listOwners, ownersAbout, subjectsOfOwn } from '#work'
import { LinkButton } from '#ui/button.tsx'
import { Badge, EmptyState } from '#ui/notice.tsx'
import { PageHead, RowList } from '#ui/things.tsx'
import { Tabs } from '#ui/wayfinding.tsx'
import { seeReviews } from '../access.ts'
import { BearingBadge, patientSide } from './review-words.tsx'

/** `mine`: what waits and is one's own. */
type Tab = ReviewList | 'mine'
const lists: readonly { list: Tab; words: string; empty: string }[] = [
  { list: 'waiting', words: 'To look at', empty: 'No result waits to be looked at. What comes in shows here at once, what is critical first.' },
  { list: 'mine', words: 'Yours', empty: 'No result is yours now. What you ordered, and what you stand in for, shows here.' },
  { list: 'overdue', words: 'Overdue', empty: 'Nothing is overdue.' },
  { list: 'normal', words: 'Normal', empty: 'No normal result waits.' },
  { list: 'done', words: 'Done', empty: 'What was looked at shows here.' },
]
const said: Record<string, string> = { written: 'Sent. The patient reads it with the result.', reviewed: 'Marked as looked at.', through: 'That was the last of them.' }

/** Results that wait for eyes: critical first, then by when the patient was promised an answer. */
export const consoleResults: StaffPage = {
  for: { staff: seeReviews },
  async get(ctx, { query }) {
    const chosen = lists.find(({ list }) => list === query.get('list')) ?? lists[0]!
    const show = Math.min(500, Math.max(50, Math.floor(Number(query.get('show'))) || 50))
    const [counts, own, zone] = [await countReviews(ctx), await subjectsOfOwn(ctx, 'result-review'), await ctx.house.shell.zone(ctx)]
    const rows = chosen.list === 'mine' ? await listReviews(ctx, 'waiting', { limit: show + 1, only: own }) : await listReviews(ctx, chosen.list, { limit: show + 1 })
    const ownerOf = await whoHas(ctx, rows)
    const flash = said[query.get('said') ?? '']
    return ctx.house.shell.console(ctx, { title: 'Results', current: '/console/results', ...(flash && { flash: { words: flash } }) },
      <>
        <PageHead title="Results" lead={counts.critical > 0 ? `${counts.critical === 1 ? 'One is' : `${counts.critical} are`} critical.` : undefined}
          aside={<>{counts.normal > 0 && <LinkButton kind="secondary" href="/console/results/quick">Go through the normal ones</LinkButton>} <LinkButton kind="quiet" href="/console/away">Who is away</LinkButton> <LinkButton kind="quiet" href="/console/results/rules">Rules and beginnings</LinkButton></>} />
        <Tabs label="Lists" current={`/console/results?list=${chosen.list}`} items={lists.map(({ list, words }) => {
          const count = list === 'waiting' ? counts.waiting : list === 'mine' ? own.length : list === 'overdue' ? counts.overdue : list === 'normal' ? counts.normal : 0
          return { href: `/console/results?list=${list}`, words, ...(count > 0 && { count }) }
        })} />
        {rows.length === 0 ? <EmptyState icon="circle-check" title={chosen.empty} /> : <RowList label={chosen.words} rows={rows.slice(0, show).map(row => rowOf(row, ctx, zone, ownerOf(row)))} />}
        {rows.length > show && show < 500 && <p><LinkButton kind="secondary" href={`/console/results?list=${chosen.list}&show=${show + 50}`}>Show more</LinkButton></p>}
      </>)
  },
}

/** Who has each of these now, by name; oneself is "you". */
async function whoHas(ctx: Ctx<StaffActor>, rows: readonly ReviewRow[]): Promise<(row: ReviewRow) => string | undefined> {
  const [owners, people] = [await ownersAbout(ctx, { kind: 'result-review', type: 'life', ids: rows.map(row => row.lifeId) }), await listOwners(ctx)]
  return row => {
    const owner = owners.get(row.lifeId)
    return owner === ctx.actor.personId ? 'you' : people.find(person => person.id === owner)?.name
  }
}

function rowOf(row: ReviewRow, ctx: Ctx<StaffActor>, zone: string, owner: string | undefined) {
  const isLate = !row.reviewedAt && row.replyBy !== null && row.replyBy < ctx.now()
  return {
    href: `/console/results/${row.lifeId}`,
    title: <>{row.patient}: {plainTestName({ code: row.code, name: row.name }, 'en')}</>,
    detail: <>Came {formatDistance(row.arrivedAt, ctx.now())} · {patientSide(row, ctx, zone)}{owner && !row.reviewedAt && ` · With ${owner}`}</>,
    aside: <><BearingBadge bearing={row.bearing} /> {isLate && <Badge tone="act">Overdue</Badge>} {row.reviewedAt ? `Looked at ${formatWhen(row.reviewedAt, zone, 'moment-short')}` : row.replyBy && `Answer by ${formatWhen(row.replyBy, zone, 'moment-short')}`}</>,
  }
}
