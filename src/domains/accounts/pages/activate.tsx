import type { Answer, PageRequest, SitePage } from '#platform/page.tsx'
import { inTransaction } from '#platform/db.ts'
import { words } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { DateField, Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { activateAccount, checkLetter } from '../activate-account.ts'
import { askForNewPasskey, type Challenge } from '../use-passkey.ts'
import { passwordWords } from './reset.tsx'
import { PasskeyForm, welcome } from './sign-in.tsx'

type Ctx = Parameters<SitePage['get']>[0]
const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim()
const here = (request: PageRequest) => (request.locale === 'es' ? '/es/activate' : '/activate')

/** The letter's code and the birth date; then one tap for a passkey, or a password; then straight to what is new. */
export const activatePage: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: (ctx, request) => showFirst(ctx, request),
  async post(ctx, form, request) {
    const where = { clientAddress: request.clientAddress, userAgent: request.userAgent }
    const [code, birthDate] = [text(form, 'code'), text(form, 'birth-date')]
    const say = words(request.locale)
    if (!form.has('step')) {
      const letter = await checkLetter(ctx, { code, birthDate }, where)
      if (letter.ok) return showSecond(ctx, request, { code, birthDate, needsName: letter.isNew && letter.email === null })
      if (letter.reason === 'too-many') return showFirst(ctx, request, { code }, { '': say('accounts.too-many', { minutes: Math.ceil(letter.retryAfterSeconds / 60) }) }, 429, { 'retry-after': String(letter.retryAfterSeconds) })
      return showFirst(ctx, request, { code }, { '': say('accounts.activate.wrong') }, 422)
    }
    const response = text(form, 'response')
    const signInName = text(form, 'sign-in-name').toLowerCase() || null
    const outcome = await activateAccount(ctx, { code, birthDate, signInName, password: response ? null : String(form.get('password') ?? ''), passkey: response ? { ticket: text(form, 'ticket'), response } : null }, where)
    if (outcome.ok) return welcome(ctx, outcome, '/portal')
    if (outcome.reason === 'not-found') return showFirst(ctx, request, { code }, { '': say('accounts.activate.wrong') }, 422)
    if (outcome.reason === 'too-many') return showFirst(ctx, request, { code }, { '': say('accounts.too-many', { minutes: Math.ceil(outcome.retryAfterSeconds / 60) }) }, 429, { 'retry-after': String(outcome.retryAfterSeconds) })
    const facts = { code, birthDate, needsName: form.has('sign-in-name') }
    if (outcome.reason === 'name-taken') return showSecond(ctx, request, facts, { 'sign-in-name': say('accounts.activate.name-taken') })
    if (outcome.reason === 'passkey-not-accepted') return showSecond(ctx, request, facts, { '': say('accounts.passkey.wrong') })
    return showSecond(ctx, request, facts, { password: passwordWords(outcome.reason, say) })
  },
}

function showFirst(ctx: Ctx, request: PageRequest, values: Values = {}, problems: Problems = {}, status = 200, headers: Record<string, string> = {}): Promise<Answer> {
  const say = words(request.locale)
  return ctx.house.shell.plain(ctx, { title: say('accounts.activate.title'), locale: request.locale, path: '/activate', status, headers },
    <>
      <PageHead title={say('accounts.activate.title')} lead={say('accounts.activate.lead')} />
      <Form label={say('accounts.activate.title')} problems={problems} values={values} hasKey={false} action={here(request)}>
        <Field name="code" label={say('accounts.activate.code')} hint={say('accounts.activate.code.hint')} autoComplete="off" isFirst />
        <DateField name="birth-date" label={say('accounts.activate.birth')} autoComplete="bday" />
        <Actions><Button isWide>{say('accounts.activate.next')}</Button></Actions>
      </Form>
      <p>{say('accounts.activate.help')}</p>
    </>)
}

async function showSecond(ctx: Ctx, request: PageRequest, { code, birthDate, needsName }: { code: string; birthDate: string; needsName: boolean }, problems: Problems = {}): Promise<Answer> {
  const say = words(request.locale)
  const challenge: Challenge = await inTransaction(ctx, tx => askForNewPasskey(tx, { personId: null, name: say('accounts.activate.my-record') }))
  const carried = <><input type="hidden" name="step" value="2" /><input type="hidden" name="code" value={code} /><input type="hidden" name="birth-date" value={birthDate} /></>
  const nameField = needsName ? <Field name="sign-in-name" label={say('accounts.activate.name')} hint={say('accounts.activate.name.hint')} autoComplete="username" maxLength={60} /> : null
  return ctx.house.shell.plain(ctx, { title: say('accounts.activate.second'), locale: request.locale, status: Object.keys(problems).length > 0 ? 422 : 200, hasScript: true },
    <>
      <PageHead title={say('accounts.activate.second')} lead={say('accounts.activate.second.lead')} />
      <PasskeyForm challenge={challenge} action={here(request)} kind="create" words={say('accounts.passkey.make')}>{carried}{nameField}</PasskeyForm>
      <Section title={say('accounts.activate.or-password')}>
        <Form label={say('accounts.activate.or-password')} problems={problems} hasKey={false} prefix="word-" action={here(request)}>
          {carried}{nameField}
          <Field name="password" label={say('accounts.new-password')} hint={say('accounts.new-password.hint')} type="password" autoComplete="new-password" maxLength={128} />
          <Actions><Button isWide>{say('accounts.activate.open')}</Button></Actions>
        </Form>
      </Section>
    </>)
}
