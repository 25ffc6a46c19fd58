import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { Actions, Button } from '#ui/button.tsx'
import { Checkboxes } from '#ui/choices.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { Facts, PageHead, Section } from '#ui/things.tsx'
import { managePeople } from '../access.ts'
import { factorsOf, inviteAgain, resetFactors, type StaffFactors } from '../help-staff.ts'
import { changeRoles, disablePerson, enablePerson, listStaff, type StaffRow } from '../manage-staff.ts'
import { roleChoices, rolesFrom, said } from './console-people.tsx'

type StaffCtx = Ctx<StaffActor>
type Reason = 'last-manager' | 'no-role' | 'yourself' | 'shut-out' | 'has-sign-in'
const refusals: Record<Reason, string> = {
  'last-manager': 'This is the last manager: somebody must be able to let people in. Make another manager first.', 'no-role': 'Choose at least one role, or shut the person out.',
  yourself: 'You cannot do this to yourself. Ask another manager.', 'shut-out': 'This person is shut out. Let them in again first.', 'has-sign-in': 'This person has a sign-in already. You can end it and send a link for a new one.',
}

/** One colleague: roles, ways in, and the door. Only who works here is found. */
export const consolePerson: StaffPage = {
  for: { staff: managePeople },
  get: (ctx, { params, query }) => showPerson(ctx, params.id!, { said: said[query.get('said') ?? ''] }),
  async post(ctx, form, { params }) {
    const id = params.id!
    const person = await find(ctx, id)
    const action = String(form.get('action') ?? 'roles')
    const outcome = await act(ctx, form, action, person)
    if (outcome.ok) return seeOther(`/console/people/${id}?said=${saidOf[action] ?? 'changed'}`)
    const isRoles = action === 'roles'
    return showPerson(ctx, id, { form: isRoles ? 'roles' : action, problems: { [isRoles ? 'roles' : '']: refusals[outcome.reason] }, ...(isRoles && { values: { roles: rolesFrom(form), sent: 'yes' } }) })
  },
}
const saidOf: Record<string, string> = { disable: 'disabled', enable: 'enabled', reset: 'reset', invite: 'invited' }

async function act(ctx: StaffCtx, form: FormData, action: string, { personId }: StaffRow): Promise<{ ok: true } | { ok: false; reason: Reason }> {
  if (action === 'enable') { await enablePerson(ctx, personId); return { ok: true } }
  if (action === 'disable') return disablePerson(ctx, personId)
  if (action === 'reset') return resetFactors(ctx, personId)
  if (action === 'invite') return inviteAgain(ctx, personId)
  return changeRoles(ctx, personId, rolesFrom(form))
}

async function find(ctx: StaffCtx, id: string): Promise<StaffRow> {
  const person = (await listStaff(ctx)).find(one => one.personId === id)
  if (!person) throw new NotFound()
  return person
}

type Told = { said?: string | undefined; form?: string; problems?: Problems; values?: Values }

async function showPerson(ctx: StaffCtx, id: string, { said: flash, form, problems = {}, values = {} }: Told): Promise<Answer> {
  const [person, factors] = [await find(ctx, id), await factorsOf(ctx, id)]
  const isSelf = id === ctx.actor.personId
  const problem = form !== 'roles' ? problems[''] : undefined
  return ctx.house.shell.console(ctx, { title: person.name, current: '/console/people', status: Object.keys(problems).length > 0 ? 409 : 200, ...(flash && { flash: { words: flash } }) },
    <>
      <PageHead title={person.name} lead={person.email} back={{ href: '/console/people', words: 'People and roles' }} aside={person.isDisabled ? <Badge tone="notice">Shut out</Badge> : null} />
      {problem && <Notice tone="notice" title={problem} />}
      <Form label="Roles" problems={form === 'roles' ? problems : {}} values={form === 'roles' ? values : {}}>
        <Checkboxes name="roles" label="What they do" choices={roleChoices} values={person.roles} />
        <Actions><Button name="action" value="roles">Save the roles</Button></Actions>
      </Form>
      <Section title="How they sign in">
        <Facts items={factsOf(factors)} />
        {isSelf ? <p><a href="/console/account/sign-in">Change how you sign in</a></p> : !person.isDisabled && <Ways factors={factors} name={person.name} />}
      </Section>
      {!isSelf && (
        <Section title={person.isDisabled ? 'Let them in again' : 'Shut them out'}>
          <Form label="Access" prefix="access-">
            <p>{person.isDisabled ? 'Their roles stay as they are.' : 'Every session they have ends at once.'}</p>
            <Actions>{person.isDisabled ? <Button kind="secondary" name="action" value="enable">Let them in again</Button> : <Button kind="danger" name="action" value="disable">Shut them out</Button>}</Actions>
          </Form>
        </Section>
      )}
    </>)
}

const factsOf = ({ hasPassword, hasApp, passkeys }: StaffFactors) => [
  { term: 'Password', words: hasPassword ? 'Chosen' : 'Not chosen yet' },
  { term: 'Passkeys', words: passkeys === 0 ? 'None' : String(passkeys) },
  { term: 'Codes from an app', words: hasApp ? 'On' : 'Off' },
]

function Ways({ factors, name }: { factors: StaffFactors; name: string }) {
  return (
    <Form label="Ways in" prefix="ways-">
      {factors.hasPassword
        ? <><p>Did {name} lose the phone and the spare codes? This ends password, passkeys, codes and sessions, and mails a link to choose new ones. Speak to them first, not by mail.</p><Actions><Button kind="danger" name="action" value="reset">End their ways in and mail a link</Button></Actions></>
        : <><p>The invitation works for 7 days.</p><Actions><Button kind="secondary" icon="mail" name="action" value="invite">Send the invitation again</Button></Actions></>}
    </Form>
  )
}
