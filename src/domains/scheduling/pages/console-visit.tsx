import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { seeOther, type Answer as Shown, type StaffPage } from '#platform/page.tsx'
import { may } from '#platform/permission.ts'
import { dayIn, formatWhen } from '#platform/when.ts'
import { words } from '#platform/words.ts'
import { namesOf } from '#accounts'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Badge } from '#ui/notice.tsx'
import { Details, Facts, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { keepSchedule, seeSchedule } from '../access.ts'
import { listAnswers, readAnswersFrom } from '../answer-questions.ts'
import { answerRequest } from '../answer-request.ts'
import { answerVisit, openQuestionsOf } from '../answer-visit.ts'
import { cancelAppointment, marksFor, markVisit, type Mark } from '../cancel-appointment.ts'
import { newcomerNames } from '../find-newcomer.ts'
import { readVisit, type Appointment, type VisitStep } from '../list-appointments.ts'
import type { PatientBook } from '../patient-book.ts'
import { readVisitType } from '../read-settings.ts'
import { cancelWords, declineWords, isPlanned, modeWords, statusWords, stepWords, versionFrom, type CancelReason, type Coming, type DeclineReason, type Pays, type Question, type Step } from '../shared.ts'
import { isAskedAbout, sayComing } from '../say-coming.ts'
import { answerFacts, IntakeQuestions, questionsAsked, sayProblems } from './intake-questions.tsx'
import { Answer } from './answer-form.tsx'
import { schedulePath, showInSchedule } from './console-frame.tsx'
import { readPlaces } from './visit-words.tsx'

const markWords: Readonly<Record<Mark, string>> = { arrived: 'They are here', completed: 'It is over', 'no-show': 'They did not come', reopened: 'Set back to booked' }
const comingWords: Readonly<Record<Coming, string>> = { text: 'by text', link: 'with the link of a message', portal: 'in the portal', desk: 'to the desk' }
const throughWords = { text: 'Whoever has their telephone, by text', link: 'Whoever has the link of a message' } as const
const paysWords: Readonly<Record<Pays, string>> = { insurance: 'Insurance', self: 'They pay themselves: an estimate is owed', unsure: 'Not known yet' }

type Said = { said?: string | null; problems?: Problems; values?: Values }
/** One visit: who comes for what, what can be done with it, and who did what so far. */
async function showVisit(ctx: Ctx<StaffActor>, book: PatientBook, id: string, { said, problems, values }: Said): Promise<Shown> {
  const visit = await readVisit(ctx, id)
  const place = (await readPlaces(ctx)).get(visit.locationId)
  const zone = place?.zone ?? await ctx.house.shell.zone(ctx)
  const type = await readVisitType(ctx, visit.visitTypeId, { isOpen: false })
  const isNew = (await newcomerNames(ctx, [visit.patientId])).size > 0
  const name = (await book.names(ctx, [visit.patientId])).get(visit.patientId) ?? 'Unknown'
  const day = dayIn(visit.startsAt, zone)
  return showInSchedule(ctx, { title: name, page: '/visits', said, ...(problems && { status: 422 }), lead: formatWhen(visit.startsAt, zone, 'moment'), back: { href: `${schedulePath}?day=${day}`, words: `Schedule of ${formatWhen(visit.startsAt, zone, 'day')}` }, aside: <Badge tone={visit.status === 'no-show' || visit.status === 'requested' ? 'notice' : visit.status === 'cancelled' ? 'plain' : 'calm'}>{statusWords[visit.status]}</Badge> },
    <>
      <Facts items={[
        { term: 'What', words: `${type?.name.en ?? 'A visit'}, ${type?.durationMinutes ?? 0} minutes` }, { term: 'With', words: visit.who },
        { term: 'How', words: visit.mode === 'in-person' && place ? `In person, ${place.name}` : modeWords[visit.mode] },
        { term: 'Why', words: visit.reason ? <span className="as-written" lang={visit.reasonLocale}>{visit.reason}</span> : <span className="soft">They did not say.</span> },
        ...(visit.pays ? [{ term: 'Who pays', words: paysWords[visit.pays] }] : []), ...(visit.extraSeatBecause ? [{ term: 'Extra, because', words: visit.extraSeatBecause }] : []),
        ...(visit.saidComingAt ? [{ term: 'Coming', words: `They said so ${comingWords[visit.saidComingHow!]}, ${formatWhen(visit.saidComingAt, zone, 'moment-short')}` }] : []),
        ...answerFacts(await listAnswers(ctx, visit.id), 'en'),
        { term: 'Patient', words: isNew ? <a href={`${schedulePath}/newcomers/${visit.patientId}`}>{name}, new patient: not linked</a> : <a href={`/console/patients/${visit.patientId}`}>{name}</a> },
      ]} />
      {visit.status === 'requested' && <Answer visit={visit} zone={zone} now={ctx.now()} />}
      {may(ctx, keepSchedule) && <ToAsk questions={await openQuestionsOf(ctx, visit)} {...{ problems, values }} />}
      <Do visit={visit} now={ctx.now()} />
      <History steps={visit.steps} zone={zone} names={await staffNames(ctx, visit.steps)} />
    </>)
}

export const consoleVisit = (book: PatientBook): StaffPage => ({
  for: { staff: seeSchedule },
  get: (ctx, { params, query }) => showVisit(ctx, book, params.id!, { said: query.get('said') }),

  async post(ctx, form, { params }) {
    const [id, version] = [params.id!, versionFrom(form.get('version'))]
    const here = `${schedulePath}/visits/${id}`
    if (form.get('action') === 'cancel') {
      const reason = (Object.keys(cancelWords) as CancelReason[]).find(one => one === form.get('reason')) ?? 'other'
      const gone = await cancelAppointment(ctx, id, { reason, version })
      return seeOther(`${here}?said=${gone.ok ? 'cancelled' : 'changed'}`)
    }
    if (form.get('action') === 'answer') return answer(ctx, book, form, id)
    if (form.get('action') === 'coming') return seeOther(`${here}?said=${(await sayComing(ctx, id, { version })).ok ? 'marked' : 'changed'}`)
    if (form.get('action') === 'confirm' || form.get('action') === 'decline') {
      const isYes = form.get('action') === 'confirm'
      const reason = (Object.keys(declineWords) as DeclineReason[]).find(one => one === form.get('reason'))
      if (!isYes && !reason) return seeOther(`${here}?said=need-reason`)
      const answered = await answerRequest(ctx, id, { version, ...(isYes ? { answer: 'confirm' } : { answer: 'decline', reason: reason! }) })
      return seeOther(`${here}?said=${!answered.ok ? 'changed' : isYes ? 'confirmed' : 'declined'}`)
    }
    const mark = (Object.keys(markWords) as Mark[]).find(one => one === form.get('action'))
    const marked = mark && await markVisit(ctx, id, { mark, version })
    const said = !marked ? 'changed' : marked.ok ? 'marked' : marked.reason === 'not-yet' ? 'not-yet' : 'changed'
    return seeOther(form.has('back') ? backToList(String(form.get('back')), said, id) : `${here}?said=${said}`)
  },
})

/** What whoever calls has said; what is left out is the patient's to answer. */
async function answer(ctx: Ctx<StaffActor>, book: PatientBook, form: FormData, id: string): Promise<Shown> {
  const questions = (await openQuestionsOf(ctx, await readVisit(ctx, id))).map(question => ({ ...question, isRequired: false }))
  const { answers, problems, values } = readAnswersFrom(questions, form, 'en')
  if (Object.keys(problems).length > 0) return showVisit(ctx, book, id, { problems: sayProblems(problems, words('en')), values })
  const kept = await answerVisit(ctx, id, answers)
  return seeOther(`${schedulePath}/visits/${id}?said=${kept.ok && questions.length > 0 ? 'answered' : 'changed'}`)
}

function ToAsk({ questions, problems, values }: { questions: readonly Question[]; problems: Problems | undefined; values: Values | undefined }) {
  if (questions.length === 0) return null
  return (
    <Section title="Questions to ask">
      <p className="soft">Ask them now and fill in what they say. What you leave empty they are asked on the page of their visit.</p>
      <Form label="Questions to ask" problems={problems} values={values} asked={questionsAsked(questions, 'en')}>
        <IntakeQuestions questions={questions} locale="en" say={words('en')} isDesk />
        <Actions><Button kind="secondary" name="action" value="answer">Keep what they said</Button></Actions>
      </Form>
    </Section>
  )
}

/** Whoever said it in the list is in the list again, at that visit. What is sent chooses what is shown, never where one goes. */
function backToList(typed: string, said: string, id: string): string {
  const shown = new URLSearchParams([...new URLSearchParams(typed.slice(0, 300))].filter(([name]) => ['view', 'day', 'place', 'who'].includes(name)))
  return `${schedulePath}?${new URLSearchParams([...shown, ['said', said]])}#visit-${id}`
}

/** People of the practice by name; a patient and who looks after them are said as what they are. */
async function staffNames(ctx: Ctx<StaffActor>, steps: readonly VisitStep[]): Promise<ReadonlyMap<string, string>> {
  return namesOf(ctx, [...new Set(steps.filter(step => step.byKind === 'staff').map(step => step.byPerson).filter(id => id !== null))])
}

function Do({ visit, now }: { visit: Appointment; now: Date }) {
  const marks = marksFor(visit, now)
  if (marks.length === 0 && !isPlanned(visit.status)) return null
  return (
    <Section title="What is to be done">
      {(marks.length > 0 || isAskedAbout(visit, now)) && <Form isInline label="What happened">
        <input type="hidden" name="version" value={visit.version} />
        {marks.map((mark, index) => <Button key={mark} kind={index === 0 && mark !== 'reopened' ? 'primary' : 'secondary'} name="action" value={mark}>{markWords[mark]}</Button>)}
        {isAskedAbout(visit, now) && <Button kind="secondary" name="action" value="coming">They say they come</Button>}
      </Form>}
      {isPlanned(visit.status) && (
        <>
          <Actions><LinkButton kind="secondary" href={`${schedulePath}/visits/${visit.id}/move`}>Move it</LinkButton><LinkButton kind="secondary" href={`${schedulePath}/waitlist/new/${visit.patientId}?visit=${visit.id}`}>Tell them of an earlier time</LinkButton></Actions>
          <Details summary="Cancel it">
            <Form label="Cancel this visit">
              <input type="hidden" name="version" value={visit.version} />
              <Select name="reason" label="Why" value="cannot-come" choices={Object.entries(cancelWords).map(([value, label]) => ({ value, label }))} />
              <Actions><Button kind="danger" name="action" value="cancel">Cancel this visit</Button></Actions>
            </Form>
          </Details>
        </>
      )}
    </Section>
  )
}

const stepsWithTime: ReadonlySet<Step> = new Set(['requested', 'confirmed', 'booked', 'moved'])
export const sayBy = (step: VisitStep, names: ReadonlyMap<string, string>): string =>
  step.through ? throughWords[step.through] : step.byKind === 'visitor' ? 'The new patient, on the site' : step.byKind === 'patient' ? 'The patient, online' : step.byKind === 'proxy' ? 'Who looks after the patient, online' : step.byKind === 'system' ? 'The system' : (step.byPerson && names.get(step.byPerson)) || 'Somebody who works here'
/** What was noted with a step, in words. */
export const sayNote = ({ step, note }: Pick<VisitStep, 'step' | 'note'>): string => (step === 'declined' ? declineWords[note as DeclineReason] ?? note : step === 'cancelled' ? cancelWords[note as CancelReason] ?? note : note)

function History({ steps, zone, names }: { steps: readonly VisitStep[]; zone: string; names: ReadonlyMap<string, string> }) {
  return (
    <Section title="What happened">
      <Table caption="Oldest first" isCaptionHidden columns={[{ key: 'at', words: 'When' }, { key: 'what', words: 'What' }, { key: 'who', words: 'By' }, { key: 'note', words: 'More' }]}
        rows={steps.map((step, index) => ({ key: String(index), cells: {
          at: formatWhen(step.at, zone, 'moment-short'), what: stepsWithTime.has(step.step) ? `${stepWords[step.step]} for ${formatWhen(step.startsAt, zone, 'moment-short')}` : stepWords[step.step],
          who: sayBy(step, names), note: sayNote(step),
        } }))} />
    </Section>
  )
}
