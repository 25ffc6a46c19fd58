import { randomUUID } from 'node:crypto'
import type { Role } from '#platform/ctx.ts'
import { hashToken, newToken } from '#platform/session.ts'
import type { TestHouse } from '#test/ctx.ts'

export type SignedIn = { personId: string; sessionId: string; cookie: string; get: (path: string) => Promise<Response>; post: (path: string, fields: Record<string, string>) => Promise<Response> }

type Wish = { personId?: string; name?: string; roles?: readonly Role[]; actingFor?: string; actingAs?: 'patient' | 'proxy'; locale?: 'en' | 'es'; isStrong?: boolean }

/** A live session, made directly: for tests that are not about signing in. */
export async function signedInAs(running: TestHouse & { url: string }, { personId = randomUUID(), name = 'Test Person', roles = [], actingFor, actingAs = 'patient', locale = 'en', isStrong = true }: Wish): Promise<SignedIn> {
  const token = newToken()
  const now = running.house.now()
  const { rows } = await running.db.owner.query(
    `insert into platform.session (token_hash, person_id, name, locale, roles, acting_for, acting_as, is_strong, device, created_at, seen_at, idle_minutes, absolute_until, proven_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'a test', $9, $9, 15, $9::timestamptz + interval '12 hours', $9) returning id`,
    [hashToken(token), personId, name, locale, roles, actingFor ?? null, actingFor ? actingAs : null, isStrong, now])
  const cookie = `rapport=${token}`
  return {
    personId, sessionId: rows[0].id, cookie,
    get: path => fetch(running.url + path, { headers: { cookie }, redirect: 'manual' }),
    post: (path, fields) => fetch(running.url + path, { method: 'POST', headers: { cookie, origin: running.url }, body: new URLSearchParams({ _once: randomUUID(), ...fields }), redirect: 'manual' }),
  }
}
