import { seeOther, type Answer, type PageRequest, type SitePage } from '#platform/page.tsx'
import { words } from '#platform/words.ts'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { acceptCare, checkCare, isLiveCare, openCare } from '../accept-care.ts'
import { enterWithToken } from '../enter-with-token.ts'
import { isSignInName } from '../shared.ts'
import { isNameFree } from '../sign-in-name.ts'
import { askForNewPasskey } from '../use-passkey.ts'
import { ChooseName, ChooseWayIn } from './choose-way-in.tsx'
import { passwordWords } from './reset.tsx'
import { welcome } from './sign-in.tsx'

type Ctx = Parameters<SitePage['get']>[0]
const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim()
const here = (request: PageRequest) => `${request.locale === 'es' ? '/es' : ''}/care/${request.params.link}`
const whereOf = (request: PageRequest) => ({ clientAddress: request.clientAddress, userAgent: request.userAgent })

/** Somebody was asked to look after a record. With the code that goes with the link they say yes: as who they are, or with a new sign-in. */
export const carePage: SitePage = {
  for: 'visitor',
  ownTransaction: true,
  async get(ctx, request) {
    return (await isLiveCare(ctx, request.params.link!)) ? showAsk(ctx, request) : showOver(ctx, request)
  },
  async post(ctx, form, request) {
    const say = words(request.locale)
    const key = { link: request.params.link!, code: text(form, 'code'), seen: text(form, 'seen') }
    if (!(await isLiveCare(ctx, key.link))) return showOver(ctx, request)
    if (!key.code) return showAsk(ctx, request, { code: say('accounts.care.code.none') })
    if (text(form, 'step') === 'open') return open(ctx, form, request)
    const accepted = await enterWithToken(ctx, { token: request.token, face: 'portal' }, tx => acceptCare(tx, key, whereOf(request)))
    if (accepted?.ok) return seeOther('/portal/switch?said=care')
    const checked = accepted ?? (await checkCare(ctx, key, whereOf(request)))
    if (checked.ok && 'name' in checked) return nameOrOpen(ctx, form, request, { ...checked, code: key.code })
    if (!checked.ok && checked.reason === 'too-many') return tooOften(ctx, request, key.code, checked.retryAfterSeconds)
    return (await isLiveCare(ctx, key.link)) ? showAsk(ctx, request, { code: say('accounts.care.code.wrong') }, key.code) : showOver(ctx, request)
  },
}

/** Who has no mailbox of their own here chooses a name first. */
async function nameOrOpen(ctx: Ctx, form: FormData, request: PageRequest, { code, name, needsName, seen }: { code: string; name: string; needsName: boolean; seen: string }): Promise<Answer> {
  const say = words(request.locale)
  if (!needsName) return showOpen(ctx, request, { code, name, seen })
  if (text(form, 'step') !== 'name') return showName(ctx, request, { code, seen })
  const wanted = text(form, 'sign-in-name').toLowerCase()
  if (!isSignInName(wanted)) return showName(ctx, request, { code, seen }, wanted, say('accounts.activate.name-bad'))
  if (!(await isNameFree(ctx, wanted))) return showName(ctx, request, { code, seen }, wanted, say('accounts.activate.name-taken'))
  return showOpen(ctx, request, { code, name, seen, 'sign-in-name': wanted })
}

async function open(ctx: Ctx, form: FormData, request: PageRequest): Promise<Answer> {
  const say = words(request.locale)
  const [code, name, seen, response] = [text(form, 'code'), text(form, 'name'), text(form, 'seen'), text(form, 'response')]
  const wanted = form.has('sign-in-name') ? text(form, 'sign-in-name').toLowerCase() : null
  const outcome = await openCare(ctx, {
    link: request.params.link!, code, seen, name, signInName: wanted, locale: request.locale,
    password: response ? null : String(form.get('password') ?? ''), passkey: response ? { ticket: text(form, 'ticket'), response } : null,
  }, whereOf(request))
  if (outcome.ok) return welcome(ctx, outcome, request, '/portal')
  if (outcome.reason === 'wrong') return showAsk(ctx, request, { code: say('accounts.care.code.wrong') }, code)
  if (outcome.reason === 'too-many') return tooOften(ctx, request, code, outcome.retryAfterSeconds)
  if (outcome.reason === 'name-bad' || outcome.reason === 'name-taken') return showName(ctx, request, { code, seen }, wanted ?? '', say(`accounts.activate.${outcome.reason}`))
  const problems: Problems = outcome.reason === 'bad-name' ? { '': say('accounts.helpers.name.none') } : outcome.reason === 'passkey-not-accepted' ? { '': say('accounts.passkey.not-made') } : { password: passwordWords(outcome.reason, say) }
  return showOpen(ctx, request, { code, name, seen, ...(wanted !== null && { 'sign-in-name': wanted }) }, problems)
}

function showName(ctx: Ctx, request: PageRequest, carried: Record<string, string>, wanted = '', problem?: string): Promise<Answer> {
  const say = words(request.locale)
  return ctx.house.shell.plain(ctx, { title: say('accounts.activate.name.title'), locale: request.locale, status: problem ? 422 : 200 },
    <ChooseName action={here(request)} carried={carried} isShared={false} typed={wanted} problem={problem} say={say} />)
}

const tooOften = (ctx: Ctx, request: PageRequest, code: string, seconds: number): Promise<Answer> =>
  showAsk(ctx, request, { '': words(request.locale)('accounts.too-many', { minutes: Math.ceil(seconds / 60) }) }, code, { status: 429, headers: { 'retry-after': String(seconds) } })

async function showAsk(ctx: Ctx, request: PageRequest, problems: Problems = {}, typed = '', more: { status?: number; headers?: Record<string, string> } = {}): Promise<Answer> {
  const say = words(request.locale)
  const session = await enterWithToken(ctx, { token: request.token, face: 'portal' }, async tx => tx.session)
  return ctx.house.shell.plain(ctx, { title: say('accounts.care.title'), locale: request.locale, status: Object.keys(problems).length > 0 ? 422 : 200, ...more },
    <>
      <PageHead title={say('accounts.care.title')} lead={say('accounts.care.lead')} />
      {session && <p>{say('accounts.already', { name: session.name })}</p>}
      <Form label={say('accounts.care.title')} problems={problems} values={{ code: typed }} hasKey={false} action={here(request)}>
        <Field name="code" label={say('accounts.care.code')} hint={say('accounts.care.code.hint')} autoComplete="off" autoCapitalize="none" spellCheck={false} size="short" maxLength={20} />
        <Actions><Button isWide>{say(session ? 'accounts.care.yes' : 'accounts.care.new')}</Button></Actions>
      </Form>
      {!session && (
        <Section title={say('accounts.care.have')}>
          <Actions><LinkButton kind="secondary" href={`${request.locale === 'es' ? '/es' : ''}/sign-in?next=${here(request)}`} isWide>{say('accounts.care.have.do')}</LinkButton></Actions>
        </Section>
      )}
      <p className="way-on">{say('accounts.care.no')}</p>
    </>)
}

async function showOpen(ctx: Ctx, request: PageRequest, carried: { code: string; name: string; seen: string; 'sign-in-name'?: string }, problems: Problems = {}): Promise<Answer> {
  const say = words(request.locale)
  const challenge = await askForNewPasskey(ctx, { personId: null, name: carried['sign-in-name'] ?? carried.name })
  return ctx.house.shell.plain(ctx, { title: say('accounts.activate.second'), locale: request.locale, status: Object.keys(problems).length > 0 ? 422 : 200, hasScript: true },
    <ChooseWayIn action={here(request)} challenge={challenge} carried={carried} lead={say('accounts.care.as', { name: carried.name })} problems={problems} say={say} />)
}

function showOver(ctx: Ctx, request: PageRequest): Promise<Answer> {
  const say = words(request.locale)
  return ctx.house.shell.plain(ctx, { title: say('accounts.link-over'), locale: request.locale, status: 404 },
    <EmptyState isWholePage icon="clock-alert" title={say('accounts.link-over')}>{say('accounts.link-over.join')}</EmptyState>)
}
