import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { may } from '#platform/permission.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { formatWhen, instantAt, isClock, isDay } from '#platform/when.ts'
import { listStaff } from '#accounts'
import { Actions, Button } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { DateField, Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { planOnCall, seeWork } from '../access.ts'
import { addShift, listShifts, removeShift } from '../plan-on-call.ts'

export const consoleOnCall: StaffPage = {
  for: { staff: seeWork },
  get: ctx => showOnCall(ctx),
  async post(ctx, form) {
    const text = (name: string) => String(form.get(name) ?? '').trim()
    const remove = text('remove')
    if (remove) {
      await removeShift(ctx, remove)
      return seeOther('/console/on-call')
    }
    const values = Object.fromEntries(['person', 'phone', 'day', 'time', 'until-day', 'until-time'].map(name => [name, text(name)])) as Record<string, string>
    const problems = await plan(ctx, values)
    return problems ? showOnCall(ctx, { problems, values, status: 422 }) : seeOther('/console/on-call')
  },
}

async function plan(ctx: Ctx<StaffActor>, values: Record<string, string>): Promise<Problems | undefined> {
  const problems: Record<string, string> = {}
  const person = (await listStaff(ctx)).find(({ personId }) => personId === values.person)
  if (!person) problems.person = 'Choose who is on call.'
  if (!/^[+\d][\d ().-]{6,28}$/.test(values.phone ?? '')) problems.phone = 'Write the telephone number, with its area code.'
  for (const [day, time] of [['day', 'time'], ['until-day', 'until-time']] as const) {
    if (!isDay(values[day] ?? '')) problems[day] = 'Choose a day.'
    if (!isClock(values[time] ?? '')) problems[time] = 'Write a time like 17:00.'
  }
  if (!person || Object.keys(problems).length > 0) return problems
  const zone = await ctx.house.shell.zone(ctx)
  const added = await addShift(ctx, {
    personId: person.personId, name: person.name, phone: values.phone!,
    startsAt: instantAt(values.day!, values.time!, zone), endsAt: instantAt(values['until-day']!, values['until-time']!, zone),
  })
  if (added.ok) return undefined
  return added.reason === 'overlaps' ? { day: 'Somebody is on call in that time already. Remove that first, or choose another time.' } : { 'until-day': 'The end must come after the start.' }
}

async function showOnCall(ctx: Ctx<StaffActor>, { problems = {}, values = {}, status = 200 }: { problems?: Problems; values?: Values; status?: number } = {}): Promise<Answer> {
  const [zone, shifts] = [await ctx.house.shell.zone(ctx), await listShifts(ctx)]
  const mayPlan = may(ctx, planOnCall)
  const staff = mayPlan ? await listStaff(ctx) : []
  return ctx.house.shell.console(ctx, { title: 'Who is on call', current: '/console/inbox', status },
    <>
      <PageHead title="Who is on call" lead="The person who is called when something cannot wait and the practice is closed." back={{ href: '/console/inbox', words: 'Inbox' }} />
      {shifts.length === 0
        ? <EmptyState icon="phone" title="Nobody is on call.">{mayPlan ? 'Add the first person below.' : 'The manager plans who is on call.'}</EmptyState>
        : <Table caption="Coming" columns={[{ key: 'name', words: 'Who' }, { key: 'phone', words: 'Telephone' }, { key: 'from', words: 'From' }, { key: 'to', words: 'Until' }, ...(mayPlan ? [{ key: 'remove', words: 'Remove', isLabelHidden: true }] : [])]}
            rows={shifts.map(shift => ({
              key: shift.id,
              cells: {
                name: shift.name, phone: <a href={`tel:${shift.phone.replace(/[^+\d]/g, '')}`}>{shift.phone}</a>,
                from: formatWhen(shift.startsAt, zone, 'moment-short'), to: formatWhen(shift.endsAt, zone, 'moment-short'),
                remove: mayPlan && <Form isInline label={`Remove ${shift.name}`}><Button kind="quiet" name="remove" value={shift.id} label={`Remove ${shift.name}`}>Remove</Button></Form>,
              },
            }))} />}
      {mayPlan && (
        <Section title="Put somebody on call">
          <Form problems={problems} values={values} label="Put somebody on call">
            <Select name="person" label="Who" emptyLabel="Choose" choices={staff.map(({ personId, name }) => ({ value: personId, label: name }))} />
            <Field name="phone" label="Telephone" type="tel" />
            <DateField name="day" label="From" />
            <Field name="time" label="From, time" type="time" value="17:00" size="short" />
            <DateField name="until-day" label="Until" />
            <Field name="until-time" label="Until, time" type="time" value="08:00" size="short" />
            <Actions><Button>Put on call</Button></Actions>
          </Form>
        </Section>
      )}
    </>)
}
