import type { Ctx, VisitorActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { seeOther, type Answer, type PageRequest, type SitePage } from '#platform/page.tsx'
import { cookieFor } from '#platform/session.ts'
import { words, type Locale } from '#platform/words.ts'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { PageHead } from '#ui/things.tsx'
import { enterWithToken } from '../enter-with-token.ts'
import { finishSignIn, signIn } from '../sign-in.ts'
import { endSession, type Started } from '../start-session.ts'
import { askForPasskey, signInWithPasskey } from '../use-passkey.ts'
import { DemoSignIns, personOfDemo } from './demo-sign-in.tsx'
import { PasskeyForm } from './passkey-form.tsx'

type VisitorCtx = Ctx<VisitorActor>
const text = (form: FormData, name: string) => String(form.get(name) ?? '')
const here = (locale: Locale, path: string) => (locale === 'es' ? `/es${path}` : path)
/** A path of ours to go back to, or nothing. */
export const safeNext = (next: string | null): string | undefined => (next && /^\/(portal|console|prove|care|es\/care)(\/[\w./-]*)?$/.test(next) && !next.includes('..') ? next : undefined)

/** Takes the person in: a fresh cookie, and the place they came for. Where that has another address they sign in there: a session never crosses. */
export async function welcome(ctx: VisitorCtx, started: Started, { isHere }: Pick<PageRequest, 'isHere'>, next?: string): Promise<Answer> {
  const [worksHere, wanted] = [started.roles.length > 0, next ?? '']
  const isRightFace = wanted.startsWith('/console') ? worksHere && started.isStrong : wanted.startsWith('/portal') ? !worksHere || wanted.startsWith('/portal/settings/email/') : wanted !== ''
  const place = isRightFace ? wanted : started.landing
  const face = started.roles.length > 0 ? '/console' : '/portal'
  if (!isHere(face)) {
    await inTransaction(ctx, tx => endSession(tx, started.token, 'signed-out'))
    return seeOther(face)
  }
  return seeOther(place, { 'set-cookie': cookieFor(started.token, ctx.house.config.isHttps) })
}

export const signInPage: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: (ctx, request) => showSignIn(ctx, request),
  async post(ctx, form, request) {
    const say = words(request.locale)
    if (ctx.house.isDemo && text(form, 'demo')) {
      const started = await personOfDemo(ctx, text(form, 'demo'), request)
      return started ? welcome(ctx, started, request) : showSignIn(ctx, request, { problems: { '': say('accounts.wrong') } })
    }
    return takeIn(ctx, form, request)
  },
}

async function takeIn(ctx: VisitorCtx, form: FormData, request: PageRequest): Promise<Answer> {
  const say = words(request.locale)
  const next = safeNext(text(form, 'next'))
  const where = { clientAddress: request.clientAddress, userAgent: request.userAgent }
  const [isPasskey, isCode] = [text(form, 'response') !== '', text(form, 'ticket') !== '']
  const typed: Values = { email: text(form, 'email') }
  if (!isPasskey && !isCode && !(text(form, 'email').trim() && text(form, 'password'))) return showSignIn(ctx, request, { next, typed, problems: missing(form, say) })
  const outcome = isPasskey
    ? await signInWithPasskey(ctx, { ticket: text(form, 'ticket'), response: text(form, 'response') }, where)
    : isCode
      ? await finishSignIn(ctx, { ticket: text(form, 'ticket'), code: text(form, 'code') }, where)
      : await signIn(ctx, { name: text(form, 'email'), password: text(form, 'password') }, where)
  if (outcome.ok) return 'next' in outcome ? showCode(ctx, request, outcome.ticket, next) : welcome(ctx, outcome, request, next)
  if (outcome.reason === 'too-many') return showSignIn(ctx, request, { next, typed, problems: { '': say('accounts.too-many', { minutes: Math.ceil(outcome.retryAfterSeconds / 60) }) }, status: 429, headers: { 'retry-after': String(outcome.retryAfterSeconds) } })
  if (outcome.reason === 'start-again') return showSignIn(ctx, request, { next, problems: { '': say('accounts.start-again') } })
  if (isPasskey) return showSignIn(ctx, request, { next, problems: { '': say('accounts.passkey.wrong') } })
  if (isCode) return showCode(ctx, request, text(form, 'ticket'), next, say(text(form, 'code').trim() ? 'accounts.code.wrong' : 'accounts.code.none'))
  return showSignIn(ctx, request, { next, typed, problems: { password: say('accounts.wrong') } })
}

const missing = (form: FormData, say: ReturnType<typeof words>): Problems => ({
  ...(text(form, 'email').trim() ? {} : { email: say('accounts.name.none') }), ...(text(form, 'password') ? {} : { password: say('accounts.password.missing') }),
})

type Shown = { next?: string | undefined; typed?: Values; problems?: Problems; status?: number; headers?: Record<string, string> }

async function showSignIn(ctx: VisitorCtx, request: PageRequest, { next = safeNext(request.query.get('next')), typed = {}, problems = {}, status = Object.keys(problems).length > 0 ? 422 : 200, headers = {} }: Shown = {}): Promise<Answer> {
  const { locale } = request
  const say = words(locale)
  const passkey = await askForPasskey(ctx)
  return ctx.house.shell.plain(ctx, { title: say('accounts.sign-in.title'), locale, path: '/sign-in', status, headers, hasScript: true, ...flashOf(request.query.get('said'), say) },
    <>
      <PageHead title={say('accounts.sign-in.title')} />
      {await AlreadyIn({ ctx, request })}
      {ctx.house.isDemo && <DemoSignIns ctx={ctx} locale={locale} />}
      <Form label={say('accounts.sign-in.title')} problems={problems} values={typed} hasKey={false} action={here(locale, '/sign-in')}>
        <input type="hidden" name="next" value={next ?? ''} />
        <Field name="email" label={say('accounts.name')} autoComplete="username" autoCapitalize="none" spellCheck={false} />
        <Field name="password" label={say('accounts.password')} type="password" autoComplete="current-password" />
        <Actions><Button isWide>{say('accounts.sign-in.do')}</Button></Actions>
      </Form>
      <PasskeyForm challenge={passkey} action={here(locale, '/sign-in')} kind="get" label={say('accounts.passkey.use')} say={say} next={next ?? ''} />
      <ul className="ways-on">
        <li><a href={here(locale, '/reset')}>{say('accounts.forgot')}</a></li>
        <li><a href={here(locale, '/activate')}>{say('accounts.have-letter')}</a></li>
      </ul>
    </>)
}

const flashes = { idle: { tone: 'info', key: 'accounts.idle' }, out: { tone: 'calm', key: 'accounts.out' }, reset: { tone: 'calm', key: 'accounts.reset.done' } } as const
function flashOf(said: string | null, say: ReturnType<typeof words>) {
  const flash = said !== null && Object.hasOwn(flashes, said) ? flashes[said as keyof typeof flashes] : undefined
  return flash ? { flash: { tone: flash.tone, words: say(flash.key) } } : {}
}

/** Somebody who comes here with a live session is told so: a caregiver whose time is over has nothing else to see. */
async function AlreadyIn({ ctx, request: { token, locale } }: { ctx: VisitorCtx; request: PageRequest }) {
  const session = await enterWithToken(ctx, { token, face: 'portal' }, async tx => tx.session)
  if (!session) return null
  const say = words(locale)
  const href = session.roles.length > 0 ? '/console' : session.actingFor ? '/portal' : undefined
  return (
    <div className="already-in">
      <Notice title={say(href ? 'accounts.already' : 'accounts.already.nothing', { name: session.name })} />
      {href && <Actions><LinkButton href={href} isWide>{say('accounts.already.go')}</LinkButton></Actions>}
    </div>
  )
}

function showCode(ctx: VisitorCtx, { locale }: PageRequest, ticket: string, next: string | undefined, problem?: string): Promise<Answer> {
  const say = words(locale)
  return ctx.house.shell.plain(ctx, { title: say('accounts.code.title'), locale, status: problem ? 422 : 200 },
    <>
      <PageHead title={say('accounts.code.title')} lead={say('accounts.code.lead')} />
      <Form label={say('accounts.code.title')} problems={problem ? { code: problem } : {}} hasKey={false} action={here(locale, '/sign-in')}>
        <input type="hidden" name="ticket" value={ticket} /><input type="hidden" name="next" value={next ?? ''} />
        <Field name="code" label={say('accounts.code')} hint={say('accounts.code.hint')} autoComplete="one-time-code" inputMode="text" size="medium" isFirst />
        <Actions><Button isWide>{say('accounts.sign-in.do')}</Button></Actions>
      </Form>
      <p className="way-on"><a href={here(locale, '/sign-in')}>{say('accounts.start-over')}</a></p>
    </>)
}
