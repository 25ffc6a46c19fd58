import { createHash, randomInt } from 'node:crypto'
import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, ProxyActor, StaffActor } from '#platform/ctx.ts'
import { attempt, inTransaction, speakAs, sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { dayIn, isDay } from '#platform/when.ts'
import { giveAccess } from './access.ts'
import { hashPassword, passwordProblem, type PasswordProblem } from './check-password.ts'
import { ageOn, codeAlphabet, codeLength, readCode } from './shared.ts'
import { makeTicket, readTicket } from './sealed-ticket.ts'
import type { Where } from './sign-in.ts'
import { startSession, type Started } from './start-session.ts'
import { db } from './tables.ts'
import { keepPasskey } from './use-passkey.ts'

const daysValid = 7
const hashCode = (code: string): Buffer => createHash('sha256').update(`rapport activation ${code}`).digest()
/** 24 letters of an alphabet of 31: 118 bits. */
const newCode = (): string => Array.from({ length: codeLength }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('')

export type Letter = { id: string; code: string; expiresAt: Date }
export type LetterFor = {
  patientId: string
  name: string
  birthDate: string
  email: string | null
  locale: 'en' | 'es'
  /** The practice's zone: birthdays are counted there. */
  zone: string
}

/** Makes the letter that opens a patient's account; an earlier one dies. Minors get none until the rules for teens are built. */
export function makeLetter(ctx: Ctx<StaffActor>, wish: LetterFor): Promise<({ ok: true } & Letter) | Refused<'minor'>> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, giveAccess)
    if (ageOn(wish.birthDate, dayIn(tx.now(), wish.zone)) < 18) return refused('minor')
    await db(tx).updateTable('accounts.activation').set({ revoked_at: tx.now() })
      .where('patient_id', '=', wish.patientId).where('used_at', 'is', null).where('revoked_at', 'is', null).execute()
    const code = newCode()
    const expiresAt = new Date(tx.now().getTime() + daysValid * 86_400_000)
    const { id } = await db(tx).insertInto('accounts.activation').values({
      code_hash: hashCode(code), patient_id: wish.patientId, name: wish.name, birth_date: wish.birthDate, email: wish.email?.toLowerCase() ?? null, locale: wish.locale,
      made_at: tx.now(), made_by: tx.actor.personId, expires_at: expiresAt, used_at: null, revoked_at: null,
    }).returning('id').executeTakeFirstOrThrow()
    await audit(tx, 'account.letter-made', { patientId: wish.patientId, kind: 'letter', ids: [id] })
    return { ok: true, id, code, expiresAt } as const
  })
}

export function revokeLetters(ctx: Ctx<StaffActor>, patientId: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, giveAccess)
    await db(tx).updateTable('accounts.activation').set({ revoked_at: tx.now() }).where('patient_id', '=', patientId).where('used_at', 'is', null).where('revoked_at', 'is', null).execute()
    await audit(tx, 'account.letter-revoked', { patientId })
  })
}

type Checked = { id: string; patient_id: string; name: string; email: string | null; locale: 'en' | 'es'; existing_person: string | null }
export type LetterCheck = { ok: true; name: string; email: string | null; locale: 'en' | 'es'; isNew: boolean; seen: string } | Refused<'not-found'> | { ok: false; reason: 'too-many'; retryAfterSeconds: number }

async function readLetter(tx: Ctx, typed: string, birthDate: string): Promise<Checked | undefined> {
  const code = readCode(typed)
  // A code of the wrong form takes the same way through the database as a right one.
  const { rows } = await sql<Checked>`
    select id, patient_id, name, email, locale, existing_person
    from accounts.door_check_activation(${hashCode(code ?? 'none')}, ${isDay(birthDate) ? birthDate : null}::date)
  `.execute(tx.db.kysely)
  return rows[0]
}

type Shown = { code: string; birthDate: string; seen?: string | undefined }
const seenAs = ({ code, birthDate }: Shown): string => hashCode(`seen ${readCode(code)} ${birthDate}`).toString('hex')
/** Each guess takes a turn. Who has shown that code and date belong together carries that along, so that choosing a name or a password takes none. */
async function takeGuess(ctx: Ctx, shown: Shown, where: Where): Promise<{ ok: false; reason: 'too-many'; retryAfterSeconds: number } | undefined> {
  if (shown.seen && readTicket(ctx, shown.seen)?.value === seenAs(shown)) return undefined
  const code = readCode(shown.code)
  // What cannot be a code is nobody's: those who mistype do not wait for one another.
  const turn = await takeTurn(ctx, 'activation', { ...(code && { account: code }), address: where.clientAddress })
  return turn.ok ? undefined : { ok: false, reason: 'too-many', retryAfterSeconds: turn.retryAfterSeconds }
}

/** Whether a code and a birth date belong together. What is wrong is never said: a code, a date, both look alike. */
export async function checkLetter(ctx: Ctx, shown: Shown, where: Where): Promise<LetterCheck> {
  const wait = await takeGuess(ctx, shown, where)
  if (wait) return wait
  return inTransaction(ctx, async tx => {
    const letter = await readLetter(tx, shown.code, shown.birthDate)
    if (!letter) return refused('not-found')
    return { ok: true, name: letter.name, email: letter.email, locale: letter.locale, isNew: letter.existing_person === null, seen: makeTicket(ctx, { personId: null, value: seenAs(shown) }, 30) } as const
  })
}

export type Activation = Shown & { signInName: string | null; password: string | null; passkey: { ticket: string; response: string } | null }
export type ActivationRefusal = Refused<'not-found' | 'name-taken' | 'passkey-not-accepted' | PasswordProblem> | { ok: false; reason: 'too-many'; retryAfterSeconds: number }

/** Opens the account with a password or a passkey, uses the letter up and signs the patient in. */
export async function activateAccount(ctx: Ctx, wish: Activation, where: Where): Promise<({ ok: true } & Started) | ActivationRefusal> {
  const wait = await takeGuess(ctx, wish, where)
  if (wait) return wait
  const hash = wish.passkey ? null : await hashPassword(wish.password ?? '')
  try {
    const outcome = await inTransaction(ctx, tx => attempt(tx, inner => open(inner, wish, hash, where)))
    return outcome.ok ? outcome.value : refused('name-taken')
  } catch (error) {
    if (error instanceof PasskeyRefused) return refused('passkey-not-accepted')
    throw error
  }
}

async function open(tx: Ctx, wish: Activation, hash: string | null, where: Where): Promise<({ ok: true } & Started) | ActivationRefusal> {
  const letter = await readLetter(tx, wish.code, wish.birthDate)
  const code = readCode(wish.code)
  if (!letter || !code) return refused('not-found')
  if (!wish.passkey) {
    const problem = passwordProblem(wish.password ?? '', { hasSecondFactor: false, own: [letter.name, letter.email ?? '', wish.signInName ?? ''] })
    if (problem) return refused(problem)
  }
  const { rows } = await sql<{ person: string | null }>`
    select accounts.door_activate(${hashCode(code)}, ${wish.birthDate}::date, ${letter.existing_person ? null : wish.signInName}, ${hash}) as person
  `.execute(tx.db.kysely)
  const personId = rows[0]?.person
  if (!personId) return refused('not-found')   // somebody who works here by now
  const started = await startSession(tx, personId, { isStrong: wish.passkey !== null, userAgent: where.userAgent, how: 'activation' })
  const actor: PatientActor | ProxyActor = { kind: 'patient', personId, patientId: letter.patient_id, sessionId: letter.id }
  const mine = await speakAs(tx, actor)
  if (wish.passkey) {
    const kept = await keepPasskey(mine, personId, { ...wish.passkey, name: '' })
    if (!kept.ok) throw new PasskeyRefused()
  }
  await audit(mine, 'account.activated', { patientId: letter.patient_id, kind: 'person', ids: [personId] })
  return { ok: true, ...started, landing: '/portal' }
}

/** Undoes the activation: the letter stays good for another try. */
class PasskeyRefused extends Error { override name = 'PasskeyRefused' }
