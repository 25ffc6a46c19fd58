import { inTransaction } from '#platform/db.ts'
import { file, type Answer, type PageRequest, type SitePage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words } from '#platform/words.ts'
import { pathIn } from '#practice'
import { inLocale, langOf } from '#practice/shared'
import { Actions, Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { Details, Section } from '#ui/things.tsx'
import { cancelAppointment } from '../cancel-appointment.ts'
import { asNewcomer, findNewcomer, readNewcomer, type Newcomer } from '../find-newcomer.ts'
import { isBeforeCutoff } from '../hold-time.ts'
import { readOwnVisit, type Appointment } from '../list-appointments.ts'
import { pointOf } from '../describe-newcomer.ts'
import { readVisitType } from '../read-settings.ts'
import { isPlanned, versionFrom } from '../shared.ts'
import { writeCalendar } from '../write-calendar.ts'
import { showEnded } from './site-book-ended.tsx'
import { addressWords, bookPath, CallUs, Key, keyField, showStep, toTheStart, type SiteCtx } from './site-book-frame.tsx'
import { readPlaces, VisitFacts } from './visit-words.tsx'

async function readBooked(ctx: SiteCtx, token: string): Promise<{ newcomer: Newcomer; visit: Appointment } | undefined> {
  const known = await findNewcomer(ctx, token)
  if (!known?.isBooked) return undefined
  return inTransaction(asNewcomer(ctx, known.id), async tx => {
    const newcomer = (await readNewcomer(tx, known.id))!
    return { newcomer, visit: await readOwnVisit(tx, await mayActFor(tx, known.id), newcomer.appointmentId!) }
  })
}

/** The visit once more, for as long as the page is open and nobody has linked it to a record. */
export const siteBooked: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: toTheStart,
  async post(ctx, form, request) {
    const token = String(form.get(keyField) ?? '')
    const found = form.get('do') === 'cancel' && await readBooked(ctx, token)
    if (!found) return showVisit(ctx, request, token)
    const gone = await cancelAppointment(asNewcomer(ctx, found.newcomer.id), found.visit.id, { reason: 'cannot-come', version: versionFrom(form.get('version')) })
    return showVisit(ctx, request, token, gone.ok ? {} : { problem: words(request.locale)(gone.reason === 'too-late' ? 'book.done.too-late' : 'visits.said.changed') })
  },
}

/** The time and the place as a calendar takes them in; asked for by a button, so by who wants them there. */
export const siteBookedFile: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: toTheStart,
  async post(ctx, form, { locale }) {
    const token = String(form.get(keyField) ?? '')
    const found = await readBooked(ctx, token)
    const place = found && (await readPlaces(ctx)).get(found.visit.locationId)
    if (!found || !place) return showEnded(ctx, locale, token)
    return file(writeCalendar({ visit: found.visit, place, summary: words(locale)('visits.ics'), now: ctx.now(), host: new URL(ctx.house.config.publicUrl).hostname }), 'text/calendar; charset=utf-8', { name: 'appointment.ics', headers: { 'cache-control': 'no-store' } })
  },
}

export async function showVisit(ctx: SiteCtx, { locale }: PageRequest, token: string, { problem }: { problem?: string } = {}): Promise<Answer> {
  const say = words(locale)
  const found = await readBooked(ctx, token)
  if (!found) return showEnded(ctx, locale, token)
  const { newcomer, visit } = found
  const [type, place] = [(await readVisitType(ctx, visit.visitTypeId, { isOpen: false }))!, (await readPlaces(ctx)).get(visit.locationId)]
  const zone = place?.zone ?? await ctx.house.shell.zone(ctx)
  const how = visit.status === 'cancelled' ? 'cancelled' : visit.status === 'requested' ? 'requested' : 'booked'
  const lead = say(`book.done.${how}-more`, { address: addressWords(pointOf(newcomer)!), when: visit.confirmBy ? formatWhen(visit.confirmBy, zone, 'moment', locale) : '' })
  const mayCancel = isPlanned(visit.status) && (visit.status === 'requested' || isBeforeCutoff(type, visit.startsAt, ctx.now()))
  return showStep(ctx, locale, { title: say(`book.done.${how}`), lead, ...(problem && { status: 409 }) },
    <>
      {problem && <Notice tone="notice" title={problem} />}
      <VisitFacts {...{ type, mode: visit.mode, startsAt: visit.startsAt, who: visit.who, place, zone, locale, say }} />
      {how !== 'cancelled' && (
        <>
          <Section title={say('book.done.bring')}>
            {inLocale(type.prepare, locale) && <p lang={langOf(type.prepare, locale)}>{inLocale(type.prepare, locale)}</p>}
            {visit.mode === 'phone' ? <p>{say('visits.phone-more')}</p> : visit.mode === 'in-person' && <p>{say('book.done.bring-more')}</p>}
          </Section>
          {how === 'booked' && <Form action={pathIn(`${bookPath}/visit.ics`, locale)} label={say('book.done.calendar')} hasKey={false} prefix="calendar-"><Key token={token} /><Actions><Button kind="secondary" icon="calendar">{say('book.done.calendar')}</Button></Actions></Form>}
        </>
      )}
      {mayCancel && (
        <Details summary={say('book.done.cancel-more')}>
          <Form action={pathIn(`${bookPath}/visit`, locale)} label={say('book.done.cancel')} hasKey={false} prefix="cancel-">
            <Key token={token} /><input type="hidden" name="version" value={visit.version} />
            <Actions><Button kind="danger" name="do" value="cancel">{say('book.done.cancel-sure')}</Button></Actions>
          </Form>
        </Details>
      )}
      <p className="soft">{say('book.done.close')}</p>
      {await CallUs({ ctx, say })}
    </>)
}
