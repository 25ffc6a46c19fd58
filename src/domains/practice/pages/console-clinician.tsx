import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { may } from '#platform/permission.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { listStaff } from '#accounts'
import { Actions, Button } from '#ui/button.tsx'
import { Radios, Select } from '#ui/choices.tsx'
import { Pair } from '#ui/console-parts.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Details, Section } from '#ui/things.tsx'
import { checkPlans, editPractice, mayEditWordsOf, seePractice } from '../access.ts'
import { confirmAccepting, letClinicianGo, saveClinician, saveOwnWords } from '../edit-clinician.ts'
import { loadPractice } from '../load-practice.ts'
import { moveUp } from '../order-lists.ts'
import { fieldsOf } from '../read-fields.ts'
import { genders, type Accepting, type Clinician, type Gender, type Practice } from '../shared.ts'
import { ClinicianFacts, listsFrom, storedFacts } from './console-clinician-facts.tsx'
import { acceptingInWords } from './console-clinicians.tsx'
import { pairValues, showInPractice } from './console-frame.tsx'
import { previewHref } from './console-overview.tsx'
import { ClinicianSummary } from './console-clinician-summary.tsx'

const here = '/console/practice/clinicians'
type Typed = { form?: 'words' | 'facts'; problems?: Problems; values?: Values; said?: string | null }

/** One clinician's page: the manager enters who they are, they themselves say what they are like. */
export const consoleClinician: StaffPage = {
  for: { staff: seePractice },
  get: (ctx, { params, query }) => showClinician(ctx, params.id!, { said: query.get('said') }),
  async post(ctx, form, { params }) {
    const id = params.id!
    const fields = fieldsOf(form)
    if (fields.do === 'go') {
      await letClinicianGo(ctx, id)
      return seeOther(`${here}?said=removed`)
    }
    if (fields.do === 'up') {
      await moveUp(ctx, 'clinician', id)
      return seeOther(`${here}?said=moved`)
    }
    if (fields.do === 'accepting') {
      const accepting = (['yes', 'no', 'ask'] as const).find(answer => answer === fields.accepting)
      if (accepting) await confirmAccepting(ctx, id, accepting)
      return seeOther(`${here}/${id}?said=confirmed`)
    }
    const lists = listsFrom(form)
    const saved = fields.do === 'words' ? await saveOwnWords(ctx, id, fields) : await saveClinician(ctx, id, fields, lists)
    if (saved.ok) return seeOther(`${here}/${id}?said=saved`)
    return showClinician(ctx, id, { form: fields.do === 'words' ? 'words' : 'facts', problems: saved.problems, values: { ...fields, languages: lists.languages, locations: lists.locationIds } })
  },
}

async function showClinician(ctx: Ctx<StaffActor>, id: string, { form, problems, values, said = null }: Typed): Promise<Answer> {
  const practice = await loadPractice(ctx)
  const clinician = practice?.clinicians.find(other => other.id === id)
  if (!practice || !clinician) throw new NotFound()
  const staff = may(ctx, editPractice) ? (await listStaff(ctx)).filter(({ roles }) => roles.includes('clinician')) : []
  const isFirst = practice.clinicians[0]?.id === id
  return showInPractice(ctx, { title: clinician.name, lead: <a href={previewHref(`/clinicians/${clinician.slug}`)}>See the page</a>, page: '/clinicians', back: { href: here, words: 'Clinicians' }, said, ...(form && { status: 422 }) },
    <>
      {may(ctx, checkPlans) && <AcceptingForm clinician={clinician} />}
      {mayEditWordsOf(ctx, clinician) ? <OwnWords clinician={clinician} {...(form === 'words' && { problems, values })} /> : <ClinicianSummary clinician={clinician} />}
      {may(ctx, editPractice) && <ManagerPart practice={practice} clinician={clinician} staff={staff} isFirst={isFirst} {...(form === 'facts' && { problems, values })} />}
    </>)
}

const acceptingChoices: readonly { value: Accepting; label: string }[] = [{ value: 'yes', label: 'Yes' }, { value: 'no', label: 'Not now' }, { value: 'ask', label: 'People should call and ask' }]

function AcceptingForm({ clinician }: { clinician: Clinician }) {
  return (
    <Section title="New patients">
      <p className="soft">{acceptingInWords(clinician)}.</p>
      <Form label="New patients" prefix="accepting-" values={{ accepting: clinician.accepting }}>
        <Radios name="accepting" label="Do they take new patients today?" isInline choices={acceptingChoices} />
        <Actions><Button kind="secondary" name="do" value="accepting">Confirm as of today</Button></Actions>
      </Form>
    </Section>
  )
}

/** Questions that a shy writer can answer; nobody has to answer all of them. */
const prompts: readonly { name: 'practise' | 'care' | 'like' | 'trained'; label: string; hint: string }[] = [
  { name: 'practise', label: 'How I practice', hint: 'What do you do in the first minute of a visit? How do you decide things with a patient? What do you never do?' },
  { name: 'care', label: 'What I care about', hint: 'Which visits are you glad to see on your list? What do you notice that others miss? Whom do you wish would come sooner?' },
  { name: 'like', label: 'What I am like', hint: 'Where did you grow up? What do you do badly and love anyway? What would a colleague say about you?' },
  { name: 'trained', label: 'What I trained in', hint: 'Where, for how long, and what it taught you. One line about certification is enough.' },
]

const genderWords: Readonly<Record<Gender, string>> = { woman: 'Woman', man: 'Man', nonbinary: 'Nonbinary person' }

function OwnWords({ clinician, problems, values }: { clinician: Clinician; problems?: Problems | undefined; values?: Values | undefined }) {
  const stored = { gender: clinician.gender ?? '', ...pairValues('line', clinician.line), ...Object.assign({}, ...prompts.map(({ name }) => pairValues(name, clinician[name]))) } as Values
  return (
    <Section title="In their own words">
      <p className="soft measure">Write as you talk to somebody who is nervous. Short sentences, “I”, one true detail. Two or three sentences a part are plenty, and an unfinished page is better than a stiff one.</p>
      <Form label="In their own words" className="form-wide" prefix="words-" problems={problems} values={values ?? stored}>
        <input type="hidden" name="do" value="words" />
        <Pair name="line" label="One sentence to somebody new" hint="What do you wish people knew before they came?" most={300} isOptional />
        <Select name="gender" label="I am a" hint="Patients can ask for it when they look for a time. It shows nowhere else. You need not say." isOptional size="short" emptyLabel="I do not say" choices={genders.map(one => ({ value: one, label: genderWords[one] }))} />
        {prompts.map(({ name, label, hint }) => <Pair key={name} name={name} label={label} hint={hint} most={2000} rows={5} isOptional />)}
        <Actions><Button>Save the words</Button></Actions>
      </Form>
    </Section>
  )
}

type ManagerProps = { practice: Practice; clinician: Clinician; staff: readonly { personId: string; name: string }[]; isFirst: boolean; problems?: Problems | undefined; values?: Values | undefined }

function ManagerPart({ practice, clinician, staff, isFirst, problems, values }: ManagerProps) {
  return (
    <>
      <Section title="Who they are"><ClinicianFacts practice={practice} staff={staff} problems={problems} values={values ?? storedFacts(clinician)} verb="Save" /></Section>
      {!isFirst && <Form label="Order"><Actions><Button kind="secondary" icon="arrow-up" name="do" value="up">Show them one place earlier</Button></Actions></Form>}
      <Details summary="They work elsewhere now">
        <p>The page leaves the site at once. Their name stays in the record of those they cared for.</p>
        <Form label="They work elsewhere now"><Button kind="danger" name="do" value="go">Take the page down</Button></Form>
      </Details>
    </>
  )
}
