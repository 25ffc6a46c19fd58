import { audit } from '#platform/audit.ts'
import type { PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words, type Say } from '#platform/words.ts'
import { practiceCard } from '#practice'
import { countExpected, countNewResults, readHeld, patientNames, plainTestName } from '#records'
import { listOwnWaits, nextAppointment } from '#scheduling'
import { LinkButton } from '#ui/button.tsx'
import { telephone } from '#ui/practice-facts.ts'
import { PageHead, RowList, Section } from '#ui/things.tsx'

const hours = new Map<string, Intl.DateTimeFormat>()
/** Morning until noon, afternoon until six, where the practice is. */
function greeting(now: Date, zone: string, name: string, say: Say): string {
  let made = hours.get(zone)
  if (!made) hours.set(zone, made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' }))
  const hour = Number(made.format(now))
  return say(`portal.home.${hour >= 4 && hour < 12 ? 'morning' : hour >= 12 && hour < 18 ? 'afternoon' : 'evening'}`, { name: name.split(' ')[0] ?? name })
}

/** A short letter: what is new, what is next, then the rest. */
export const portalHome: PortalPage = {
  for: 'patient',
  async get(ctx, { locale }) {
    const say = words(locale)
    const zone = await ctx.house.shell.zone(ctx)
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const { count, newest } = await countNewResults(ctx, patientId)
    const [held, expected] = [await readHeld(ctx, patientId), await countExpected(ctx, patientId)]
    const visit = await nextAppointment(ctx, patientId)
    const { offers } = await listOwnWaits(ctx, patientId)
    await audit(ctx, 'portal.viewed', { patientId })
    const { phone } = await practiceCard(ctx)
    const forName = ctx.actor.kind === 'proxy' ? (await patientNames(ctx, [patientId])).get(patientId) : undefined
    const title = greeting(ctx.now(), zone, ctx.session?.name ?? '', say)
    return ctx.house.shell.portal(ctx, { title: say('portal.nav.home'), current: '/portal' },
      <>
        <PageHead title={title} lead={<>{forName && <>{say('portal.home.for', { name: forName })} </>}{say('portal.home.new', { count })}</>} />
        {offers.length > 0 && <p><a href={offers.length === 1 ? `/portal/appointments/offers/${offers[0]!.id}` : '/portal/appointments'}>{say('portal.home.offer')}</a></p>}
        {newest && (
          <Section title={say('portal.home.newest')}>
            <p><strong>{plainTestName(newest, locale)}</strong><br /><span className="soft">{formatWhen(newest.happenedAt, zone, 'day', locale)}</span></p>
            <p><LinkButton isWide href={`/portal/results/${newest.id}`}>{say('portal.home.read')}</LinkButton></p>
          </Section>
        )}
        {expected > 0 && <p><a href="/portal/results">{say('portal.home.expect', { count: expected })}</a></p>}
        {held.length > 0 && <p><a href="/portal/results/waiting">{say('release.held.title')}</a></p>}
        <Section title={say('portal.home.visit')}>
          {visit ? <p><strong>{formatWhen(visit.startsAt, visit.zone, 'moment', locale)}</strong></p> : <p>{say('portal.home.no-visit')}</p>}
          <p><a href={visit?.id ? `/portal/appointments/${visit.id}` : visit ? '/portal/appointments' : '/portal/appointments/new'}>{say(visit?.id ? 'portal.home.change-visit' : visit ? 'portal.home.see-visit' : 'visits.book')}</a></p>
          {phone && <p><a href={telephone(phone)}>{visit ? say(visit.id ? 'portal.home.ask' : 'portal.home.call', { phone: phone.text }) : phone.text}</a></p>}
        </Section>
        <Section title={say('portal.home.rest')}>
          <RowList label={say('portal.home.rest')} rows={[
            { href: '/portal/results', title: say('portal.nav.results'), detail: say('portal.home.results'), icon: 'flask-conical' },
            { href: '/portal/medicines', title: say('portal.nav.medicines'), detail: say('portal.home.medicines'), icon: 'pill' },
            { href: '/portal/notes', title: say('portal.nav.notes'), detail: say('portal.home.notes'), icon: 'file-text' },
            { href: '/portal/record', title: say('portal.nav.record'), detail: say('portal.home.record'), icon: 'clipboard-list' },
          ]} />
        </Section>
      </>)
  },
}
