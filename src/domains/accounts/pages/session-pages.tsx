import { file, seeOther, type Answer, type PageRequest, type SitePage } from '#platform/page.tsx'
import { inTransaction } from '#platform/db.ts'
import { cookieFor } from '#platform/session.ts'
import { words } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems } from '#ui/form.tsx'
import { PageHead } from '#ui/things.tsx'
import { enterWithToken } from '../enter-with-token.ts'
import { needsFactor, ownFacts, proveSession } from '../prove-session.ts'
import { endSession } from '../start-session.ts'
import { askForPasskey } from '../use-passkey.ts'
import { PasskeyForm } from './passkey-form.tsx'
import { safeNext } from './sign-in.tsx'

type Ctx = Parameters<SitePage['get']>[0]

/** Ends the session, here and in the database, and leaves nothing on the device. */
export const signOutPage: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: async () => seeOther('/sign-in'),
  async post(ctx, _form, { token }) {
    if (token) await inTransaction(ctx, tx => endSession(tx, token, 'signed-out'))
    return seeOther('/sign-in?said=out', { 'set-cookie': cookieFor(null, ctx.house.config.isHttps), 'clear-site-data': '"cache", "storage"' })
  },
}

/** Stays signed in: using the session is what extends it. The page's script reads the answer; a session that is over goes to sign in. */
export const extendPage: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: async () => seeOther('/sign-in'),
  async post(ctx, _form, { token }) {
    const secondsLeft = await enterWithToken(ctx, { token, face: 'portal' }, async tx => {
      await tx.db.client!.query('update platform.session set seen_at = $1 where id = $2 and seen_at < $1', [tx.now(), tx.actor.sessionId])
      const idle = tx.now().getTime() + 15 * 60_000
      return Math.round((Math.min(idle, tx.session!.absoluteUntil.getTime()) - tx.now().getTime()) / 1_000)
    })
    return secondsLeft === undefined ? seeOther('/sign-in?said=idle') : file(JSON.stringify({ secondsLeft }), 'application/json')
  },
}

/** Proof again before something that matters: the password, a passkey, or a code where the session has not shown its second step. */
export const provePage: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: (ctx, request) => showProve(ctx, request, nextOf(request.query.get('next'))),
  async post(ctx, form, request) {
    const text = (name: string) => String(form.get(name) ?? '')
    const next = nextOf(text('next'))
    const field = text('response') ? '' : form.has('code') ? 'code' : 'password'
    if (field && !text(field)) return showProve(ctx, request, next, say => ({ [field]: say(field === 'code' ? 'accounts.code.none' : 'accounts.password.missing') }))
    const proof = field === '' ? { ticket: text('ticket'), response: text('response') } : field === 'code' ? { code: text('code') } : { password: text('password') }
    const outcome = await enterWithToken(ctx, { token: request.token, face: 'portal' }, tx => proveSession(tx, request.token!, proof))
    if (!outcome) return seeOther(`/sign-in?next=${encodeURIComponent(next)}`)
    if (outcome.ok) return seeOther(next)
    if (outcome.reason === 'too-many') {
      const minutes = Math.ceil(outcome.retryAfterSeconds / 60)
      return showProve(ctx, request, next, say => ({ '': say('accounts.too-many', { minutes }) }), { status: 429, headers: { 'retry-after': String(outcome.retryAfterSeconds) } })
    }
    return showProve(ctx, request, next, say => ({ [field]: say(field === 'code' ? 'accounts.code.wrong' : field ? 'accounts.prove.wrong' : 'accounts.passkey.wrong') }))
  },
}
const nextOf = (wanted: string | null) => safeNext(wanted) ?? '/portal'

async function showProve(ctx: Ctx, request: PageRequest, next: string, problemsIn: (say: ReturnType<typeof words>) => Problems = () => ({}), more: { status?: number; headers?: Record<string, string> } = {}): Promise<Answer> {
  const seen = await enterWithToken(ctx, { token: request.token, face: 'portal' }, async tx => {
    const me = await ownFacts(tx)
    const wantsFactor = needsFactor(tx, me)
    return { locale: tx.session!.locale, wantsFactor, field: wantsFactor ? (me.totpSecret ? 'code' : null) : me.passwordHash ? 'password' : null, challenge: me.passkeys > 0 ? await askForPasskey(tx) : null }
  })
  if (!seen) return seeOther(`/sign-in?next=${encodeURIComponent(next)}`)
  const say = words(seen.locale)
  const problems = problemsIn(say)
  const title = say(seen.wantsFactor ? 'accounts.second.have' : 'accounts.prove.title')
  return ctx.house.shell.plain(ctx, { title, locale: seen.locale, hasScript: true, status: Object.keys(problems).length > 0 ? 422 : 200, ...more },
    <>
      <PageHead title={title} lead={say(seen.wantsFactor ? 'accounts.second.have.lead' : 'accounts.prove.lead')} />
      <Form label={title} hasKey={false} action="/prove" problems={problems}>
        {seen.field && <input type="hidden" name="next" value={next} />}
        {seen.field === 'password' && <Field name="password" label={say('accounts.password')} type="password" autoComplete="current-password" isFirst />}
        {seen.field === 'code' && <Field name="code" label={say('accounts.code')} hint={say('accounts.code.hint')} autoComplete="one-time-code" inputMode="text" size="medium" isFirst />}
        {seen.field && <Actions><Button isWide>{say('accounts.prove.do')}</Button></Actions>}
      </Form>
      {seen.challenge && <PasskeyForm challenge={seen.challenge} action="/prove" kind="get" label={say('accounts.prove.passkey')} say={say} next={next} isFirst={!seen.field} />}
      <p className="way-on"><a href={next.startsWith('/console') ? '/console' : '/portal'}>{say('accounts.prove.back')}</a></p>
    </>)
}
