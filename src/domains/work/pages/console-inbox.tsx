import type { Ctx, StaffActor } from '#platform/ctx.ts'
import type { StaffPage } from '#platform/page.tsx'
import { formatDistance, formatWhen } from '#platform/when.ts'
import { Badge, EmptyState } from '#ui/notice.tsx'
import { PageHead, RowList } from '#ui/things.tsx'
import { Tabs } from '#ui/wayfinding.tsx'
import { LinkButton } from '#ui/button.tsx'
import { seeWork } from '../access.ts'
import { countTasks, listTasks, type TaskList, type TaskRow } from '../list-tasks.ts'
import { kindInWords, poolWords } from '../shared.ts'

const lists: readonly { list: TaskList; words: string; empty: string }[] = [
  { list: 'mine', words: 'Mine', empty: 'Nothing waits for you. What you take, or what is given to you, shows here.' },
  { list: 'pool', words: 'To take', empty: 'Nothing waits for your group. New messages and questions show here at once.' },
  { list: 'overdue', words: 'Overdue', empty: 'Nothing is overdue.' },
  { list: 'snoozed', words: 'Snoozed', empty: 'You have put nothing off.' },
  { list: 'done', words: 'Done', empty: 'What was finished shows here.' },
]
const said: Record<string, string> = { done: 'Done. It has left the list.', snoozed: 'Put off. It comes back by itself.', 'handed-over': 'Handed over.' }

export const consoleInbox: StaffPage = {
  for: { staff: seeWork },
  async get(ctx, { query }) {
    const chosen = lists.find(({ list }) => list === query.get('list')) ?? lists[0]!
    const [counts, tasks, zone] = [await countTasks(ctx), await listTasks(ctx, chosen.list), await ctx.house.shell.zone(ctx)]
    const flash = said[query.get('said') ?? '']
    return ctx.house.shell.console(ctx, { title: 'Inbox', current: '/console/inbox', ...(flash && { flash: { words: flash } }) },
      <>
        <PageHead title="Inbox" aside={<LinkButton kind="quiet" icon="phone" href="/console/on-call">Who is on call</LinkButton>} />
        <Tabs label="Lists" current={`/console/inbox?list=${chosen.list}`} items={lists.map(({ list, words }) => {
          const count = list === 'mine' ? counts.mine : list === 'pool' ? counts.pool : list === 'overdue' ? counts.overdue : 0
          return { href: `/console/inbox?list=${list}`, words, ...(count > 0 && { count }) }
        })} />
        {tasks.length === 0
          ? <EmptyState icon="circle-check" title={chosen.empty} />
          : <RowList label={chosen.words} rows={tasks.map(task => rowOf(task, ctx, zone))} />}
      </>)
  },
}

/** Who waits, since when, until when, in words. */
function rowOf(task: TaskRow, ctx: Ctx<StaffActor>, zone: string) {
  const now = ctx.now()
  const isLate = !task.doneAt && task.dueAt < now
  return {
    href: `/console/inbox/${task.id}`,
    title: task.title,
    detail: <>{kindInWords(task.kind)} · {poolWords[task.pool]} · came {formatDistance(task.openedAt, now)}</>,
    aside: task.doneAt
      ? <>Done {formatWhen(task.doneAt, zone, 'moment-short')}</>
      : <>{isLate ? <Badge tone="act">Overdue</Badge> : null} Due {formatWhen(task.dueAt, zone, 'moment-short')}{task.isEscalated && !task.doneAt ? ' · with the manager' : ''}</>,
  }
}
