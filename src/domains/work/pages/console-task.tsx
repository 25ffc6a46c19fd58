import type { ReactNode } from 'react'
import { audit } from '#platform/audit.ts'
import { roles, type Ctx, type Role, type StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { formatWhen, instantAt, isClock, isDay } from '#platform/when.ts'
import { namesOf } from '#accounts'
import { Actions, Button } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { DateField, Field, TextArea } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { Details, Facts, PageHead, Section } from '#ui/things.tsx'
import { seeWork } from '../access.ts'
import { finishTask, handOverTask, snoozeTask, takeTask } from '../change-task.ts'
import { pageOf, type PageRow } from '../list-pages.ts'
import { readTask, type TaskDetail } from '../list-tasks.ts'
import { acknowledgePage, recordCall } from '../page-on-call.ts'
import { kindInWords, poolWords } from '../shared.ts'

const refusals = {
  'already-done': 'Somebody has finished this already. Nothing was changed.',
  'taken-by-another': 'Somebody else has taken this. Ask them to hand it over.',
  'needs-call': 'This is a page. It ends when the call is written down.',
  'needs-look': 'A result is finished by looking at it, on its own page.',
  'needs-answer': 'Somebody waits for this visit. It is finished by saying yes or no on its own page.',
  'need-words': 'Say whom you spoke with, and what came of it.',
  'bad-time': 'Choose a time that is still to come, at most 30 days ahead.',
}
const stepWords: Record<string, string> = { opened: 'Came in', taken: 'Taken', 'handed-over': 'Handed over', snoozed: 'Put off', escalated: 'Went to the manager: it was overdue', done: 'Finished', paged: 'Paged', reopened: 'Opened again', noted: 'Note' }

export const consoleTask: StaffPage = {
  for: { staff: seeWork },
  get: (ctx, { params }) => showTask(ctx, params.id!),

  async post(ctx, form, { params }) {
    const id = params.id!
    const action = String(form.get('action') ?? '')
    const outcome = await act(ctx, id, action, form)
    if (!outcome) return showTask(ctx, id, refusals['bad-time'], 422)
    if (!outcome.ok) return showTask(ctx, id, refusals[outcome.reason], 409)
    return action === 'take' || action === 'seen' || action === 'called' ? seeOther(`/console/inbox/${id}`) : seeOther(`/console/inbox?said=${action === 'finish' ? 'done' : action === 'snooze' ? 'snoozed' : 'handed-over'}`)
  },
}

async function act(ctx: Ctx<StaffActor>, id: string, action: string, form: FormData) {
  const text = (name: string) => String(form.get(name) ?? '').trim().slice(0, 2_000)
  if (action === 'take') return takeTask(ctx, id)
  if (action === 'seen') return acknowledgePage(ctx, id)
  if (action === 'called') return recordCall(ctx, id, { spokeWith: text('spoke'), outcome: text('came') })
  if (action === 'finish') return finishTask(ctx, id, text('outcome'))
  if (action === 'hand-over') {
    const to = roles.find(role => role === text('pool'))
    return to && handOverTask(ctx, id, to, text('note'))
  }
  const [day, time] = [text('day'), text('time') || '08:00']
  if (action !== 'snooze' || !isDay(day) || !isClock(time)) return undefined
  return snoozeTask(ctx, id, instantAt(day, time, await ctx.house.shell.zone(ctx)))
}

/** An address of the console's own in what a task says is a link, whatever name the console had when it was written, or none. */
const withLinks = (body: string): ReactNode[] =>
  body.split(/(?<=^|\s)(?:https?:\/\/[^\s/]+)?(\/console\/[\w\-/#]+)/).map((part, index) => (index % 2 ? <a key={index} href={part}>Open the page</a> : part))

async function showTask(ctx: Ctx<StaffActor>, id: string, problem?: string, status = 200): Promise<Answer> {
  const task = await readTask(ctx, id)
  if (!task) throw new NotFound()
  await audit(ctx, 'work.viewed', { kind: 'task', ids: [id], ...(task.patientId && { patientId: task.patientId }) })
  const page = await pageOf(ctx, id)
  const zone = await ctx.house.shell.zone(ctx)
  const names = await namesOf(ctx, [task.ownerId, page?.acknowledgedBy ?? null, ...task.steps.map(step => step.by)].filter(person => person !== null))
  return ctx.house.shell.console(ctx, { title: task.title, current: '/console/inbox', status },
    <>
      <PageHead title={task.title} back={{ href: '/console/inbox', words: 'Inbox' }}
        aside={task.doneAt ? <Badge tone="calm">Done</Badge> : page ? <Badge tone="act">Call now</Badge> : task.dueAt < ctx.now() ? <Badge tone="act">Overdue</Badge> : null} />
      {problem && <Notice tone="notice" title={problem} />}
      <TaskFacts task={task} zone={zone} names={names} />
      {task.body && <Section title="What it says"><p className="as-written">{withLinks(task.body)}</p></Section>}
      {page && !page.calledAt && <PageActions page={page} seenBy={page.acknowledgedBy ? names.get(page.acknowledgedBy) ?? 'somebody' : undefined} />}
      {!task.doneAt && !page && <TaskActions task={task} isMine={task.ownerId === ctx.actor.personId} />}
      <Section title="What happened">
        <ul className="plain-list">
          {task.steps.map((step, index) => <li key={index}>{formatWhen(step.at, zone, 'moment-short')}: {stepWords[step.step] ?? step.step}{step.by ? `, ${names.get(step.by) ?? 'somebody'}` : ''}{step.note && `. ${step.note}`}</li>)}
        </ul>
      </Section>
    </>)
}

function TaskFacts({ task, zone, names }: { task: TaskDetail; zone: string; names: ReadonlyMap<string, string> }) {
  return (
    <Facts items={[
      { term: 'What', words: kindInWords(task.kind) },
      { term: 'For', words: task.ownerId ? names.get(task.ownerId) ?? 'Somebody' : poolWords[task.pool] },
      { term: 'Came', words: formatWhen(task.openedAt, zone, 'moment') },
      { term: 'Due', words: formatWhen(task.dueAt, zone, 'moment') },
      ...(task.patientId ? [{ term: 'Patient', words: <a href={`/console/patients/${task.patientId}`}>Open the patient’s page</a> }] : []),
      ...(task.subjectType === 'life' ? [{ term: 'To do', words: <a href={`/console/results/${task.subjectId}`}>Look at the result</a> }] : []),
      ...(task.subjectType === 'order' && task.patientId ? [{ term: 'To do', words: <a href={`/console/patients/${task.patientId}/orders`}>See what was ordered</a> }] : []),
      ...(task.subjectType === 'feedback' ? [{ term: 'To do', words: <a href={`/console/feedback/${task.subjectId}`}>Read it and answer</a> }] : []),
      ...(task.subjectType === 'message' ? [{ term: 'To do', words: <a href={`/console/feeds/messages/${task.subjectId}`}>Read the message</a> }] : []),
      ...(task.subjectType === 'sender' ? [{ term: 'To do', words: <a href={`/console/feeds/senders/${task.subjectId}`}>See what came</a> }] : []),
      ...(task.subjectType === 'stranger' ? [{ term: 'To do', words: <a href="/console/feeds">See who tried</a> }] : []),
      ...(task.subjectType === 'match-question' ? [{ term: 'To do', words: <a href={`/console/imports/matches/${task.subjectId}`}>Decide whose record this is</a> }] : []),
    ]} />
  )
}

/** Two steps: I have seen it; I have called. The second one ends it. */
function PageActions({ page, seenBy }: { page: PageRow; seenBy: string | undefined }) {
  return (
    <>
      {seenBy ? <Notice tone="info" title={`Seen by ${seenBy}. Write down the call when it is made.`} /> : <Form prefix="seen-" label="I have seen it"><Actions><Button name="action" value="seen" icon="check">I have seen it, stop paging</Button></Actions></Form>}
      <Section title="Write down the call">
        <Form prefix="call-" label="Write down the call">
          <Field name="spoke" label="Whom you spoke with" hint="The patient, or who answered for them" maxLength={200} />
          <TextArea name="came" label="What came of it" rows={3} maxLength={1_700} />
          <Actions><Button kind={page.acknowledgedAt ? 'primary' : 'secondary'} name="action" value="called" icon="phone">I have called</Button></Actions>
        </Form>
      </Section>
    </>
  )
}

function TaskActions({ task, isMine }: { task: TaskDetail; isMine: boolean }) {
  return (
    <>
      {!isMine && !task.ownerId && <Form label="Take it"><Actions><Button name="action" value="take" icon="check">I will do this</Button></Actions></Form>}
      <Section title="Finish">
        <Form prefix="finish-" label="Finish">
          <TextArea name="outcome" label="What was done" isOptional rows={3} maxLength={2000} />
          <Actions><Button kind={isMine ? 'primary' : 'secondary'} name="action" value="finish">Mark as done</Button></Actions>
        </Form>
      </Section>
      <Details summary="Put it off">
        <Form prefix="snooze-" label="Put it off">
          <DateField name="day" label="Until which day" />
          <Field name="time" label="Time" type="time" value="08:00" size="short" />
          <Actions><Button kind="secondary" name="action" value="snooze">Put it off</Button></Actions>
        </Form>
      </Details>
      <Details summary="Hand it over">
        <Form prefix="hand-" label="Hand it over">
          <Select name="pool" label="To whom" value={task.pool} choices={roles.map((role: Role) => ({ value: role, label: poolWords[role] }))} />
          <Field name="note" label="Why" isOptional maxLength={500} />
          <Actions><Button kind="secondary" name="action" value="hand-over">Hand it over</Button></Actions>
        </Form>
      </Details>
    </>
  )
}
