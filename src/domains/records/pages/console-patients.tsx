import type { Ctx, StaffActor } from '#platform/ctx.ts'
import type { Answer, StaffPage } from '#platform/page.tsx'
import { takeTurn } from '#platform/rate-limit.ts'
import { formatDay } from '#platform/when.ts'
import { Actions, Button } from '#ui/button.tsx'
import { DateField, Field } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { EmptyState, Notice } from '#ui/notice.tsx'
import { PageHead, RowList } from '#ui/things.tsx'
import { seePatients } from '../access.ts'
import { searchPatients, type FoundPatient } from '../search-patients.ts'

/** Finding a patient. What is looked for stays out of the address: a search is a POST that answers 200. */
export const consolePatients: StaffPage = {
  for: { staff: seePatients },
  get: ctx => showPatients(ctx, {}, undefined),
  async post(ctx, form, { clientAddress }) {
    const values = Object.fromEntries(['name', 'birth-date', 'phone', 'number'].map(name => [name, String(form.get(name) ?? '')])) as Record<string, string>
    const turn = await takeTurn(ctx, 'search', { account: ctx.actor.personId, address: clientAddress })
    if (!turn.ok) return showPatients(ctx, values, undefined, turn.retryAfterSeconds)
    return showPatients(ctx, values, await searchPatients(ctx, { name: values.name!, birthDate: values['birth-date']!, phone: values.phone!, mrn: values.number! }))
  },
}

function showPatients(ctx: Ctx<StaffActor>, values: Record<string, string>, found: FoundPatient[] | undefined, waitSeconds?: number): Promise<Answer> {
  return ctx.house.shell.console(ctx, { title: 'Patients', current: '/console/patients', ...(waitSeconds !== undefined && { status: 429, headers: { 'retry-after': String(waitSeconds) } }) },
    <>
      <PageHead title="Patients" lead="Look by name, birth date, telephone or record number. Accents and a wrong letter do not matter." />
      {waitSeconds !== undefined && <Notice tone="act" title="That was very many searches at once.">Wait {waitSeconds} seconds and search again. What you typed is still here.</Notice>}
      <Form label="Find a patient" values={values} hasKey={false}>
        <Field name="name" label="Name" isOptional isFirst autoComplete="off" />
        <DateField name="birth-date" label="Birth date" isOptional />
        <Field name="phone" label="Telephone" type="tel" isOptional size="medium" autoComplete="off" />
        <Field name="number" label="Record number" isOptional size="medium" autoComplete="off" />
        <Actions><Button icon="search">Find</Button></Actions>
      </Form>
      {found && (found.length === 0
        ? <EmptyState icon="search" title="Nobody fits.">Try fewer letters of the name, or only the birth date.</EmptyState>
        : <RowList label="Found" rows={found.map(patient => ({
            href: `/console/patients/${patient.id}`, title: patient.name,
            detail: <>{patient.birthDate ? `born ${formatDay(patient.birthDate)}` : 'birth date not known'}{patient.phone && ` · ${patient.phone}`}</>, aside: patient.mrn,
          }))} />)}
    </>)
}
