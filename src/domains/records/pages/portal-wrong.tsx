import type { Ctx, PatientActor, ProxyActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type PortalPage } from '#platform/page.tsx'
import { takeTurn } from '#platform/rate-limit.ts'
import { mayActFor, type AuthorizedPatientId } from '#platform/scope.ts'
import { words, type Locale } from '#platform/words.ts'
import { sendReport, type ReportKind } from '#feedback'
import { mostWords, wrongKinds } from '#feedback/shared'
import { practiceCard } from '#practice'
import { guardWords, pageAboutWords, RedFlagPanel, RedFlagWatch, type Guarded, type RedFlagKind } from '#safety'
import { Actions, Button } from '#ui/button.tsx'
import { Radios } from '#ui/choices.tsx'
import { TextArea } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { pointAtContact, pointAtFact, pointAtNote, pointAtResult, whole, type Pointed } from '../read-subject.ts'

type PortalCtx = Ctx<PatientActor | ProxyActor>
type Params = Record<string, string>
type Find = (ctx: PortalCtx, patientId: AuthorizedPatientId, params: Params, locale: Locale) => Promise<Pointed>
type Shown = { pointed: Pointed; locale: Locale; problems?: Problems; values?: Values; danger?: readonly RedFlagKind[]; waitSeconds?: number }

const wish = async (ctx: PortalCtx, locale: Locale) => ({ locale, zone: await ctx.house.shell.zone(ctx) })

/** "Something looks wrong" on one thing: what stands there, what is wrong with it, in one's own words. Works without script. Source: N11, N16. */
function wrongPage(find: Find): PortalPage {
  return {
    for: 'patient',
    async get(ctx, { params, locale }) {
      return showWrong(ctx, { pointed: await find(ctx, await mayActFor(ctx, ctx.actor.patientId), params, locale), locale })
    },
    async post(ctx, form, { params, locale, clientAddress }) {
      const say = words(locale)
      const patientId = await mayActFor(ctx, ctx.actor.patientId)
      const pointed = await find(ctx, patientId, params, locale)
      const typed = String(form.get('words') ?? '')
      const kind = wrongKinds.find(one => one === form.get('kind'))
      const problems = { ...(!kind && { kind: say('feedback.wrong.choose') }), ...(kind && needsWords(kind) && typed.trim() === '' && { words: say('feedback.write-something') }) }
      // Whom to call comes with whatever else is missing: nobody in danger is sent round by a form.
      const guarded = guardWords(form, typed)
      if (!kind || Object.keys(problems).length > 0) return showWrong(ctx, { pointed, locale, problems, values: { kind, words: typed }, ...heard(guarded) })
      if (guarded.isAsked) return showWrong(ctx, { pointed, locale, values: { kind, words: typed }, danger: guarded.kinds })
      const turn = await takeTurn(ctx, 'message', { account: ctx.actor.personId, address: clientAddress })
      if (!turn.ok) return showWrong(ctx, { pointed, locale, values: { kind, words: typed }, waitSeconds: turn.retryAfterSeconds, ...heard(guarded) })
      const { id } = await sendReport(ctx, { patientId, subject: pointed.subject, kind, words: typed, locale, guarded })
      if (guarded.isNow) await pageAboutWords(ctx, { kinds: guarded.kinds, patientId, subject: { type: 'feedback', id }, where: `/console/feedback/${id}` })
      return seeOther(`/portal/feedback/${id}?said=sent`)
    },
  }
}

/** Whoever has to send it again, for whatever reason, sees whom to call meanwhile. */
const heard = ({ kinds }: Guarded) => (kinds.length > 0 ? { danger: kinds } : {})

/** Too many in an hour are asked to wait; what was typed stays in the form. */
const statusOf = ({ problems, danger, waitSeconds }: { problems: Problems | undefined; danger: readonly RedFlagKind[] | undefined; waitSeconds: number | undefined }) =>
  (waitSeconds ? { status: 429, headers: { 'retry-after': String(waitSeconds) } } : { status: problems || danger ? 422 : 200 })

const needsWords = (kind: ReportKind): boolean => kind !== 'not-understood' && kind !== 'wrong-person'

/** Whom to call: in front of a form whose words may tell of danger, and asleep beside the text for those who are still typing. */
async function dangerParts(ctx: PortalCtx, kinds: readonly RedFlagKind[] | undefined, locale: Locale) {
  const { phone, afterHours } = await practiceCard(ctx)
  const parts = { lines: { phone, afterHours: afterHours[locale].words || undefined }, say: words(locale) }
  return { panel: kinds && <RedFlagPanel kinds={kinds} {...parts} />, watch: <RedFlagWatch {...parts} /> }
}

async function showWrong(ctx: PortalCtx, { pointed: { subject, back }, locale, problems, values, danger, waitSeconds }: Shown): Promise<Answer> {
  const say = words(locale)
  const { panel, watch } = await dangerParts(ctx, danger, locale)
  return ctx.house.shell.portal(ctx, { title: say('feedback.wrong.title'), current: back, ...statusOf({ problems, danger, waitSeconds }) },
    <>
      <PageHead title={say('feedback.wrong.title')} back={{ href: back, words: subject.title }} lead={say('feedback.wrong.lead')} />
      <Section title={say('feedback.about')}><p className="as-written">{subject.excerpt || subject.title}</p></Section>
      <Form problems={waitSeconds ? { '': say('feedback.too-often') } : problems} values={values} label={say('feedback.wrong.title')}>
        {panel}
        <Radios name="kind" label={say('feedback.wrong.what')} choices={wrongKinds.map(kind => ({ value: kind, label: say(`feedback.kind.${kind}`), hint: say(`feedback.kind-more.${kind}`) }))} />
        <TextArea name="words" label={say('feedback.wrong.words')} hint={say('feedback.wrong.words-hint')} isOptional maxLength={mostWords} standing={say('feedback.standing')} />
        {watch}
        <Actions><Button icon="send" isWide>{say('feedback.wrong.send')}</Button></Actions>
      </Form>
    </>)
}

export const portalNoteWrong = wrongPage(async (ctx, patientId, { id, part }, locale) => pointAtNote(ctx, patientId, id!, part ?? whole, await wish(ctx, locale)))
export const portalResultWrong = wrongPage(async (ctx, patientId, { id }, locale) => pointAtResult(ctx, patientId, id!, await wish(ctx, locale)))
export const portalFactWrong = wrongPage(async (ctx, patientId, { id }, locale) => pointAtFact(ctx, patientId, id!, await wish(ctx, locale)))
export const portalContactWrong = wrongPage(async (ctx, patientId, _params, locale) => pointAtContact(ctx, patientId, await wish(ctx, locale)))

/** "Ask about this result": the question is kept with the result, and so is its answer. */
export const portalResultAsk: PortalPage = {
  for: 'patient',
  async get(ctx, { params, locale }) {
    return showAsk(ctx, { pointed: await pointAtResult(ctx, await mayActFor(ctx, ctx.actor.patientId), params.id!, await wish(ctx, locale)), locale })
  },
  async post(ctx, form, { params, locale, clientAddress }) {
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const pointed = await pointAtResult(ctx, patientId, params.id!, await wish(ctx, locale))
    const typed = String(form.get('words') ?? '')
    if (typed.trim() === '') return showAsk(ctx, { pointed, locale, problems: { words: words(locale)('feedback.write-something') } })
    const guarded = guardWords(form, typed)
    if (guarded.isAsked) return showAsk(ctx, { pointed, locale, values: { words: typed }, danger: guarded.kinds })
    const turn = await takeTurn(ctx, 'message', { account: ctx.actor.personId, address: clientAddress })
    if (!turn.ok) return showAsk(ctx, { pointed, locale, values: { words: typed }, waitSeconds: turn.retryAfterSeconds, ...heard(guarded) })
    const { id } = await sendReport(ctx, { patientId, subject: pointed.subject, kind: 'question', words: typed, locale, guarded })
    if (guarded.isNow) await pageAboutWords(ctx, { kinds: guarded.kinds, patientId, subject: { type: 'feedback', id }, where: `/console/feedback/${id}` })
    return seeOther(`${pointed.back}?said=asked`)
  },
}

async function showAsk(ctx: PortalCtx, { pointed: { subject, back }, locale, problems, values, danger, waitSeconds }: Shown): Promise<Answer> {
  const say = words(locale)
  const { panel, watch } = await dangerParts(ctx, danger, locale)
  return ctx.house.shell.portal(ctx, { title: say('feedback.ask.title'), current: '/portal/results', ...statusOf({ problems, danger, waitSeconds }) },
    <>
      <PageHead title={say('feedback.ask.title')} back={{ href: back, words: subject.title }} lead={say('feedback.ask.lead')} />
      <Form problems={waitSeconds ? { '': say('feedback.too-often') } : problems} values={values} label={say('feedback.ask.title')}>
        {panel}
        <TextArea name="words" label={say('feedback.ask.words')} maxLength={mostWords} standing={say('feedback.standing')} />
        {watch}
        <Actions><Button icon="send" isWide>{say('feedback.ask.send')}</Button></Actions>
      </Form>
    </>)
}
