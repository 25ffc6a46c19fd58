import type { Ctx, VisitorActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type SitePage } from '#platform/page.tsx'
import { words } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { PageHead } from '#ui/things.tsx'
import { mailOfToken, stopNews } from '../stop-mails.ts'

const mailOf = (ctx: Ctx<VisitorActor>, token: string): string => {
  const id = mailOfToken(ctx, token)
  if (!id) throw new NotFound()
  return id
}

/** Where the link of a mail leads: it asks, and only the button ends the mails. It says nothing of whose they are. */
export const siteStop: SitePage = {
  for: 'visitor',
  async get(ctx, { params, locale, query }) {
    mailOf(ctx, params.token!)
    const say = words(locale)
    const isDone = query.get('said') === 'done'
    return ctx.house.shell.plain(ctx, { locale, title: say('notices.stop.title'), status: 200, headers: { 'cache-control': 'no-store', 'x-robots-tag': 'noindex' } },
      <>
        <PageHead title={say(isDone ? 'notices.stop.done' : 'notices.stop.title')} lead={say(isDone ? 'notices.stop.done.more' : 'notices.stop.lead')} />
        {!isDone && <Form label={say('notices.stop.title')}><Actions><Button isWide>{say('notices.stop.do')}</Button></Actions></Form>}
      </>)
  },
  async post(ctx, _form, { params, locale }) {
    await stopNews(ctx, mailOf(ctx, params.token!), { words: words(locale)('notices.stop.do'), locale })
    return seeOther(`${locale === 'es' ? '/es' : ''}/stop/${params.token!}?said=done`)
  },
}
