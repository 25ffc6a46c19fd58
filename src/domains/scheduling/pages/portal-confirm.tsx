import type { ReactNode } from 'react'
import { audit } from '#platform/audit.ts'
import { seeOther, type Answer, type PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { inLocale } from '#practice/shared'
import { readOwnZone } from '#notices'
import { guardWords, pageAboutWords, RedFlagPanel, RedFlagWatch, type RedFlagKind } from '#safety'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Radios } from '#ui/choices.tsx'
import { TextArea } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState, Notice } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { readAnswersFrom } from '../answer-questions.ts'
import { bookHeld, findBooked } from '../book-appointment.ts'
import { cancelAppointment } from '../cancel-appointment.ts'
import { cutoffOf, readHold, type Hold } from '../hold-time.ts'
import { readOwnVisit } from '../list-appointments.ts'
import { promiseAnswer } from '../promise-answer.ts'
import { listQuestions, listReasons, listResources, readVisitType } from '../read-settings.ts'
import { mostReason, patientsReasons, payses, versionFrom, type VisitType } from '../shared.ts'
import { IntakeQuestions, questionsAsked, sayProblems } from './intake-questions.tsx'
import { visitsPath, zoneOf } from './portal-appointments.tsx'
import { linesOf } from './practice-lines.ts'
import { readMovable } from './portal-book.tsx'
import { readPlaces, sayPrice, VisitFacts, type PortalCtx } from './visit-words.tsx'

type Said = { problems?: Problems; values?: Values; danger?: readonly RedFlagKind[] }

/** The kept time once more, what it is about, and one button. */
export const portalHeld: PortalPage = {
  for: 'patient',
  get: (ctx, { params, locale }) => showHeld(ctx, params.id!, locale),

  async post(ctx, form, { params, locale }) {
    const [id, say] = [params.id!, words(locale)]
    const hold = await readHold(ctx, await mayActFor(ctx, ctx.actor.patientId), id)
    const reason = String(form.get('reason') ?? '')
    const pays = payses.find(one => one === form.get('pays'))
    if (hold && !hold.moves) {
      const { answers, problems, values: said, texts } = readAnswersFrom(await listQuestions(ctx, hold.visitTypeId), form, locale)
      const values = { reason, pays, ...said }
      const guarded = guardWords(form, reason, ...texts)
      const wrong = { ...sayProblems(problems, say), ...(!pays && { pays: say('visits.confirm.choose') }) }
      if (!pays || Object.keys(wrong).length > 0) return showHeld(ctx, id, locale, { problems: wrong, values, ...(guarded.kinds.length > 0 && { danger: guarded.kinds }) })
      if (guarded.isAsked) return showHeld(ctx, id, locale, { danger: guarded.kinds, values })
      const booked = await bookHeld(ctx, id, { reason, locale, pays, answers, guarded })
      if (booked.ok && guarded.isNow) await pageAboutWords(ctx, { kinds: guarded.kinds, patientId: hold.patientId, subject: { type: 'appointment', id: booked.id }, where: `/console/schedule/visits/${booked.id}` })
      return booked.ok ? seeOther(`${visitsPath}/${booked.id}?said=${booked.isRequest ? 'asked' : 'booked'}`) : showEnded(ctx, locale)
    }
    const booked = await bookHeld(ctx, id, { reason: '', locale })
    if (booked.ok) return seeOther(`${visitsPath}/${booked.id}?said=${booked.isRequest ? 'asked' : booked.isMoved ? 'moved' : 'booked'}`)
    return hold?.moves && booked.reason === 'too-late' ? seeOther(`${visitsPath}/${hold.moves}?said=changed`) : showEnded(ctx, locale)
  },
}

async function showHeld(ctx: PortalCtx, id: string, locale: Locale, { problems, values, danger }: Said = {}): Promise<Answer> {
  const say = words(locale)
  const patientId = await mayActFor(ctx, ctx.actor.patientId)
  const hold = await readHold(ctx, patientId, id)
  if (!hold) return await findBooked(ctx, patientId, id) ? seeOther(`${visitsPath}/${id}`) : showOver(ctx, locale)
  await audit(ctx, 'appointments.viewed', { patientId, kind: 'hold', ids: [id] })
  const zoned = { places: await readPlaces(ctx), zone: await ctx.house.shell.zone(ctx) }
  const [type, zone] = [(await readVisitType(ctx, hold.visitTypeId, { isOpen: false }))!, zoneOf(hold.locationId, zoned)]
  const who = (await listResources(ctx, { isOpen: false })).find(one => one.id === hold.resourceId)?.name ?? ''
  const [lines, about] = [await linesOf(ctx, locale), (await listReasons(ctx)).find(one => one.id === hold.about)]
  const asked = await listQuestions(ctx, hold.visitTypeId)
  const before = hold.moves && await readOwnVisit(ctx, patientId, hold.moves)
  const confirmBy = type.needsApproval || (before && before.status === 'requested') ? await promiseAnswer(ctx, hold) : undefined
  const title = say(before ? 'visits.confirm.title-move' : 'visits.confirm.title')
  const facts = <VisitFacts {...{ type, mode: hold.mode, startsAt: hold.startsAt, who, place: zoned.places.get(hold.locationId), zone, own: await readOwnZone(ctx, patientId), locale, say }} more={before || type.priceCents === null ? [] : [{ term: say('visits.cost'), words: say('visits.price', { price: sayPrice(type.priceCents, locale) }) }]} />
  return ctx.house.shell.portal(ctx, { title, current: visitsPath, status: problems || danger ? 422 : 200 },
    <>
      <PageHead title={title} lead={say('visits.confirm.kept', { time: formatWhen(hold.expiresAt, zone, 'time', locale) })} />
      {before ? <><Section title={say('visits.confirm.was')}><p>{formatWhen(before.startsAt, zoneOf(before.locationId, zoned), 'moment', locale)}</p></Section><Section title={say('visits.confirm.new')}>{facts}</Section></> : facts}
      {confirmBy && <Notice tone="notice" title={say('visits.ask.title')}><p>{say(before ? 'visits.ask.move' : 'visits.ask.by', { when: formatWhen(confirmBy, zone, 'moment', locale) })}</p></Notice>}
      <p>{sayCutoff({ hold, type, zone, now: ctx.now(), locale, say })}</p>
      <Form problems={problems} asked={{ ...questionsAsked(asked, locale), pays: say('visits.confirm.pays') }} values={values ?? { reason: about && inLocale(about.words, locale) }} label={title}>
        {danger && <RedFlagPanel kinds={danger} lines={lines} say={say} />}
        {!before && <Questions say={say} watch={<RedFlagWatch lines={lines} say={say} />} more={<IntakeQuestions questions={asked} locale={locale} say={say} />} />}
        <Actions>
          <Button isWide icon="calendar-check">{say(confirmBy ? 'visits.ask.button' : before ? 'visits.confirm.move' : 'visits.confirm.book')}</Button>
          <LinkButton kind="quiet" href={before ? `${visitsPath}/${before.id}/move` : `${visitsPath}/new/${type.id}`}>{say('visits.confirm.other')}</LinkButton>
        </Actions>
      </Form>
    </>)
}

/** The cut-off stands there before anything is booked. */
export function sayCutoff({ hold, type, zone, now, locale, say }: { hold: Pick<Hold, 'startsAt'>; type: VisitType; zone: string; now: Date; locale: Locale; say: Say }): ReactNode {
  const cutoff = cutoffOf(type, hold.startsAt)
  return cutoff > now ? say('visits.cutoff', { when: formatWhen(cutoff, zone, 'moment', locale) }) : say('visits.cutoff-over')
}

function Questions({ say, watch, more }: { say: Say; watch: ReactNode; more: ReactNode }) {
  return (
    <>
      <TextArea name="reason" label={say('visits.confirm.reason')} hint={say('visits.confirm.reason-hint')} isOptional rows={3} maxLength={mostReason} standing={say('visits.confirm.standing')} />
      {watch}
      {more}
      <Radios name="pays" label={say('visits.confirm.pays')} choices={payses.map(one => ({ value: one, label: say(`visits.confirm.pays.${one}`), ...(one !== 'insurance' && { hint: say('visits.confirm.pays.self-more') }) }))} />
    </>
  )
}

function showEnded(ctx: PortalCtx, locale: Locale): Promise<Answer> {
  const say = words(locale)
  return ctx.house.shell.portal(ctx, { title: say('visits.ended.title'), current: visitsPath },
    <EmptyState isWholePage icon="hourglass" title={say('visits.ended.title')} action={<LinkButton href={`${visitsPath}/new`}>{say('visits.confirm.other')}</LinkButton>}>{say('visits.ended.words')}</EmptyState>)
}

/** A page of before, reached by going back: whether something was booked since stands with the visits. */
function showOver(ctx: PortalCtx, locale: Locale): Promise<Answer> {
  const say = words(locale)
  return ctx.house.shell.portal(ctx, { title: say('visits.over.title'), current: visitsPath },
    <EmptyState isWholePage icon="hourglass" title={say('visits.over.title')} action={<Actions><LinkButton href={visitsPath}>{say('visits.over.look')}</LinkButton><LinkButton kind="secondary" href={`${visitsPath}/new`}>{say('visits.confirm.other')}</LinkButton></Actions>}>{say('visits.over.words')}</EmptyState>)
}

/** Why, in one of a few words, and whether really. */
export const portalCancel: PortalPage = {
  for: 'patient',
  get: (ctx, { params, locale }) => showCancel(ctx, params.id!, locale),
  async post(ctx, form, { params, locale }) {
    const reason = patientsReasons.find(one => one === form.get('reason'))
    if (!reason) return showCancel(ctx, params.id!, locale, { reason: words(locale)('visits.confirm.choose') })
    const gone = await cancelAppointment(ctx, params.id!, { reason, version: versionFrom(form.get('version')) })
    return seeOther(gone.ok ? `${visitsPath}?said=cancelled` : `${visitsPath}/${params.id}?said=changed`)
  },
}

async function showCancel(ctx: PortalCtx, id: string, locale: Locale, problems?: Problems): Promise<Answer> {
  const say = words(locale)
  const visit = await readMovable(ctx, id, { toCancel: true })
  if (!visit) return seeOther(`${visitsPath}/${id}`)
  const zoned = { places: await readPlaces(ctx), zone: await ctx.house.shell.zone(ctx) }
  return ctx.house.shell.portal(ctx, { title: say('visits.cancel.title'), current: visitsPath, ...(problems && { status: 422 }) },
    <>
      <PageHead title={say('visits.cancel.title')} lead={formatWhen(visit.startsAt, zoneOf(visit.locationId, zoned), 'moment', locale)} />
      <p>{say('visits.cancel.rather')} <a href={`${visitsPath}/${id}/move`}>{say('visits.move')}</a></p>
      <Form problems={problems} label={say('visits.cancel.title')}>
        <input type="hidden" name="version" value={visit.version} />
        <Radios name="reason" label={say('visits.cancel.why')} choices={patientsReasons.map(one => ({ value: one, label: say(`visits.cancel.${one}`) }))} />
        <Actions><Button kind="danger">{say('visits.cancel.yes')}</Button><LinkButton kind="secondary" href={`${visitsPath}/${id}`}>{say('visits.cancel.no')}</LinkButton></Actions>
      </Form>
    </>)
}
