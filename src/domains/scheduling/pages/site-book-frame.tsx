import type { ReactNode } from 'react'
import type { Ctx, VisitorActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type SitePage } from '#platform/page.tsx'
import type { Locale, Say } from '#platform/words.ts'
import { pathIn, phoneFrom, practiceCard } from '#practice'
import type { Point } from '#notices'
import { telephone } from '#ui/practice-facts.ts'
import { PageHead } from '#ui/things.tsx'

export const bookPath = '/book'
export type SiteCtx = Ctx<VisitorActor>
/** Where the token stands in the forms: a page that was left open holds it, no address and no cookie does. */
export const keyField = 'key'

/** Draws one page of the way to a first visit. What it shows is of one person: nobody keeps it. */
export async function showStep(ctx: SiteCtx, locale: Locale, { title, lang, lead, status = 200, path = bookPath, isIndexed = false, description }: { title: string; lang?: string | undefined; lead?: ReactNode; status?: number; path?: string; isIndexed?: boolean; description?: string }, content: ReactNode): Promise<Answer> {
  const { isPublished } = await practiceCard(ctx)
  if (!isPublished) return seeOther(pathIn('/', locale))
  return ctx.house.shell.site(ctx, { locale, path, title, current: bookPath, status, isIndexed, ...(description && { description }), headers: { 'cache-control': 'no-store' } }, <><PageHead title={lang ? <span lang={lang}>{title}</span> : title} lead={lead} /><div className="book-steps">{content}</div></>)
}

export async function CallUs({ ctx, say }: { ctx: Ctx; say: Say }): Promise<ReactNode> {
  const { phone } = await practiceCard(ctx)
  return phone ? <p><a href={telephone(phone)}>{say('book.call', { phone: phone.text })}</a></p> : null
}

/** The way of those whom we know. */
export function AlreadyPatient({ say }: { say: Say }) {
  const [before, after] = say('book.patient', { link: '|' }).split('|')
  return <p>{before}<a href="/sign-in">{say('book.patient-link')}</a>{after}</p>
}

/** Nothing stands at these addresses by themselves. */
export const toTheStart: SitePage['get'] = async (_ctx, { locale }) => seeOther(pathIn(bookPath, locale))
export const Key = ({ token }: { token: string }) => <input type="hidden" name={keyField} value={token} />

export const addressWords = ({ kind, address }: Point): string => (kind === 'phone' ? phoneFrom(address)!.text : address)
