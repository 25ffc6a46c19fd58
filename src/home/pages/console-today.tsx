import type { Ctx, StaffActor } from '#platform/ctx.ts'
import type { StaffPage } from '#platform/page.tsx'
import { lastBackup } from '#platform/run-backup.ts'
import { may } from '#platform/permission.ts'
import { formatDistance, formatWhen } from '#platform/when.ts'
import { goLiveList } from '#practice'
import { countTasks, listShifts, listTasks, type TaskRow } from '#work'
import { Badge, EmptyState, Notice } from '#ui/notice.tsx'
import { PageHead, RowList, Section } from '#ui/things.tsx'
import { Icon } from '#ui/icon.tsx'
import { enterConsole, seeBackups, seeJobs } from '../access.ts'
import { listJobs } from '../list-jobs.ts'
import { BackupState } from './console-backups.tsx'

/** What needs this person today, then what the practice still lacks, then how the house is. */
export const consoleToday: StaffPage = {
  for: { staff: enterConsole },
  async get(ctx) {
    const zone = await ctx.house.shell.zone(ctx)
    const [counts, mine, shifts] = [await countTasks(ctx), await listTasks(ctx, 'mine'), await listShifts(ctx)]
    const waiting = await listTasks(ctx, 'pool')
    const onCall = shifts.find(shift => shift.startsAt <= ctx.now())
    return ctx.house.shell.console(ctx, { title: 'Today', current: '/console' },
      <>
        <PageHead title={formatWhen(ctx.now(), zone, 'day')} lead={leadOf(counts)} />
        <Section title="Yours" aside={<a href="/console/inbox">All of the inbox</a>}>
          {mine.length === 0 ? <EmptyState icon="circle-check" title="Nothing waits for you.">What you take from the inbox shows here.</EmptyState> : <Tasks tasks={mine.slice(0, 8)} ctx={ctx} zone={zone} />}
        </Section>
        {waiting.length > 0 && <Section title="Waiting for somebody to take it"><Tasks tasks={waiting.slice(0, 8)} ctx={ctx} zone={zone} /></Section>}
        <Section title="On call">
          <p>{onCall ? <>{onCall.name}, <a href={`tel:${onCall.phone.replace(/[^+\d]/g, '')}`}>{onCall.phone}</a>, until {formatWhen(onCall.endsAt, zone, 'moment-short')}.</> : 'Nobody is on call now.'} <a href="/console/on-call">Who is on call</a></p>
        </Section>
        <GoLive items={await goLiveList(ctx)} />
        {await houseState(ctx)}
      </>)
  },
}

function leadOf({ mine, pool, overdue }: { mine: number; pool: number; overdue: number }): string {
  const say = (n: number, one: string, many: string) => (n === 1 ? one : many.replace('#', String(n)))
  const parts = [
    say(mine, 'One thing waits for you', '# things wait for you'),
    say(pool, 'one can be taken', '# can be taken'),
    ...(overdue > 0 ? [say(overdue, 'one is overdue', '# are overdue')] : []),
  ]
  return mine + pool + overdue === 0 ? 'Nothing waits.' : `${parts.join(', ')}.`
}

function Tasks({ tasks, ctx, zone }: { tasks: readonly TaskRow[]; ctx: Ctx<StaffActor>; zone: string }) {
  const now = ctx.now()
  return (
    <RowList rows={tasks.map(task => ({
      href: `/console/inbox/${task.id}`, title: task.title, detail: <>came {formatDistance(task.openedAt, now)}</>,
      aside: <>{task.dueAt < now && <Badge tone="act">Overdue</Badge>} due {formatWhen(task.dueAt, zone, 'moment-short')}</>,
    }))} />
  )
}

type GoLiveItem = { words: string; isDone: boolean; href?: string }

/** What must be there before patients may come. */
function GoLive({ items }: { items: readonly GoLiveItem[] }) {
  const missing = items.filter(item => !item.isDone)
  if (missing.length === 0) return null
  return (
    <Section title="Before patients come" id="go-live">
      <p>{items.length - missing.length} of {items.length} are done. The site cannot be published until all are.</p>
      <ul className="plain-list">
        {items.map(item => <li key={item.words}><Icon name={item.isDone ? 'circle-check' : 'circle'} /> {item.href && !item.isDone ? <a href={item.href}>{item.words}</a> : item.words}{item.isDone ? <span className="soft"> – done</span> : null}</li>)}
      </ul>
    </Section>
  )
}

async function houseState(ctx: Ctx<StaffActor>) {
  if (!may(ctx, seeBackups)) return null
  const givenUp = may(ctx, seeJobs) ? (await listJobs(ctx)).filter(job => job.hasGivenUp).length : 0
  return (
    <Section title="The house">
      <BackupState backup={await lastBackup(ctx)} hasPlace={ctx.house.config.backupDir !== undefined} />
      {givenUp > 0 && <Notice tone="act" title={`${givenUp === 1 ? 'One job has' : `${givenUp} jobs have`} given up.`}><a href="/console/jobs">Look at background jobs</a></Notice>}
    </Section>
  )
}
