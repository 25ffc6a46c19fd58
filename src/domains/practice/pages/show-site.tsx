import type { ReactNode } from 'react'
import type { View } from '#platform/answer.ts'
import type { Ctx } from '#platform/ctx.ts'
import type { SitePage } from '#platform/page.tsx'
import type { SiteFacts } from '#platform/shell.ts'
import { words, type Locale, type Say } from '#platform/words.ts'
import { LinkButton } from '#ui/button.tsx'
import { Icon } from '#ui/icon.tsx'
import { telephone } from '#ui/practice-facts.ts'
import { PageHead } from '#ui/things.tsx'
import { cardOf, pathIn, practiceCard, type PracticeCard } from '../practice-card.ts'
import { readPractice } from '../read-practice.ts'
import type { Practice } from '../shared.ts'

/** What a page of the site is drawn from. It never knows who asks. */
export type SiteScene = {
  practice: Practice
  card: PracticeCard
  locale: Locale
  say: Say
  now: Date
  params: Readonly<Record<string, string>>
  /** Where the house is found, for addresses in full. */
  origin: string
  /** A path of ours in the scene's language. */
  to: (path: string) => string
}
export type SiteView = Omit<SiteFacts, 'locale' | 'path'> & { content?: ReactNode }
/** Draws one page; throws NotFound where the practice has no such thing. */
export type SiteRender = (scene: SiteScene) => SiteView

export const sceneOf = (ctx: Ctx, practice: Practice, card: PracticeCard, locale: Locale, params: Readonly<Record<string, string>> = {}): SiteScene => ({
  practice, card, locale, params, say: words(locale), now: ctx.now(), origin: ctx.house.config.publicUrl, to: path => pathIn(path, locale),
})

/** A public page: kept in the cache, the same for everybody; while the practice is not published, a line that says so. */
export const sitePage = (render: SiteRender): SitePage => ({
  for: 'visitor',
  isCached: true,
  async get(ctx, { locale, params, url }) {
    const [practice, card] = [await readPractice(ctx), await practiceCard(ctx)]
    if (!practice || !card.isPublished) return showNotOpen(ctx, card, locale)
    return drawIn(ctx, sceneOf(ctx, practice, card, locale, params), pathOf(url.pathname), render)
  },
})

/** '/es/services' → '/services' */
const pathOf = (pathname: string): string => pathname.replace(/^\/es(?=\/|$)/, '') || '/'

export function drawIn(ctx: Ctx, scene: SiteScene, path: string, render: SiteRender): Promise<View> {
  const { content, ...facts } = render(scene)
  return ctx.house.shell.site(ctx, { ...facts, locale: scene.locale, path }, content)
}

/** The card as this transaction sees it: for a preview of what is not yet public. */
export const freshCard = (ctx: Ctx, practice: Practice): PracticeCard => cardOf(practice, ctx)

export function showNotOpen(ctx: Ctx, { name, phone, isPublished }: PracticeCard, locale: Locale): Promise<View> {
  const say = words(locale)
  return ctx.house.shell.plain(ctx, { locale, title: isPublished ? name : say('site.closed.title'), path: '/', headers: { 'x-robots-tag': 'noindex' } },
    <>
      <PageHead title={say('site.closed.title')} lead={say('site.closed.words')} />
      {phone && <p><LinkButton href={telephone(phone)} icon="phone">{say('site.call-us', { phone: phone.text })}</LinkButton></p>}
      <p><a href="/sign-in"><Icon name="log-in" size="small" /> {say('site.closed.sign-in')}</a></p>
    </>)
}
