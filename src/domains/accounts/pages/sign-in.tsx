import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ctx, VisitorActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { seeOther, type Answer, type PageRequest, type SitePage } from '#platform/page.tsx'
import { cookieFor } from '#platform/session.ts'
import { words, type Locale } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { finishSignIn, signIn } from '../sign-in.ts'
import { startSession, type Started } from '../start-session.ts'
import { askForPasskey, signInWithPasskey, type Challenge } from '../use-passkey.ts'

type VisitorCtx = Ctx<VisitorActor>
const text = (form: FormData, name: string) => String(form.get(name) ?? '')
const here = (locale: Locale, path: string) => (locale === 'es' ? `/es${path}` : path)
/** A path of ours to go back to, or nothing. */
export const safeNext = (next: string | null): string | undefined => (next && /^\/(portal|console|prove)(\/[\w./-]*)?$/.test(next) && !next.includes('..') ? next : undefined)

/** Takes the person in: a fresh cookie, and the place they came for. */
export function welcome(ctx: VisitorCtx, started: Started, next?: string): Answer {
  const isRightFace = next && ((next.startsWith('/console') && started.roles.length > 0 && started.isStrong) || (next.startsWith('/portal') && started.roles.length === 0))
  return seeOther(isRightFace ? next : started.landing, { 'set-cookie': cookieFor(started.token, ctx.house.config.isHttps) })
}

export const signInPage: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: (ctx, request) => showSignIn(ctx, request, {}),
  async post(ctx, form, request) {
    const next = safeNext(text(form, 'next'))
    const where = { clientAddress: request.clientAddress, userAgent: request.userAgent }
    if (ctx.house.isDemo && text(form, 'demo')) return demoSignIn(ctx, text(form, 'demo'), request)
    const outcome = text(form, 'response')
      ? await signInWithPasskey(ctx, { ticket: text(form, 'ticket'), response: text(form, 'response') }, where)
      : text(form, 'ticket')
        ? await finishSignIn(ctx, { ticket: text(form, 'ticket'), code: text(form, 'code') }, where)
        : await signIn(ctx, { name: text(form, 'email'), password: text(form, 'password') }, where)
    if (outcome.ok) return 'next' in outcome ? showCode(ctx, request, outcome.ticket, next) : welcome(ctx, outcome, next)
    const say = words(request.locale)
    if (outcome.reason === 'too-many') return showSignIn(ctx, request, { '': say('accounts.too-many', { minutes: Math.ceil(outcome.retryAfterSeconds / 60) }) }, 429, { 'retry-after': String(outcome.retryAfterSeconds) })
    if (outcome.reason === 'start-again') return showSignIn(ctx, request, { '': say('accounts.start-again') }, 422)
    if (text(form, 'ticket') && !text(form, 'response')) return showCode(ctx, request, text(form, 'ticket'), next, say('accounts.code.wrong'))
    return showSignIn(ctx, request, { '': say(text(form, 'response') ? 'accounts.passkey.wrong' : 'accounts.wrong') }, 422)
  },
}

async function showSignIn(ctx: VisitorCtx, { locale, query }: PageRequest, problems: Problems, status = 200, headers: Record<string, string> = {}): Promise<Answer> {
  const say = words(locale)
  const next = safeNext(query.get('next')) ?? ''
  const passkey = await askForPasskey(ctx)
  const said = query.get('said')
  return ctx.house.shell.plain(ctx, {
    title: say('accounts.sign-in.title'), locale, path: '/sign-in', status, headers, hasScript: true,
    ...(said === 'idle' && { flash: { tone: 'info' as const, words: say('accounts.idle') } }), ...(said === 'out' && { flash: { words: say('accounts.out') } }), ...(said === 'reset' && { flash: { words: say('accounts.reset.done') } }),
  },
    <>
      <PageHead title={say('accounts.sign-in.title')} />
      {ctx.house.isDemo && <DemoSignIns ctx={ctx} locale={locale} />}
      <Form label={say('accounts.sign-in.title')} problems={problems} hasKey={false} action={here(locale, '/sign-in')}>
        <input type="hidden" name="next" value={next} />
        <Field name="email" label={say('accounts.name')} hint={say('accounts.name.hint')} autoComplete="username" />
        <Field name="password" label={say('accounts.password')} type="password" autoComplete="current-password" />
        <Actions><Button isWide>{say('accounts.sign-in.do')}</Button></Actions>
      </Form>
      <PasskeyForm challenge={passkey} action={here(locale, '/sign-in')} kind="get" words={say('accounts.passkey.use')} next={next} />
      <p><a href={here(locale, '/reset')}>{say('accounts.forgot')}</a></p>
      <p><a href={here(locale, '/activate')}>{say('accounts.have-letter')}</a></p>
    </>)
}

/** A button that needs the browser's hands: hidden until the script has seen that the browser can. */
export function PasskeyForm({ challenge, action, kind, words: label, next, children }: { challenge: Challenge; action?: string; kind: 'get' | 'create'; words: string; next?: string; children?: React.ReactNode }) {
  return (
    <form method="post" action={action} className="form passkey-form" data-passkey={kind} data-options={challenge.options} hidden>
      <input type="hidden" name="ticket" value={challenge.ticket} />
      <input type="hidden" name="response" value="" />
      {next !== undefined && <input type="hidden" name="next" value={next} />}
      {children}
      <Button kind="secondary" icon="fingerprint" isWide>{label}</Button>
    </form>
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
      <p><a href={here(locale, '/sign-in')}>{say('accounts.start-over')}</a></p>
    </>)
}

type DemoFile = { people: { role: string; name: string; email: string }[] }
function demoPeople(ctx: VisitorCtx): DemoFile['people'] {
  try { return (JSON.parse(readFileSync(join(ctx.house.config.dataDir, 'demo.json'), 'utf8')) as DemoFile).people } catch { return [] }
}

function DemoSignIns({ ctx, locale }: { ctx: VisitorCtx; locale: Locale }) {
  const say = words(locale)
  const people = demoPeople(ctx)
  if (people.length === 0) return null
  return (
    <Section title={say('accounts.demo.title')}>
      <Notice tone="info" title={say('accounts.demo.lead')} />
      <Form label={say('accounts.demo.title')} hasKey={false} action={here(locale, '/sign-in')}>
        <Actions>{people.map(person => <Button key={person.email} kind="secondary" name="demo" value={person.email}>{say('accounts.demo.as', { name: person.name, role: say(`accounts.demo.${person.role}`) })}</Button>)}</Actions>
      </Form>
    </Section>
  )
}

/** One click, in a demo database alone: the mark is the database's own and stays for ever. */
async function demoSignIn(ctx: VisitorCtx, email: string, request: PageRequest): Promise<Answer> {
  const listed = demoPeople(ctx).some(person => person.email === email)
  return inTransaction(ctx, async tx => {
    const { rows: house } = await sql<{ is_demo: boolean }>`select is_demo from platform.house`.execute(tx.db.kysely)
    const { rows } = await sql<{ id: string }>`select id from accounts.door_find(${email})`.execute(tx.db.kysely)
    if (!listed || house[0]?.is_demo !== true || !rows[0]) return showSignIn(ctx, request, { '': words(request.locale)('accounts.wrong') }, 422)
    return welcome(ctx, await startSession(tx, rows[0].id, { isStrong: true, userAgent: request.userAgent, how: 'demo' }))
  })
}
