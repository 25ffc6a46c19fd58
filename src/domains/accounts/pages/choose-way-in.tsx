import type { Say } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { ErrorSummary, Form, type Problems } from '#ui/form.tsx'
import { Section } from '#ui/things.tsx'
import type { Challenge } from '../use-passkey.ts'
import { PasskeyForm } from './passkey-form.tsx'

type Props = { action: string; challenge: Challenge; carried: Readonly<Record<string, string>>; needsName: boolean; typedName: string; isPasskey: boolean; problems: Problems; say: Say }

/** The first sign-in of one's own: a passkey with one tap, or a password. What was typed before goes along. */
export function ChooseWayIn({ action, challenge, carried, needsName, typedName, isPasskey, problems, say }: Props) {
  const hidden = Object.entries(carried).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)
  const nameProblem = problems['sign-in-name']
  const nameField = (error: string | undefined) => needsName
    ? <Field name="sign-in-name" label={say('accounts.activate.name')} hint={say('accounts.activate.name.hint')} autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={60} value={typedName} error={error} />
    : null
  return (
    <>
      {isPasskey && Object.keys(problems).length > 0 && <ErrorSummary problems={problems} />}
      <PasskeyForm challenge={challenge} action={action} kind="create" label={say('accounts.passkey.make')} say={say} isFirst>
        {hidden}<p>{say('accounts.passkey.what')}</p>{nameField(isPasskey ? nameProblem : undefined)}
      </PasskeyForm>
      <Section title={say('accounts.activate.or-password')}>
        <Form label={say('accounts.activate.or-password')} problems={isPasskey ? {} : problems} hasKey={false} prefix="word-" action={action}>
          {hidden}{nameField(undefined)}
          <Field name="password" label={say('accounts.new-password')} hint={say('accounts.new-password.hint')} type="password" autoComplete="new-password" maxLength={128} />
          <Actions><Button kind="secondary" isWide>{say('accounts.activate.open')}</Button></Actions>
        </Form>
      </Section>
    </>
  )
}
