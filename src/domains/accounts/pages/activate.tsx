import type { Answer, PageRequest, SitePage } from '#platform/page.tsx'
import { words, type Say } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { DateField, Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { PageHead } from '#ui/things.tsx'
import { activateAccount, checkLetter } from '../activate-account.ts'
import { isSignInName } from '../shared.ts'
import { askForNewPasskey } from '../use-passkey.ts'
import { ChooseWayIn } from './choose-way-in.tsx'
import { passwordWords } from './reset.tsx'
import { welcome } from './sign-in.tsx'

type Ctx = Parameters<SitePage['get']>[0]
const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim()
const here = (request: PageRequest, path = '/activate') => (request.locale === 'es' ? `/es${path}` : path)
const tooMany = (say: Say, seconds: number): Shown => ({ problems: { '': say('accounts.too-many', { minutes: Math.ceil(seconds / 60) }) }, status: 429, headers: { 'retry-after': String(seconds) } })

/** The letter's code and the birth date; then one tap for a passkey, or a password; then straight to what is new. */
export const activatePage: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: (ctx, request) => showFirst(ctx, request, { code: request.params.code ?? '' }),
  async post(ctx, form, request) {
    const where = { clientAddress: request.clientAddress, userAgent: request.userAgent }
    const typed = { code: text(form, 'code'), 'birth-date': text(form, 'birth-date') }
    const say = words(request.locale)
    const missing: Problems = { ...(typed.code ? {} : { code: say('accounts.activate.code.none') }), ...(typed['birth-date'] ? {} : { 'birth-date': say('accounts.activate.birth.none') }) }
    if (Object.keys(missing).length > 0) return showFirst(ctx, request, typed, { problems: missing })
    if (form.has('step')) return open(ctx, form, request)
    const letter = await checkLetter(ctx, { code: typed.code, birthDate: typed['birth-date'] }, where)
    if (letter.ok) return showSecond(ctx, request, typed, { needsName: letter.isNew && letter.email === null })
    return showFirst(ctx, request, typed, letter.reason === 'too-many' ? tooMany(say, letter.retryAfterSeconds) : { problems: { '': say('accounts.activate.wrong') } })
  },
}

async function open(ctx: Ctx, form: FormData, request: PageRequest): Promise<Answer> {
  const say = words(request.locale)
  const typed = { code: text(form, 'code'), 'birth-date': text(form, 'birth-date') }
  const response = text(form, 'response')
  const wanted = form.has('sign-in-name') ? text(form, 'sign-in-name').toLowerCase() : null
  const again = { needsName: wanted !== null, typedName: wanted ?? '', isPasskey: response !== '' }
  if (wanted !== null && !isSignInName(wanted)) return showSecond(ctx, request, typed, again, { 'sign-in-name': say('accounts.activate.name-bad') })
  const where = { clientAddress: request.clientAddress, userAgent: request.userAgent }
  const outcome = await activateAccount(ctx, { code: typed.code, birthDate: typed['birth-date'], signInName: wanted, password: response ? null : String(form.get('password') ?? ''), passkey: response ? { ticket: text(form, 'ticket'), response } : null }, where)
  if (outcome.ok) return welcome(ctx, outcome, '/portal')
  if (outcome.reason === 'not-found') return showFirst(ctx, request, typed, { problems: { '': say('accounts.activate.wrong') } })
  if (outcome.reason === 'too-many') return showFirst(ctx, request, typed, tooMany(say, outcome.retryAfterSeconds))
  if (outcome.reason === 'name-taken') return showSecond(ctx, request, typed, { ...again, needsName: true }, { 'sign-in-name': say(wanted === null ? 'accounts.activate.name.shared' : 'accounts.activate.name-taken') })
  if (outcome.reason === 'passkey-not-accepted') return showSecond(ctx, request, typed, again, { '': say('accounts.passkey.not-made') })
  return showSecond(ctx, request, typed, again, { password: passwordWords(outcome.reason, say) })
}

type Shown = { problems?: Problems; status?: number; headers?: Record<string, string> }

/** Who came by the letter's link types the birth date alone. */
function showFirst(ctx: Ctx, request: PageRequest, values: Values, { problems = {}, status = Object.keys(problems).length > 0 ? 422 : 200, headers = {} }: Shown = {}): Promise<Answer> {
  const say = words(request.locale)
  const hasCode = request.params.code !== undefined && Object.keys(problems).length === 0
  return ctx.house.shell.plain(ctx, { title: say('accounts.activate.title'), locale: request.locale, ...(hasCode ? {} : { path: '/activate' }), status, headers },
    <>
      <PageHead title={say('accounts.activate.title')} lead={say('accounts.activate.lead')} />
      <Form label={say('accounts.activate.title')} problems={problems} values={values} hasKey={false} action={here(request)}>
        {hasCode
          ? <input type="hidden" name="code" value={String(values.code)} />
          : <Field name="code" label={say('accounts.activate.code')} hint={say('accounts.activate.code.hint')} autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={60} />}
        <DateField name="birth-date" label={say('accounts.activate.birth')} autoComplete="bday" />
        <Actions><Button isWide>{say('accounts.activate.next')}</Button></Actions>
      </Form>
      <p className="way-on">{say('accounts.activate.help')} <a href={here(request, '/contact')}>{say('accounts.activate.ask')}</a></p>
    </>)
}

async function showSecond(ctx: Ctx, request: PageRequest, typed: { code: string; 'birth-date': string }, { needsName, typedName = '', isPasskey = false }: { needsName: boolean; typedName?: string; isPasskey?: boolean }, problems: Problems = {}): Promise<Answer> {
  const say = words(request.locale)
  const challenge = await askForNewPasskey(ctx, { personId: null, name: typedName || say('accounts.activate.my-record') })
  return ctx.house.shell.plain(ctx, { title: say('accounts.activate.second'), locale: request.locale, status: Object.keys(problems).length > 0 ? 422 : 200, hasScript: true },
    <>
      <PageHead title={say('accounts.activate.second')} lead={say('accounts.activate.second.lead')} />
      <ChooseWayIn action={here(request)} challenge={challenge} carried={{ step: '2', ...typed }} needsName={needsName} typedName={typedName} isPasskey={isPasskey} problems={problems} say={say} />
    </>)
}
