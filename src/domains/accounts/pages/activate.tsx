import type { Answer, PageRequest, SitePage } from '#platform/page.tsx'
import { words, type Say } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { DateField, Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { PageHead } from '#ui/things.tsx'
import { activateAccount, checkLetter } from '../activate-account.ts'
import { isSignInName } from '../shared.ts'
import { isNameFree } from '../sign-in-name.ts'
import { askForNewPasskey } from '../use-passkey.ts'
import { ChooseName, ChooseWayIn } from './choose-way-in.tsx'
import { passwordWords } from './reset.tsx'
import { welcome } from './sign-in.tsx'

type Ctx = Parameters<SitePage['get']>[0]
const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim()
const here = (request: PageRequest, path = '/activate') => (request.locale === 'es' ? `/es${path}` : path)
const tooMany = (say: Say, seconds: number): Shown => ({ problems: { '': say('accounts.too-many', { minutes: Math.ceil(seconds / 60) }) }, status: 429, headers: { 'retry-after': String(seconds) } })

/** The letter's code and the birth date; a name where there is no mailbox; then one tap for a passkey, or a password; then straight to what is new. */
export const activatePage: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  get: (ctx, request) => showFirst(ctx, request, { code: request.params.code ?? '' }),
  async post(ctx, form, request) {
    const say = words(request.locale)
    const typed = typedIn(form)
    const missing: Problems = { ...(typed.code ? {} : { code: say('accounts.activate.code.none') }), ...(typed['birth-date'] ? {} : { 'birth-date': say('accounts.activate.birth.none') }) }
    if (Object.keys(missing).length > 0) return showFirst(ctx, request, typed, { problems: missing })
    return text(form, 'step') === 'open' ? open(ctx, form, request) : readOn(ctx, form, request)
  },
}
const typedIn = (form: FormData) => ({ code: text(form, 'code'), 'birth-date': text(form, 'birth-date') })
/** The letter as it was typed, and the proof that the page before has read it. */
const shownIn = (form: FormData) => ({ code: text(form, 'code'), birthDate: text(form, 'birth-date'), seen: text(form, 'seen') })
const whereOf = (request: PageRequest) => ({ clientAddress: request.clientAddress, userAgent: request.userAgent })

/** The letter is looked at; a name that is wanted must be good and free. */
async function readOn(ctx: Ctx, form: FormData, request: PageRequest): Promise<Answer> {
  const [say, typed] = [words(request.locale), typedIn(form)]
  const letter = await checkLetter(ctx, shownIn(form), whereOf(request))
  if (!letter.ok) return showFirst(ctx, request, typed, letter.reason === 'too-many' ? tooMany(say, letter.retryAfterSeconds) : { problems: { '': say('accounts.activate.wrong') } })
  const [isShared, carried] = [letter.email !== null, { ...typed, seen: letter.seen }]
  if (!letter.isNew || (isShared && (await isNameFree(ctx, letter.email!)))) return showSecond(ctx, request, carried)
  if (text(form, 'step') !== 'name') return showName(ctx, request, carried, { isShared })
  const wanted = text(form, 'sign-in-name').toLowerCase()
  if (!isSignInName(wanted)) return showName(ctx, request, carried, { isShared, wanted, problem: say('accounts.activate.name-bad') })
  if (!(await isNameFree(ctx, wanted))) return showName(ctx, request, carried, { isShared, wanted, problem: say('accounts.activate.name-taken') })
  return showSecond(ctx, request, { ...carried, 'sign-in-name': wanted })
}

async function open(ctx: Ctx, form: FormData, request: PageRequest): Promise<Answer> {
  const [say, typed] = [words(request.locale), typedIn(form)]
  const before = { ...typed, seen: text(form, 'seen') }
  const response = text(form, 'response')
  const wanted = form.has('sign-in-name') ? text(form, 'sign-in-name').toLowerCase() : null
  if (wanted !== null && !isSignInName(wanted)) return showName(ctx, request, before, { wanted, problem: say('accounts.activate.name-bad') })
  const outcome = await activateAccount(ctx, { ...shownIn(form), signInName: wanted, password: response ? null : String(form.get('password') ?? ''), passkey: response ? { ticket: text(form, 'ticket'), response } : null }, whereOf(request))
  if (outcome.ok) return welcome(ctx, outcome, request, '/portal')
  if (outcome.reason === 'not-found') return showFirst(ctx, request, typed, { problems: { '': say('accounts.activate.wrong') } })
  if (outcome.reason === 'too-many') return showFirst(ctx, request, typed, tooMany(say, outcome.retryAfterSeconds))
  if (outcome.reason === 'name-taken') return showName(ctx, request, before, { isShared: wanted === null, wanted: wanted ?? '', problem: say(wanted === null ? 'accounts.activate.name-bad' : 'accounts.activate.name-taken') })
  const carried = { ...before, ...(wanted !== null && { 'sign-in-name': wanted }) }
  return showSecond(ctx, request, carried, outcome.reason === 'passkey-not-accepted' ? { '': say('accounts.passkey.not-made') } : { password: passwordWords(outcome.reason, say) })
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

function showName(ctx: Ctx, request: PageRequest, carried: Record<string, string>, { isShared = false, wanted = '', problem }: { isShared?: boolean; wanted?: string; problem?: string }): Promise<Answer> {
  const say = words(request.locale)
  return ctx.house.shell.plain(ctx, { title: say('accounts.activate.name.title'), locale: request.locale, status: problem ? 422 : 200 },
    <ChooseName action={here(request)} carried={carried} isShared={isShared} typed={wanted} problem={problem} say={say} />)
}

async function showSecond(ctx: Ctx, request: PageRequest, carried: Record<string, string>, problems: Problems = {}): Promise<Answer> {
  const say = words(request.locale)
  const challenge = await askForNewPasskey(ctx, { personId: null, name: carried['sign-in-name'] ?? say('accounts.activate.my-record') })
  return ctx.house.shell.plain(ctx, { title: say('accounts.activate.second'), locale: request.locale, status: Object.keys(problems).length > 0 ? 422 : 200, hasScript: true },
    <ChooseWayIn action={here(request)} challenge={challenge} carried={carried} problems={problems} say={say} />)
}
