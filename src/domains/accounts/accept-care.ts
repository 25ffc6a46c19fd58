import { audit } from '#platform/audit.ts'
import type { Ctx, VisitorActor } from '#platform/ctx.ts'
import { attempt, inTransaction, speakAs, sql } from '#platform/db.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { hashToken } from '#platform/session.ts'
import { hashPassword, passwordProblem, type PasswordProblem } from './check-password.ts'
import type { Entered } from './enter-with-token.ts'
import { hashCareCode } from './name-caregiver.ts'
import { makeTicket, readTicket } from './sealed-ticket.ts'
import type { Where } from './sign-in.ts'
import { startSession, type Started } from './start-session.ts'
import { isSignInName } from './shared.ts'
import { keepPasskey } from './use-passkey.ts'

type Held = { id: string; patient_id: string; name: string; email: string | null; needs_name: boolean }
/** `seen`: what the page before says of link and code, so that choosing a name or a password takes no turn. */
export type Key = { link: string; code: string; seen?: string | undefined }
export type TooMany = { ok: false; reason: 'too-many'; retryAfterSeconds: number }

/** Whether the link of an invitation still works. It says nothing of what it is for. */
export const isLiveCare = (ctx: Ctx, link: string): Promise<boolean> =>
  inTransaction(ctx, async tx => {
    const { rows } = await sql<{ live: boolean }>`select accounts.door_care_is_live(${hashToken(link)}) as live`.execute(tx.db.kysely)
    return rows[0]?.live === true
  })

async function readCare(tx: Ctx, { link, code }: Key): Promise<Held | undefined> {
  const { rows } = await sql<Held>`select id, patient_id, name, email, needs_name from accounts.door_check_care(${hashToken(link)}, ${hashCareCode(link, code)})`.execute(tx.db.kysely)
  return rows[0]
}

const seenAs = ({ link, code }: Key): string => `care ${hashCareCode(link, code).toString('hex')}`
async function turn(ctx: Ctx, key: Key, where: Where): Promise<TooMany | undefined> {
  if (key.seen && readTicket(ctx, key.seen)?.value === seenAs(key)) return undefined
  const taken = await takeTurn(ctx, 'activation', { account: hashToken(key.link).toString('hex'), address: where.clientAddress })
  return taken.ok ? undefined : { ok: false, reason: 'too-many', retryAfterSeconds: taken.retryAfterSeconds }
}

/** Whether link and code belong together, and what a new sign-in needs. */
export async function checkCare(ctx: Ctx, key: Key, where: Where): Promise<{ ok: true; name: string; needsName: boolean; seen: string } | Refused<'wrong'> | TooMany> {
  const wait = await turn(ctx, key, where)
  if (wait) return wait
  return inTransaction(ctx, async tx => {
    const held = await readCare(tx, key)
    return held ? { ok: true, name: held.name, needsName: held.needs_name, seen: makeTicket(ctx, { personId: null, value: seenAs(key) }, 30) } as const : refused('wrong')
  })
}

/** The yes of somebody who is signed in. */
export async function acceptCare(tx: Entered, key: Key, where: Where): Promise<{ ok: true } | Refused<'wrong'> | TooMany> {
  const wait = await turn(tx, key, where)
  if (wait) return wait
  const { rows } = await sql<{ patient: string | null }>`select accounts.door_accept_care(${hashToken(key.link)}, ${hashCareCode(key.link, key.code)}) as patient`.execute(tx.db.kysely)
  const patientId = rows[0]?.patient
  if (!patientId) return refused('wrong')
  await audit(tx, 'account.proxy-named', { patientId, kind: 'person', ids: [tx.actor.personId] })
  return { ok: true }
}

export type NewCaregiver = Key & { name: string; signInName: string | null; password: string | null; passkey: { ticket: string; response: string } | null; locale: 'en' | 'es' }
export type CareRefusal = Refused<'wrong' | 'bad-name' | 'name-bad' | 'name-taken' | 'passkey-not-accepted' | PasswordProblem> | TooMany

/** The yes of somebody who has no sign-in yet: it opens one, with a passkey or a password, and signs them in. */
export async function openCare(ctx: Ctx<VisitorActor>, wish: NewCaregiver, where: Where): Promise<({ ok: true } & Started) | CareRefusal> {
  const wait = await turn(ctx, wish, where)
  if (wait) return wait
  const hash = wish.passkey ? null : await hashPassword(wish.password ?? '')
  try {
    const outcome = await inTransaction(ctx, tx => attempt(tx, inner => open(inner as Ctx<VisitorActor>, wish, hash, where)))
    return outcome.ok ? outcome.value : refused('name-taken')
  } catch (error) {
    if (error instanceof PasskeyRefused) return refused('passkey-not-accepted')
    throw error
  }
}

async function open(tx: Ctx<VisitorActor>, wish: NewCaregiver, hash: string | null, where: Where): Promise<({ ok: true } & Started) | CareRefusal> {
  const held = await readCare(tx, wish)
  if (!held) return refused('wrong')
  const called = wish.name.trim()
  if (called.length === 0 || called.length > 120) return refused('bad-name')
  if (held.needs_name && !isSignInName(wish.signInName)) return refused('name-bad')
  const signInName = held.needs_name ? wish.signInName : null
  if (!wish.passkey) {
    const problem = passwordProblem(wish.password ?? '', { hasSecondFactor: false, own: [called, held.email ?? '', signInName ?? ''] })
    if (problem) return refused(problem)
  }
  const { rows } = await sql<{ person: string | null }>`
    select accounts.door_open_care(${hashToken(wish.link)}, ${hashCareCode(wish.link, wish.code)}, ${called}, ${signInName}, ${hash}, ${wish.locale}) as person
  `.execute(tx.db.kysely)
  const personId = rows[0]?.person
  if (!personId) return refused('wrong')
  const started = await startSession(tx, personId, { isStrong: wish.passkey !== null, userAgent: where.userAgent, how: 'activation' })
  const mine = await speakAs(tx, { kind: 'proxy', personId, patientId: held.patient_id, sessionId: held.id })
  if (wish.passkey && !(await keepPasskey(mine, personId, { ...wish.passkey, name: '' })).ok) throw new PasskeyRefused()
  await audit(mine, 'account.proxy-named', { patientId: held.patient_id, kind: 'person', ids: [personId] })
  return { ok: true, ...started }
}

/** Undoes the opening: the link stays good for another try. */
class PasskeyRefused extends Error { override name = 'PasskeyRefused' }
