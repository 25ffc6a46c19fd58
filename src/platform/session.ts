import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import type { Actor, Role, SessionFacts } from '#platform/ctx.ts'

/** The house's one cookie. Its value is a random token that the database knows only as a hash. */
export const cookieName = (isHttps: boolean): string => (isHttps ? '__Host-rapport' : 'rapport')

/** 256 bits, new at every sign-in. */
export const newToken = (): string => randomBytes(32).toString('base64url')
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest()

export function tokenFrom(cookieHeader: string | undefined, isHttps: boolean): string | undefined {
  const name = cookieName(isHttps)
  for (const part of (cookieHeader ?? '').split(';')) {
    const [key, value] = part.trim().split('=')
    if (key === name && value && /^[A-Za-z0-9_-]{43}$/.test(value)) return value
  }
  return undefined
}

/** The header that gives a browser its token, or takes it away when there is none. Ends with the browser's own session. */
export function cookieFor(token: string | null, isHttps: boolean): string {
  const common = `Path=/; HttpOnly; SameSite=Lax${isHttps ? '; Secure' : ''}`
  return token === null ? `${cookieName(isHttps)}=; Max-Age=0; ${common}` : `${cookieName(isHttps)}=${token}; ${common}`
}

export type Face = 'portal' | 'console'

/** The opening batch of a signed-in request: the time, then the session's person for the rest of the transaction. `isQuiet`: nobody did this by hand, and it keeps no session alive. */
export function enterAs(token: string | undefined, face: Face, now: Date, { isQuiet = false } = {}): string {
  const at = pg.escapeLiteral(now.toISOString())
  const start = `select set_config('rapport.kind', 'visitor', true), set_config('rapport.now', ${at}, true)${isQuiet ? ", set_config('rapport.quiet', 'yes', true)" : ''}`
  if (!token) return start
  return `${start}; select * from platform.enter('\\x${hashToken(token).toString('hex')}', '${face}', ${at})`
}

export function sessionFrom(row: Record<string, unknown> | undefined): SessionFacts | undefined {
  if (!row?.session_id) return undefined
  return {
    id: row.session_id as string,
    personId: row.person_id as string,
    name: row.name as string,
    locale: row.locale as 'en' | 'es',
    roles: row.roles as Role[],
    actingFor: row.acting_for as string | null,
    isStrong: row.is_strong as boolean,
    provenAt: row.proven_at as Date,
    idleUntil: row.idle_until as Date,
    absoluteUntil: row.absolute_until as Date,
  }
}

/** Who a session speaks for at a face; nobody, where it may not go. */
export function actorOf(session: SessionFacts | undefined, face: Face, row: Record<string, unknown> | undefined): Actor | undefined {
  if (!session) return undefined
  const shared = { personId: session.personId, sessionId: session.id }
  if (face === 'console') return session.roles.length > 0 && session.isStrong ? { kind: 'staff', roles: session.roles, ...shared } : undefined
  if (!session.actingFor) return undefined
  return { kind: row!.acting_as as 'patient' | 'proxy', patientId: session.actingFor, ...shared }
}
