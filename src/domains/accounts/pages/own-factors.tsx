import { formatWhen } from '#platform/when.ts'
import type { Say } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Details, Section } from '#ui/things.tsx'
import { askForMyPasskey, listPasskeys, type PasskeyRow } from '../change-factors.ts'
import { newTotpSecret } from '../check-second-factor.ts'
import type { PersonFacts } from '../person-facts.ts'
import { AppSecret } from './app-secret.tsx'
import type { OwnCtx } from './own-account.tsx'
import { PasskeyForm } from './passkey-form.tsx'

export type PartProps = { ctx: OwnCtx; me: PersonFacts; say: Say; problems: Problems; values: Values; locale: 'en' | 'es' }
const pick = (problems: Problems, name: string): Problems => (problems[name] ? { [name]: problems[name] } : {})

/** A passkey that nobody named is called what it is, in the person's language. */
const nameless = (say: Say) => (key: PasskeyRow): PasskeyRow => (key.name === 'Passkey' ? { ...key, name: say('accounts.passkey.default') } : key)

export async function Passkeys({ ctx, say, problems, locale }: PartProps) {
  const [passkeys, challenge, zone] = [await listPasskeys(ctx), await askForMyPasskey(ctx), await ctx.house.shell.zone(ctx)]
  return (
    <Section title={say('accounts.passkeys')}>
      <p>{say('accounts.passkey.what')}</p>
      {passkeys.length === 0 ? <p className="soft">{say('accounts.passkeys.none')}</p> : (
        <div>
          {passkeys.map(nameless(say)).map((key, index) => {
            const problem = problems[`name-${key.id}`]
            const used = key.usedAt ? say('accounts.passkey.used', { when: formatWhen(key.usedAt, zone, 'moment-short', locale) }) : say('accounts.passkey.unused')
            return (
              <Details key={key.id} summary={<span>{key.name} <span className="summary-more">{used}</span></span>} isOpen={problem !== undefined}>
                <Form label={`${say('accounts.passkey.rename')}: ${key.name}`} prefix={`k${index}-`} problems={problem ? { 'passkey-name': problem } : {}}>
                  <input type="hidden" name="passkey" value={key.id} />
                  <Field name="passkey-name" label={say('accounts.passkey.name')} value={problem ? '' : key.name} maxLength={80} size="medium" />
                  <Actions>
                    <Button kind="secondary" name="action" value="name-passkey" label={`${say('accounts.passkey.rename')}: ${key.name}`}>{say('accounts.passkey.rename')}</Button>
                    <Button kind="danger" name="action" value="remove-passkey" label={`${say('accounts.remove')} ${key.name}`}>{say('accounts.remove')}</Button>
                  </Actions>
                </Form>
              </Details>
            )
          })}
        </div>
      )}
      <PasskeyForm challenge={challenge} kind="create" label={say('accounts.passkey.make')} say={say}>
        <Field name="passkey-name" label={say('accounts.passkey.name')} hint={say('accounts.passkey.name.hint')} isOptional maxLength={80} size="medium" />
      </PasskeyForm>
    </Section>
  )
}

export async function AppCodes({ me, say, problems, values, secret: tried }: PartProps & { secret: string | undefined }) {
  if (me.totpSecret) {
    return (
      <Section title={say('accounts.app.title')}>
        <p>{say('accounts.app.on')}</p>
        <Form label={say('accounts.recovery.title')} prefix="codes-">
          <p className="soft">{say('accounts.recovery.new.hint')}</p>
          <Actions>
            <Button kind="secondary" name="action" value="codes">{say('accounts.recovery.new')}</Button>
            <Button kind="danger" name="action" value="remove-app">{say('accounts.app.off')}</Button>
          </Actions>
        </Form>
      </Section>
    )
  }
  const isWrong = problems.code !== undefined
  const secret = isWrong && tried && /^[A-Z2-7]{32}$/.test(tried) ? tried : newTotpSecret()
  return (
    <Section title={say('accounts.app.title')}>
      <p>{say('accounts.app.explain')}</p>
      <Details summary={say('accounts.app.set-up')} isOpen={isWrong}>
        <Form label={say('accounts.app.title')} problems={pick(problems, 'code')} values={isWrong ? values : {}} prefix="app-">
          <AppSecret secret={secret} name={me.email ?? me.name} say={say} />
          <Field name="code" label={say('accounts.code')} autoComplete="one-time-code" inputMode="numeric" size="short" />
          <Actions><Button kind="secondary" name="action" value="app">{say('accounts.app.do')}</Button></Actions>
        </Form>
      </Details>
    </Section>
  )
}

export function Password({ me, say, problems }: PartProps) {
  const hasFactor = me.totpSecret !== null || me.passkeys > 0
  return (
    <Section title={say('accounts.password')}>
      {me.passwordHash === null && <p>{say('accounts.password.none')}</p>}
      <Form label={say('accounts.password')} problems={pick(problems, 'password')} prefix="pw-">
        <Field name="password" label={say('accounts.new-password')} hint={say(hasFactor ? 'accounts.new-password.hint-12' : 'accounts.new-password.hint')} type="password" autoComplete="new-password" maxLength={128} />
        <Actions><Button kind="secondary" name="action" value="password">{say('accounts.new-password.do')}</Button></Actions>
      </Form>
    </Section>
  )
}

export function Mailbox({ me, say, problems, values }: PartProps) {
  return (
    <Section title={say('accounts.email')}>
      <p>{me.email ? <strong>{me.email}</strong> : say('accounts.email.none')}</p>
      <Form label={say('accounts.email')} problems={pick(problems, 'email')} values={problems.email ? values : {}} prefix="mail-">
        <Field name="email" label={say('accounts.email.new')} type="email" autoComplete="email" />
        <Actions><Button kind="secondary" name="action" value="email">{say('accounts.email.do')}</Button></Actions>
      </Form>
    </Section>
  )
}
