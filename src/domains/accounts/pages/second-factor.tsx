import { seeOther, type Answer, type PageRequest, type SitePage } from '#platform/page.tsx'
import { words } from '#platform/words.ts'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { addPasskey, addTotp, askForMyPasskey } from '../change-factors.ts'
import { newTotpSecret } from '../check-second-factor.ts'
import { enterWithToken } from '../enter-with-token.ts'
import { hasFreshProof, markProven, needsFactor, ownFacts } from '../prove-session.ts'
import { AppSecret } from './app-secret.tsx'
import { PasskeyForm } from './passkey-form.tsx'

type Ctx = Parameters<SitePage['get']>[0]
type View = Pick<Parameters<SitePage['get']>[0], 'house'>
const text = (form: FormData, name: string) => String(form.get(name) ?? '')
const proveFirst = '/prove?next=/console'

/** Who works here and has no second factor yet makes one before the console opens: a passkey, or codes from an app. */
export const secondFactorPage: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: (ctx, request) => showSetUp(ctx, request),
  async post(ctx, form, request) {
    const isPasskey = text(form, 'response') !== ''
    const done = await enterWithToken(ctx, { token: request.token, face: 'portal' }, async tx => {
      const outcome = isPasskey
        ? await addPasskey(tx, { ticket: text(form, 'ticket'), response: text(form, 'response'), name: '' })
        : await addTotp(tx, { secret: text(form, 'secret'), code: text(form, 'code') })
      if (outcome.ok) await markProven(tx, request.token!, true)
      return outcome
    })
    if (!done) return seeOther('/sign-in')
    if (done.ok) return 'recoveryCodes' in done ? showRecoveryCodes(ctx, request, done.recoveryCodes) : seeOther('/console')
    if (done.reason === 'prove-first') return seeOther(proveFirst)
    return showSetUp(ctx, request, { problem: isPasskey ? '' : 'code', secret: text(form, 'secret') })
  },
}

async function showSetUp(ctx: Ctx, { token, locale: asked }: PageRequest, { problem, secret }: { problem?: '' | 'code'; secret?: string } = {}): Promise<Answer> {
  const facts = await enterWithToken(ctx, { token, face: 'portal' }, async tx => {
    const me = await ownFacts(tx)
    return { me, isStrong: tx.session!.isStrong, mustProve: needsFactor(tx, me) || !hasFreshProof(tx), challenge: await askForMyPasskey(tx) }
  })
  if (!facts) return seeOther('/sign-in')
  if (facts.isStrong) return seeOther(facts.me.roles.length > 0 ? '/console' : '/portal')
  if (facts.mustProve) return seeOther(proveFirst)
  const say = words(facts.me.locale ?? asked)
  const problems: Problems = problem === undefined ? {} : problem === 'code' ? { code: say('accounts.app.wrong') } : { '': say('accounts.passkey.not-made') }
  const newSecret = secret && /^[A-Z2-7]{32}$/.test(secret) ? secret : newTotpSecret()
  return ctx.house.shell.plain(ctx, { title: say('accounts.second.title'), locale: facts.me.locale, status: problem === undefined ? 200 : 422, hasScript: true },
    <>
      <PageHead title={say('accounts.second.title')} lead={say('accounts.second.lead')} />
      {problem === '' && <Notice tone="notice" title={problems['']} />}
      <PasskeyForm challenge={facts.challenge} action="/sign-in/second-factor" kind="create" label={say('accounts.passkey.make')} say={say} isFirst><p>{say('accounts.passkey.what')}</p></PasskeyForm>
      <Section title={say('accounts.app.title')}>
        <Form label={say('accounts.app.title')} problems={problem === 'code' ? problems : {}} hasKey={false} action="/sign-in/second-factor">
          <AppSecret secret={newSecret} name={facts.me.email ?? facts.me.name} say={say} />
          <Field name="code" label={say('accounts.code')} autoComplete="one-time-code" inputMode="numeric" size="short" />
          <Actions><Button kind="secondary" isWide>{say('accounts.app.do')}</Button></Actions>
        </Form>
      </Section>
    </>)
}

/** The spare codes, on a page of their own, this once. */
export async function showRecoveryCodes(ctx: View, { locale }: Pick<PageRequest, 'locale'>, codes: readonly string[], next = '/console'): Promise<Answer> {
  const say = words(locale)
  return ctx.house.shell.plain(ctx as Ctx, { title: say('accounts.recovery.title'), locale },
    <>
      <PageHead title={say('accounts.recovery.title')} lead={say('accounts.recovery.lead')} />
      <Notice tone="info" title={say('accounts.recovery.once')} />
      <ul className="spare-codes">{codes.map(code => <li key={code}><code>{code.replace(/(.{5})(?=.)/, '$1-')}</code></li>)}</ul>
      <Actions><LinkButton href={next} isWide>{say('accounts.recovery.go')}</LinkButton></Actions>
    </>)
}
