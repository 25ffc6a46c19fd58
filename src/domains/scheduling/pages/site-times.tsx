import { NotFound } from '#platform/errors.ts'
import type { Answer, PageRequest, SitePage } from '#platform/page.tsx'
import { takeTurn } from '#platform/rate-limit.ts'
import { dayIn, instantAt } from '#platform/when.ts'
import { words } from '#platform/words.ts'
import { isUuid, pathIn } from '#practice'
import { LinkButton } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { isForNewcomers } from '../find-newcomer.ts'
import { holdForNewcomer } from '../hold-for-newcomer.ts'
import { bookableSpan, firstAvailable, listFirstDays } from '../list-open-times.ts'
import { readDoers, whoFit } from '../choose-clinician.ts'
import { listResources, readVisitType } from '../read-settings.ts'
import { modes, type Mode, type OpenTime, type VisitType } from '../shared.ts'
import { daysShown, NoTimes, readFilter, TimeFilter } from './portal-book.tsx'
import { bookPath, CallUs, keyField, showStep, type SiteCtx } from './site-book-frame.tsx'
import { showAbout } from './site-book-steps.tsx'
import { TimeList } from './time-list.tsx'
import { readPlaces, timeFrom, TypeName } from './visit-words.tsx'

/** Free times of one kind of visit. A tap keeps one for ten minutes and asks who comes. */
export const siteTimes: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  // Anybody can ask, and each question looks through months.
  get: (ctx, request) => look(ctx, request),
  async post(ctx, form, request) {
    const [say, time, mode] = [words(request.locale), timeFrom(form.get('time')), modes.find(one => one === form.get('how'))]
    const token = String(form.get(keyField) ?? '') || undefined
    const about = String(form.get('about') ?? '')
    const said = { token, ...(isUuid(about) && { about }) }
    if (!time || !mode) return look(ctx, request, { ...said, problem: say('visits.not-offered'), status: 422 })
    const held = await holdForNewcomer(ctx, { ...said, visitTypeId: request.params.type!, mode, ...time, locale: request.locale, clientAddress: request.clientAddress })
    if (held.ok) return showAbout(ctx, request, held.token)
    if (held.reason === 'just-taken') return showTimes(ctx, request, { ...said, nearest: held.nearest, mode, status: 409 })
    return showTimes(ctx, request, { ...said, problem: say(held.reason === 'too-often' ? 'book.too-often' : 'visits.not-offered'), status: held.reason === 'too-often' ? 429 : 422 })
  },
}

async function look(ctx: SiteCtx, request: PageRequest, said: Said = {}): Promise<Answer> {
  const turn = await takeTurn(ctx, 'open-times', { address: request.clientAddress })
  return showTimes(ctx, request, turn.ok ? said : { ...said, problem: words(request.locale)('book.too-often'), status: 429 })
}

/** `about`: the reason that led here. `isInstead`: it wanted a visit that is for patients we know. */
type Said = { token?: string | undefined; about?: string; isInstead?: boolean; nearest?: readonly OpenTime[]; mode?: Mode; problem?: string; status?: number }

async function readType(ctx: SiteCtx, id: string): Promise<VisitType> {
  const type = isUuid(id) ? await readVisitType(ctx, id) : undefined
  if (!type || !isForNewcomers(type)) throw new NotFound()
  return type
}

export async function showTimes(ctx: SiteCtx, { query, params, locale }: PageRequest, { token, about, isInstead, nearest, mode, problem, status }: Said = {}): Promise<Answer> {
  const say = words(locale)
  const type = await readType(ctx, params.type!)
  const [places, zone] = [await readPlaces(ctx), await ctx.house.shell.zone(ctx)]
  const names = new Map((await listResources(ctx)).map(one => [one.id, one.name]))
  const doers = await readDoers(ctx, type.id)
  const filter = readFilter(type, query, { today: dayIn(ctx.now(), zone), moved: undefined, doers })
  const usual = readFilter(type, new URLSearchParams(), { today: filter.from, moved: undefined, doers })
  const isAway = status === 429
  const { times, later } = nearest || isAway ? { times: nearest ?? [], later: undefined } : await listFirstDays(ctx, { type, from: instantAt(filter.from, '00:00', zone), to: bookableSpan(type, ctx.now(), zone).to, resourceId: filter.who, among: whoFit(doers, filter.wish), locationId: filter.place }, daysShown)
  const shown = nearest || filter.who ? times : firstAvailable([...times])
  const path = `${bookPath}/${type.id}`
  const here = pathIn(path, locale)
  const kept = new URLSearchParams({ ...(filter.who && { who: filter.who }), ...(filter.place && { where: filter.place }), ...(filter.wish.speaks && { speaks: filter.wish.speaks }), ...(filter.wish.gender && { gender: filter.wish.gender }), how: filter.mode })
  return showStep(ctx, locale, { title: say('visits.times.title'), path, ...(status && { status }), lead: <><TypeName {...{ type, locale }} />, {say('visits.minutes', { count: type.durationMinutes })}. {say(`visits.mode.${filter.mode}`)}.</> },
    <>
      {problem && <Notice tone="notice" title={problem} />}
      {isInstead && <Notice title={say('book.first-comes')}><p>{say('book.first-comes-more')}</p></Notice>}
      {nearest ? <Notice tone="notice" title={say('visits.taken')}><p>{say(nearest.length > 0 ? 'visits.taken-more' : 'visits.taken-none')}</p></Notice> : <TimeFilter {...{ type, filter, usual, doers, places, here, locale, say }} />}
      {shown.length === 0 ? !nearest && !isAway && <NoTimes {...{ say }} /> : (
        <Form action={here} label={say('visits.times.title')} hasKey={false}>
          {token && <input type="hidden" name={keyField} value={token} />}
          {about && <input type="hidden" name="about" value={about} />}
          <input type="hidden" name="how" value={mode ?? filter.mode} />
          <TimeList {...{ times: shown, names, places, locale }} />
        </Form>
      )}
      {later && <p><LinkButton kind="secondary" href={`${here}?${kept}&from=${later}`}>{say('visits.times.later')}</LinkButton></p>}
      {nearest && <p><a href={here}>{say('visits.confirm.other')}</a></p>}
      <p><a href={pathIn(bookPath, locale)}>{say('visits.type.title')}</a></p>
      {await CallUs({ ctx, say })}
    </>)
}
