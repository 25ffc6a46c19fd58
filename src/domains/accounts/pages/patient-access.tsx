import { seeOther, type Answer } from '#platform/answer.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { baseOf } from '#platform/place.ts'
import { formatWhen } from '#platform/when.ts'
import { words } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Radios } from '#ui/choices.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { Facts, PageHead, Section } from '#ui/things.tsx'
import { giveAccess } from '../access.ts'
import { listProxies, stopActingFor } from '../act-for-another.ts'
import { revokeLetters } from '../activate-account.ts'
import { stageOf } from '../ask-parent.ts'
import { changeMailbox, giveLetter, letterAddress, mailLetter, readCheck, readWayIn, shutAccount, unlockAccount, type IdentityCheck, type WayIn } from '../help-patient-in.ts'
import { namesOf } from '../manage-staff.ts'
import { takeBack } from '../name-caregiver.ts'
import { groupCode } from '../shared.ts'
import { QrCode } from './app-secret.tsx'
import { Asked, handleParent, ParentWayIn, teenWords } from './parent-way-in.tsx'
import { identityChoices, type PatientAccessFacts, type StaffCtx } from './patient-access-facts.ts'

export type { PatientAccessFacts }
/** `parent`: told of the parent’s form, and not of the patient’s own. */
type Told = { problems?: Problems; values?: Values; parent?: boolean }

/** What the front desk can do for a patient's way in, on the patient's own page. */
export async function patientAccess(ctx: StaffCtx, facts: PatientAccessFacts, told: Told = {}) {
  const way = await readWayIn(ctx, facts.patientId)
  const stage = facts.birthDate === null ? undefined : stageOf(facts.birthDate, ctx.now(), facts.zone)
  const hasHelp = !way.worksHere && stage !== undefined && (stage === 'adult' || way.personId !== null || way.letterUntil !== null)
  const { problems = {}, values = {} } = told.parent ? {} : told
  const unplaced = (told.parent ? stage !== 'child' : !hasHelp) ? Object.values(told.problems ?? {})[0] : undefined
  return (
    <Section title="Way in to the portal" id="way-in">
      <Facts items={stateOf(way, facts.zone)} />
      {way.worksHere ? <Notice title="This patient works here.">Their sign-in is looked after under People and roles.</Notice>
        : facts.birthDate === null ? <Notice tone="notice" title="Without a birth date no letter can be made.">The birth date comes with the record.</Notice>
        : hasHelp ? <Help {...{ way, facts, problems, values }} /> : null}
      {stage === 'teen' && <Notice tone="notice" title="For ages 12 to 17 nobody is let in yet.">{teenWords}</Notice>}
      {unplaced && <Notice tone="notice" title={unplaced} />}
      {stage === 'child' && <ParentWayIn {...(told.parent ? told : {})} />}
      {await Caregivers({ ctx, facts })}
      {await Asked({ ctx, facts })}
    </Section>
  )
}

function stateOf(way: WayIn, zone: string) {
  return [
    { term: 'Account', words: way.personId === null ? 'None yet' : way.isDisabled ? 'Shut' : `Open; signs in as ${way.signInName ?? way.email}` },
    ...(way.personId ? [{ term: 'E-mail of the account', words: way.email ?? 'None' }] : []),
    ...(way.hasPasskey || way.hasApp ? [{ term: 'Has set up', words: [...(way.hasPasskey ? ['a passkey'] : []), ...(way.hasApp ? ['codes from an app'] : [])].join(', ') }] : []),
    { term: 'Letter', words: way.letterUntil ? `Good until ${formatWhen(way.letterUntil, zone, 'moment')}` : 'None that works' },
    ...(way.failures > 0 ? [{ term: 'Wrong tries', words: `${way.failures} since the last time they came in` }] : []),
  ]
}

function Help({ way, facts, problems, values }: { way: WayIn; facts: PatientAccessFacts; problems: Problems; values: Values }) {
  return (
    <>
      <Form label="Help them in" problems={problems} values={values} prefix="way-">
        {way.personId !== null && <p>A new letter ends every way in they have now: password, passkeys, app codes.</p>}
        <Radios name="check" label="How did you check who it is?" choices={identityChoices} />
        <Actions>
          <Button kind="secondary" icon="printer" name="access" value="letter">Make a letter to print</Button>
          {facts.email && <Button kind="secondary" icon="mail" name="access" value="mail">Mail it to {facts.email}</Button>}
          {way.failures > 0 && <Button kind="secondary" icon="lock-open" name="access" value="unlock">Forget the wrong tries</Button>}
        </Actions>
        {way.personId !== null && (
          <>
            <Field name="email" label="New e-mail for the account" hint="The old address is told." type="email" autoComplete="off" isOptional size="medium" />
            <Actions><Button kind="secondary" name="access" value="email">Change the e-mail</Button></Actions>
          </>
        )}
      </Form>
      {way.letterUntil && <Form label="Take the letter back" prefix="back-"><Actions><Button kind="danger" name="access" value="revoke">Take the letter back</Button></Actions></Form>}
      {way.personId !== null && !way.isDisabled && (
        <Form label="Shut the account" prefix="shut-">
          <p>Nobody signs in with a shut account. A new letter opens it again.</p>
          <Actions><Button kind="danger" name="access" value="shut">Shut the account</Button></Actions>
        </Form>
      )}
    </>
  )
}

async function Caregivers({ ctx, facts }: { ctx: StaffCtx; facts: PatientAccessFacts }) {
  const proxies = await listProxies(ctx, facts.patientId)
  if (proxies.length === 0) return null
  const names = await namesOf(ctx, proxies.map(one => one.personId))
  return (
    <Section title="Who looks after them" level={3}>
      <ul className="rows">
        {proxies.map((one, index) => (
          <li key={one.id} className="row">
            <div className="row-body">
              <div className="row-words"><strong>{names.get(one.personId) ?? 'Somebody'}</strong><div className="row-detail">{one.basis === 'parent-of-child' ? 'Parent' : 'Named by the patient'}, until {formatWhen(new Date(one.endsAt.getTime() - 1), facts.zone, 'day-short')}</div></div>
              <Form isInline label={`End for ${names.get(one.personId) ?? 'this person'}`} prefix={`c${index}-`}><input type="hidden" name="proxy" value={one.id} /><Button kind="secondary" name="access" value="end-proxy">End this now</Button></Form>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What the patient's page says after a button of the section, by `?said=`. */
export const accessSaid: Readonly<Record<string, string>> = {
  mail: 'The letter is on its way by mail.', revoke: 'The letter is taken back. Its code opens nothing.', unlock: 'The wrong tries are forgotten. They can try again now.',
  shut: 'The account is shut. Nobody signs in with it.',
  'take-back': 'That is taken back. The link and its code open nothing.',
  email: 'The e-mail of the account is changed. The old address is told.', 'end-proxy': 'That is ended. They no longer see this record.',
}

/** Does what the section's buttons say. */
export async function handlePatientAccess(ctx: StaffCtx, form: FormData, facts: PatientAccessFacts): Promise<Answer> {
  mustBeAbleTo(ctx, giveAccess)
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const wish = text('access')
  const back = (said: string) => seeOther(`/console/patients/${facts.patientId}${said in accessSaid ? `?said=${said}` : ''}`)
  if (wish === 'revoke') { await revokeLetters(ctx, facts.patientId); return back(wish) }
  if (wish === 'shut') return back((await shutAccount(ctx, facts.patientId)).ok ? wish : '')
  if (wish === 'end-proxy') return back((await endCaregiver(ctx, facts.patientId, text('proxy'))) ? wish : '')
  if (wish === 'take-back') { await takeBack(ctx, text('invitation'), facts.patientId); return back(wish) }
  if (wish === 'parent') {
    const told = await handleParent(ctx, form, facts)
    return 'problems' in told ? showAgain(ctx, facts, { ...told, parent: true }) : told
  }
  const check = readCheck(text('check'))
  const values = { check: text('check'), email: text('email') }
  if (!check) return showAgain(ctx, facts, { problems: { check: 'Say how you checked who it is.' }, values })
  const outcome = await act(ctx, wish, facts, check, values.email)
  if (outcome === undefined) return back('')
  if (outcome.ok) return outcome.code && outcome.expiresAt ? showLetter(ctx, facts, outcome.code, outcome.expiresAt) : back(wish)
  return showAgain(ctx, facts, { problems: problemOf[outcome.reason], values })
}

type Done = { ok: true; code?: string; expiresAt?: Date } | { ok: false; reason: keyof typeof problemOf } | undefined
async function act(ctx: StaffCtx, wish: string, facts: PatientAccessFacts, check: IdentityCheck, email: string): Promise<Done> {
  const { patientId, locale, birthDate } = facts
  if (wish === 'unlock') return unlockAccount(ctx, { patientId, check })
  if (wish === 'email') return changeMailbox(ctx, { patientId, email, locale, check })
  if (birthDate === null) return undefined
  if (wish === 'letter') return giveLetter(ctx, { ...facts, birthDate, check })
  return wish === 'mail' ? mailLetter(ctx, { ...facts, birthDate, check }) : undefined
}

const problemOf: Record<'minor' | 'works-here' | 'no-account' | 'bad-email' | 'email-taken' | 'no-email', Problems> = {
  minor: { '': 'No letter for somebody under 18 yet. For a child under 12, ask a parent. For ages 12 to 17 nobody is let in yet.' },
  'works-here': { '': 'This patient works here: look after their sign-in under People and roles.' },
  'no-account': { '': 'There is no account yet. Make a letter.' },
  'bad-email': { email: 'Write an e-mail address like ana@example.org.' },
  'email-taken': { email: 'Somebody signs in with this address. Make a letter instead: it lets them choose a name to sign in with.' },
  'no-email': { '': 'There is no e-mail in the record. Print the letter.' },
}

/** Ends a caregiver of this patient, and of no other: false when they were none of this patient's. */
async function endCaregiver(ctx: StaffCtx, patientId: string, proxyId: string): Promise<boolean> {
  const isTheirs = (await listProxies(ctx, patientId)).some(one => one.id === proxyId)
  if (isTheirs) await stopActingFor(ctx, proxyId)
  return isTheirs
}

async function showAgain(ctx: StaffCtx, facts: PatientAccessFacts, told: Told): Promise<Answer> {
  return ctx.house.shell.console(ctx, { title: facts.name, current: '/console/patients', status: 422 },
    <>
      <PageHead title={facts.name} back={{ href: `/console/patients/${facts.patientId}`, words: facts.name }} />
      {await patientAccess(ctx, facts, told)}
    </>)
}

/** The letter, in both languages, the patient's first, once: the code is not kept and cannot be shown again. */
async function showLetter(ctx: StaffCtx, { patientId, name, zone, locale: own, from }: PatientAccessFacts, code: string, expiresAt: Date): Promise<Answer> {
  const address = `${new URL(baseOf(ctx.house.config, 'portal')).host}/activate`
  return ctx.house.shell.console(ctx, { title: 'Letter', current: '/console/patients' },
    <article className="letter">
      <div className="no-print"><PageHead title="Letter" back={{ href: `/console/patients/${patientId}`, words: name }} /><Notice tone="info" title="Print this now. The code is shown this once." /></div>
      <address className="letter-from"><strong>{from.name}</strong>{[...from.address, ...(from.phone ? [from.phone.text] : [])].map(line => <span key={line}>{line}</span>)}</address>
      <h2>{words(own)('accounts.letter.dear', { name })}</h2>
      {[own, own === 'en' ? 'es' as const : 'en' as const].map(locale => {
        const say = words(locale)
        return <section key={locale} lang={locale}><h3>{say('accounts.letter.title')}</h3><p>{say('accounts.letter.how', { address })}</p><p>{say('accounts.letter.until', { when: formatWhen(expiresAt, zone, 'day', locale) })}</p>{from.phone && <p>{say('accounts.letter.questions', { practice: from.name, phone: from.phone.text })}</p>}</section>
      })}
      <p className="letter-code"><code>{groupCode(code)}</code></p>
      <QrCode content={letterAddress(ctx, code, own)} label={words(own)('accounts.letter.qr')} />
    </article>)
}
