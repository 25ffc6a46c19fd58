import QRCode from 'qrcode'
import { sql } from '#platform/db.ts'
import { seeOther, type Answer, type PageRequest, type SitePage } from '#platform/page.tsx'
import { hashToken } from '#platform/session.ts'
import { words } from '#platform/words.ts'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { newTotpSecret, totpAddress } from '../check-second-factor.ts'
import { enterWithToken } from '../enter-with-token.ts'
import { addTotp, listPasskeys } from '../change-factors.ts'
import { ownFacts } from '../prove-session.ts'
import { askForNewPasskey, keepPasskey } from '../use-passkey.ts'
import { PasskeyForm } from './sign-in.tsx'

type Ctx = Parameters<SitePage['get']>[0]
const text = (form: FormData, name: string) => String(form.get(name) ?? '')

/** Who works here and has no second factor yet makes one before the console opens: a passkey, or codes from an app. */
export const secondFactorPage: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: (ctx, request) => showSetUp(ctx, request),
  async post(ctx, form, request) {
    const done = await enterWithToken(ctx, { token: request.token, face: 'portal' }, async tx => {
      const response = text(form, 'response')
      const outcome = response
        ? await keepPasskey(tx, tx.actor.personId, { ticket: text(form, 'ticket'), response, name: '' })
        : await addTotp(tx, { secret: text(form, 'secret'), code: text(form, 'code') })
      if (!outcome.ok) return outcome
      await sql`select accounts.door_prove_session(${hashToken(request.token!)}, true)`.execute(tx.db.kysely)
      return outcome
    })
    if (!done) return seeOther('/sign-in')
    if (!done.ok) return done.reason === 'prove-first' ? seeOther('/prove?next=/console') : showSetUp(ctx, request, { problem: true, secret: text(form, 'secret') })
    return 'recoveryCodes' in done ? showRecoveryCodes(ctx, request, done.recoveryCodes) : seeOther('/console')
  },
}

export const qrSvg = (content: string): Promise<string> => QRCode.toString(content, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' })

async function showSetUp(ctx: Ctx, { token, locale: asked }: PageRequest, { problem = false, secret }: { problem?: boolean; secret?: string } = {}): Promise<Answer> {
  const facts = await enterWithToken(ctx, { token, face: 'portal' }, async tx => {
    const me = await ownFacts(tx)
    return { me, isStrong: tx.session!.isStrong, challenge: await askForNewPasskey(tx, { personId: me.id, name: me.email ?? me.name, has: await listPasskeys(tx) }) }
  })
  if (!facts) return seeOther('/sign-in')
  if (facts.isStrong) return seeOther(facts.me.roles.length > 0 ? '/console' : '/portal')
  const say = words(facts.me.locale ?? asked)
  const newSecret = secret && /^[A-Z2-7]{32}$/.test(secret) ? secret : newTotpSecret()
  const address = totpAddress(newSecret, { issuer: 'Rapport', label: facts.me.email ?? facts.me.name })
  return ctx.house.shell.plain(ctx, { title: say('accounts.second.title'), locale: facts.me.locale, status: problem ? 422 : 200, hasScript: true },
    <>
      <PageHead title={say('accounts.second.title')} lead={say('accounts.second.lead')} />
      <PasskeyForm challenge={facts.challenge} action="/sign-in/second-factor" kind="create" words={say('accounts.passkey.make')} />
      <Section title={say('accounts.app.title')}>
        <p>{say('accounts.app.scan')}</p>
        <div className="qr" dangerouslySetInnerHTML={{ __html: await qrSvg(address) }} />
        <p>{say('accounts.app.type')} <code>{newSecret.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>
        <Form label={say('accounts.app.title')} problems={problem ? { code: say('accounts.code.wrong') } : {}} hasKey={false} action="/sign-in/second-factor">
          <input type="hidden" name="secret" value={newSecret} />
          <Field name="code" label={say('accounts.code')} autoComplete="one-time-code" inputMode="numeric" size="medium" />
          <Actions><Button>{say('accounts.app.do')}</Button></Actions>
        </Form>
      </Section>
    </>)
}

export async function showRecoveryCodes(ctx: Ctx, { locale }: Pick<PageRequest, 'locale'>, codes: readonly string[], next = '/console'): Promise<Answer> {
  const say = words(locale)
  return ctx.house.shell.plain(ctx, { title: say('accounts.recovery.title'), locale },
    <>
      <PageHead title={say('accounts.recovery.title')} lead={say('accounts.recovery.lead')} />
      <Notice tone="info" title={say('accounts.recovery.once')} />
      <ul className="plain-list">{codes.map(code => <li key={code}><code>{code.replace(/(.{5})(?=.)/, '$1-')}</code></li>)}</ul>
      <Actions><LinkButton href={next} isWide>{say('accounts.recovery.go')}</LinkButton></Actions>
    </>)
}
