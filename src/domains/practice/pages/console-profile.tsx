import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { Actions, Button } from '#ui/button.tsx'
import { Radios } from '#ui/choices.tsx'
import { Pair } from '#ui/console-parts.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { editPractice } from '../access.ts'
import { saveContact } from '../edit-profile.ts'
import { loadPractice } from '../load-practice.ts'
import { fieldsOf } from '../read-fields.ts'
import { phoneWords } from '../read-phone.ts'
import type { Goal, Practice } from '../shared.ts'
import { pairValues, showInPractice } from './console-frame.tsx'

const goalWords: Record<Goal, { label: string; hint: string }> = {
  educate: { label: 'To be found and understood', hint: 'The site alone.' },
  grow: { label: 'To bring new patients', hint: 'The site alone, with the way to become a patient first.' },
  engage: { label: 'To keep the patients we have well informed', hint: 'The site and the portal, where patients read their record.' },
}

/** How the practice is called and reached. */
export const consoleProfile: StaffPage = {
  for: { staff: editPractice },
  get: (ctx, { query }) => showProfile(ctx, { said: query.get('said') }),
  async post(ctx, form) {
    const fields = fieldsOf(form)
    const saved = await saveContact(ctx, fields)
    return saved.ok ? seeOther('/console/practice/profile?said=saved') : showProfile(ctx, { problems: saved.problems, values: fields })
  },
}

const stored = ({ profile }: Practice): Values => ({
  name: profile.name, phone: profile.phone ? phoneWords(profile.phone) : '', 'after-hours-phone': profile.afterHoursPhone ? phoneWords(profile.afterHoursPhone) : '',
  ...pairValues('after-hours', profile.afterHours), email: profile.email ?? '', goal: profile.goal,
})

async function showProfile(ctx: Ctx<StaffActor>, { problems = {}, values, said = null }: { problems?: Problems; values?: Values; said?: string | null }): Promise<Answer> {
  const practice = await loadPractice(ctx)
  if (!practice) throw new NotFound()
  return showInPractice(ctx, { title: 'Name and telephone', lead: 'What stands at the top and the foot of every page.', page: '/profile', said, ...(values && { status: 422 }) },
    <Form label="Name and telephone" className="form-wide" problems={problems} values={values ?? stored(practice)}>
      <Field name="name" label="Name of the practice" maxLength={120} />
      <Field name="phone" label="Telephone" hint="The number patients call." type="tel" size="medium" />
      <Field name="after-hours-phone" label="Telephone when you are closed" hint="Leave it empty when the same number answers day and night." type="tel" size="medium" isOptional />
      <Pair name="after-hours" label="When you are closed" hint="Who answers, and what they can do. Required before the site goes online." most={500} rows={3} />
      <Field name="email" label="E-mail of the front desk" hint="Shown in notices. Nobody should send health details there." type="email" isOptional />
      <Radios name="goal" label="What is the site for?" choices={Object.entries(goalWords).map(([value, words]) => ({ value, ...words }))} />
      <Actions><Button>Save</Button></Actions>
    </Form>)
}
