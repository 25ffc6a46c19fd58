import type { Generated } from 'kysely'
import { tablesOf } from '#platform/db.ts'
import type { Role } from '#platform/ctx.ts'

export type AccountsTables = {
  'accounts.person': {
    id: Generated<string>
    name: string
    email: string | null
    sign_in_name: string | null
    locale: 'en' | 'es'
    password_hash: string | null
    patient_id: string | null
    totp_secret: Buffer | null
    totp_last_step: number | null
    created_at: Date
    disabled_at: Date | null
    disabled_by: string | null
  }
  'accounts.person_role': { person_id: string; role: Role; given_at: Date; given_by: string | null }
  'accounts.passkey': { id: string; person_id: string; name: string; public_key: Buffer; counter: number; transports: string[]; is_backed_up: boolean; created_at: Date; used_at: Date | null }
  'accounts.recovery_code': { person_id: string; code_hash: Buffer; used_at: Date | null }
  'accounts.activation': {
    id: Generated<string>
    code_hash: Buffer
    patient_id: string
    name: string
    birth_date: string
    email: string | null
    locale: 'en' | 'es'
    made_at: Date
    made_by: string
    expires_at: Date
    tries: Generated<number>
    used_at: Date | null
    revoked_at: Date | null
  }
  'accounts.proxy': {
    id: Generated<string>
    person_id: string
    patient_id: string
    basis: 'parent-of-child' | 'named-by-adult'
    starts_at: Date
    ends_at: Date
    made_at: Date
    made_by: string | null
    revoked_at: Date | null
    revoked_by: string | null
    invitation_id: Generated<string | null>
  }
  'accounts.care_invitation': {
    id: Generated<string>
    link_hash: Buffer
    code_hash: Buffer
    patient_id: string
    name: string
    email: string | null
    basis: Generated<'parent-of-child' | 'named-by-adult'>
    ends_at: Date
    made_at: Date
    made_by: string
    expires_at: Date
    tries: Generated<number>
    used_at: Generated<Date | null>
    revoked_at: Date | null
  }
  // The ground floor's tables that accounts writes: sessions and grants are about people.
  'platform.session': { id: string; token_hash: Buffer; person_id: string; name: string; locale: 'en' | 'es'; roles: string[]; acting_for: string | null; acting_as: 'patient' | 'proxy' | null; is_strong: boolean; device: string; created_at: Date; seen_at: Date; idle_minutes: number; absolute_until: Date; proven_at: Date; ended_at: Date | null; ended_because: string | null }
  'platform.access_grant': { id: Generated<string>; person_id: string; patient_id: string | null; category: string; verb: 'see' | 'change'; source: 'self' | 'proxy' | 'role' | 'emergency'; starts_at: Date; ends_at: Date | null; revoked_at: Date | null; granted_by: string | null }
}

export const db = tablesOf<AccountsTables>()
