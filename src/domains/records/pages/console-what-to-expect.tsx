import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { Invalid, NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { readingGrade } from '#platform/readability.ts'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Field, TextArea } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Badge } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { keepExpectations } from '../access.ts'
import type { OwnExpectation } from '../explain/tell-expectation.ts'
import { dropExpectation, keepExpectation, listExpectations, readExpectation, type ExpectationWish } from '../keep-expectations.ts'

const here = '/console/what-to-expect'
const said: Record<string, string> = {
  kept: 'Kept. Patients read it from now on.', dropped: 'Taken back. What comes with Rapport stands again, where there is something.',
  hard: 'Kept. The English is hard to read: more than sixth grade. Shorter sentences help.',
}
const fields = ['code', 'nameEn', 'nameEs', 'looksEn', 'looksEs', 'prepareEn', 'prepareEs', 'days'] as const

/** What a patient reads when a test was ordered: the program's words, which the practice makes its own, and tests of its own. */
export const consoleWhatToExpect: StaffPage = {
  for: { staff: keepExpectations },
  async get(ctx, { query }) {
    const code = query.get('test')
    if (code === null) return showList(ctx, { said: said[query.get('said') ?? ''] })
    const known = await readExpectation(ctx, code.slice(0, 60))
    if (!known) throw new NotFound()
    return showForm(ctx, known)
  },
  async post(ctx, form) {
    const text = (name: string) => String(form.get(name) ?? '')
    if (text('drop') !== '') {
      await dropExpectation(ctx, text('drop'))
      return seeOther(`${here}?said=dropped`)
    }
    const wish = Object.fromEntries(fields.map(name => [name, text(name)])) as ExpectationWish
    const isNew = text('is-new') === 'yes'
    const again = async (problems: Problems, status: number) => {
      const known = isNew ? undefined : await readExpectation(ctx, wish.code.slice(0, 60))
      return known ? showForm(ctx, known, { problems, values: wish, status }) : showList(ctx, { problems, values: wish, status })
    }
    try {
      const kept = await keepExpectation(ctx, wish, { isNew })
      if (!kept.ok) return again({ code: kept.reason === 'too-many' ? 'There are five hundred already: take one out first.' : 'This test is in the list already: change it there.' }, 409)
      return seeOther(`${here}?said=${readingGrade(`${wish.looksEn} ${wish.prepareEn}`) > 6 ? 'hard' : 'kept'}`)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return again(error.problems, 422)
    }
  },
}

type Shown = { said?: string | undefined; problems?: Problems; values?: Values; status?: number }

async function showList(ctx: Ctx<StaffActor>, { said: flash, problems, values, status = 200 }: Shown): Promise<Answer> {
  const tests = await listExpectations(ctx)
  return ctx.house.shell.console(ctx, { title: 'What to expect', current: here, status, ...(flash && { flash: { words: flash } }) },
    <>
      <PageHead title="What to expect" lead="What patients read when a test was ordered, until its result is here. The days also say by when a result is missed." />
      {problems && <Section title="Add a test of your own">{ownForm(problems, values)}</Section>}
      <Section title="Tests">
        <Table caption="Tests, by name" isCaptionHidden columns={[{ key: 'name', words: 'Test' }, { key: 'prepare', words: 'How to get ready' }, { key: 'days', words: 'Days to the result', isNumber: true }, { key: 'whose', words: 'Whose words' }]}
          rows={tests.map(test => ({ key: test.code, cells: {
            name: <a href={`${here}?test=${encodeURIComponent(test.code)}`}>{test.name.en}</a>, prepare: test.prepare.en || <span className="soft">“Ask us”</span>, days: String(test.resultDays),
            whose: test.isEdited ? <Badge tone="info">{test.isOwn ? 'Your own test' : 'Yours'}</Badge> : <span className="soft">Rapport’s</span>,
          } }))} />
      </Section>
      {!problems && <Section title="Add a test of your own">{ownForm()}</Section>}
    </>)
}

const ownForm = (problems?: Problems, values?: Values) => (
  <Form problems={problems} values={values} label="Add a test of your own">
    <input type="hidden" name="is-new" value="yes" />
    <Field name="code" label="Its LOINC code, or the laboratory’s" hint="Without one, a result cannot find its order by itself." isOptional maxLength={60} size="medium" />
    {wordFields()}
    <Actions><Button icon="plus">Add the test</Button></Actions>
  </Form>
)

const wordFields = (test?: OwnExpectation) => (
  <>
    <Field name="nameEn" label="What people call it" value={test?.name.en} maxLength={80} size="medium" />
    <Field name="nameEs" label="The same in Spanish" value={test?.name.es} maxLength={80} size="medium" />
    <Field name="looksEn" label="What it looks at, in one sentence" value={test?.looks.en} maxLength={300} isOptional />
    <Field name="looksEs" label="The same in Spanish" value={test?.looks.es} maxLength={300} isOptional />
    <TextArea name="prepareEn" label="How to get ready" value={test?.prepare.en} rows={3} maxLength={600} />
    <TextArea name="prepareEs" label="The same in Spanish" value={test?.prepare.es} rows={3} maxLength={600} />
    <Field name="days" label="Days from the sample to the result" value={test?.resultDays} inputMode="numeric" maxLength={2} size="short" />
  </>
)

function showForm(ctx: Ctx<StaffActor>, test: OwnExpectation & { isEdited: boolean }, { problems, values, status = 200 }: Shown = {}): Promise<Answer> {
  const drop = test.isOwn ? 'Take the test out' : 'Use Rapport’s words again'
  return ctx.house.shell.console(ctx, { title: test.name.en, current: here, status },
    <>
      <PageHead title={test.name.en} lead="Patients read this when the test was ordered. You answer for the Spanish too." back={{ href: here, words: 'What to expect' }} aside={<code>{test.code}</code>} />
      <Form action={here} problems={problems} values={values} label="What to expect">
        <input type="hidden" name="code" value={test.code} />
        {wordFields(test)}
        <Actions><Button>Keep</Button> <LinkButton kind="quiet" href={here}>Leave it as it is</LinkButton></Actions>
      </Form>
      {test.isEdited && <Form action={here} label={drop} prefix="drop-"><input type="hidden" name="drop" value={test.code} /><Button kind="quiet">{drop}</Button></Form>}
    </>)
}
