import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { formatDay } from '#platform/when.ts'
import { Actions, Button } from '#ui/button.tsx'
import { DateField, Field } from '#ui/fields.tsx'
import { Form, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { RowList } from '#ui/things.tsx'
import type { PatientLine, PatientBook } from '../patient-book.ts'

export type PatientSearch = { found?: readonly PatientLine[]; values?: Values }

/** Whom the desk asks for, by name or date of birth. It is sent, never an address: what is searched by is somebody's. */
export async function searchPatients(ctx: Ctx<StaffActor>, book: PatientBook, form: FormData): Promise<PatientSearch> {
  const text = (name: string) => String(form.get(name) ?? '').trim().slice(0, 100)
  const search = { name: text('name'), birthDate: text('birth-date') }
  return { found: await book.find(ctx, search), values: { name: search.name, 'birth-date': search.birthDate } }
}

/** The search and whom it found; `hrefOf`: where one goes on with a patient. */
export const FindPatient = ({ found, values, hrefOf }: PatientSearch & { hrefOf: (patientId: string) => string }) => (
  <>
    <Form values={values} label="Find a patient">
      <Field name="name" label="Name" isOptional isFirst />
      <DateField name="birth-date" label="Born" isOptional />
      <Actions><Button icon="search">Find</Button></Actions>
    </Form>
    {found && (found.length === 0
      ? <EmptyState icon="user-round-search" title="Nobody was found.">Look at the spelling, or search by the date of birth alone.</EmptyState>
      : <RowList label="Patients found" rows={found.map(one => ({ href: hrefOf(one.id), title: one.name, detail: detailOf(one) }))} />)}
  </>
)

const detailOf = ({ birthDate, mrn }: PatientLine): string => [birthDate && `born ${formatDay(birthDate)}`, mrn && `number ${mrn}`].filter(Boolean).join(', ')
