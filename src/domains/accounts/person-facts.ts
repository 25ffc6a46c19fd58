import type { Ctx, Role } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'

export type PersonFacts = {
  id: string
  name: string
  email: string | null
  locale: 'en' | 'es'
  patientId: string | null
  roles: Role[]
  totpSecret: Buffer | null
  passkeys: number
  isDisabled: boolean
  passwordHash: string | null
  /** Patients this person is a caregiver of, now. */
  actsFor: string[]
}

/** One person, for the visitor who is proving to be them and for the person themselves. */
export async function personFacts(tx: Ctx, personId: string): Promise<PersonFacts | undefined> {
  const { rows } = await sql<{ id: string; name: string; email: string | null; locale: 'en' | 'es'; patient_id: string | null; roles: Role[]; totp_secret: Buffer | null; passkeys: number; is_disabled: boolean; password_hash: string | null; acts_for: string[] }>`
    select id, name, email, locale, patient_id, roles, totp_secret, passkeys, is_disabled, password_hash, acts_for
    from accounts.door_person(${personId}::uuid)
  `.execute(tx.db.kysely)
  const row = rows[0]
  return row && {
    id: row.id, name: row.name, email: row.email, locale: row.locale, patientId: row.patient_id, roles: row.roles, totpSecret: row.totp_secret,
    passkeys: row.passkeys, isDisabled: row.is_disabled, passwordHash: row.password_hash, actsFor: row.acts_for,
  }
}
