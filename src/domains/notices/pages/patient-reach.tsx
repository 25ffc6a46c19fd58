import type { Answer } from '#platform/answer.ts'
import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { listMailAbout } from '#platform/email.ts'
import { seeOther } from '#platform/page.tsx'
import { mustBeAbleTo } from '#platform/permission.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words } from '#platform/words.ts'
import { zones } from '#practice'
import { Actions, Button } from '#ui/button.tsx'
import { Checkbox, Checkboxes, Radios, Select } from '#ui/choices.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { Details, Section } from '#ui/things.tsx'
import { seeToReach } from '../access.ts'
import { listConsents, textsAgreement } from '../keep-consent.ts'
import { addWayAtDesk, chooseReach, endWay, readReach, silence, type Reach } from '../keep-reach.ts'
import { pointWords, readPoint } from '../read-point.ts'
import { isStale, silences } from '../shared.ts'
import { readChoice } from './portal-reach.tsx'
import { SentList } from './sent-list.tsx'

type StaffCtx = Ctx<StaffActor>
export type ReachTold = { problems?: Problems; values?: Values }
const silenceWords = { deceased: 'died', inactive: 'is not with us any more' } as const

/** How a patient is reached, for the front desk, on the patient's own page. */
export async function patientReach(ctx: StaffCtx, patientId: AuthorizedPatientId, onFile: { phone: string | null; email: string | null }, told: ReachTold = {}) {
  mustBeAbleTo(ctx, seeToReach)
  const [reach, zone] = [await readReach(ctx, patientId), await ctx.house.shell.zone(ctx)]
  const [sent, consents] = [await listMailAbout(ctx, patientId), await listConsents(ctx, patientId)]
  await audit(ctx, 'notices.log-viewed', { patientId })
  return (
    <Section title="How to reach them" id="reach">
      {reach.silence && <Notice tone="act" title={`Nothing goes out: this person ${silenceWords[reach.silence.why]}.`}>Since {formatWhen(reach.silence.since, zone, 'moment')}, as {reach.silence.saidBy === 'record' ? 'the record says' : 'the desk was told'}.</Notice>}
      <Wanted reach={reach} />
      <Ways reach={reach} now={ctx.now()} />
      <AddWay agreement={await textsAgreement(ctx, 'en')} onFile={onFile} {...told} />
      <Details summary="What they want"><Wants reach={reach} /></Details>
      <Details summary="Send nothing any more"><Silencing reach={reach} /></Details>
      <Details summary={`What was sent (${sent.length})`}>{sent.length === 0 ? <p>Nothing yet.</p> : <SentList sent={sent} say={words('en')} locale="en" zone={zone} />}</Details>
      {consents.length > 0 && <Details summary="What they agreed to and stopped"><ul className="plain-list">{consents.map(one => <li key={one.id}>{one.isGiven ? 'Yes' : 'Stopped'}: {one.scope === 'texts' ? 'texts to' : 'news at'} {pointWords(one)}, {formatWhen(one.at, zone, 'moment-short')}, by {one.through}. <q>{one.words}</q></li>)}</ul></Details>}
    </Section>
  )
}

function Wanted({ reach: { ways, choice } }: { reach: Reach }) {
  const safe = ways.find(({ id }) => id === choice.safeReach)
  const said = [...(choice.noTexts ? ['No texts.'] : []), ...(choice.noVoicemail ? ['Leave no voicemail.'] : []), ...(choice.isBrief ? ['Do not say when and where a visit is.'] : [])]
  if (!safe && said.length === 0) return null
  return <Notice tone="act" title={safe ? `Only ${pointWords(safe)}. Use no other way, for any reason.` : 'Before you call or write:'}>{said.join(' ')}</Notice>
}

function Ways({ reach: { ways, choice }, now }: { reach: Reach; now: Date }) {
  if (ways.length === 0) return <p>No telephone or mailbox was shown to be theirs. Mail goes to the e-mail of their account.</p>
  return (
    <ul className="rows">
      {ways.map((way, index) => (
        <li key={way.id} className="row">
          <div className="row-body">
            <div className="row-words"><strong>{pointWords(way)}</strong><div className="row-detail">{way.verifiedHow === 'code' ? 'A code that went there came back' : 'The desk heard it from them'}{isStale(way, now) && '. More than a year ago: no texts go there until it is shown again'}</div></div>
            <div className="row-aside">
              {way.id === choice.safeReach && <Badge tone="calm">The safe way</Badge>}
              <Form isInline label={`End ${pointWords(way)}`} prefix={`r${index}-`}><input type="hidden" name="way" value={way.id} /><Button kind="quiet" name="reach" value="end" label={`Do not use ${pointWords(way)}`}>Do not use it</Button></Form>
            </div>
          </div>
        </li>
      ))}
    </ul>
  )
}

function AddWay({ agreement, onFile, problems = {}, values }: { agreement: string; onFile: { phone: string | null; email: string | null } } & ReachTold) {
  const file = [onFile.phone, onFile.email].filter(Boolean).join(' or ')
  return (
    <Form label="Add a way" problems={problems} values={values ?? {}} prefix="reach-">
      <Field name="address" label="Phone number or e-mail" hint={`As they tell you now.${file ? ` The record says ${file}.` : ''}`} autoComplete="off" maxLength={254} size="medium" />
      <Checkbox name="agreed" label="They agreed to texts" hint={`I read this to them: “${agreement}”`} />
      <Actions><Button kind="secondary" name="reach" value="add">Add it</Button></Actions>
    </Form>
  )
}

function Wants({ reach: { ways, choice } }: { reach: Reach }) {
  const wants = [...(choice.noTexts ? ['no-texts'] : []), ...(choice.noVoicemail ? ['no-voicemail'] : []), ...(choice.isBrief ? ['brief'] : [])]
  return (
    <Form label="What they want" prefix="wants-">
      <Radios name="safe" label="One safe way" hint="It counts before every other, for everything." value={choice.safeReach ?? 'none'} choices={[{ value: 'none', label: 'None named' }, ...ways.map(way => ({ value: way.id, label: `Only ${pointWords(way)}` }))]} />
      <Radios name="prefers" label="Likes better" value={choice.prefers} choices={[{ value: 'mail', label: 'E-mail' }, { value: 'text', label: 'Text' }]} />
      <Checkboxes name="wants" label="Also" isOptional values={wants} choices={[{ value: 'no-texts', label: 'No texts' }, { value: 'no-voicemail', label: 'No voicemail' }, { value: 'brief', label: 'Not when and where a visit is' }]} />
      <Select name="zone" label="Their time zone" isOptional value={choice.zone ?? ''} emptyLabel="The practice’s" choices={zones.map(zone => ({ value: zone, label: zone.replaceAll('_', ' ') }))} />
      <Actions><Button kind="secondary" name="reach" value="choose">Keep this</Button></Actions>
    </Form>
  )
}

function Silencing({ reach }: { reach: Reach }) {
  return (
    <Form label="Send nothing any more" prefix="silence-">
      <p>From this second nothing goes to them, and what waits is dropped.</p>
      <Actions>
        {silences.map(why => <Button key={why} kind="danger" name="reach" value={why}>They {why === 'deceased' ? 'died' : 'are not with us any more'}</Button>)}
        {reach.silence?.saidBy === 'desk' && <Button kind="secondary" name="reach" value="speak">That was wrong</Button>}
      </Actions>
    </Form>
  )
}

/** What the patient's page says after a button of the section, by `?said=`. */
export const reachSaid: Readonly<Record<string, string>> = { reach: 'That is kept. It holds for what waits, too.' }

/** Does what the section's buttons say. What cannot be read comes back with its words. */
export async function handlePatientReach(ctx: StaffCtx, form: FormData, patientId: AuthorizedPatientId): Promise<Answer | ReachTold> {
  mustBeAbleTo(ctx, seeToReach)
  const action = String(form.get('reach'))
  const text = (name: string) => String(form.get(name) ?? '').trim()
  if (action === 'add') {
    const point = readPoint(text('address'))
    if (!point) return { problems: { address: 'Write a phone number or an e-mail.' }, values: { address: text('address').slice(0, 254) } }
    await addWayAtDesk(ctx, patientId, point, form.get('agreed') === 'yes' ? { words: await textsAgreement(ctx, 'en'), locale: 'en', through: 'desk' } : undefined)
  } else if (action === 'end') await endWay(ctx, patientId, text('way'))
  else if (action === 'choose') await chooseReach(ctx, patientId, readChoice(form))
  else if (action === 'speak') await silence(ctx, patientId, undefined)
  else {
    const why = silences.find(one => one === action)
    if (why) await silence(ctx, patientId, why)
  }
  return seeOther(`/console/patients/${patientId}?said=reach#reach`)
}
