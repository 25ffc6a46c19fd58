import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { Invalid, NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { Actions, Button } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Details, PageHead, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { keepGlossary } from '../access.ts'
import { misreadWords } from '../data/misread-words.data.ts'
import { addOwnWord, dropOwnWord, readOwnWords } from '../keep-own-words.ts'

const here = '/console/glossary'
const said: Record<string, string> = { added: 'Added. Patients see it explained from now on.', dropped: 'Taken out.' }

/** Words that patients read in notes and reports with their meaning one tap away: the program's, and the practice's own. */
export const consoleGlossary: StaffPage = {
  for: { staff: keepGlossary },
  get: (ctx, { query }) => showGlossary(ctx, { said: said[query.get('said') ?? ''] }),
  async post(ctx, form) {
    const text = (name: string) => String(form.get(name) ?? '')
    const id = text('drop')
    if (id !== '') {
      if (!/^[0-9a-f-]{36}$/.test(id)) throw new NotFound()
      await dropOwnWord(ctx, id)
      return seeOther(`${here}?said=dropped`)
    }
    const values = { word: text('word'), en: text('en'), es: text('es') }
    try {
      const added = await addOwnWord(ctx, values)
      return added.ok ? seeOther(`${here}?said=added`) : showGlossary(ctx, { problems: { word: 'This word is in the list already.' }, values, status: 409 })
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return showGlossary(ctx, { problems: error.problems, values, status: 422 })
    }
  },
}

type Shown = { said?: string | undefined; problems?: Problems; values?: Values; status?: number }

async function showGlossary(ctx: Ctx<StaffActor>, { said: flash, problems, values, status = 200 }: Shown): Promise<Answer> {
  const own = await readOwnWords(ctx)
  return ctx.house.shell.console(ctx, { title: 'Words explained', current: here, status, ...(flash && { flash: { words: flash } }) },
    <>
      <PageHead title="Words explained" lead="What patients can tap in a note or a report to see what it means. The words of the note are never changed." />
      <Section title="Your own">
        {own.length === 0 ? <p>None yet.</p> : (
          <Table caption="Your own words" isCaptionHidden columns={[{ key: 'word', words: 'Word' }, { key: 'en', words: 'English' }, { key: 'es', words: 'Spanish' }, { key: 'drop', words: 'Take out' }]}
            rows={own.map(one => ({ key: one.id, cells: { word: one.word, en: one.en, es: <span lang="es">{one.es}</span>, drop: <Form label={`Take out ${one.word}`} prefix={`w${one.id.slice(-6)}-`}><input type="hidden" name="drop" value={one.id} /><Button kind="quiet" label={`Take out ${one.word}`}>Take out</Button></Form> } }))} />
        )}
      </Section>
      <Section title="Add one">
        <Form problems={problems} values={values} label="Add a word">
          <Field name="word" label="The word as it stands in notes" maxLength={60} size="medium" />
          <Field name="en" label="What it means, in plain English" maxLength={200} />
          <Field name="es" label="What it means, in plain Spanish" maxLength={200} />
          <Actions><Button icon="plus">Add the word</Button></Actions>
        </Form>
      </Section>
      <Details summary={`${misreadWords.length} that come with Rapport`}>
        <Table caption="Words that come with Rapport" isCaptionHidden columns={[{ key: 'word', words: 'Word' }, { key: 'en', words: 'English' }, { key: 'es', words: 'Spanish' }]}
          rows={misreadWords.map(one => ({ key: one.id, cells: { word: one.id.replaceAll('-', ' '), en: one.en, es: <span lang="es">{one.es}</span> } }))} />
      </Details>
    </>)
}
