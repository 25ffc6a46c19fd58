import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { may } from '#platform/permission.ts'
import { formatDay, formatWhen } from '#platform/when.ts'
import type { Locale } from '#platform/words.ts'
import { commentOn, endHold, endLaw, holdResult, markReviewed, mayReview, plainTestName, readReview, recordTalk, tellToStaff, type ReviewRow, type StaffResult } from '#records'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Radios } from '#ui/choices.tsx'
import { TextArea } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { Facts, PageHead, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { holdForDanger } from '#release'
import { seeReviews } from '../access.ts'
import { Hold, holdRefusals, LawHold, Talk } from './hold-form.tsx'
import { listTemplates, type Template } from '../keep-templates.ts'
import { ruleFor } from '../record-rule.ts'
import { BearingBadge, gradeOf, patientSide, refusals } from './review-words.tsx'

type Typed = { words?: string; locale?: Locale; problem?: string; status?: number; isChecked?: boolean }

/** One result for those who treat: the figures, what the patient is told and has read, and the line they write. */
export const consoleResult: StaffPage = {
  for: { staff: seeReviews },
  get: (ctx, { params, query }) => showResult(ctx, params.id!, { words: query.get('begin') ?? '' }, query.get('begin')),

  async post(ctx, form, { params }) {
    const id = params.id!
    const [action, words] = [String(form.get('action') ?? ''), String(form.get('words') ?? '').slice(0, 6_000)]
    const locale: Locale = form.get('locale') === 'es' ? 'es' : 'en'
    if (action === 'check') return showResult(ctx, id, { words, locale, isChecked: true })
    if (action === 'hold' || action === 'end-hold' || action === 'end-law' || action === 'talked') return hold(ctx, id, action, form)
    const row = await readReview(ctx, id)
    if (!row) throw new NotFound()
    const rule = await ruleFor(ctx, row.category)
    const outcome = action === 'reviewed' ? await markReviewed(ctx, id, rule) : await commentOn(ctx, id, { words, locale, rule })
    if (!outcome.ok) return showResult(ctx, id, { words, locale, problem: refusals[outcome.reason] ?? outcome.reason, status: outcome.reason === 'answered-already' ? 409 : 422 })
    return seeOther(`/console/results?said=${action === 'reviewed' ? 'reviewed' : 'written'}`)
  },
}

async function hold(ctx: Ctx<StaffActor>, id: string, action: 'hold' | 'end-hold' | 'end-law' | 'talked', form: FormData): Promise<Answer> {
  const outcome = await changeHold(ctx, id, action, form)
  return outcome.ok ? seeOther(`/console/results/${id}`) : showResult(ctx, id, { problem: holdRefusals[outcome.reason] ?? outcome.reason, status: 422 })
}

async function changeHold(ctx: Ctx<StaffActor>, id: string, action: string, form: FormData): Promise<{ ok: true } | { ok: false; reason: string }> {
  const text = (name: string) => String(form.get(name) ?? '')
  switch (action) {
    case 'end-hold': await endHold(ctx, id); return { ok: true }
    case 'end-law': return endLaw(ctx, id, { hasTalked: text('talked') === 'yes' })
    case 'talked': return recordTalk(ctx, id, { spokeWith: text('spoke') })
    default: return holdResult(ctx, id, { danger: text('danger'), words: text('finding'), knowsPatient: text('knows') === 'yes', days: Number(text('days')) })
  }
}

async function showResult(ctx: Ctx<StaffActor>, id: string, typed: Typed, begin?: string | null): Promise<Answer> {
  const row = await readReview(ctx, id)
  if (!row) throw new NotFound()
  const told = await tellToStaff(ctx, { patientId: row.patientId, resultId: row.resultId, resourceId: row.resourceId })
  const [zone, templates, rule] = [await ctx.house.shell.zone(ctx), await listTemplates(ctx), await ruleFor(ctx, row.category)]
  const title = plainTestName({ code: row.code, name: row.name }, 'en')
  const locale = typed.locale ?? told.patient.language
  const chosen = begin ? templates.find(template => template.id === begin) : undefined
  const words = begin === undefined ? typed.words ?? '' : chosen ? chosen[locale] || chosen.en : ''
  return ctx.house.shell.console(ctx, { title, current: '/console/results', ...(typed.status && { status: typed.status }) },
    <>
      <PageHead title={title} back={{ href: '/console/results', words: 'Results' }} aside={<BearingBadge bearing={row.bearing} />}
        lead={<a href={`/console/patients/${row.patientId}`}>{told.patient.name}{told.patient.birthDate && `, born ${formatDay(told.patient.birthDate, 'day-short')}`}</a>} />
      {typed.problem && <Notice tone="notice" title={typed.problem} />}
      <Figures told={told} title={title} />
      <Facts items={[
        { term: 'Patient', words: patientSide(row, ctx, zone) },
        ...(row.replyBy && !row.reviewedAt ? [{ term: 'Answer by', words: <>{formatWhen(row.replyBy, zone, 'moment')} {row.replyBy < ctx.now() && <Badge tone="act">Overdue</Badge>}</> }] : []),
        ...(row.reviewedAt ? [{ term: 'Looked at', words: formatWhen(row.reviewedAt, zone, 'moment') }] : []),
        { term: 'Language', words: told.patient.language === 'es' ? 'Spanish' : 'English' },
        ...(told.patient.phone ? [{ term: 'Telephone', words: <a href={`tel:${told.patient.phone.replace(/[^+\d]/g, '')}`}>{told.patient.phone}</a> }] : []),
      ]} />
      {told.comments.length > 0 && <Section title="Written to the patient">{told.comments.map(comment => <p key={comment.id} className="as-written" lang={comment.locale}>{comment.words}<br /><span className="soft">{comment.authorName}, {formatWhen(comment.writtenAt, zone, 'moment-short')}{comment.origin === 'elsewhere' && ', in the system it came from'}</span></p>)}</Section>}
      {mayReview(ctx, row, rule) ? <Write row={row} templates={templates} words={words} locale={locale} isChecked={typed.isChecked ?? false} patient={told.patient} /> : <Notice tone="info" title="A clinician looks at this one.">{rule ? 'The standing rule covers normal results of its categories.' : 'No standing rule lets the care team answer results of this kind.'}</Notice>}
      <Talk row={row} zone={zone} />
      {may(ctx, holdForDanger) && <><LawHold row={row} zone={zone} /><Hold row={row} /></>}
    </>)
}

function Figures({ told, title }: { told: StaffResult; title: string }) {
  const hasPast = told.lines.some(line => line.past.length > 0)
  return (
    <>
      {told.lines.length > 0 && <Table caption={`${title}: the figures, and what the patient is told`} isCaptionHidden
        columns={[{ key: 'name', words: 'Test' }, { key: 'value', words: 'Value' }, { key: 'range', words: 'Range' }, { key: 'flag', words: 'Flag' }, ...(hasPast ? [{ key: 'past', words: 'Before' }] : []), { key: 'told', words: 'The patient reads' }]}
        rows={told.lines.map((line, index) => ({ key: String(index), cells: { name: line.name, value: line.isOutside ? <strong>{line.value}</strong> : line.value, range: line.range ?? '', flag: line.flag ?? '', past: line.past.join('; '), told: line.told } }))} />}
      {told.lines.flatMap(line => line.remarks).map((remark, index) => <p key={index} className="as-written">{remark}</p>)}
      {told.conclusion && <Section title="What the report says"><p className="as-written">{told.conclusion}</p></Section>}
    </>
  )
}

function Write({ row, templates, words, locale, isChecked, patient }: { row: ReviewRow; templates: readonly Template[]; words: string; locale: Locale; isChecked: boolean; patient: StaffResult['patient'] }) {
  const grade = isChecked && words.trim() !== '' ? gradeOf(words, locale) : undefined
  return (
    <Section title={row.reviewedAt ? 'Write again' : 'Write to the patient'}>
      <p className="cluster">Begin with: {templates.map(template => <a key={template.id} href={`/console/results/${row.lifeId}?begin=${template.id}#words`}>{template.name}</a>)}</p>
      {grade && <Notice tone={grade.isHard ? 'notice' : 'calm'} title={grade.words}>{grade.isHard && 'Plainer words and shorter sentences help. You may send it as it is.'}</Notice>}
      <Form label="Write to the patient" prefix="write-" values={{ words, locale }}>
        <TextArea name="words" label={`To ${patient.name}`} rows={5} maxLength={5_000} isOptional hint="In your own name. The patient reads it above the figures. Fill every blank (__)." />
        <Radios name="locale" label="Written in" choices={[{ value: 'en', label: 'English' }, { value: 'es', label: 'Spanish' }]} />
        <Actions>
          <Button name="action" value="send" icon="send">Send to the patient</Button>
          <Button kind="secondary" name="action" value="check">Check the words</Button>
          {!row.reviewedAt && <Button kind="quiet" name="action" value="reviewed">Looked at, nothing to say</Button>}
        </Actions>
      </Form>
      {row.bearing !== 'normal' && patient.phone && <p><LinkButton kind="quiet" icon="phone" href={`tel:${patient.phone.replace(/[^+\d]/g, '')}`}>Call instead</LinkButton></p>}
    </Section>
  )
}
