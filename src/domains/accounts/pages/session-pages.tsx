import { file, seeOther, type Answer, type SitePage } from '#platform/page.tsx'
import { inTransaction } from '#platform/db.ts'
import { cookieFor } from '#platform/session.ts'
import { words } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { PageHead } from '#ui/things.tsx'
import { enterWithToken } from '../enter-with-token.ts'
import { proveSession } from '../prove-session.ts'
import { endSession } from '../start-session.ts'
import { askForPasskey } from '../use-passkey.ts'
import { PasskeyForm, safeNext } from './sign-in.tsx'

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

/** Stays signed in: using the session is what extends it. Answers the page's script in JSON, and a form with a page. */
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
    return secondsLeft === undefined ? file(JSON.stringify({ secondsLeft: 0 }), 'application/json', { status: 401 }) : file(JSON.stringify({ secondsLeft }), 'application/json')
  },
}

/** Proof again before something that matters: the password or a passkey. */
export const provePage: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: (ctx, request) => showProve(ctx, request, safeNext(request.query.get('next')) ?? '/portal'),
  async post(ctx, form, request) {
    const next = safeNext(String(form.get('next') ?? '')) ?? '/portal'
    const done = await enterWithToken(ctx, { token: request.token, face: 'portal' }, async tx => {
      const response = String(form.get('response') ?? '')
      const code = String(form.get('code') ?? '')
      const proof = response ? { ticket: String(form.get('ticket') ?? ''), response } : code ? { code } : { password: String(form.get('password') ?? '') }
      return (await proveSession(tx, request.token!, proof)).ok
    })
    if (done === undefined) return seeOther(`/sign-in?next=${encodeURIComponent(next)}`)
    return done ? seeOther(next) : showProve(ctx, request, next, true)
  },
}

async function showProve(ctx: Parameters<SitePage['get']>[0], { locale, token }: Parameters<SitePage['get']>[1], next: string, isWrong = false): Promise<Answer> {
  const seen = await enterWithToken(ctx, { token, face: 'portal' }, async tx => ({ locale: tx.session!.locale, challenge: await askForPasskey(tx) }))
  if (!seen) return seeOther(`/sign-in?next=${encodeURIComponent(next)}`)
  const say = words(seen.locale ?? locale)
  return ctx.house.shell.plain(ctx, { title: say('accounts.prove.title'), locale: seen.locale, status: isWrong ? 422 : 200, hasScript: true },
    <>
      <PageHead title={say('accounts.prove.title')} lead={say('accounts.prove.lead')} />
      {isWrong && <Notice tone="notice" title={say('accounts.prove.wrong')} />}
      <Form label={say('accounts.prove.title')} hasKey={false} action="/prove">
        <input type="hidden" name="next" value={next} />
        <Field name="password" label={say('accounts.password')} type="password" autoComplete="current-password" isFirst />
        <Actions><Button isWide>{say('accounts.prove.do')}</Button></Actions>
      </Form>
      <PasskeyForm challenge={seen.challenge} action="/prove" kind="get" words={say('accounts.passkey.use')} next={next} />
    </>)
}
