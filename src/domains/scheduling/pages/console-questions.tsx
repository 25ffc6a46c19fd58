import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { fieldsOf, isUuid } from '#practice'
import { Checkboxes, Select } from '#ui/choices.tsx'
import { EntryActions, Pair } from '#ui/console-parts.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { Details } from '#ui/things.tsx'
import { planSchedule } from '../access.ts'
import { raiseQuestion, removeQuestion, saveQuestion } from '../edit-questions.ts'
import { loadSettings } from '../read-settings.ts'
import { mostQuestions, questionKinds, type Question, type QuestionKind } from '../shared.ts'
import { schedulePath, showInSchedule } from './console-frame.tsx'

const pathOf = (typeId: string): string => `${schedulePath}/types/${typeId}/questions`
const kindWords: Readonly<Record<QuestionKind, string>> = { 'yes-no': 'Yes or no', choice: 'One of a few choices', text: 'A short text' }

/** What is asked at booking about one kind of visit. */
export const consoleQuestions: StaffPage = {
  for: { staff: planSchedule },
  get: (ctx, { params, query }) => showQuestions(ctx, params.id!, { said: query.get('said') }),
  async post(ctx, form, { params }) {
    const [typeId, fields] = [params.id!, fieldsOf(form)]
    const id = isUuid(fields.id ?? '') ? fields.id : undefined
    if (id && fields.do === 'remove') {
      await removeQuestion(ctx, typeId, id)
      return seeOther(`${pathOf(typeId)}?said=removed`)
    }
    if (id && fields.do === 'up') {
      await raiseQuestion(ctx, typeId, id)
      return seeOther(`${pathOf(typeId)}?said=saved`)
    }
    const saved = await saveQuestion(ctx, typeId, id, fields)
    return saved.ok ? seeOther(`${pathOf(typeId)}?said=saved`) : showQuestions(ctx, typeId, { form: id ?? 'new', problems: saved.problems, values: { ...fields, required: fields.required === 'yes' ? ['yes'] : [] } })
  },
}

type Shown = { form?: string; problems?: Problems; values?: Values; said?: string | null }
async function showQuestions(ctx: Ctx<StaffActor>, typeId: string, { form, problems, values, said }: Shown): Promise<Answer> {
  const settings = await loadSettings(ctx)
  const type = settings.types.find(one => one.id === typeId && one.isOpen)
  if (!type) throw new NotFound()
  const questions = settings.questions.get(typeId) ?? []
  return showInSchedule(ctx, { title: `Questions: ${type.name.en}`, page: '/types', back: { href: `${schedulePath}/types/${typeId}`, words: type.name.en }, said, lead: 'Asked when somebody books this online. Answers stay with the visit, for those who may see it.', ...(problems && { status: 422 }) },
    <>
      {questions.length === 0 && <EmptyState icon="list-checks" title="Nothing is asked yet.">Ask only what you need before they come. Each question keeps some people from booking.</EmptyState>}
      {questions.map((question, index) => <QuestionForm key={question.id} question={question} isFirst={index === 0} {...(form === question.id && { problems, values })} />)}
      {questions.length < mostQuestions ? <QuestionForm {...(form === 'new' && { problems, values })} /> : <p className="soft">These are {mostQuestions}. To ask something else, take one away.</p>}
    </>)
}

const valuesOf = (question: Question): Values => ({
  'words-en': question.words.en, 'words-es': question.words.es, kind: question.kind, required: question.isRequired ? ['yes'] : [],
  'options-en': question.options.map(option => option.en).join('\n'), 'options-es': question.options.map(option => option.es).join('\n').trim(),
})

function QuestionForm({ question, isFirst = true, problems, values }: { question?: Question; isFirst?: boolean; problems?: Problems | undefined; values?: Values | undefined }) {
  const name = question?.words.en ?? 'Add a question'
  return (
    <Details summary={name} isOpen={problems !== undefined}>
      <Form label={name} className="form-wide" prefix={`${question?.id ?? 'new'}-`} problems={problems} values={values ?? (question ? valuesOf(question) : { kind: 'yes-no', required: ['yes'] })}>
        {question && <input type="hidden" name="id" value={question.id} />}
        <Pair name="words" label="The question" most={200} />
        <Select name="kind" label="It is answered with" choices={questionKinds.map(kind => ({ value: kind, label: kindWords[kind] }))} />
        <Pair name="options" label="The choices" hint="For one of a few choices: one a line." most={800} rows={4} isOptional />
        <Checkboxes name="required" label="Must it be answered?" choices={[{ value: 'yes', label: 'Nobody books without an answer' }]} isOptional />
        <EntryActions isNew={!question} isFirst={isFirst} />
      </Form>
    </Details>
  )
}
