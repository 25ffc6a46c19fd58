import { seeOther, type Answer, type PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words, type Locale } from '#platform/words.ts'
import { guardWords, pageAboutWords, RedFlagPanel, RedFlagWatch, type RedFlagKind } from '#safety'
import { Actions, Button } from '#ui/button.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { PageHead } from '#ui/things.tsx'
import { fieldOfQuestion, readAnswersFrom } from '../answer-questions.ts'
import { answerVisit, openQuestionsOf } from '../answer-visit.ts'
import { readOwnVisit, type Appointment } from '../list-appointments.ts'
import { mostReason, type Question } from '../shared.ts'
import { IntakeQuestions, questionsAsked, sayProblems } from './intake-questions.tsx'
import { visitsPath, zoneOf } from './portal-appointments.tsx'
import { linesOf } from './practice-lines.ts'
import { readPlaces, type PortalCtx } from './visit-words.tsx'

/** What the practice asks about a visit that was booked without being asked: at the desk, or by taking a time that was offered. */
export const portalQuestions: PortalPage = {
  for: 'patient',
  async get(ctx, { params, locale }) {
    const visit = await readOwnVisit(ctx, await mayActFor(ctx, ctx.actor.patientId), params.id!)
    const questions = await openQuestionsOf(ctx, visit)
    return questions.length === 0 ? seeOther(`${visitsPath}/${visit.id}`) : show(ctx, { visit, questions, locale })
  },
  async post(ctx, form, { params, locale }) {
    const [visit, say] = [await readOwnVisit(ctx, await mayActFor(ctx, ctx.actor.patientId), params.id!), words(locale)]
    const questions = await openQuestionsOf(ctx, visit)
    const { answers, problems, values } = readAnswersFrom(questions, form, locale)
    const guarded = guardWords(form, ...allSent(form))
    const again = { visit, questions, locale, values, ...(guarded.kinds.length > 0 && { danger: guarded.kinds }) }
    if (Object.keys(problems).length > 0) return show(ctx, { ...again, problems: sayProblems(problems, say) })
    if (guarded.isAsked) return show(ctx, again)
    const kept = await answerVisit(ctx, visit.id, answers, guarded)
    if (guarded.isNow) await pageAboutWords(ctx, { kinds: guarded.kinds, patientId: visit.patientId, subject: { type: 'appointment', id: visit.id }, where: `/console/schedule/visits/${visit.id}` })
    return seeOther(`${visitsPath}/${visit.id}${!kept.ok || questions.length === 0 ? '?said=changed' : answers.length > 0 ? '?said=answered' : ''}`)
  },
}

/** Words for a question that was answered meanwhile are kept nowhere: whoever tells of danger in them is heard all the same. */
const allSent = (form: FormData): string[] => [...form].flatMap(([name, sent]) => (name.startsWith(fieldOfQuestion('')) && typeof sent === 'string' ? [sent.slice(0, mostReason)] : []))

type Shown = { visit: Appointment; questions: readonly Question[]; locale: Locale; problems?: Problems; values?: Values; danger?: readonly RedFlagKind[] }
async function show(ctx: PortalCtx, { visit, questions, locale, problems, values, danger }: Shown): Promise<Answer> {
  const [say, lines] = [words(locale), await linesOf(ctx, locale)]
  const zone = zoneOf(visit.locationId, { places: await readPlaces(ctx), zone: await ctx.house.shell.zone(ctx) })
  const title = say('visits.questions.title')
  return ctx.house.shell.portal(ctx, { title, current: visitsPath, status: problems || danger ? 422 : 200 },
    <>
      <PageHead title={title} lead={formatWhen(visit.startsAt, zone, 'moment', locale)} back={{ href: `${visitsPath}/${visit.id}`, words: say('visits.questions.back') }} />
      <Form problems={problems} asked={questionsAsked(questions, locale)} values={values} label={title}>
        {danger && <RedFlagPanel kinds={danger} lines={lines} say={say} />}
        <IntakeQuestions {...{ questions, locale, say }} />
        <RedFlagWatch lines={lines} say={say} />
        <Actions><Button isWide>{say('visits.questions.send')}</Button></Actions>
      </Form>
    </>)
}
