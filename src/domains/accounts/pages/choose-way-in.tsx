import type { Say } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import type { Challenge } from '../use-passkey.ts'
import { PasskeyForm } from './passkey-form.tsx'

type Carried = Readonly<Record<string, string>>
const Hidden = ({ carried }: { carried: Carried }) => Object.entries(carried).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)

/** Who has no mailbox of their own chooses a name first, so that no passkey is made for a name that is taken. */
export function ChooseName({ action, carried, isShared, typed, problem, say }: { action: string; carried: Carried; isShared: boolean; typed: string; problem: string | undefined; say: Say }) {
  return (
    <>
      <PageHead title={say('accounts.activate.name.title')} lead={say(isShared ? 'accounts.activate.name.shared' : 'accounts.activate.name.hint')} />
      <Form label={say('accounts.activate.name.title')} problems={problem ? { 'sign-in-name': problem } : {}} values={{ 'sign-in-name': typed }} hasKey={false} action={action}>
        <Hidden carried={{ ...carried, step: 'name' }} />
        <Field name="sign-in-name" label={say('accounts.activate.name')} autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={60} isFirst={!problem} />
        <Actions><Button isWide>{say('accounts.activate.next')}</Button></Actions>
      </Form>
    </>
  )
}

/** The first sign-in of one's own: a passkey with one tap, or a password. What was typed before goes along. */
export function ChooseWayIn({ action, challenge, carried, lead, problems, say }: { action: string; challenge: Challenge; carried: Carried; lead?: string; problems: Problems; say: Say }) {
  return (
    <>
      <PageHead title={say('accounts.activate.second')} lead={lead ?? say('accounts.activate.second.lead')} />
      {problems[''] && <Notice tone="notice" title={problems['']} />}
      <PasskeyForm challenge={challenge} action={action} kind="create" label={say('accounts.passkey.make')} say={say} isFirst>
        <Hidden carried={{ ...carried, step: 'open' }} /><p>{say('accounts.passkey.what')}</p>
      </PasskeyForm>
      <Section title={say('accounts.activate.or-password')}>
        <Form label={say('accounts.activate.or-password')} problems={problems.password ? { password: problems.password } : {}} hasKey={false} action={action}>
          <Hidden carried={{ ...carried, step: 'open' }} />
          <Field name="password" label={say('accounts.new-password')} hint={say('accounts.new-password.hint')} type="password" autoComplete="new-password" maxLength={128} />
          <Actions><Button kind="secondary" isWide>{say('accounts.activate.open')}</Button></Actions>
        </Form>
      </Section>
    </>
  )
}
