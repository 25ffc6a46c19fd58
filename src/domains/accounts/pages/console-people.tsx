import type { Ctx, Role, StaffActor } from '#platform/ctx.ts'
import { roles } from '#platform/ctx.ts'
import { isMailAddress } from '#platform/email.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { Actions, Button } from '#ui/button.tsx'
import { Checkboxes } from '#ui/choices.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Badge } from '#ui/notice.tsx'
import { PageHead, RowList, Section } from '#ui/things.tsx'
import { managePeople } from '../access.ts'
import { inviteStaff, listStaff } from '../manage-staff.ts'
import { roleWords } from '../shared.ts'

const roleHints: Record<Role, string> = {
  clinician: 'Reads and writes records.', 'care-team': 'Nurses and medical assistants: reads and writes records.', 'front-desk': 'Patients’ names and visits, letters; no results or notes.',
  billing: 'Who patients are, and bills.', editor: 'The site’s words. No patients.', manager: 'The practice, people, audit, jobs. No results or notes.',
}
export const roleChoices = roles.map(role => ({ value: role, label: roleWords[role], hint: roleHints[role] }))
export const rolesFrom = (form: FormData): Role[] => roles.filter(role => form.getAll('roles').includes(role))
export const said: Record<string, string> = { invited: 'Invited. The mail with the link is in the outbox or on its way.', changed: 'Saved. It holds from their next click on.', disabled: 'Shut out, everywhere, at once.', enabled: 'May come in again.', reset: 'Their ways in are over. A link to choose new ones is in the outbox or on its way.' }

export const consolePeople: StaffPage = {
  for: { staff: managePeople },
  get: (ctx, { query }) => showPeople(ctx, {}, {}, said[query.get('said') ?? '']),
  async post(ctx, form) {
    const [name, email, wanted] = [String(form.get('name') ?? '').trim(), String(form.get('email') ?? '').trim(), rolesFrom(form)]
    const problems: Record<string, string> = {
      ...(name.length === 0 || name.length > 120 ? { name: 'Write the person’s name.' } : {}), ...(isMailAddress(email) ? {} : { email: 'Write an e-mail address like name@practice.example.' }), ...(wanted.length === 0 ? { roles: 'Choose at least one role.' } : {}),
    }
    if (Object.keys(problems).length > 0) return showPeople(ctx, problems, { name, email, roles: wanted }, undefined, 422)
    const outcome = await inviteStaff(ctx, { name, email, roles: wanted })
    return outcome.ok ? seeOther('/console/people?said=invited') : showPeople(ctx, { email: 'Somebody signs in with this address already.' }, { name, email, roles: wanted }, undefined, 409)
  },
}

async function showPeople(ctx: Ctx<StaffActor>, problems: Problems, values: Values, flash?: string, status = 200): Promise<Answer> {
  const staff = await listStaff(ctx)
  return ctx.house.shell.console(ctx, { title: 'People and roles', current: '/console/people', status, ...(flash && { flash: { words: flash } }) },
    <>
      <PageHead title="People and roles" lead="Who works here and what they may do. Everybody has a sign-in of their own, with a passkey or a code from an app." />
      <RowList label="People" rows={staff.map(person => ({ href: `/console/people/${person.personId}`, title: person.name, detail: <>{person.roles.map(role => roleWords[role]).join(', ')} · {person.email}</>, aside: person.isDisabled ? <Badge tone="notice">Shut out</Badge> : person.hasPassword ? null : <Badge tone="plain">Invited</Badge> }))} />
      <Section title="Invite somebody">
        <Form label="Invite somebody" problems={problems} values={values}>
          <Field name="name" label="Name" autoComplete="off" maxLength={120} />
          <Field name="email" label="E-mail" type="email" autoComplete="off" />
          <Checkboxes name="roles" label="What they do" choices={roleChoices} />
          <Actions><Button icon="mail">Send the invitation</Button></Actions>
        </Form>
      </Section>
    </>)
}
