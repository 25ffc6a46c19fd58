import type { ReactNode } from 'react'
import { show, type View } from '#platform/answer.ts'
import type { Ctx, ProxyActor } from '#platform/ctx.ts'
import type { Shell, ShellFacts, SiteFacts } from '#platform/shell.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { listRecords } from '#accounts'
import { roleWords } from '#accounts/shared'
import { letterSender, pathIn, practiceCard } from '#practice'
import { patientNames, readingHelp } from '#records'
import { ConsoleLayout } from '#ui/console-layout.tsx'
import { PlainLayout } from '#ui/plain-layout.tsx'
import { PortalLayout } from '#ui/portal-layout.tsx'
import { LinkButton } from '#ui/button.tsx'
import { telephone, type Phone, type SessionClock } from '#ui/practice-facts.ts'
import { PageHead } from '#ui/things.tsx'
import { SiteLayout } from '#ui/site-layout.tsx'
import { consoleGroups, portalBar, portalMore } from './navigation.ts'

const other: Record<Locale, Locale> = { en: 'es', es: 'en' }
const answer = (facts: ShellFacts & { validUntil?: Date }, element: React.ReactElement): View =>
  show(element, { ...(facts.status && { status: facts.status }), ...(facts.headers && { headers: facts.headers }), ...(facts.validUntil && { validUntil: facts.validUntil }) })

/** How long this session may still lie idle, for the page's clock. */
const clockOf = (ctx: Ctx): SessionClock | undefined => {
  if (!ctx.session) return undefined
  const until = Math.min(ctx.session.idleUntil.getTime(), ctx.session.absoluteUntil.getTime())
  return { secondsLeft: Math.max(0, Math.round((until - ctx.now().getTime()) / 1_000)), extendAction: '/session/extend', endHref: '/sign-in?said=idle' }
}
const flashOf = (facts: ShellFacts) => (facts.flash ? { flash: facts.flash } : {})

async function site(ctx: Ctx, facts: SiteFacts, content: ReactNode): Promise<View> {
  const card = await practiceCard(ctx)
  const { locale, path } = facts
  const say = words(locale)
  const origin = ctx.house.config.publicUrl
  const canOpenPortal = card.faces.includes('portal')
  return answer(facts,
    <SiteLayout
      practice={card.facts} nav={card.nav[locale]} action={card.action[locale]} places={card.places[locale]} footerLinks={card.footer[locale]} afterHours={card.afterHours[locale].words || undefined}
      signIn={canOpenPortal ? { href: pathIn('/sign-in', locale), words: say('ui.sign-in') } : undefined}
      locale={locale} current={pathIn(path, locale)} homeHref={pathIn('/', locale)} otherLanguage={{ locale: other[locale], href: pathIn(path, other[locale]) }}
      title={facts.title} description={facts.description} canonical={origin + pathIn(path, locale)}
      alternates={[{ locale: 'en', href: origin + pathIn(path, 'en') }, { locale: 'es', href: origin + pathIn(path, 'es') }]}
      jsonLd={facts.jsonLd} image={facts.image && { ...facts.image, src: origin + facts.image.src }} kind={facts.kind} isHidden={facts.isIndexed === false || !card.isPublished} top={facts.top}
    >
      {content}
    </SiteLayout>)
}

async function plain(ctx: Ctx, facts: Parameters<Shell['plain']>[1], content: ReactNode): Promise<View> {
  const card = await practiceCard(ctx)
  return answer(facts,
    <PlainLayout
      locale={facts.locale} practice={facts.isNeutral ? { ...card.facts, name: (await letterSender(ctx)).name, markHref: undefined } : card.facts} title={facts.title} hasScript={facts.hasScript} foot={facts.foot} {...flashOf(facts)}
      otherLanguage={facts.path ? { locale: other[facts.locale], href: pathIn(facts.path, other[facts.locale]) } : undefined}
    >
      {content}
    </PlainLayout>)
}

/** Whom a caregiver looks after. 'ended': nobody any more, since a twelfth birthday or the last day they were given; what is empty then is no record. */
async function actingFor(ctx: Ctx): Promise<{ name: string; switchHref: string } | 'ended' | undefined> {
  const { actor } = ctx
  if (actor.kind !== 'proxy') return undefined
  const name = (await patientNames(ctx, [actor.patientId])).get(actor.patientId)
  if (name === undefined && !(await listRecords(ctx as Ctx<ProxyActor>)).some(({ patientId }) => patientId === actor.patientId)) return 'ended'
  return { name: name ?? '', switchHref: '/portal/switch' }
}

function CareEnded({ phone, say }: { phone: Phone | undefined; say: Say }) {
  return (
    <>
      <PageHead title={say('portal.care-ended')} lead={say('portal.care-ended.lead')} />
      <p><LinkButton href="/portal/switch">{say('ui.switch')}</LinkButton></p>
      {phone && <p>{say('portal.care-ended.call')} <a href={telephone(phone)}>{phone.text}</a></p>}
    </>
  )
}

async function portal(ctx: Ctx, facts: ShellFacts, content: ReactNode): Promise<View> {
  const card = await practiceCard(ctx)
  const locale = ctx.session?.locale ?? 'en'
  const say = words(locale)
  const [acting, { size }] = [await actingFor(ctx), await readingHelp(ctx)]
  const isOver = acting === 'ended' && facts.current !== '/portal/settings'   // their own settings, and the way to other records
  return answer(isOver ? { ...facts, status: 403 } : facts,
    <PortalLayout
      locale={locale} practice={card.facts} title={isOver ? say('portal.care-ended') : facts.title} current={facts.current} bar={portalBar(say)} more={portalMore(say)} personName={ctx.session?.name ?? ''}
      actingFor={acting === 'ended' ? undefined : acting} signOutAction="/sign-out" session={clockOf(ctx)} size={size} {...flashOf(facts)}
    >
      {isOver ? <CareEnded phone={card.phone} say={say} /> : content}
    </PortalLayout>)
}

async function consolePage(ctx: Ctx, facts: Parameters<Shell['console']>[1], content: ReactNode): Promise<View> {
  const card = await practiceCard(ctx)
  const roles = ctx.actor.kind === 'staff' ? ctx.actor.roles : []
  return answer(facts,
    <ConsoleLayout
      practice={card.facts} groups={consoleGroups(roles)} title={facts.title} current={facts.current} personName={ctx.session?.name ?? ''} personRole={roles.map(role => roleWords[role]).join(', ')}
      accountHref="/console/account" signOutAction="/sign-out" session={clockOf(ctx)} list={facts.list} {...flashOf(facts)}
    >
      {content}
    </ConsoleLayout>)
}

export const shell: Shell = { site, plain, portal, console: consolePage, zone: async ctx => (await practiceCard(ctx)).zone, practice: letterSender }
