import { seeOther, type Answer, type PageRequest, type SitePage } from '#platform/page.tsx'
import { words } from '#platform/words.ts'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { PageHead } from '#ui/things.tsx'
import { enterWithToken } from '../enter-with-token.ts'
import { useNewEmail } from '../own-account.ts'

type Ctx = Parameters<SitePage['get']>[0]
const pathOf = (request: PageRequest) => `/portal/settings/email/${request.params.token}`
const settingsOf = (roles: readonly string[]) => (roles.length > 0 ? '/console/account' : '/portal/settings')

/** The link in the mail shows a button; the button changes the address. Nothing changes by opening a link. For everybody who signs in. */
export const newEmailPage: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  async get(ctx, request) {
    const session = await enterWithToken(ctx, { token: request.token, face: 'portal' }, async tx => tx.session)
    if (!session) return seeOther(`/sign-in?next=${pathOf(request)}`)
    const say = words(session.locale)
    return ctx.house.shell.plain(ctx, { title: say('accounts.email'), locale: session.locale },
      <>
        <PageHead title={say('accounts.email')} lead={say('accounts.email.confirm')} />
        <Form label={say('accounts.email')} hasKey={false} action={pathOf(request)}><Actions><Button isWide>{say('accounts.email.confirm.do')}</Button></Actions></Form>
      </>)
  },
  async post(ctx, _form, request) {
    const done = await enterWithToken(ctx, { token: request.token, face: 'portal' }, async tx => ({ ...(await useNewEmail(tx, request.params.token!)), session: tx.session }))
    if (!done) return seeOther(`/sign-in?next=${pathOf(request)}`)
    const settings = settingsOf(done.session.roles)
    return done.ok ? seeOther(`${settings}?said=saved`) : showNotUsed(ctx, done.session.locale, done.reason, settings)
  },
}

function showNotUsed(ctx: Ctx, locale: 'en' | 'es', reason: 'link-over' | 'email-taken', settings: string): Promise<Answer> {
  const say = words(locale)
  const title = say(reason === 'link-over' ? 'accounts.link-over' : 'accounts.email.taken')
  return ctx.house.shell.plain(ctx, { title: say('accounts.email'), locale, status: reason === 'link-over' ? 404 : 409 },
    <EmptyState isWholePage icon="clock-alert" title={title} action={<LinkButton href={`${settings}/sign-in`}>{say('accounts.settings.title')}</LinkButton>}>{reason === 'link-over' && say('accounts.link-over.more')}</EmptyState>)
}
