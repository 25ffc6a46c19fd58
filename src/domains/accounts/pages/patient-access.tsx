import QRCode from 'qrcode'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { Answer } from '#platform/answer.ts'
import { formatWhen } from '#platform/when.ts'
import { words } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { Section } from '#ui/things.tsx'
import { makeLetter, revokeLetters } from '../activate-account.ts'
import { groupCode } from '../shared.ts'

export type PatientAccessFacts = { patientId: string; name: string; birthDate: string | null; email: string | null; locale: 'en' | 'es'; zone: string }

type State = { hasAccount: boolean; letterUntil: Date | null }
async function stateOf(ctx: Ctx, patientId: string): Promise<State> {
  const { rows } = await sql<State>`
    select exists (select from accounts.person where patient_id = ${patientId}::uuid) as "hasAccount",
      (select max(expires_at) from accounts.activation where patient_id = ${patientId}::uuid and used_at is null and revoked_at is null and expires_at > ${ctx.now()}) as "letterUntil"
  `.execute(ctx.db.kysely)
  return rows[0]!
}

/** What the front desk can do for a patient's way in. */
export async function patientAccess(ctx: Ctx<StaffActor>, { patientId, birthDate, zone }: PatientAccessFacts) {
  const state = await stateOf(ctx, patientId)
  return (
    <Section title="Way in to the portal">
      <p>{state.hasAccount ? 'This patient has an account. A new letter lets them choose a new password or passkey.' : 'This patient has no account yet.'}{state.letterUntil && ` A letter is good until ${formatWhen(state.letterUntil, zone, 'moment')}.`}</p>
      {birthDate === null ? <Notice tone="notice" title="Without a birth date no letter can be made." /> : (
        <Form label="Letter">
          <p>Check who it is first: a photo, or two facts only they know.</p>
          <Actions>
            <Button kind="secondary" icon="printer" name="access" value="letter">I have checked. Make a letter</Button>
            {state.letterUntil && <Button kind="quiet" name="access" value="revoke">Take the letter back</Button>}
          </Actions>
        </Form>
      )}
    </Section>
  )
}

/** Does what the section's buttons say; undefined when it was none of them. */
export async function handlePatientAccess(ctx: Ctx<StaffActor>, form: FormData, facts: PatientAccessFacts): Promise<Answer | undefined> {
  const wish = form.get('access')
  if (wish === 'revoke') { await revokeLetters(ctx, facts.patientId); return undefined }
  if (wish !== 'letter' || facts.birthDate === null) return undefined
  const letter = await makeLetter(ctx, { patientId: facts.patientId, name: facts.name, birthDate: facts.birthDate, email: facts.email, locale: facts.locale, zone: facts.zone })
  if (!letter.ok) return ctx.house.shell.console(ctx, { title: facts.name, current: '/console/patients', status: 409 }, <Notice tone="notice" title="No letter for somebody under 18 yet.">Parents of a child under 12 get an account of their own. For ages 12 to 17 nothing is opened until the rules for teens are built.</Notice>)
  return showLetter(ctx, facts, letter.code, letter.expiresAt)
}

/** The letter, in both languages, once: the code is not kept and cannot be shown again. */
async function showLetter(ctx: Ctx<StaffActor>, { name, zone }: PatientAccessFacts, code: string, expiresAt: Date): Promise<Answer> {
  const address = `${ctx.house.config.publicUrl}/activate`
  const qr = await QRCode.toString(address, { type: 'svg', margin: 1 })
  return ctx.house.shell.console(ctx, { title: 'Letter', current: '/console/patients' },
    <article className="letter">
      <Notice tone="info" title="Print this now. The code is shown this once." />
      <h1>{name}</h1>
      {(['en', 'es'] as const).map(locale => {
        const say = words(locale)
        return <section key={locale} lang={locale}><h2>{say('accounts.letter.title')}</h2><p>{say('accounts.letter.how', { address })}</p><p>{say('accounts.letter.until', { when: formatWhen(expiresAt, zone, 'day', locale) })}</p></section>
      })}
      <p className="letter-code"><code>{groupCode(code)}</code></p>
      <div className="qr" dangerouslySetInnerHTML={{ __html: qr }} />
    </article>)
}
