import { seeOther, type StaffPage } from '#platform/page.tsx'
import { formatWhen } from '#platform/when.ts'
import { Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Badge, EmptyState } from '#ui/notice.tsx'
import { PageHead } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { seeJobs } from '../access.ts'
import { listJobs, retryJob, type JobRow } from '../list-jobs.ts'

const jobWords: Record<string, string> = {
  'platform.send-mail': 'Send an e-mail', 'platform.sweep': 'Clear out what is no longer needed', 'platform.sweep-files': 'Clear out files that nothing holds', 'platform.backup': 'Make a backup', 'accounts.sweep': 'Clear out links and letters that are over', 'work.escalate': 'Hand up overdue tasks', 'work.page': 'Page whoever is on call', 'work.owners': 'Give results to who has them now', 'records.release': 'Open results that are due', 'release.report': 'Make the month’s report of holds for safety', 'records.ending': 'Tell of holds that end soon', 'records.unopened': 'Ask for a call about what nobody opened', 'records.orders': 'Ask where the result of an order is', 'records.file-orders': 'File what was ordered here', 'records.tell': 'Tell a patient that something is there', 'pull.step': 'Fetch records from an EHR', 'pull.nightly': 'Begin the night’s fetch from each EHR', 'feeds.process': 'Put away what another system sent', 'feeds.sweep': 'Look for what was sent and waits', 'feeds.watch': 'Look for senders that have fallen silent', 'writing.file': 'File signed notes', 'writing.check-arrived': 'Look at the words of notes that came from elsewhere', 'feedback.remind': 'Remind of what patients wait for',
  'scheduling.remind': 'Remind of visits that are near', 'scheduling.tell': 'Tell of a visit that we changed', 'scheduling.settle': 'End the work about a visit that a patient changed', 'scheduling.copied': 'End the work of copying visits that the EHR has', 'scheduling.tell-received': 'Tell of a visit that the EHR changed',
  'notices.hear': 'Do what a text asks for', 'notices.ping': 'Tell in the morning that something is there', 'notices.watch': 'Look for what did not arrive', 'notices.sweep': 'Forget codes that are over',
  'scheduling.wait': 'Offer times that came free to who waits',
  'scheduling.sweep': 'Let go of times that were kept and not booked',
  'scheduling.measure': 'Count how the schedule does',
}
const said: Record<string, string> = { retried: 'It tries again now.', gone: 'That job is no longer there: it may have finished.' }

export const consoleJobs: StaffPage = {
  for: { staff: seeJobs },
  async get(ctx, { query }) {
    const [zone, jobs] = [await ctx.house.shell.zone(ctx), await listJobs(ctx)]
    const flash = said[query.get('said') ?? '']
    return ctx.house.shell.console(ctx, { title: 'Background jobs', current: '/console/jobs', ...(flash && { flash: { words: flash } }) },
      <>
        <PageHead title="Background jobs" lead="What the system does by itself. A job that has given up waits here until somebody lets it try again." />
        {jobs.length === 0
          ? <EmptyState icon="circle-check" title="Nothing waits.">Jobs that wait, run or have given up show here.</EmptyState>
          : <Table caption="Jobs" isCaptionHidden isWide columns={[{ key: 'job', words: 'Job' }, { key: 'state', words: 'State' }, { key: 'when', words: 'Next try' }, { key: 'tries', words: 'Tries', isNumber: true }, { key: 'why', words: 'Last problem' }, { key: 'retry', words: 'Try again', isLabelHidden: true }]}
              rows={jobs.map(job => ({ key: String(job.id), cells: {
                job: jobWords[job.task] ?? job.task,
                state: <State job={job} now={ctx.now()} />,
                when: job.hasGivenUp ? '—' : formatWhen(job.runAt, zone, 'moment-short'),
                tries: `${job.attempts} of ${job.maxAttempts}`,
                why: job.lastError ?? '',
                retry: job.attempts > 0 && !job.isRunning && <Form isInline label={`Try job ${job.id} again`}><Button kind="secondary" name="retry" value={String(job.id)}>Try again</Button></Form>,
              } }))} />}
      </>)
  },
  async post(ctx, form) {
    const id = Number(form.get('retry'))
    const isThere = Number.isSafeInteger(id) && (await retryJob(ctx, id))
    return seeOther(`/console/jobs?said=${isThere ? 'retried' : 'gone'}`)
  },
}

function State({ job, now }: { job: JobRow; now: Date }) {
  if (job.isRunning) return <Badge tone="info">Running</Badge>
  if (job.hasGivenUp) return <Badge tone="act">Has given up</Badge>
  if (job.attempts > 0) return <Badge tone="notice">Will try again</Badge>
  return <Badge tone="plain">{job.runAt > now ? 'Planned' : 'Waiting'}</Badge>
}
