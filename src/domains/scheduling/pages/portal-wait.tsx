import { seeOther, type Answer, type PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { dayIn, formatWhen } from '#platform/when.ts'
import { words, type Locale } from '#platform/words.ts'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { PageHead } from '#ui/things.tsx'
import { changeWait, joinWaitlist, leaveWaitlist } from '../join-waitlist.ts'
import { listOpenTimes } from '../list-open-times.ts'
import { readOwnVisit, type Appointment } from '../list-appointments.ts'
import { readOwnWait, waitOfVisit, type Wait } from '../list-waits.ts'
import { readVisitType } from '../read-settings.ts'
import { visitsPath, zoneOf } from './portal-appointments.tsx'
import { readMovable } from './portal-book.tsx'
import { readPlaces, type PortalCtx } from './visit-words.tsx'
import { readWishChoices, readWishes, WishFields, wishedAnything } from './wait-words.tsx'

type Shown = { visit?: Appointment; wait: Wait | undefined; locale: Locale; problems?: Problems; values?: Values }

/** Somebody with a visit says which earlier times would suit them, changes it, or hears of no more. */
export const portalWait: PortalPage = {
  for: 'patient',
  async get(ctx, { params, locale }) {
    const visit = await readMovable(ctx, params.id!)
    return visit ? show(ctx, { visit, wait: await waitOfVisit(ctx, visit.id), locale }) : seeOther(`${visitsPath}/${params.id}?said=changed`)
  },
  async post(ctx, form, { params, locale }) {
    const visit = await readOwnVisit(ctx, await mayActFor(ctx, ctx.actor.patientId), params.id!)
    const wait = await waitOfVisit(ctx, visit.id)
    if (form.get('action') === 'leave') return leave(ctx, wait)
    const { wishes, problems, values } = await readWishes(ctx, form, { say: words(locale) })
    if (Object.keys(problems).length > 0) return show(ctx, { visit, wait, locale, problems, values })
    const joined = await joinWaitlist(ctx, visit.id, wishes)
    return seeOther(`${visitsPath}/${visit.id}?said=${joined.ok ? 'waits' : 'changed'}`)
  },
}

/** The same for whom the desk has put on the list without a visit. */
export const portalWaiting: PortalPage = {
  for: 'patient',
  async get(ctx, { params, locale }) {
    const wait = await readOwnWait(ctx, await mayActFor(ctx, ctx.actor.patientId), params.id!)
    if (wait.endedAt) return seeOther(visitsPath)
    return wait.visitId ? seeOther(`${visitsPath}/${wait.visitId}/wait`) : show(ctx, { wait, locale })
  },
  async post(ctx, form, { params, locale }) {
    const wait = await readOwnWait(ctx, await mayActFor(ctx, ctx.actor.patientId), params.id!)
    if (form.get('action') === 'leave') return leave(ctx, wait)
    const { wishes, problems, values } = await readWishes(ctx, form, { say: words(locale), needsUntil: wait.visitId === null })
    if (Object.keys(problems).length > 0) return show(ctx, { wait, locale, problems, values })
    await changeWait(ctx, wait.id, wishes)
    return seeOther(`${visitsPath}?said=waits`)
  },
}

async function leave(ctx: PortalCtx, wait: Wait | undefined): Promise<Answer> {
  if (wait) await leaveWaitlist(ctx, wait.id)
  return seeOther(`${visitsPath}?said=left`)
}

async function show(ctx: PortalCtx, { visit, wait, locale, problems, values }: Shown): Promise<Answer> {
  const say = words(locale)
  const zoned = { places: await readPlaces(ctx), zone: await ctx.house.shell.zone(ctx) }
  const title = say(wait ? 'waits.title-change' : 'waits.title')
  const type = (await readVisitType(ctx, (visit ?? wait!).visitTypeId, { isOpen: false }))!
  const [free] = visit ? await listOpenTimes(ctx, { type, from: ctx.now(), to: visit.startsAt, most: 1 }) : []
  return ctx.house.shell.portal(ctx, { title, current: visitsPath, ...(problems && { status: 422 }) },
    <>
      <PageHead title={title} back={visit ? { href: `${visitsPath}/${visit.id}`, words: say('waits.offer.now') } : { href: visitsPath, words: say('visits.title') }}
        lead={visit ? say('waits.lead', { when: formatWhen(visit.startsAt, zoneOf(visit.locationId, zoned), 'moment', locale) }) : say('waits.lead-desk')} />
      {visit && free && <Notice title={say('waits.free')}><p><a href={`${visitsPath}/${visit.id}/move?who=`}>{say('waits.free-see')}</a></p></Notice>}
      <p>{say('waits.how')} {ctx.actor.kind === 'patient' && <a href="/portal/settings/reach">{say('waits.reach')}</a>}</p>
      <Form label={title} problems={problems} values={values}>
        <WishFields wishes={wait ?? wishedAnything} choices={await readWishChoices(ctx, type.id)} today={dayIn(ctx.now(), zoned.zone)} say={say} locale={locale} hint={visit && say('waits.until-hint')} />
        <Actions><Button isWide icon="bell">{say(wait ? 'waits.save' : 'waits.join')}</Button></Actions>
      </Form>
      {wait && <Form label={say('waits.leave')}><Actions><Button kind="secondary" icon="bell-off" name="action" value="leave">{say('waits.leave')}</Button>{visit && <LinkButton kind="quiet" href={`${visitsPath}/${visit.id}`}>{say('waits.offer.now')}</LinkButton>}</Actions></Form>}
    </>)
}
