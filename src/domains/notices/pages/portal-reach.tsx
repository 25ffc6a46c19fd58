import type { Ctx, PatientActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type PageRequest, type PortalPage } from '#platform/page.tsx'
import { mayActFor, type AuthorizedPatientId } from '#platform/scope.ts'
import { words, type Say } from '#platform/words.ts'
import { hasFreshProof } from '#accounts'
import { zones } from '#practice'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Checkboxes, Radios, Select } from '#ui/choices.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Badge, EmptyState, Notice } from '#ui/notice.tsx'
import { PageHead, RowList, Section } from '#ui/things.tsx'
import { listStopped, resume, textsAgreement, type Stopped } from '../keep-consent.ts'
import { addWayByCode, chooseReach, endWay, readReach, type Choice, type Reach } from '../keep-reach.ts'
import { pointWords, readPoint } from '../read-point.ts'
import { isStale } from '../shared.ts'
import { sendCode } from '../send-code.ts'

type MyCtx = Ctx<PatientActor>
type Told = { problems?: Problems; values?: Values; asked?: { codeId: string; to: string; isPhone: boolean } }
const path = '/portal/settings/reach'
const text = (form: FormData, name: string) => String(form.get(name) ?? '').trim()
/** One's own ways alone: whoever looks after somebody may be the one from whom a safe way is kept. */
async function mine(ctx: Ctx): Promise<{ own: MyCtx; patientId: AuthorizedPatientId }> {
  if (ctx.actor.kind !== 'patient') throw new NotFound()
  return { own: ctx as MyCtx, patientId: await mayActFor(ctx, ctx.actor.patientId) }
}

/** How I am reached: my telephones and mailboxes, the one safe way, and what I want. */
export const portalReach: PortalPage = {
  for: 'patient',
  get: async (ctx, request) => show(ctx, request, {}),
  async post(ctx, form, request) {
    const { own, patientId } = await mine(ctx)
    if (!hasFreshProof(ctx)) return seeOther(`/prove?next=${path}`)
    const action = text(form, 'action')
    if (action === 'send-code') return askCode(own, form, request)
    if (action === 'add') return takeCode(own, patientId, form, request)
    if (action === 'end') await endWay(own, patientId, text(form, 'way'))
    else if (action === 'resume') await resume(own, patientId, { kind: form.get('kind') === 'phone' ? 'phone' : 'mailbox', address: text(form, 'address'), scope: form.get('scope') === 'texts' ? 'texts' : 'news' }, { words: words(request.locale)('notices.resume.words'), locale: request.locale, through: 'portal' })
    else if (action === 'choose') await chooseReach(own, patientId, readChoice(form))
    else return seeOther(path)
    return seeOther(`${path}?said=saved`)
  },
}

/** The choices of the form; a way that is not one of theirs is none (`chooseReach` asks). */
export const readChoice = (form: FormData): Choice => {
  const wants = form.getAll('wants')
  return {
    safeReach: /^[0-9a-f-]{36}$/.test(text(form, 'safe')) ? text(form, 'safe') : null, prefers: form.get('prefers') === 'text' ? 'text' : 'mail',
    noTexts: wants.includes('no-texts'), noVoicemail: wants.includes('no-voicemail'), isBrief: wants.includes('brief'), zone: text(form, 'zone') || null,
  }
}

async function askCode(ctx: MyCtx, form: FormData, request: PageRequest): Promise<Answer> {
  const say = words(request.locale)
  const typed = text(form, 'address')
  const point = readPoint(typed)
  if (!point) return show(ctx, request, { problems: { address: say('notices.reach.address.bad') }, values: { address: typed.slice(0, 254) } })
  const sent = await sendCode(ctx, point, { patientId: ctx.actor.patientId, locale: request.locale, clientAddress: request.clientAddress })
  if (!sent.ok) return show(ctx, request, { problems: { address: say('notices.reach.too-many') }, values: { address: typed } })
  return show(ctx, request, { asked: { codeId: sent.codeId, to: pointWords(point), isPhone: point.kind === 'phone' } })
}

async function takeCode(ctx: MyCtx, patientId: AuthorizedPatientId, form: FormData, request: PageRequest): Promise<Answer> {
  const [codeId, to, isPhone] = [text(form, 'code-id'), text(form, 'to').slice(0, 254), form.get('is-phone') === 'yes']
  const shown = { words: await textsAgreement(ctx, request.locale), locale: request.locale, through: 'portal' as const }
  const added = await addWayByCode(ctx, patientId, { codeId, code: text(form, 'code'), shown })
  if (added.ok) return seeOther(`${path}?said=saved`)
  const say = words(request.locale)
  if (added.reason === 'over') return show(ctx, request, { problems: { address: say('notices.reach.code.over') } })
  return show(ctx, request, { problems: { code: say('notices.reach.code.wrong') }, asked: { codeId, to, isPhone } })
}

async function show(ctx: Ctx, request: PageRequest, { problems = {}, values = {}, asked }: Told): Promise<Answer> {
  const { own, patientId } = await mine(ctx)
  const say = words(request.locale)
  const [reach, agreement, stopped] = [await readReach(own, patientId), await textsAgreement(ctx, request.locale), await listStopped(own, patientId)]
  const isProven = hasFreshProof(ctx)
  const facts = { title: say('notices.reach.title'), current: '/portal/settings', status: Object.keys(problems).length > 0 ? 422 : 200, ...(request.query.get('said') === 'saved' && { flash: { words: say('accounts.saved') } }) }
  return ctx.house.shell.portal(ctx, facts,
    <>
      <PageHead title={facts.title} back={{ href: '/portal/settings', words: say('accounts.settings.title') }} lead={say('notices.reach.lead')} />
      {asked ? <TypeCode {...{ asked, say, problems, agreement }} /> : (
        <>
          {stopped.map((one, index) => <StoppedNotice key={index} one={one} say={say} isProven={isProven} prefix={`s${index}-`} />)}
          <Ways reach={reach} say={say} isProven={isProven} now={ctx.now()} />
          {isProven ? <AddWay {...{ say, problems, values }} /> : <><p>{say('notices.reach.prove')}</p><Actions><LinkButton href={`/prove?next=${path}`} isWide>{say('accounts.prove.do')}</LinkButton></Actions></>}
          {isProven && <Wants reach={reach} say={say} />}
          <RowList label={say('notices.sent.title')} rows={[{ href: `${path}/sent`, icon: 'send', title: say('notices.sent.title'), detail: say('notices.sent.what') }]} />
        </>
      )}
    </>)
}

function Ways({ reach: { ways, choice }, say, isProven, now }: { reach: Reach; say: Say; isProven: boolean; now: Date }) {
  if (ways.length === 0) return <EmptyState icon="phone" title={say('notices.reach.none')}>{say('notices.reach.none.more')}</EmptyState>
  return (
    <ul className="rows" aria-label={say('notices.reach.title')}>
      {ways.map((way, index) => (
        <li key={way.id} className="row">
          <div className="row-body">
            <div className="row-words"><strong>{pointWords(way)}</strong><div className="row-detail">{say(`notices.kind-of.${way.kind}`)}{isStale(way, now) && <>. {say('notices.reach.stale')}</>}</div></div>
            <div className="row-aside">
              {way.id === choice.safeReach && <Badge tone="calm">{say('notices.reach.safe-one')}</Badge>}
              {isProven && isStale(way, now) && <Form isInline label={`${say('notices.reach.send-code')}: ${pointWords(way)}`} prefix={`c${index}-`}><input type="hidden" name="address" value={way.address} /><Button kind="secondary" name="action" value="send-code">{say('notices.reach.send-code')}</Button></Form>}
              {isProven && <Form isInline label={`${say('notices.reach.end')}: ${pointWords(way)}`} prefix={`w${index}-`}><input type="hidden" name="way" value={way.id} /><Button kind="quiet" name="action" value="end" label={`${say('notices.reach.end')}: ${pointWords(way)}`}>{say('notices.reach.end')}</Button></Form>}
            </div>
          </div>
        </li>
      ))}
    </ul>
  )
}

function StoppedNotice({ one, say, isProven, prefix }: { one: Stopped; say: Say; isProven: boolean; prefix: string }) {
  return (
    <Notice tone="notice" title={say(one.scope === 'texts' ? 'notices.stopped.texts' : 'notices.stopped', { to: pointWords(one) })}>
      {isProven && <Form isInline label={`${say('notices.resume')}: ${pointWords(one)}`} prefix={prefix}><input type="hidden" name="kind" value={one.kind} /><input type="hidden" name="address" value={one.address} /><input type="hidden" name="scope" value={one.scope} /><Button kind="quiet" name="action" value="resume">{say('notices.resume')}</Button></Form>}
    </Notice>
  )
}

function AddWay({ say, problems, values }: { say: Say; problems: Problems; values: Values }) {
  return (
    <Section title={say('notices.reach.add')}>
      <Form label={say('notices.reach.add')} problems={problems} values={values} prefix="add-">
        <Field name="address" label={say('notices.reach.address')} hint={say('notices.reach.address.hint')} autoComplete="off" maxLength={254} size="medium" />
        <Actions><Button kind="secondary" name="action" value="send-code">{say('notices.reach.send-code')}</Button></Actions>
      </Form>
    </Section>
  )
}

function TypeCode({ asked, say, problems, agreement }: { asked: NonNullable<Told['asked']>; say: Say; problems: Problems; agreement: string }) {
  return (
    <Section title={say('notices.reach.code.title')}>
      <Form label={say('notices.reach.code.title')} problems={problems} prefix="code-">
        <input type="hidden" name="code-id" value={asked.codeId} /><input type="hidden" name="to" value={asked.to} /><input type="hidden" name="is-phone" value={asked.isPhone ? 'yes' : 'no'} />
        <p>{say('notices.reach.code.sent', { to: asked.to })}</p>
        <Field name="code" label={say('notices.reach.code')} inputMode="numeric" autoComplete="one-time-code" maxLength={12} size="short" isFirst />
        {asked.isPhone && <p>{agreement}</p>}
        <Actions><Button name="action" value="add">{say(asked.isPhone ? 'notices.reach.code.agree' : 'notices.reach.code.do')}</Button></Actions>
      </Form>
      <p><a href={path}>{say('notices.reach.code.other')}</a></p>
    </Section>
  )
}

function Wants({ reach: { ways, choice }, say }: { reach: Reach; say: Say }) {
  const wants = [...(choice.noTexts ? ['no-texts'] : []), ...(choice.noVoicemail ? ['no-voicemail'] : []), ...(choice.isBrief ? ['brief'] : [])]
  return (
    <Section title={say('notices.wants.title')}>
      <Form label={say('notices.wants.title')} prefix="wants-">
        {ways.length > 0 && <Radios name="safe" label={say('notices.safe')} hint={say('notices.safe.hint')} value={choice.safeReach ?? 'none'} choices={[{ value: 'none', label: say('notices.safe.none') }, ...ways.map(way => ({ value: way.id, label: say('notices.safe.only', { to: pointWords(way) }) }))]} />}
        {ways.some(({ kind }) => kind === 'phone') && <Radios name="prefers" label={say('notices.prefers')} value={choice.prefers} choices={[{ value: 'mail', label: say('notices.prefers.mail') }, { value: 'text', label: say('notices.prefers.text') }]} />}
        <Checkboxes name="wants" label={say('notices.wants')} isOptional values={wants} choices={(['no-texts', 'no-voicemail', 'brief'] as const).map(value => ({ value, label: say(`notices.wants.${value}`), ...(value === 'brief' && { hint: say('notices.wants.brief.hint') }) }))} />
        <Select name="zone" label={say('notices.zone')} hint={say('notices.zone.hint')} isOptional value={choice.zone ?? ''} emptyLabel={say('notices.zone.practice')} choices={zones.map(zone => ({ value: zone, label: zone.replaceAll('_', ' ') }))} />
        <Actions><Button name="action" value="choose">{say('accounts.save')}</Button></Actions>
      </Form>
    </Section>
  )
}
