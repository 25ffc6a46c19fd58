import type { StaffPage } from '#platform/page.tsx'
import { formatDistance, formatWhen } from '#platform/when.ts'
import { namesOf } from '#accounts'
import { LinkButton } from '#ui/button.tsx'
import { Badge, EmptyState } from '#ui/notice.tsx'
import { PageHead, RowList, Section } from '#ui/things.tsx'
import { seeWork } from '../access.ts'
import { listPages, type PageRow } from '../list-pages.ts'

/** Who must be called now: since when, who has seen it, when it is sent again. */
export const consolePages: StaffPage = {
  for: { staff: seeWork },
  async get(ctx) {
    const zone = await ctx.house.shell.zone(ctx)
    const [open, over] = [await listPages(ctx, { isOpen: true }), await listPages(ctx, { isOpen: false })]
    const names = await namesOf(ctx, [...open, ...over].flatMap(page => page.acknowledgedBy ?? []))
    const detail = (page: PageRow) => <>Paged {formatDistance(page.openedAt, ctx.now())}{page.acknowledgedAt ? <> · {names.get(page.acknowledgedBy!) ?? 'Somebody'} has seen it</> : page.nextAt && <> · sent {page.sentCount === 1 ? 'once' : `${page.sentCount} times`}, again {formatWhen(page.nextAt, zone, 'time')}</>}</>
    return ctx.house.shell.console(ctx, { title: 'Pages', current: '/console/pages' },
      <>
        <PageHead title="Pages" lead="Somebody must be called now. A page comes again every fifteen minutes until somebody has seen it, and stays here until the call is written down."
          aside={<LinkButton kind="quiet" icon="phone" href="/console/on-call">Who is on call</LinkButton>} />
        {open.length === 0
          ? <EmptyState icon="circle-check" title="Nobody waits for a call." />
          : <RowList label="Waiting for a call" rows={open.map(page => ({ href: `/console/inbox/${page.taskId}`, title: page.title, detail: detail(page), aside: <Badge tone="act">Call now</Badge> }))} />}
        {over.length > 0 && (
          <Section title="Calls that were made">
            <RowList label="Calls that were made" rows={over.map(page => ({ href: `/console/inbox/${page.taskId}`, title: page.title, detail: <>Called {formatWhen(page.calledAt!, zone, 'moment-short')}: {page.spokeWith}</> }))} />
          </Section>
        )}
      </>)
  },
}
