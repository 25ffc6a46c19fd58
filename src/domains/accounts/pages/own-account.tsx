import type { Ctx } from '#platform/ctx.ts'
import { seeOther, type Answer, type PageRequest, type PortalPage, type StaffPage } from '#platform/page.tsx'
import { formatWhen } from '#platform/when.ts'
import { words, type Say } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Radios } from '#ui/choices.tsx'
import { Form, type Problems } from '#ui/form.tsx'
import { Badge } from '#ui/notice.tsx'
import { PageHead, RowList, Section } from '#ui/things.tsx'
import { ownAccount } from '../access.ts'
import type { SignedInActor } from '../enter-with-token.ts'
import { changeLanguage, endOneSession, endOtherSessions, listSessions } from '../own-account.ts'
import { ownFacts } from '../prove-session.ts'

export type OwnCtx = Ctx<SignedInActor>

/** What a person may change about their own account: the ways in and the people who help have pages of their own. */
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

async function change(ctx: OwnCtx, form: FormData, request: PageRequest, path: string): Promise<Answer> {
  const action = form.get('action')
  if (action === 'language') {
    const locale = form.get('locale')
    if (locale !== 'en' && locale !== 'es') return showAccount(ctx, request, path, { locale: words(request.locale)('accounts.settings.language.choose') })
    await changeLanguage(ctx, locale)
  } else if (action === 'end-session') await endOneSession(ctx, String(form.get('session') ?? ''))
  else if (action === 'end-sessions') await endOtherSessions(ctx)
  else return seeOther(path)
  return seeOther(`${path}?said=saved`)
}

async function showAccount(ctx: OwnCtx, request: PageRequest, path: string, problems: Problems = {}): Promise<Answer> {
  const say = words(request.locale)
  const [me, isConsole] = [await ownFacts(ctx), path.startsWith('/console')]
  const facts = { title: say('accounts.settings.title'), current: path, status: Object.keys(problems).length > 0 ? 422 : 200, ...(request.query.get('said') === 'saved' && { flash: { words: say('accounts.saved') } }) }
  const rows = [
    { href: `${path}/sign-in`, icon: 'key-round' as const, title: say('accounts.settings.sign-in'), detail: say('accounts.settings.sign-in.what') },
    ...(isConsole ? [] : [{ href: `${path}/results`, icon: 'flask-conical' as const, title: say('release.choices.title'), detail: say('release.choices.what') }]),
    ...(ctx.actor.kind === 'patient' ? [{ href: `${path}/reach`, icon: 'phone' as const, title: say('notices.reach.title'), detail: say('notices.reach.what') }] : []),
    ...(ctx.actor.kind === 'patient' ? [{ href: `${path}/helpers`, icon: 'heart-handshake' as const, title: say('accounts.helpers.title'), detail: say('accounts.helpers.what') }] : []),
  ]
  const content = (
    <>
      <PageHead title={facts.title} lead={isConsole ? undefined : me.name} />
      <RowList rows={rows} label={facts.title} />
      {!isConsole && <Language locale={me.locale} say={say} problems={problems} />}
      {await Sessions({ ctx, say, locale: request.locale })}
    </>
  )
  return isConsole ? ctx.house.shell.console(ctx, facts, content) : ctx.house.shell.portal(ctx, facts, content)
}

function Language({ locale, say, problems }: { locale: 'en' | 'es'; say: Say; problems: Problems }) {
  return (
    <Section title={say('accounts.settings.language')}>
      <Form label={say('accounts.settings.language')} prefix="lang-" problems={problems}>
        <Radios name="locale" label={say('accounts.settings.language')} isLabelHidden value={locale} choices={[{ value: 'en', label: <span lang="en">English</span> }, { value: 'es', label: <span lang="es">Español</span> }]} />
        <Actions><Button kind="secondary" name="action" value="language">{say('accounts.save')}</Button></Actions>
      </Form>
    </Section>
  )
}

async function Sessions({ ctx, say, locale }: { ctx: OwnCtx; say: Say; locale: 'en' | 'es' }) {
  const [sessions, zone] = [await listSessions(ctx), await ctx.house.shell.zone(ctx)]
  return (
    <Section title={say('accounts.sessions')}>
      <ul className="rows">
        {sessions.map((session, index) => (
          <li key={session.id} className="row">
            <div className="row-body">
              <div className="row-words"><strong>{session.device}</strong><div className="row-detail">{say('accounts.sessions.since', { when: formatWhen(session.startedAt, zone, 'moment-short', locale) })}</div></div>
              <div className="row-aside">
                {session.isThis ? <Badge tone="calm">{say('accounts.sessions.this')}</Badge> : (
                  <Form isInline label={`${say('accounts.sessions.end-one')}: ${session.device}`} prefix={`s${index}-`}>
                    <input type="hidden" name="session" value={session.id} />
                    <Button kind="quiet" name="action" value="end-session" label={`${say('accounts.sessions.end-one')}: ${session.device}`}>{say('accounts.sessions.end-one')}</Button>
                  </Form>
                )}
              </div>
            </div>
          </li>
        ))}
      </ul>
      {sessions.length > 2 && <Form label={say('accounts.sessions.end')} prefix="end-"><Actions><Button kind="secondary" name="action" value="end-sessions">{say('accounts.sessions.end')}</Button></Actions></Form>}
    </Section>
  )
}
