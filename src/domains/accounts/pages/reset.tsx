import { inTransaction } from '#platform/db.ts'
import { seeOther, type Answer, type PageRequest, type SitePage } from '#platform/page.tsx'
import { words } from '#platform/words.ts'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { PageHead } from '#ui/things.tsx'
import type { PasswordProblem } from '../check-password.ts'
import { askForReset, isLiveLink, resetPassword } from '../reset-password.ts'
import { startSession } from '../start-session.ts'
import { welcome } from './sign-in.tsx'

type Ctx = Parameters<SitePage['get']>[0]
const here = (request: PageRequest, path: string) => (request.locale === 'es' ? `/es${path}` : path)
export const passwordWords = (problem: PasswordProblem, say: ReturnType<typeof words>): string => say(`accounts.password.${problem}`)

export const resetPage: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: (ctx, request) => showAsk(ctx, request),
  async post(ctx, form, request) {
    const name = String(form.get('email') ?? '')
    if (!name.trim()) return showAsk(ctx, request, { email: words(request.locale)('accounts.name.none') })
    const outcome = await askForReset(ctx, name, { clientAddress: request.clientAddress, userAgent: request.userAgent })
    if (!outcome.ok) return showAsk(ctx, request, { '': words(request.locale)('accounts.too-many', { minutes: Math.ceil(outcome.retryAfterSeconds / 60) }) }, { email: name }, 429, { 'retry-after': String(outcome.retryAfterSeconds) })
    const say = words(request.locale)
    return ctx.house.shell.plain(ctx, { title: say('accounts.reset.title'), locale: request.locale },
      <EmptyState isWholePage icon="mail" title={say('accounts.reset.sent')}>{say('accounts.reset.sent-more')}</EmptyState>)
  },
}

function showAsk(ctx: Ctx, request: PageRequest, problems: Problems = {}, values: Values = {}, status = Object.keys(problems).length > 0 ? 422 : 200, headers: Record<string, string> = {}): Promise<Answer> {
  const say = words(request.locale)
  return ctx.house.shell.plain(ctx, { title: say('accounts.reset.title'), locale: request.locale, path: '/reset', status, headers },
    <>
      <PageHead title={say('accounts.reset.title')} lead={say('accounts.reset.lead')} />
      <Form label={say('accounts.reset.title')} problems={problems} values={values} hasKey={false} action={here(request, '/reset')}>
        <Field name="email" label={say('accounts.name')} autoComplete="username" autoCapitalize="none" spellCheck={false} isFirst />
        <Actions><Button isWide>{say('accounts.reset.do')}</Button></Actions>
      </Form>
    </>)
}

const newPasswordPage = (purpose: 'reset' | 'invitation', path: string): SitePage => ({
  for: 'visitor',
  ownTransaction: true,
  async get(ctx, request) {
    return (await isLiveLink(ctx, purpose, request.params.token!)) ? showNew(ctx, request, path) : showOver(ctx, request, purpose)
  },
  async post(ctx, form, request) {
    const password = String(form.get('password') ?? '')
    const outcome = await resetPassword(ctx, { purpose, token: request.params.token!, password })
    if (!outcome.ok) return outcome.reason === 'link-over' ? showOver(ctx, request, purpose) : showNew(ctx, request, path, passwordWords(outcome.reason, words(request.locale)))
    if (purpose === 'reset') return seeOther(here(request, '/sign-in?said=reset'))
    return inTransaction(ctx, async tx => welcome(ctx, await startSession(tx, outcome.personId, { isStrong: false, userAgent: request.userAgent, how: 'invitation' }), request))
  },
})
export const resetLinkPage = newPasswordPage('reset', '/reset')
export const joinPage = newPasswordPage('invitation', '/join')

function showNew(ctx: Ctx, request: PageRequest, path: string, problem?: string): Promise<Answer> {
  const say = words(request.locale)
  return ctx.house.shell.plain(ctx, { title: say('accounts.new-password'), locale: request.locale, status: problem ? 422 : 200 },
    <>
      <PageHead title={say('accounts.new-password')} lead={say('accounts.new-password.lead')} />
      <Form label={say('accounts.new-password')} problems={problem ? { password: problem } : {}} hasKey={false} action={here(request, `${path}/${request.params.token}`)}>
        <Field name="password" label={say('accounts.new-password')} hint={say('accounts.new-password.hint')} type="password" autoComplete="new-password" maxLength={128} isFirst />
        <Actions><Button isWide>{say('accounts.new-password.do')}</Button></Actions>
      </Form>
    </>)
}

/** Who was invited asks the one who invited; who forgot a password asks us. */
function showOver(ctx: Ctx, request: PageRequest, purpose: 'reset' | 'invitation'): Promise<Answer> {
  const say = words(request.locale)
  const isReset = purpose === 'reset'
  return ctx.house.shell.plain(ctx, { title: say('accounts.link-over'), locale: request.locale, status: 404 },
    <EmptyState isWholePage icon="clock-alert" title={say('accounts.link-over')} action={isReset && <LinkButton href={here(request, '/reset')}>{say('accounts.link-over.do')}</LinkButton>}>{say(isReset ? 'accounts.link-over.more' : 'accounts.link-over.join')}</EmptyState>)
}
