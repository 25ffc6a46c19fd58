import { randomBytes } from 'node:crypto'
import { hashToken, newToken } from '#platform/session.ts'
import type { BenchHouse } from './house.ts'

type Who = { personId: string; name: string; roles: readonly string[]; actingFor?: string }

/** Live sessions made directly: signing in is measured by nobody here. Gives a cookie for each. */
export async function giveSessions(house: BenchHouse, people: readonly Who[]): Promise<string[]> {
  const tokens = people.map(() => newToken())
  await house.owner.query(
    `insert into platform.session (token_hash, person_id, name, locale, roles, acting_for, acting_as, is_strong, device, created_at, seen_at, idle_minutes, absolute_until, proven_at)
     select hash, person, name, 'en', string_to_array(roles, ','), patient, case when patient is null then null else 'patient' end, true, 'bench', now(), now(), 30, now() + interval '12 hours', now()
     from unnest($1::bytea[], $2::uuid[], $3::text[], $4::text[], $5::uuid[]) as s (hash, person, name, roles, patient)`,
    [tokens.map(hashToken), people.map(one => one.personId), people.map(one => one.name), people.map(one => one.roles.join(',')), people.map(one => one.actingFor ?? null)])
  return tokens.map(token => `rapport=${token}`)
}

/** A session of one of the demo's people. */
export async function signInAs(house: BenchHouse, email: string): Promise<string> {
  const { rows } = await house.owner.query<{ id: string; name: string; roles: string[] }>('select p.id, p.name, array_agg(r.role) as roles from accounts.person p join accounts.person_role r on r.person_id = p.id where p.email = $1 group by p.id', [email])
  const [cookie] = await giveSessions(house, [{ personId: rows[0]!.id, name: rows[0]!.name, roles: rows[0]!.roles }])
  return cookie!
}

export const seed = (): string => randomBytes(4).toString('hex')
