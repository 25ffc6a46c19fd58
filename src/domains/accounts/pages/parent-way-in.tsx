import { type Answer } from '#platform/answer.ts'
import { formatWhen } from '#platform/when.ts'
import { words } from '#platform/words.ts'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Radios } from '#ui/choices.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { askParent, type ParentRefusal } from '../ask-parent.ts'
import { readCheck } from '../help-patient-in.ts'
import { listAsked, type CareInvitation } from '../name-caregiver.ts'
import { QrCode } from './app-secret.tsx'
import { identityChoices, type PatientAccessFacts, type StaffCtx } from './patient-access-facts.ts'

export const teenWords = 'Nobody under 18 gets a letter yet. From 12 on, a teen has a say in what a parent may see, and the rules for that are not built. So no parent is let in either. Help them by telephone or here.'

/** The desk asks a parent of this child. */
export function ParentWayIn({ problems = {}, values = {} }: { problems?: Problems; values?: Values }) {
  return (
    <Section title="Let a parent in" level={3}>
      <Form label="Let a parent in" problems={problems} values={values} prefix="parent-">
        <p>The parent sees the child’s record until the day before the 12th birthday. It ends by itself then. Children under 12 have no account of their own.</p>
        <Radios name="check" label="How did you check who the parent is?" choices={identityChoices} />
        <Field name="name" label="Name of the parent" autoComplete="off" maxLength={120} size="medium" />
        <Field name="email" label="E-mail of the parent" hint="We mail a link, and you tell them the code. Leave it blank for a letter to print. Do they sign in here now? Then they say yes with the account they have." type="email" autoComplete="off" isOptional size="medium" />
        <Actions><Button kind="secondary" icon="users" name="access" value="parent">Ask the parent</Button></Actions>
      </Form>
    </Section>
  )
}

/** Who was asked and has not answered yet. What the patient asked for themselves only they take back. */
export async function Asked({ ctx, facts: { patientId, zone } }: { ctx: StaffCtx; facts: PatientAccessFacts }) {
  const asked = (await listAsked(ctx, patientId)).filter(one => one.basis === 'parent-of-child')
  if (asked.length === 0) return null
  return (
    <Section title="Asked, without an answer yet" level={3}>
      <ul className="rows">
        {asked.map((one, index) => (
          <li key={one.id} className="row">
            <div className="row-body">
              <div className="row-words"><strong>{one.name}</strong><div className="row-detail">{one.email ?? 'By letter'}, can say yes until {formatWhen(one.expiresAt, zone, 'day-short')}</div></div>
              <Form isInline label={`Take back: ${one.name}`} prefix={`i${index}-`}><input type="hidden" name="invitation" value={one.id} /><Button kind="secondary" name="access" value="take-back" label={`Take it back: ${one.name}`}>Take it back</Button></Form>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const problemOf: Record<ParentRefusal['reason'], Problems> = {
  teen: { '': 'No parent is let in for ages 12 to 17.' },
  adult: { '': 'This patient is 18 or older and names a caregiver themselves, in the portal under Settings.' },
  'bad-name': { name: 'Write the name, in up to 120 letters.' },
  'bad-email': { email: 'Write an e-mail address like ana@example.org.' },
  'own-mailbox': { email: 'This is your own address. Ask a colleague to do this for you.' },
}

/** Asks the parent and shows the code this once, or says what is wrong. */
export async function handleParent(ctx: StaffCtx, form: FormData, facts: PatientAccessFacts): Promise<Answer | { problems: Problems; values: Values }> {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const values = { check: text('check'), name: text('name'), email: text('email') }
  const check = readCheck(values.check)
  if (!check) return { problems: { check: 'Say how you checked who it is.' }, values }
  const { patientId, birthDate, zone, locale } = facts
  if (birthDate === null) return { problems: { '': 'Without a birth date no parent is let in.' }, values }
  const asked = await askParent(ctx, { patientId, birthDate, zone, locale, check, name: values.name, email: values.email || null })
  return asked.ok ? showAsked(ctx, facts, values.name, asked) : { problems: problemOf[asked.reason], values }
}

/** The code, and for a letter the link, once: neither is kept. */
function showAsked(ctx: StaffCtx, facts: PatientAccessFacts, parent: string, asked: CareInvitation): Promise<Answer> {
  const { patientId, name } = facts
  const code = asked.code.replace(/(.{3})(?=.)/, '$1-')
  return ctx.house.shell.console(ctx, { title: asked.email ? 'One more thing to do' : 'Letter', current: '/console/patients' },
    asked.email ? (
      <article className="letter">
        <PageHead title="One more thing to do" back={{ href: `/console/patients/${patientId}`, words: name }} lead={`We sent a mail to ${asked.email}. Now tell ${parent} this code yourself. Both are needed.`} />
        <p className="letter-code"><code>{code}</code></p>
        <Notice tone="info" title="The code is shown this once." />
        <Actions><LinkButton href={`/console/patients/${patientId}`}>I have told it</LinkButton></Actions>
      </article>
    ) : <ParentLetter {...{ facts, parent, asked, code }} />)
}

/** In both languages, the record's first. It does not say whose record it opens: a letter may be lost. */
function ParentLetter({ facts: { patientId, name, zone, locale: own, from }, parent, asked, code }: { facts: PatientAccessFacts; parent: string; asked: CareInvitation; code: string }) {
  const lastDay = new Date(asked.endsAt.getTime() - 1)
  return (
    <article className="letter">
      <div className="no-print"><PageHead title="Letter" back={{ href: `/console/patients/${patientId}`, words: name }} /><Notice tone="info" title="Print this now. The code is shown this once." /></div>
      <address className="letter-from"><strong>{from.name}</strong>{[...from.address, ...(from.phone ? [from.phone.text] : [])].map(line => <span key={line}>{line}</span>)}</address>
      <h2>{words(own)('accounts.letter.dear', { name: parent })}</h2>
      {[own, own === 'en' ? 'es' as const : 'en' as const].map(locale => {
        const say = words(locale)
        return (
          <section key={locale} lang={locale}>
            <h3>{say('accounts.parent-letter.title')}</h3>
            <p>{say('accounts.parent-letter.how')}</p>
            <p>{say('accounts.parent-letter.until', { when: formatWhen(asked.expiresAt, zone, 'day', locale) })}</p>
            <p>{say('accounts.parent-letter.end', { day: formatWhen(lastDay, zone, 'day', locale) })}</p>
            {from.phone && <p>{say('accounts.letter.questions', { practice: from.name, phone: from.phone.text })}</p>}
          </section>
        )
      })}
      <p className="letter-code"><code>{code}</code></p>
      <QrCode content={asked.link} label={words(own)('accounts.letter.qr')} />
      <p className="letter-address"><code>{asked.link}</code></p>
    </article>
  )
}
