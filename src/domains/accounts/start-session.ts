import { audit } from '#platform/audit.ts'
import type { Ctx, Role } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { hashToken, newToken } from '#platform/session.ts'
import { NotAllowed } from '#platform/errors.ts'
import { personFacts } from './person-facts.ts'

/** What a fresh session is: the browser's new token, and where the person goes first. */
export type Started = { token: string; personId: string; landing: string; roles: readonly Role[]; isStrong: boolean }
export type Proof = { isStrong: boolean; userAgent: string; how: 'password' | 'code' | 'passkey' | 'activation' | 'invitation' | 'demo' }

const absoluteHours = 12

/** 'Firefox on Windows', for the list of one's own sessions. What a browser says of itself is not kept whole. */
export function deviceWords(userAgent: string): string {
  const browser = /Edg\//.test(userAgent) ? 'Edge' : /Firefox\//.test(userAgent) ? 'Firefox' : /Chrom(e|ium)\//.test(userAgent) ? 'Chrome' : /Safari\//.test(userAgent) ? 'Safari' : 'A browser'
  const system = /iPhone|iPad/.test(userAgent) ? 'iPhone or iPad' : /Android/.test(userAgent) ? 'Android' : /Windows/.test(userAgent) ? 'Windows' : /Mac OS/.test(userAgent) ? 'Mac' : /Linux/.test(userAgent) ? 'Linux' : undefined
  return system ? `${browser} · ${system}` : browser
}

/** Opens a session for a person who has just shown proof: a new token each time, whatever the browser held before. */
export async function startSession(tx: Ctx, personId: string, { isStrong, userAgent, how }: Proof): Promise<Started> {
  const person = await personFacts(tx, personId)
  if (!person || person.isDisabled) throw new NotAllowed('disabled')
  const token = newToken()
  const actingFor = person.patientId ?? person.actsFor[0] ?? null
  const actingAs = actingFor === null ? null : person.patientId ? 'patient' : 'proxy'
  const until = new Date(tx.now().getTime() + absoluteHours * 3_600_000)
  await sql`
    select accounts.door_start_session(${hashToken(token)}, ${personId}::uuid, ${actingFor}::uuid, ${actingAs}, ${isStrong}, ${deviceWords(userAgent)}, ${until}::timestamptz)
  `.execute(tx.db.kysely)
  await sql`select accounts.door_succeeded(${personId}::uuid)`.execute(tx.db.kysely)
  await audit(tx, 'sign-in.done', { kind: 'person', ids: [personId], detail: { how, strong: isStrong } })
  const landing = person.roles.length > 0 ? (isStrong ? '/console' : '/sign-in/second-factor') : '/portal'
  return { token, personId, landing, roles: person.roles, isStrong }
}

/** Ends the session of this token. Ending what has ended changes nothing. */
export const endSession = async (tx: Ctx, token: string, because: 'signed-out' | 'idle'): Promise<void> => {
  await sql`select accounts.door_end_session(${hashToken(token)}, ${because})`.execute(tx.db.kysely)
}

/** Ends every session of a person at once: after a reset, or when they are disabled. */
export const endSessionsOf = async (tx: Ctx, personId: string, because: string): Promise<void> => {
  await sql`select accounts.door_end_sessions_of(${personId}::uuid, ${because})`.execute(tx.db.kysely)
}
