import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { addDays, formatWhen, instantAt, isDay } from '#platform/when.ts'
import { listStaff, namesOf } from '#accounts'
import { patientNames } from '#records'
import { Actions, Button } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { DateField, Field } from '#ui/fields.tsx'
import { Form, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { PageHead } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { readAudit } from '../access.ts'
import { auditWords, isKnownAction, sayAction } from '../audit-words.ts'
import { searchAudit, type AuditQuery, type AuditRow } from '../search-audit.ts'

const actorWords: Record<string, string> = { patient: 'Patient', proxy: 'Caregiver', staff: 'Staff', system: 'The system', visitor: 'Visitor' }
const actions = auditWords.flatMap(({ words: group, actions: of }) => Object.entries(of).map(([value, label]) => ({ value, label, group })))
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** A search by a person's id is a POST that answers 200: what is looked for stays out of the address. */
export const consoleAudit: StaffPage = {
  for: { staff: readAudit },
  get: ctx => showAudit(ctx, {}),
  async post(ctx, form) {
    const values = Object.fromEntries(['from', 'to', 'person', 'patient', 'action', 'at', 'id'].map(name => [name, String(form.get(name) ?? '').trim()])) as Record<string, string>
    if (form.get('clear')) return seeOther('/console/audit')
    return showAudit(ctx, values)
  },
}

/** Days are 23 or 25 hours long when clocks change. */

async function queryFrom(ctx: Ctx<StaffActor>, values: Record<string, string>): Promise<AuditQuery> {
  const zone = await ctx.house.shell.zone(ctx)
  const at = new Date(values.at ?? '')
  return {
    ...(isDay(values.from ?? '') && { from: instantAt(values.from!, '00:00', zone) }),
    ...(isDay(values.to ?? '') && { to: instantAt(addDays(values.to!, 1), '00:00', zone) }),
    ...(uuid.test(values.person ?? '') && { personId: values.person! }),
    ...(uuid.test(values.patient ?? '') && { patientId: values.patient! }),
    ...(isKnownAction(values.action ?? '') && { action: values.action! }),
    ...(uuid.test(values.id ?? '') && !Number.isNaN(at.getTime()) && { before: { at, id: values.id! } }),
  }
}

async function showAudit(ctx: Ctx<StaffActor>, values: Record<string, string>): Promise<Answer> {
  const zone = await ctx.house.shell.zone(ctx)
  const { rows, hasMore } = await searchAudit(ctx, await queryFrom(ctx, values))
  const staff = await listStaff(ctx)
  const people = await namesOf(ctx, rows.map(row => row.personId).filter(id => id !== null))
  const patients = await patientNames(ctx, rows.map(row => row.patientId).filter(id => id !== null))
  const last = rows.at(-1)
  return ctx.house.shell.console(ctx, { title: 'Audit trail', current: '/console/audit' },
    <>
      <PageHead title="Audit trail" lead="Who did what, and when. Nothing here can be changed; a seal shows if it was." />
      <Search values={values} staff={staff} />
      {rows.length === 0
        ? <EmptyState icon="search" title="No event fits.">Change what you look for, or clear it.</EmptyState>
        : <Table caption="Events, newest first" isWide columns={[{ key: 'at', words: 'When' }, { key: 'who', words: 'Who' }, { key: 'what', words: 'What' }, { key: 'whose', words: 'Whose record' }, { key: 'count', words: 'Items', isNumber: true }]}
            rows={rows.map(row => ({ key: row.id, cells: { at: formatWhen(row.at, zone, 'moment-short'), who: who(row, people), what: sayAction(row.action), whose: row.patientId ? patients.get(row.patientId) ?? 'A patient' : '', count: row.count || '' } }))} />}
      {hasMore && last && (
        <Form label="Older events">
          {Object.entries(values).filter(([name]) => !['at', 'id'].includes(name)).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
          <input type="hidden" name="at" value={last.at.toISOString()} /><input type="hidden" name="id" value={last.id} />
          <Actions><Button kind="secondary">Show older events</Button></Actions>
        </Form>
      )}
    </>)
}

const who = (row: AuditRow, people: ReadonlyMap<string, string>) =>
  row.job ? `The system (${row.job})` : `${(row.personId && people.get(row.personId)) || 'Somebody'} · ${actorWords[row.actorKind] ?? row.actorKind}`

function Search({ values, staff }: { values: Values; staff: readonly { personId: string; name: string }[] }) {
  return (
    <Form isInline label="Search the trail" values={values} hasKey={false}>
      <DateField name="from" label="From" isOptional />
      <DateField name="to" label="To" isOptional />
      <Select name="person" label="Who" emptyLabel="Anybody" isOptional choices={staff.map(({ personId, name }) => ({ value: personId, label: name }))} />
      <Field name="patient" label="Patient’s number" hint="From the patient’s page" isOptional size="medium" />
      <Select name="action" label="What" emptyLabel="Anything" isOptional choices={actions} />
      <Actions><Button>Search</Button><Button kind="quiet" name="clear" value="yes">Clear</Button></Actions>
    </Form>
  )
}
