import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { readingGrade } from '#platform/readability.ts'
import { mayActFor } from '#platform/scope.ts'
import { formatDay, formatWhen } from '#platform/when.ts'
import { earlierWords, patientNames } from '#records'
import { Actions, Button } from '#ui/button.tsx'
import { Checkboxes } from '#ui/choices.tsx'
import { Field, TextArea } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { Details, PageHead, RowList, Section } from '#ui/things.tsx'
import { writeNotes } from '../access.ts'
import { countArrived } from '../check-arrived.ts'
import { checkTexts, demotedTerms } from '../check-note.ts'
import { findCopied } from '../find-copied.ts'
import { findSurprises, newProblemsIn, topics, type Topic } from '../find-surprises.ts'
import { marksIn, readKept, type Kept } from '../keep-marks.ts'
import { keptKey, type CheckedNote } from '../shared.ts'
import { beginNote, dropDraft, keepDraft, listDrafts, readDraft, signNote, type Draft, type DraftWords } from '../write-note.ts'
import { FoundInNote, StyleCard } from './found-words.tsx'
import { WordsBeside } from './words-beside.tsx'

const refusals: Record<string, string> = { 'no-title': 'Give the note a name.', 'no-words': 'The note is empty.', 'too-long': 'That is too long.', 'signed-already': 'This note is signed. Write an addendum.' }

/** One's own unfinished notes; a new one is begun from a patient's page. */
export const consoleNotes: StaffPage = {
  for: { staff: writeNotes },
  async get(ctx, { query }) {
    const patientId = query.get('patient')
    if (patientId) await mayActFor(ctx, patientId)
    const drafts = await listDrafts(ctx, patientId ? { patientId } : 'mine')
    const [names, zone] = [await patientNames(ctx, drafts.map(draft => draft.patientId).concat(patientId ?? [])), await ctx.house.shell.zone(ctx)]
    const elsewhere = patientId ? 0 : await countArrived(ctx)
    const title = patientId ? `Notes for ${names.get(patientId) ?? 'this patient'}` : 'My unfinished notes'
    return ctx.house.shell.console(ctx, { title, current: '/console/notes', ...(query.get('said') === 'signed' && { flash: { words: 'Signed. The patient reads it in a moment.' } }) },
      <>
        <PageHead title={title} {...(patientId && { back: { href: `/console/patients/${patientId}`, words: 'The patient’s page' } })} />
        {patientId && <Form label="A new note"><input type="hidden" name="patient" value={patientId} /><Actions><Button icon="file-text">Write a note</Button></Actions></Form>}
        {!patientId && (elsewhere > 0
          ? <Notice tone="info" title={<a href="/console/notes-elsewhere">{elsewhere === 1 ? 'One note that you wrote elsewhere has' : `${elsewhere} notes that you wrote elsewhere have`} words to look at</a>} />
          : <p><a href="/console/notes-elsewhere">Notes you wrote elsewhere</a></p>)}
        {drafts.length === 0 ? <p>{patientId ? 'Nothing was written here yet.' : 'Nothing is unfinished. A note is begun from a patient’s page.'}</p>
          : <RowList label={title} rows={drafts.map(draft => ({ href: `/console/notes/${draft.id}`, title: <>{names.get(draft.patientId)}: {draft.title}</>, detail: <>{draft.signedAt ? `Signed ${formatWhen(draft.signedAt, zone, 'moment-short')}, ${draft.authorName}` : `Changed ${formatWhen(draft.changedAt, zone, 'moment-short')}`}</>, aside: draft.signedAt ? <Badge tone="calm">Signed</Badge> : <Badge>Unfinished</Badge> }))} />}
      </>)
  },
  async post(ctx, form) {
    return seeOther(`/console/notes/${await beginNote(ctx, String(form.get('patient') ?? ''), { addendumTo: String(form.get('addendum') ?? '') || undefined })}`)
  },
}

type Looked = { checked?: CheckedNote; kept?: readonly Kept[]; surprises?: readonly Topic[]; problems?: readonly string[]; problem?: string; status?: number; draft?: DraftWords; isSaved?: boolean }

export const consoleNote: StaffPage = {
  for: { staff: writeNotes },
  mostBytes: 300_000,
  get: (ctx, { params, query }) => show(ctx, params.id!, { isSaved: query.get('said') === 'saved' }),
  async post(ctx, form, { params }) {
    const id = params.id!
    const [action, draft] = [String(form.get('action') ?? ''), { title: text(form, 'title'), body: text(form, 'body'), summary: text(form, 'summary') }]
    if (action === 'drop') { await dropDraft(ctx, id); return seeOther('/console/notes') }
    if (action === 'sign' || action === 'sign-all-the-same') return sign(ctx, id, draft, form, action === 'sign')
    const { kept } = marksIn(form)
    const saved = await keepDraft(ctx, id, draft, kept)
    if (!saved.ok) return show(ctx, id, { draft, kept, problem: refusals[saved.reason] ?? saved.reason, status: 422 })
    return action === 'check' ? show(ctx, id, { checked: await check(ctx, id, draft, kept) }) : seeOther(`/console/notes/${id}?said=saved`)
  },
}
const text = (form: FormData, name: string) => String(form.get(name) ?? '').replaceAll('\r\n', '\n')

const check = async (ctx: Ctx<StaffActor>, id: string, draft: DraftWords, kept: readonly Kept[]): Promise<CheckedNote> =>
  checkTexts(draft, (await readDraft(ctx, id)).earlier, { demoted: await demotedTerms(ctx), kept: new Set(kept.map(({ term, words }) => keptKey(term, words))) })

/** N8: before it is shared, whoever writes it is asked whether the patient has heard it. It is a question, and never a block. */
async function sign(ctx: Ctx<StaffActor>, id: string, draft: DraftWords, form: FormData, asks: boolean): Promise<Answer> {
  const now = await readDraft(ctx, id)
  const earlier = await earlierWords(ctx, await mayActFor(ctx, now.patientId))
  const said = form.getAll('said').map(String)
  const surprises = findSurprises(draft.body, earlier.notes.map(one => one.text)).filter(topic => !said.includes(topic))
  const problems = newProblemsIn(draft.body, earlier.newProblems).filter(name => !said.includes(name))
  const marks = marksIn(form)
  if (asks && draft.summary.trim() === now.summary.trim() && surprises.length + problems.length > 0) return show(ctx, id, { draft, kept: marks.kept, surprises, problems, checked: await check(ctx, id, draft, marks.kept) })
  const signed = await signNote(ctx, id, { draft, said, ...marks })
  return signed.ok ? seeOther(`/console/notes?patient=${signed.patientId}&said=signed`) : show(ctx, id, { draft, kept: marks.kept, problem: refusals[signed.reason] ?? signed.reason, status: signed.reason === 'signed-already' ? 409 : 422 })
}

async function show(ctx: Ctx<StaffActor>, id: string, looked: Looked): Promise<Answer> {
  const draft = await readDraft(ctx, id)
  const name = (await patientNames(ctx, [draft.patientId])).get(draft.patientId)
  if (!name) throw new NotFound()
  const zone = await ctx.house.shell.zone(ctx)
  const back = { href: `/console/patients/${draft.patientId}`, words: name }
  if (draft.signedAt) return ctx.house.shell.console(ctx, { title: draft.title, current: '/console/notes', ...(looked.status && { status: looked.status }) }, <><PageHead title={draft.title} back={back} lead={`Signed ${formatWhen(draft.signedAt, zone, 'moment')}, ${draft.authorName}`} />{looked.problem && <Notice tone="notice" title={looked.problem} />}<Signed draft={draft} /></>)
  const words = looked.draft ?? draft
  const kept = looked.kept ?? await readKept(ctx, id)
  return ctx.house.shell.console(ctx, { title: draft.title, current: '/console/notes', ...(looked.status && { status: looked.status }), ...(looked.isSaved && { flash: { words: 'Kept. Nobody but you sees it until you sign it.' } }) },
    <>
      <PageHead title={draft.addendumTo ? 'Addendum' : 'Note'} back={back} />
      {looked.problem && <Notice tone="notice" title={looked.problem} />}
      {looked.checked && <FoundInNote checked={looked.checked} texts={words} />}
      <Form label="Note" className="note-editor" values={{ title: words.title, body: words.body, summary: words.summary }}>
        {(looked.surprises?.length || looked.problems?.length) ? <Surprises topics={looked.surprises ?? []} names={looked.problems ?? []} /> : null}
        <Field name="title" label="Name of the note" maxLength={120} />
        <TextArea name="body" label="The note, word for word as the patient will read it" rows={16} maxLength={50_000} isOptional hint="What is copied from an earlier note of this patient is named as copied." />
        <WordsBeside href={`/console/notes/${id}/words`} kept={kept} />
        <TextArea name="summary" label="For the patient, in plain words" rows={4} maxLength={4_000} isOptional hint={summaryHint(words.summary)} />
        <Actions>
          <Button name="action" value={looked.surprises ? 'sign-all-the-same' : 'sign'} icon="check">{looked.surprises ? 'Sign it' : 'Sign and share'}</Button>
          <Button kind="secondary" name="action" value="check">Check the words</Button>
          <Button kind="secondary" name="action" value="keep">Keep for later</Button>
          <Button kind="quiet" name="action" value="drop">Throw it away</Button>
        </Actions>
      </Form>
      <StyleCard />
    </>)
}

const summaryHint = (summary: string): string => (summary.trim().split(/\s+/).length < 8 ? 'It leads the note in the portal. Two or three short sentences.' : `It leads the note in the portal. Reading grade ${Math.round(readingGrade(summary) * 10) / 10}; plain is 6 or less.`)

function Surprises({ topics: found, names }: { topics: readonly Topic[]; names: readonly string[] }) {
  return (
    <Notice tone="notice" title="Did you say this out loud at the visit?">
      <p>The note speaks of what the patient may not expect to read. Tick what you said, or add a line for the patient below.</p>
      <Checkboxes name="said" label="Said at the visit" isOptional choices={[...found.map(topic => ({ value: topic, label: topics[topic].words })), ...names.map(name => ({ value: name, label: `New on the problem list: ${name}` }))]} />
    </Notice>
  )
}

/** Each paragraph as it was signed, with the days of the notes that it was copied from (N5). */
function paragraphs({ body, earlier }: Draft): { words: string; days: string[] }[] {
  const copied = findCopied(body, earlier)
  return [...body.matchAll(/[^\n](?:[^\n]|\n(?!\n))*/g)].map(({ index, 0: words }) => ({ words, days: [...new Set(copied.filter(({ start }) => start >= index && start < index + words.length).map(({ day }) => formatDay(day, 'day')))] }))
}

function Signed({ draft }: { draft: Draft }) {
  return (
    <>
      {draft.summary && <Section title="For the patient"><p>{draft.summary}</p></Section>}
      <Section title="The note">{paragraphs(draft).map(({ words, days }, index) => <div key={index}><p className="as-written">{words}</p>{days.length > 0 && <p className="soft small">Copied in part from {days.join(' and ')}</p>}</div>)}</Section>
      <Details summary="Add something">
        <p>A signed note is never edited. What you add stands beside it, with its date.</p>
        <Form label="Add something" action="/console/notes"><input type="hidden" name="patient" value={draft.patientId} /><input type="hidden" name="addendum" value={draft.id} /><Actions><Button kind="secondary">Write an addendum</Button></Actions></Form>
      </Details>
    </>
  )
}
