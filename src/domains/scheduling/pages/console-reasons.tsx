import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { fieldsOf, isUuid } from '#practice'
import { Select } from '#ui/choices.tsx'
import { EntryActions, Pair } from '#ui/console-parts.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { Details, RowList, Section } from '#ui/things.tsx'
import { planSchedule } from '../access.ts'
import { raiseReason, raiseScreening, removeReason, removeScreening, saveReason, saveScreening } from '../edit-reasons.ts'
import { loadSettings, type Settings } from '../read-settings.ts'
import { mostReasons, mostScreenings, type Lead, type Reason } from '../shared.ts'
import { schedulePath, showInSchedule } from './console-frame.tsx'

const here = `${schedulePath}/reasons`
type Leading = Pick<Reason, 'id' | 'words' | 'leadsTo' | 'visitTypeId'>
type Shown = { form?: string; problems?: Problems; values?: Values; said?: string | null }
const leadWords: Readonly<Record<Exclude<Lead, 'visit'>, string>> = { call: 'They call us', danger: 'Danger: they read “Call 911”', 'danger-self': 'Danger to themselves: they read 911 and 988' }

/** What people come for, and where it leads. */
export const consoleReasons: StaffPage = {
  for: { staff: planSchedule },
  get: (ctx, { query }) => showReasons(ctx, { said: query.get('said') }),
  async post(ctx, form) {
    const fields = fieldsOf(form)
    const saved = await saveReason(ctx, undefined, fields)
    return saved.ok ? seeOther(`${here}/${saved.id}?said=saved`) : showReasons(ctx, { form: 'new', problems: saved.problems, values: fields })
  },
}

async function showReasons(ctx: Ctx<StaffActor>, { problems, values, said }: Shown): Promise<Answer> {
  const { reasons, types } = await loadSettings(ctx)
  return showInSchedule(ctx, { title: 'Reasons for a visit', page: '/reasons', said, lead: 'Who books online is asked first what it is about. Their answer finds the right kind of visit, or whom to call.', ...(problems && { status: 422 }) },
    <>
      {reasons.length === 0
        ? <EmptyState icon="list" title="No reasons yet.">Without any, people choose from the list of visit types. Add what they call about most.</EmptyState>
        : <RowList label="Reasons" rows={reasons.map(reason => ({ href: `${here}/${reason.id}`, title: reason.words.en, detail: sayLead(reason, types), aside: reason.questions.length === 0 ? undefined : reason.questions.length === 1 ? 'One question' : `${reason.questions.length} questions` }))} />}
      {reasons.length < mostReasons && <Section title="Add a reason"><LeadForm label="Add a reason" name="What it is about" most={80} types={types} problems={problems} values={values} /></Section>}
    </>)
}

/** One reason: its words, where it leads, and what is asked about it. */
export const consoleReason: StaffPage = {
  for: { staff: planSchedule },
  get: (ctx, { params, query }) => showReason(ctx, params.id!, { said: query.get('said') }),
  async post(ctx, form, { params }) {
    const [reasonId, fields] = [params.id!, fieldsOf(form)]
    const id = isUuid(fields.id ?? '') ? fields.id! : undefined
    if (fields.do === 'remove') {
      await (id ? removeScreening(ctx, reasonId, id) : removeReason(ctx, reasonId))
      return seeOther(id ? `${here}/${reasonId}?said=removed` : `${here}?said=removed`)
    }
    if (fields.do === 'up') {
      await (id ? raiseScreening(ctx, reasonId, id) : raiseReason(ctx, reasonId))
      return seeOther(id ? `${here}/${reasonId}?said=saved` : `${here}?said=saved`)
    }
    const isQuestion = fields.of === 'question'
    const saved = isQuestion ? await saveScreening(ctx, reasonId, id, fields) : await saveReason(ctx, reasonId, fields)
    return saved.ok ? seeOther(`${here}/${reasonId}?said=saved`) : showReason(ctx, reasonId, { form: isQuestion ? id ?? 'new' : 'reason', problems: saved.problems, values: fields })
  },
}

async function showReason(ctx: Ctx<StaffActor>, id: string, { form, problems, values, said }: Shown): Promise<Answer> {
  const { reasons, types } = await loadSettings(ctx)
  const reason = reasons.find(one => one.id === id)
  if (!reason) throw new NotFound()
  const wrong = (which: string) => (form === which ? { problems, values } : {})
  return showInSchedule(ctx, { title: reason.words.en, page: '/reasons', back: { href: here, words: 'Reasons for a visit' }, said, lead: sayLead(reason, types), ...(problems && { status: 422 }) },
    <>
      <Section title="What is asked about it">
        <p className="soft measure">A danger that is answered with yes comes first; then the first yes counts. When all is no, it leads to {sayLead(reason, types)}.</p>
        {reason.questions.map((question, index) => (
          <Details key={question.id} summary={`${question.words.en} – yes: ${sayLead(question, types)}`} isOpen={form === question.id}>
            <LeadForm label={question.words.en} name="The question" most={200} types={types} leading={question} isQuestion isFirst={index === 0} {...wrong(question.id)} />
          </Details>
        ))}
        {reason.questions.length < mostScreenings && <Details summary="Add a question" isOpen={form === 'new'}><LeadForm label="Add a question" name="The question, answered with yes or no" most={200} types={types} isQuestion {...wrong('new')} /></Details>}
      </Section>
      <Section title="The reason itself"><LeadForm label="The reason itself" name="What it is about" most={80} types={types} leading={reason} isFirst={reasons[0]?.id === id} {...wrong('reason')} /></Section>
    </>)
}

function sayLead({ leadsTo, visitTypeId }: Pick<Leading, 'leadsTo' | 'visitTypeId'>, types: Settings['types']): string {
  if (leadsTo !== 'visit') return leadWords[leadsTo]
  const type = types.find(one => one.id === visitTypeId)
  return type?.isOpen ? type.name.en : `${type?.name.en ?? 'a visit'}, which is no longer offered: they call us`
}

type FormProps = { label: string; name: string; most: number; types: Settings['types']; leading?: Leading; isQuestion?: boolean; isFirst?: boolean; problems?: Problems | undefined; values?: Values | undefined }
function LeadForm({ label, name, most, types, leading, isQuestion = false, isFirst = true, problems, values }: FormProps) {
  const stored = leading ? { 'words-en': leading.words.en, 'words-es': leading.words.es, 'leads-to': leading.leadsTo === 'visit' ? leading.visitTypeId! : leading.leadsTo } : {}
  const choices = [...types.filter(type => type.isOpen).map(type => ({ value: type.id, label: type.name.en })), ...Object.entries(leadWords).map(([value, words]) => ({ value, label: words }))]
  return (
    <Form label={label} className="form-wide" prefix={`${leading?.id ?? (isQuestion ? 'new' : 'reason')}-`} problems={problems} values={values ?? stored}>
      {isQuestion && <input type="hidden" name="of" value="question" />}
      {isQuestion && leading && <input type="hidden" name="id" value={leading.id} />}
      <Pair name="words" label={name} most={most} />
      <Select name="leads-to" label={isQuestion ? 'Yes leads to' : 'It leads to'} emptyLabel="Choose" choices={choices} />
      <EntryActions isNew={!leading} isFirst={isFirst} />
    </Form>
  )
}
