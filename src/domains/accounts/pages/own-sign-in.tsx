import { seeOther, type Answer, type PageRequest, type PortalPage, type StaffPage } from '#platform/page.tsx'
import { words, type Say } from '#platform/words.ts'
import { Actions, LinkButton } from '#ui/button.tsx'
import type { Problems, Values } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { PageHead } from '#ui/things.tsx'
import { ownAccount } from '../access.ts'
import { addPasskey, addTotp, namePasskey, removePasskey, removeTotp, renewRecoveryCodes } from '../change-factors.ts'
import type { PasswordProblem } from '../check-password.ts'
import { askForNewEmail, changePassword } from '../own-account.ts'
import { mayChangeFactors, ownFacts } from '../prove-session.ts'
import type { OwnCtx } from './own-account.tsx'
import { AppCodes, Mailbox, Passkeys, Password } from './own-factors.tsx'
import { passwordWords } from './reset.tsx'
import { showRecoveryCodes } from './second-factor.tsx'

const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim()

/** How one signs in: seen and changed only right after proof. */
export const portalSignIn: PortalPage = {
  for: 'patient',
  get: (ctx, request) => showSignIn(ctx as OwnCtx, request, '/portal/settings'),
  post: (ctx, form, request) => change(ctx as OwnCtx, form, request, '/portal/settings'),
}
export const consoleSignIn: StaffPage = {
  for: { staff: ownAccount },
  get: (ctx, request) => showSignIn(ctx as OwnCtx, request, '/console/account'),
  post: (ctx, form, request) => change(ctx as OwnCtx, form, request, '/console/account'),
}

type Outcome = { ok: true; recoveryCodes?: string[] } | { ok: false; reason: string }

async function act(ctx: OwnCtx, form: FormData, action: string): Promise<Outcome | undefined> {
  if (text(form, 'response')) return addPasskey(ctx, { ticket: text(form, 'ticket'), response: text(form, 'response'), name: text(form, 'passkey-name') })
  if (action === 'name-passkey') {
    const name = text(form, 'passkey-name')
    if (name.length === 0) return { ok: false, reason: 'no-name' }
    await namePasskey(ctx, text(form, 'passkey'), name)
    return { ok: true }
  }
  if (action === 'remove-passkey') return removePasskey(ctx, text(form, 'passkey'))
  if (action === 'app') return addTotp(ctx, { secret: text(form, 'secret'), code: text(form, 'code') })
  if (action === 'remove-app') return removeTotp(ctx)
  if (action === 'codes') return renewRecoveryCodes(ctx)
  if (action === 'password') return changePassword(ctx, String(form.get('password') ?? ''))
  if (action === 'email') return askForNewEmail(ctx, text(form, 'email'))
  return undefined
}

async function change(ctx: OwnCtx, form: FormData, request: PageRequest, base: string): Promise<Answer> {
  const [path, action] = [`${base}/sign-in`, text(form, 'action')]
  if (!mayChangeFactors(ctx, await ownFacts(ctx))) return seeOther(`/prove?next=${path}`)
  const outcome = await act(ctx, form, action)
  if (!outcome) return seeOther(path)
  if (!outcome.ok) return outcome.reason === 'prove-first' ? seeOther(`/prove?next=${path}`) : showSignIn(ctx, request, base, problemsOf(outcome.reason, form, words(request.locale)), form)
  if (outcome.recoveryCodes) return showRecoveryCodes(ctx, request, outcome.recoveryCodes, path)
  return seeOther(`${path}?said=${action === 'email' ? 'mailed' : 'saved'}`)
}

function problemsOf(reason: string, form: FormData, say: Say): Problems {
  if (reason === 'bad-email') return { email: say('accounts.email.bad') }
  if (reason === 'no-name') return { [`name-${text(form, 'passkey')}`]: say('accounts.passkey.name.none') }
  if (reason === 'wrong-code') return { code: say('accounts.app.wrong') }
  if (reason === 'last-factor') return { '': say('accounts.last-factor') }
  if (reason === 'not-accepted') return { '': say('accounts.passkey.not-made') }
  if (reason === 'no-app') return { '': say('accounts.recovery.no-app') }
  return { password: passwordWords(reason as PasswordProblem, say) }
}

async function showSignIn(ctx: OwnCtx, request: PageRequest, base: string, problems: Problems = {}, form?: FormData): Promise<Answer> {
  const say = words(request.locale)
  const said = request.query.get('said')
  const me = await ownFacts(ctx)
  const facts = { title: say('accounts.settings.sign-in'), current: base, status: Object.keys(problems).length > 0 ? 422 : 200, ...((said === 'saved' || said === 'mailed') && { flash: { words: say(`accounts.${said}`) } }) }
  const values: Values = form ? { email: text(form, 'email'), code: text(form, 'code') } : {}
  const parts = { ctx, me, say, problems, values, locale: request.locale }
  const content = (
    <>
      <PageHead title={facts.title} back={{ href: base, words: say('accounts.settings.title') }} lead={mayChangeFactors(ctx, me) ? undefined : say('accounts.settings.prove')} />
      {problems[''] && <Notice tone="notice" title={problems['']} />}
      {mayChangeFactors(ctx, me)
        ? <>{await Passkeys(parts)}{await AppCodes({ ...parts, secret: form ? text(form, 'secret') : undefined })}<Password {...parts} /><Mailbox {...parts} /></>
        : <Actions><LinkButton href={`/prove?next=${base}/sign-in`} isWide>{say('accounts.prove.do')}</LinkButton></Actions>}
    </>
  )
  return base.startsWith('/console') ? ctx.house.shell.console(ctx, facts, content) : ctx.house.shell.portal(ctx, facts, content)
}
