import { generateAuthenticationOptions, generateRegistrationOptions, verifyAuthenticationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { db } from './tables.ts'
import { makeTicket, readTicket, spendTicket } from './sealed-ticket.ts'
import type { Where } from './sign-in.ts'
import { startSession, type Started } from './start-session.ts'

/** What a browser is asked for, as JSON for the page, and the ticket that comes back with its answer. */
export type Challenge = { options: string; ticket: string }

type Asked = Pick<Ctx, 'house' | 'origin'>
/** The main address's name, which serves every address below it too, so that a passkey outlives the day a face gets its own; elsewhere the face's own name. */
function rpIdOf({ house, origin = house.config.publicUrl }: Asked): string {
  const [main, own] = [new URL(house.config.publicUrl).hostname, new URL(origin).hostname]
  return own.endsWith(`.${main}`) ? main : own
}
/** Where faces have addresses of their own, the one that was asked. */
const originsOf = ({ house: { config }, origin }: Asked): string[] =>
  (origin !== undefined && (config.portalUrl ?? config.consoleUrl) !== undefined ? [new URL(origin).origin] : config.origins)

function parse<T>(response: string): T | undefined {
  if (response.length > 20_000) return undefined
  try { return JSON.parse(response) as T } catch { return undefined }
}

/** Asks for a passkey of anybody's: the browser offers those it has for this place. */
export async function askForPasskey(ctx: Ctx): Promise<Challenge> {
  const options = await generateAuthenticationOptions({ rpID: rpIdOf(ctx), userVerification: 'required' })
  return { options: JSON.stringify(options), ticket: makeTicket(ctx, { personId: null, value: options.challenge }, 15) }
}

type Passkey = { id: string; person_id: string; public_key: Buffer; counter: number; transports: string[] }

/** Whose passkey answered the ticket's challenge; undefined when none of ours did. The ticket is used up either way. */
export async function personOfPasskey(tx: Ctx, { ticket, response }: { ticket: string; response: string }): Promise<string | undefined> {
  const held = await spendTicket(tx, ticket)
  const answer = parse<AuthenticationResponseJSON>(response)
  if (!held?.value || typeof answer?.id !== 'string') return undefined
  const { rows } = await sql<Passkey>`select id, person_id, public_key, counter, transports from accounts.door_passkey(${answer.id})`.execute(tx.db.kysely)
  const key = rows[0]
  if (!key) return undefined
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer, expectedChallenge: held.value, expectedOrigin: originsOf(tx), expectedRPID: rpIdOf(tx), requireUserVerification: true,
      credential: { id: key.id, publicKey: new Uint8Array(key.public_key), counter: key.counter },
    })
    if (!verified) return undefined
    await sql`select accounts.door_passkey_used(${key.id}, ${authenticationInfo.newCounter}::bigint)`.execute(tx.db.kysely)
    return key.person_id
  } catch {
    return undefined   // a forged or foreign answer, said no more of
  }
}

export async function signInWithPasskey(ctx: Ctx, answer: { ticket: string; response: string }, where: Where): Promise<({ ok: true } & Started) | Refused<'wrong'> | { ok: false; reason: 'too-many'; retryAfterSeconds: number }> {
  const turn = await takeTurn(ctx, 'sign-in', { address: where.clientAddress })
  if (!turn.ok) return { ok: false, reason: 'too-many', retryAfterSeconds: turn.retryAfterSeconds }
  return inTransaction(ctx, async tx => {
    const personId = await personOfPasskey(tx, answer)
    if (!personId) {
      await audit(tx, 'sign-in.passkey-refused')
      return refused('wrong')
    }
    return { ok: true, ...(await startSession(tx, personId, { isStrong: true, userAgent: where.userAgent, how: 'passkey' })) } as const
  })
}

/** Asks a browser to make a passkey for this person (or for one about to be made). Passkeys they have are not offered again. */
export async function askForNewPasskey(tx: Ctx, { personId, name, has = [] }: { personId: string | null; name: string; has?: readonly { id: string; transports: string[] }[] }): Promise<Challenge> {
  const options = await generateRegistrationOptions({
    rpName: 'Rapport', rpID: rpIdOf(tx), userName: name, userDisplayName: name, attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: has.map(({ id, transports }) => ({ id, transports })),
  })
  return { options: JSON.stringify(options), ticket: makeTicket(tx, { personId, value: options.challenge }, 15) }
}

/** Keeps a passkey that answers the ticket's challenge, for the person the transaction speaks for. */
export async function keepPasskey(tx: Ctx, personId: string, { ticket, response, name }: { ticket: string; response: string; name: string }): Promise<{ ok: true; id: string } | Refused<'not-accepted'>> {
  const asked = readTicket(tx, ticket)
  const answer = parse<RegistrationResponseJSON>(response)
  if (!asked?.value || (asked.personId !== null && asked.personId !== personId) || !answer) return refused('not-accepted')
  const held = await spendTicket(tx, ticket)
  if (!held) return refused('not-accepted')
  try {
    const checked = await verifyRegistrationResponse({ response: answer, expectedChallenge: held.value, expectedOrigin: originsOf(tx), expectedRPID: rpIdOf(tx), requireUserVerification: true })
    if (!checked.verified) return refused('not-accepted')
    const { credential, credentialBackedUp } = checked.registrationInfo
    await db(tx).insertInto('accounts.passkey').values({
      id: credential.id, person_id: personId, name: name.trim().slice(0, 80) || 'Passkey', public_key: Buffer.from(credential.publicKey), counter: credential.counter,
      transports: credential.transports ?? [], is_backed_up: credentialBackedUp, created_at: tx.now(), used_at: null,
    }).execute()
    await audit(tx, 'account.passkey-added', { kind: 'person', ids: [personId] })
    return { ok: true, id: credential.id }
  } catch (error) {
    if ((error as { code?: string }).code) throw error   // the database's, not the passkey's
    return refused('not-accepted')
  }
}
