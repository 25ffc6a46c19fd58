import type { Ctx, PatientActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type PageRequest, type PortalPage } from '#platform/page.tsx'
import { dayIn, formatWhen } from '#platform/when.ts'
import { words, type Say } from '#platform/words.ts'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { DateField, Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { stopActingFor } from '../act-for-another.ts'
import { listAsked, listCaregivers, nameCaregiver, takeBack, type CareInvitation } from '../name-caregiver.ts'
import { hasFreshProof } from '../prove-session.ts'
import { latestCareDay } from '../shared.ts'
import { QrCode } from './app-secret.tsx'

type MyCtx = Ctx<PatientActor>
const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim()
const path = '/portal/settings/helpers'
/** One's own record alone: who looks after somebody names nobody further. */
const mine = (ctx: Ctx): MyCtx => {
  if (ctx.actor.kind !== 'patient') throw new NotFound()
  return ctx as MyCtx
}

/** Who looks after me: seen, ended in one tap, and named anew after proof. */
export const helpersPage: PortalPage = {
  for: 'patient',
  get: (ctx, request) => showHelpers(mine(ctx), request),
  async post(ctx, form, request) {
    const own = mine(ctx)
    const action = form.get('action')
    if (action === 'end') { await stopActingFor(own, text(form, 'proxy')); return seeOther(`${path}?said=saved`) }
    if (action === 'take-back') { await takeBack(own, text(form, 'invitation'), own.actor.patientId); return seeOther(`${path}?said=saved`) }
    const say = words(request.locale)
    const wish = { name: text(form, 'name'), email: text(form, 'email'), 'last-day': text(form, 'last-day') }
    const zone = await ctx.house.shell.zone(ctx)
    const asked = await nameCaregiver(own, { name: wish.name, email: wish.email || null, lastDay: wish['last-day'], zone })
    if (asked.ok) return showAsked(own, request, wish.name, asked, zone)
    if (asked.reason === 'prove-first') return seeOther(`/prove?next=${path}`)
    const problem = { 'bad-name': { name: say('accounts.helpers.name.none') }, 'bad-email': { email: say('accounts.email.bad') }, 'bad-day': { 'last-day': say('accounts.helpers.bad-day') } }[asked.reason]
    return showHelpers(own, request, problem, wish)
  },
}

async function showHelpers(ctx: MyCtx, request: PageRequest, problems: Problems = {}, values: Values = {}): Promise<Answer> {
  const { locale } = request
  const say = words(locale)
  const zone = await ctx.house.shell.zone(ctx)
  const [caregivers, asked] = [await listCaregivers(ctx), await listAsked(ctx, ctx.actor.patientId)]
  return ctx.house.shell.portal(ctx, { title: say('accounts.helpers.title'), current: '/portal/settings', status: Object.keys(problems).length > 0 ? 422 : 200, ...(request.query.get('said') === 'saved' && { flash: { words: say('accounts.saved') } }) },
    <>
      <PageHead title={say('accounts.helpers.title')} back={{ href: '/portal/settings', words: say('accounts.settings.title') }} lead={caregivers.length === 0 ? say('accounts.helpers.none') : undefined} />
      {caregivers.length > 0 && (
        <ul className="rows" aria-label={say('accounts.helpers.title')}>
          {caregivers.map((one, index) => <Line key={one.id} name={one.name} detail={say('accounts.helpers.until', { day: lastDay(one.endsAt, zone, locale) })} field="proxy" id={one.id} action="end" words={say('accounts.helpers.end')} prefix={`p${index}-`} />)}
        </ul>
      )}
      {asked.length > 0 && (
        <Section title={say('accounts.helpers.asked-list')}>
          <ul className="rows">
            {asked.map((one, index) => <Line key={one.id} name={one.name} detail={`${one.email ?? say('accounts.helpers.by-letter')} · ${say('accounts.helpers.answer-until', { day: formatWhen(one.expiresAt, zone, 'day-short', locale) })}`} field="invitation" id={one.id} action="take-back" words={say('accounts.helpers.take-back')} prefix={`a${index}-`} />)}
          </ul>
        </Section>
      )}
      <Section title={say('accounts.helpers.add')}>
        <p>{say('accounts.helpers.more')}</p>
        {hasFreshProof(ctx) ? <Ask {...{ say, problems, values }} today={dayIn(ctx.now(), zone)} /> : <><p>{say('accounts.prove.lead')}</p><Actions><LinkButton href={`/prove?next=${path}`} isWide>{say('accounts.prove.do')}</LinkButton></Actions></>}
      </Section>
    </>)
}
const lastDay = (endsAt: Date, zone: string, locale: 'en' | 'es') => formatWhen(new Date(endsAt.getTime() - 1), zone, 'day-short', locale)

function Line({ name, detail, field, id, action, words: label, prefix }: { name: string; detail: string; field: string; id: string; action: string; words: string; prefix: string }) {
  return (
    <li className="row">
      <div className="row-body">
        <div className="row-words"><strong>{name}</strong><div className="row-detail">{detail}</div></div>
        <Form isInline label={`${label}: ${name}`} prefix={prefix}>
          <input type="hidden" name={field} value={id} />
          <Button kind="secondary" name="action" value={action} label={`${label}: ${name}`}>{label}</Button>
        </Form>
      </div>
    </li>
  )
}

function Ask({ say, problems, values, today }: { say: Say; problems: Problems; values: Values; today: string }) {
  return (
    <Form label={say('accounts.helpers.add')} problems={problems} values={values}>
      <Field name="name" label={say('accounts.helpers.name')} autoComplete="off" maxLength={120} />
      <Field name="email" label={say('accounts.helpers.email')} hint={say('accounts.helpers.email.hint')} type="email" autoComplete="off" isOptional />
      <DateField name="last-day" label={say('accounts.helpers.last-day')} hint={say('accounts.helpers.last-day.hint')} min={today} max={latestCareDay(today)} />
      <Actions><Button name="action" value="ask" isWide>{say('accounts.helpers.do')}</Button></Actions>
    </Form>
  )
}

/** The code, and for a letter the link, this once. */
function showAsked(ctx: MyCtx, { locale }: PageRequest, name: string, asked: CareInvitation, zone: string): Promise<Answer> {
  const say = words(locale)
  const code = asked.code.replace(/(.{3})(?=.)/, '$1-')
  return ctx.house.shell.portal(ctx, { title: say('accounts.helpers.asked'), current: '/portal/settings' },
    <article className="letter">
      <PageHead title={say('accounts.helpers.asked')} lead={asked.email ? say('accounts.helpers.tell-code', { name }) : say('accounts.helpers.give-letter', { name })} />
      <p className="letter-code"><code>{code}</code></p>
      <Notice title={say('accounts.helpers.once')} />
      {!asked.email && (
        <>
          <p>{say('accounts.helpers.letter-how', { name })}</p>
          <QrCode content={asked.link} label={say('accounts.letter.qr')} />
          <p className="letter-address"><code>{asked.link}</code></p>
        </>
      )}
      <p>{say('accounts.helpers.answer-by', { name, day: formatWhen(asked.expiresAt, zone, 'day', locale) })}</p>
      <p>{say('accounts.helpers.until-day', { day: lastDay(asked.endsAt, zone, locale) })}</p>
      <Actions><LinkButton href={path} isWide>{say('accounts.helpers.back')}</LinkButton></Actions>
    </article>)
}
