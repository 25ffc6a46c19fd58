import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { mayActFor, type AuthorizedPatientId } from '#platform/scope.ts'
import { words } from '#platform/words.ts'
import { agree, choicesOf, recordYes } from '#release'
import { categories, conditions, type Category, type Condition } from '#release/shared'
import { Actions, Button } from '#ui/button.tsx'
import { Checkbox, Radios, Select } from '#ui/choices.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { openCategoriesFor } from '../open-own.ts'
import { readPatient, type PatientFacts } from '../read-patient.ts'
import { shownWords } from './portal-choices.tsx'

const whens = ['at-once', ...conditions] as const
const refusals: Record<string, Problems> = { 'who-said-yes': { spoke: 'Write whose yes it was.' }, 'not-theirs': { spoke: 'Only the patient, or the parent of a child under 12, chooses this.' } }

/** A patient's own yes, by telephone or in the room: the words are read to them, and whose yes it was is kept. Nobody here agrees for them. Source: R8, A4. */
export const consoleChoices: StaffPage = {
  for: { staff: recordYes },
  get: async (ctx, { params, query }) => show(ctx, await patientOf(ctx, params.id!), { isSaid: query.get('said') === 'kept' }),
  async post(ctx, form, { params }) {
    const patient = await patientOf(ctx, params.id!)
    const text = (name: string) => String(form.get(name) ?? '')
    const values = Object.fromEntries([...form].map(([name, value]) => [name, String(value).slice(0, 300)]))
    const wanted = new Map<Category, Condition | 'at-once'>(categories.flatMap(category => { const when = whens.find(one => one === text(`when-${category}`)); return when ? [[category, when] as const] : [] }))
    if (text('yes') !== 'yes') return show(ctx, patient, { values, problems: { yes: 'Read the words to them first, and mark that they said yes.' } })
    const channel = text('channel') === 'in-person' ? 'in-person' as const : 'telephone' as const
    const outcome = await inTransaction(ctx, async tx => {
      const agreed = await agree(tx, patient.authorized, { wanted, channel, spokeWith: text('spoke'), wordsShown: shownWords(words(languageOf(patient))) })
      if (agreed.ok) await openCategoriesFor(tx, patient.authorized, agreed.ended)
      return agreed
    })
    return outcome.ok ? seeOther(`/console/patients/${params.id}/choices?said=kept`) : show(ctx, patient, { values, problems: refusals[outcome.reason] ?? {} })
  },
}

type Patient = PatientFacts & { authorized: AuthorizedPatientId }
async function patientOf(ctx: Ctx<StaffActor>, id: string): Promise<Patient> {
  const authorized = await mayActFor(ctx, id)
  const patient = await readPatient(ctx, authorized)
  if (!patient) throw new NotFound()
  return { ...patient, authorized }
}
const languageOf = ({ language }: PatientFacts) => (language?.startsWith('es') ? 'es' as const : 'en' as const)

type Shown = { problems?: Problems; values?: Values; isSaid?: boolean }
async function show(ctx: Ctx<StaffActor>, patient: Patient, { problems, values = {}, isSaid }: Shown): Promise<Answer> {
  const chosen = await choicesOf(ctx, patient.authorized)
  await audit(ctx, 'patient.viewed', { patientId: patient.id, kind: 'patient', ids: [patient.id] })
  const [language, en] = [languageOf(patient), words('en')]
  const say = words(language)
  return ctx.house.shell.console(ctx, { title: 'When they see results', current: '/console/patients', ...(problems && { status: 422 }), ...(isSaid && { flash: { words: 'Kept, with whose yes it was. It counts from now on.' } }) },
    <>
      <PageHead title="When they see results" back={{ href: `/console/patients/${patient.id}`, words: patient.name }} lead="By telephone or in the room. You write down their own choice; you do not choose for them." />
      <Section title="Read this to them">
        <blockquote lang={language} className="as-written">
          <p>{say('release.choices.lead')} {say('release.choices.danger')}</p>
          <ul className="plain-list">{whens.map(when => <li key={when}><strong>{say(`release.choices.${when}`)}:</strong> {say(`release.choices.${when}.hint`)}</li>)}</ul>
        </blockquote>
      </Section>
      <Form label="Write down their choice" problems={problems ?? {}} values={values}>
        {categories.map(category => <Select key={category} name={`when-${category}`} label={en(`release.category.${category}`)} value={chosen.get(category) ?? 'at-once'} choices={whens.map(when => ({ value: when, label: en(`release.choices.${when}`) }))} />)}
        <Field name="spoke" label="Whose yes it was" maxLength={200} hint="The patient by name, or the parent of a child under 12. No caregiver of an adult." />
        <Radios name="channel" label="How" choices={[{ value: 'telephone', label: 'By telephone' }, { value: 'in-person', label: 'In the room' }]} value="telephone" />
        <Checkbox name="yes" label="I have read these words to them, and they said yes" />
        <Actions><Button icon="check">Keep their choice</Button></Actions>
      </Form>
    </>)
}
