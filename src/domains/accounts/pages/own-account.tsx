import { seeOther, type Answer, type PageRequest, type PortalPage, type StaffPage } from '#platform/page.tsx'
import type { Ctx } from '#platform/ctx.ts'
import { formatWhen } from '#platform/when.ts'
import { words, type Say } from '#platform/words.ts'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Radios } from '#ui/choices.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { ownAccount } from '../access.ts'
import { listProxies, stopActingFor } from '../act-for-another.ts'
import { newTotpSecret, totpAddress } from '../check-second-factor.ts'
import { namesOfLookers } from '../names-of-lookers.ts'
import { addTotp, listPasskeys, removePasskey, removeTotp } from '../change-factors.ts'
import type { SignedInActor } from '../enter-with-token.ts'
import { askForNewEmail, changeLanguage, changePassword, endOtherSessions, listSessions } from '../own-account.ts'
import { hasFreshProof, ownFacts } from '../prove-session.ts'
import { askForNewPasskey, keepPasskey } from '../use-passkey.ts'
import { passwordWords } from './reset.tsx'
import { qrSvg, showRecoveryCodes } from './second-factor.tsx'
import { PasskeyForm } from './sign-in.tsx'

type OwnCtx = Ctx<SignedInActor>
const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim()

export const portalSettings: PortalPage = {
  for: 'patient',
  get: (ctx, request) => showAccount(ctx as OwnCtx, request, '/portal/settings'),
  post: (ctx, form, request) => change(ctx as OwnCtx, form, request, '/portal/settings'),
}
export const consoleAccount: StaffPage = {
  for: { staff: ownAccount },
  get: (ctx, request) => showAccount(ctx as OwnCtx, request, '/console/account'),
  post: (ctx, form, request) => change(ctx as OwnCtx, form, request, '/console/account'),
}

type Outcome = { ok: true } | { ok: false; reason: string }

async function change(ctx: OwnCtx, form: FormData, request: PageRequest, path: string): Promise<Answer> {
  const say = words(request.locale)
  const action = text(form, 'action')
  if (action === 'language') {
    await changeLanguage(ctx, text(form, 'locale') === 'es' ? 'es' : 'en')
    return seeOther(`${path}?said=saved`)
  }
  if (action === 'end-proxy' && ctx.actor.kind === 'patient') {
    await stopActingFor(ctx as Ctx<typeof ctx.actor>, text(form, 'proxy'))
    return seeOther(`${path}?said=saved`)
  }
  if (action === 'end-sessions') {
    await endOtherSessions(ctx)
    return seeOther(`${path}?said=saved`)
  }
  if (!hasFreshProof(ctx)) return seeOther(`/prove?next=${path}`)
  if (action === 'app') {
    const added = await addTotp(ctx, { secret: text(form, 'secret'), code: text(form, 'code') })
    return added.ok ? showRecoveryCodes(ctx as unknown as Ctx<{ kind: 'visitor' }>, request, added.recoveryCodes, path) : showAccount(ctx, request, path, { code: say('accounts.code.wrong') })
  }
  const outcome = await changeProven(ctx, form, action)
  if (!outcome) return seeOther(path)
  if (outcome.ok) return seeOther(`${path}?said=${action === 'email' ? 'mailed' : 'saved'}`)
  return showAccount(ctx, request, path, problemsOf(outcome.reason, say))
}

async function changeProven(ctx: OwnCtx, form: FormData, action: string): Promise<Outcome | undefined> {
  if (text(form, 'response')) return keepPasskey(ctx, ctx.actor.personId, { ticket: text(form, 'ticket'), response: text(form, 'response'), name: text(form, 'passkey-name') })
  if (action === 'password') return changePassword(ctx, String(form.get('password') ?? ''))
  if (action === 'email') return askForNewEmail(ctx, text(form, 'email'))
  if (action === 'remove-passkey') return removePasskey(ctx, text(form, 'passkey'))
  if (action === 'remove-app') return removeTotp(ctx)
  return undefined
}

function problemsOf(reason: string, say: Say): Problems {
  if (reason === 'bad-email') return { email: say('accounts.email.bad') }
  if (reason === 'last-factor') return { '': say('accounts.last-factor') }
  if (reason === 'not-accepted') return { '': say('accounts.passkey.wrong') }
  return { password: passwordWords(reason as Parameters<typeof passwordWords>[0], say) }
}

async function showAccount(ctx: OwnCtx, request: PageRequest, path: string, problems: Problems = {}): Promise<Answer> {
  const say = words(request.locale)
  const said = request.query.get('said')
  const isFresh = hasFreshProof(ctx)
  const facts = { title: say('accounts.settings.title'), current: path, status: Object.keys(problems).length > 0 ? 422 : 200, ...((said === 'saved' || said === 'mailed') && { flash: { words: say(`accounts.${said}`) } }) }
  const content = (
    <>
      <PageHead title={facts.title} />
      {problems[''] && <Notice tone="notice" title={problems['']} />}
      <Language locale={(await ownFacts(ctx)).locale} say={say} />
      {await Helpers({ ctx, say })}
      {isFresh ? await Factors({ ctx, say, problems }) : <Section title={say('accounts.settings.sign-in')}><p>{say('accounts.settings.prove')}</p><Actions><LinkButton href={`/prove?next=${path}`}>{say('accounts.prove.do')}</LinkButton></Actions></Section>}
      {await Sessions({ ctx, say, locale: request.locale })}
    </>
  )
  return path.startsWith('/console') ? ctx.house.shell.console(ctx, facts, content) : ctx.house.shell.portal(ctx, facts, content)
}

function Language({ locale, say }: { locale: 'en' | 'es'; say: Say }) {
  return (
    <Section title={say('accounts.settings.language')}>
      <Form label={say('accounts.settings.language')} prefix="lang-">
        <Radios name="locale" label={say('accounts.settings.language')} isLabelHidden value={locale} choices={[{ value: 'en', label: 'English' }, { value: 'es', label: 'Español' }]} />
        <Actions><Button kind="secondary" name="action" value="language">{say('accounts.save')}</Button></Actions>
      </Form>
    </Section>
  )
}

/** Who acts for me, and the end of it in one tap. */
async function Helpers({ ctx, say }: { ctx: OwnCtx; say: Say }) {
  if (ctx.actor.kind !== 'patient') return null
  const proxies = await listProxies(ctx, ctx.actor.patientId)
  const names = await namesOfLookers(ctx, proxies.map(proxy => proxy.personId))
  return (
    <Section title={say('accounts.helpers.title')}>
      {proxies.length === 0 ? <p>{say('accounts.helpers.none')}</p> : (
        <ul className="plain-list">
          {proxies.map(proxy => (
            <li key={proxy.id}>
              {names.get(proxy.personId) ?? say('accounts.helpers.somebody')}
              <Form isInline label={say('accounts.helpers.end')} prefix={`p${proxy.id}-`}><input type="hidden" name="proxy" value={proxy.id} /><Button kind="secondary" name="action" value="end-proxy">{say('accounts.helpers.end')}</Button></Form>
            </li>
          ))}
        </ul>
      )}
      <p className="soft">{say('accounts.helpers.more')}</p>
    </Section>
  )
}

async function Factors({ ctx, say, problems }: { ctx: OwnCtx; say: Say; problems: Problems }) {
  const [me, passkeys] = [await ownFacts(ctx), await listPasskeys(ctx)]
  const challenge = await askForNewPasskey(ctx, { personId: me.id, name: me.email ?? me.name, has: passkeys })
  const secret = newTotpSecret()
  return (
    <Section title={say('accounts.settings.sign-in')}>
      <h3>{say('accounts.passkeys')}</h3>
      {passkeys.length === 0 ? <p>{say('accounts.passkeys.none')}</p> : (
        <ul className="plain-list">{passkeys.map(key => <li key={key.id}>{key.name} <Form isInline label={key.name} prefix={`k${key.id.slice(0, 8)}-`}><input type="hidden" name="passkey" value={key.id} /><Button kind="quiet" name="action" value="remove-passkey" label={`${say('accounts.remove')} ${key.name}`}>{say('accounts.remove')}</Button></Form></li>)}</ul>
      )}
      <PasskeyForm challenge={challenge} kind="create" words={say('accounts.passkey.make')}><Field name="passkey-name" label={say('accounts.passkey.name')} isOptional maxLength={80} size="medium" /></PasskeyForm>
      <h3>{say('accounts.app.title')}</h3>
      {me.totpSecret
        ? <Form label={say('accounts.app.title')} prefix="app-"><p>{say('accounts.app.on')}</p><Actions><Button kind="secondary" name="action" value="remove-app">{say('accounts.app.off')}</Button></Actions></Form>
        : (
          <Form label={say('accounts.app.title')} problems={pick(problems, 'code')} prefix="app-">
            <p>{say('accounts.app.scan')}</p>
            <div className="qr" dangerouslySetInnerHTML={{ __html: await qrSvg(totpAddress(secret, { issuer: 'Rapport', label: me.email ?? me.name })) }} />
            <p>{say('accounts.app.type')} <code>{secret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
            <input type="hidden" name="secret" value={secret} />
            <Field name="code" label={say('accounts.code')} autoComplete="one-time-code" inputMode="numeric" size="medium" />
            <Actions><Button kind="secondary" name="action" value="app">{say('accounts.app.do')}</Button></Actions>
          </Form>
        )}
      <h3>{say('accounts.password')}</h3>
      <Form label={say('accounts.password')} problems={pick(problems, 'password')} prefix="pw-">
        <Field name="password" label={say('accounts.new-password')} hint={say('accounts.new-password.hint')} type="password" autoComplete="new-password" maxLength={128} />
        <Actions><Button kind="secondary" name="action" value="password">{say('accounts.new-password.do')}</Button></Actions>
      </Form>
      <h3>{say('accounts.email')}</h3>
      <Form label={say('accounts.email')} problems={pick(problems, 'email')} prefix="mail-">
        <p>{me.email ?? say('accounts.email.none')}</p>
        <Field name="email" label={say('accounts.email.new')} type="email" autoComplete="email" />
        <Actions><Button kind="secondary" name="action" value="email">{say('accounts.email.do')}</Button></Actions>
      </Form>
    </Section>
  )
}
const pick = (problems: Problems, name: string): Problems => (problems[name] ? { [name]: problems[name] } : {})

async function Sessions({ ctx, say, locale }: { ctx: OwnCtx; say: Say; locale: 'en' | 'es' }) {
  const [sessions, zone] = [await listSessions(ctx), await ctx.house.shell.zone(ctx)]
  return (
    <Section title={say('accounts.sessions')}>
      <ul className="plain-list">{sessions.map(session => <li key={session.id}>{session.device}, {formatWhen(session.startedAt, zone, 'moment-short', locale)}{session.isThis && ` (${say('accounts.sessions.this')})`}</li>)}</ul>
      {sessions.length > 1 && <Form label={say('accounts.sessions')} prefix="end-"><Actions><Button kind="secondary" name="action" value="end-sessions">{say('accounts.sessions.end')}</Button></Actions></Form>}
    </Section>
  )
}
