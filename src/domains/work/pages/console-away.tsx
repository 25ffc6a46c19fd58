import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { may } from '#platform/permission.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { formatWhen, instantAt, isClock, isDay } from '#platform/when.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { DateField, Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Badge, EmptyState } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { planAbsences, planOwnAbsence, seeAbsences } from '../access.ts'
import { addAbsence, backupClinician, endAbsence, listAbsences, setBackup, type Absence, type AbsenceRefusal } from '../plan-absence.ts'
import { listOwners, type Owner } from '../settle-owners.ts'

const refusals: Record<AbsenceRefusal['reason'], Problems> = {
  'no-clinician': { person: 'Choose a clinician who works here.' }, 'no-cover': { cover: 'Choose a clinician who works here.' }, 'same-person': { cover: 'Somebody else must stand in.' },
  'bad-time': { until: 'The end must come after the start and lie ahead, at most a year.' }, overlaps: { from: 'An absence stands for that time already. End it first, or choose another time.' }, 'cover-away': { cover: 'They are away in that time themselves. Choose somebody else.' },
}
const said: Record<string, string> = { planned: 'Planned. What is theirs goes to the cover for that time.', ended: 'Ended. What is theirs has come back.', backup: 'Kept.' }

/** Who is away, and who looks at their results meanwhile; who takes what is overdue. */
export const consoleAway: StaffPage = {
  for: { staff: seeAbsences },
  get: (ctx, { query }) => showAway(ctx, { flash: said[query.get('said') ?? ''] }),
  async post(ctx, form) {
    const values = Object.fromEntries(['action', 'id', 'person', 'cover', 'from', 'from-time', 'until', 'until-time', 'backup'].map(name => [name, String(form.get(name) ?? '').trim()])) as Record<string, string>
    if (values.action === 'end') { await endAbsence(ctx, uuidIn(values.id)); return seeOther('/console/away?said=ended') }
    if (values.action === 'backup') {
      const outcome = await setBackup(ctx, uuidIn(values.backup))
      return outcome.ok ? seeOther('/console/away?said=backup') : showAway(ctx, { problems: { backup: 'Choose a clinician who works here.' }, values })
    }
    const problems = await plan(ctx, values)
    return problems ? showAway(ctx, { problems, values }) : seeOther('/console/away?said=planned')
  },
}

/** What is no id stands for nobody. */
const uuidIn = (text: string | undefined): string => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text ?? '') ? text! : '00000000-0000-0000-0000-000000000000')

async function plan(ctx: Ctx<StaffActor>, values: Record<string, string>): Promise<Problems | undefined> {
  const problems: Record<string, string> = {}
  for (const name of ['from', 'until']) {
    if (!isDay(values[name]!)) problems[name] = 'Choose a day.'
    if (!isClock(values[`${name}-time`]!)) problems[`${name}-time`] = 'Write a time like 17:00.'
  }
  if (Object.keys(problems).length > 0) return problems
  const zone = await ctx.house.shell.zone(ctx)
  const outcome = await addAbsence(ctx, {
    personId: may(ctx, planAbsences) ? uuidIn(values.person) : ctx.actor.personId, coverId: uuidIn(values.cover),
    startsAt: instantAt(values.from!, values['from-time']!, zone), endsAt: instantAt(values.until!, values['until-time']!, zone),
  })
  return outcome.ok ? undefined : refusals[outcome.reason]
}

type Shown = { problems?: Problems; values?: Values; flash?: string | undefined }
async function showAway(ctx: Ctx<StaffActor>, { problems, values = {}, flash }: Shown): Promise<Answer> {
  const [zone, absences, owners, backup] = [await ctx.house.shell.zone(ctx), await listAbsences(ctx), await listOwners(ctx), await backupClinician(ctx)]
  const name = (id: string) => owners.find(owner => owner.id === id)?.name ?? 'Somebody who has left'
  return ctx.house.shell.console(ctx, { title: 'Who is away', current: '/console/away', ...(problems && { status: 422 }), ...(flash && { flash: { words: flash } }) },
    <>
      <PageHead title="Who is away" lead="Results of somebody who is away go to the clinician who stands in, and what nobody has touched comes back after." />
      {absences.length === 0
        ? <EmptyState icon="calendar" title="Nobody is away, and nothing is planned.">Absences that are planned show here.</EmptyState>
        : <Table caption="Away now or soon" isCaptionHidden columns={[{ key: 'name', words: 'Who' }, { key: 'from', words: 'From' }, { key: 'to', words: 'Until' }, { key: 'cover', words: 'Stands in' }, { key: 'end', words: 'End', isLabelHidden: true }]}
            rows={absences.map(absence => ({ key: absence.id, cells: cellsOf(absence, { ctx, zone, name }) }))} />}
      {may(ctx, planOwnAbsence) && <Plan owners={owners} ctx={ctx} problems={problems} values={values} />}
      <Section title="When a result is overdue">
        <p>It goes to {backup ? <strong>{name(backup)}</strong> : 'another clinician'}, and a day later to the manager. A critical one goes to the manager after an hour more.</p>
        {may(ctx, planAbsences) && (
          <Form prefix="backup-" label="Who takes what is overdue" problems={problems ?? {}} values={{ backup: backup ?? '' }}>
            <Select name="backup" label="Backup clinician" emptyLabel="Choose" choices={clinicians(owners)} />
            <Actions><Button kind="secondary" name="action" value="backup">Keep</Button></Actions>
          </Form>
        )}
      </Section>
    </>)
}

const clinicians = (owners: readonly Owner[]) => owners.filter(owner => owner.isClinician).map(owner => ({ value: owner.id, label: owner.name }))

function cellsOf(absence: Absence, { ctx, zone, name }: { ctx: Ctx<StaffActor>; zone: string; name: (id: string) => string }) {
  const [who, ends] = [name(absence.personId), absence.startsAt <= ctx.now() ? 'Back already' : 'Take out']
  const mayEnd = may(ctx, planAbsences) || (may(ctx, planOwnAbsence) && absence.personId === ctx.actor.personId)
  return {
    name: <>{who} {absence.startsAt <= ctx.now() && <Badge tone="notice">Away now</Badge>}</>,
    from: formatWhen(absence.startsAt, zone, 'moment-short'), to: formatWhen(absence.endsAt, zone, 'moment-short'), cover: name(absence.coverId),
    end: mayEnd && <Form isInline label={`End the absence of ${who}`}><input type="hidden" name="id" value={absence.id} /><Button kind="quiet" name="action" value="end" label={`${ends}: ${who}`}>{ends}</Button></Form>,
  }
}

function Plan({ owners, ctx, problems, values }: { owners: readonly Owner[]; ctx: Ctx<StaffActor>; problems: Problems | undefined; values: Values }) {
  const isManager = may(ctx, planAbsences)
  const others = clinicians(owners).filter(({ value }) => isManager || value !== ctx.actor.personId)
  return (
    <Section title={isManager ? 'Plan an absence' : 'Plan your absence'}>
      <Form problems={problems ?? {}} values={{ 'from-time': '08:00', 'until-time': '08:00', ...values }} label={isManager ? 'Plan an absence' : 'Plan your absence'}>
        {isManager && <Select name="person" label="Who is away" emptyLabel="Choose" choices={clinicians(owners)} />}
        <Select name="cover" label="Who stands in" emptyLabel="Choose" choices={others} />
        <div className="columns">
          <DateField name="from" label="From" />
          <Field name="from-time" label="From, time" type="time" size="short" />
        </div>
        <div className="columns">
          <DateField name="until" label="Back on" />
          <Field name="until-time" label="Back on, time" type="time" size="short" />
        </div>
        <Actions><Button name="action" value="plan">Plan it</Button></Actions>
      </Form>
    </Section>
  )
}
