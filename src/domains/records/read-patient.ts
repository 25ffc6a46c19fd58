import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'

export type PatientFacts = {
  id: string
  name: string
  given: string
  birthDate: string | null
  sex: 'male' | 'female' | 'other' | 'unknown' | null
  language: string | null
  phone: string | null
  email: string | null
  address: string | null
  mrn: string | null
  isDeceased: boolean
}

/** Names of the patients whom the actor may see. */
export async function patientNames(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`select id, name from records.patient where id = any (${[...new Set(ids)]}::uuid[])`.execute(ctx.db.kysely)
  return new Map(rows.map(row => [row.id, row.name]))
}

/** How some of them are told apart and reached, for work that is about them. */
export async function patientContacts(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Pick<PatientFacts, 'name' | 'birthDate' | 'phone' | 'mrn'>>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Pick<PatientFacts, 'id' | 'name' | 'birthDate' | 'phone' | 'mrn'>>`
    select id, name, birth_date as "birthDate", phone, mrn from records.patient where id = any (${[...new Set(ids)]}::uuid[])
  `.execute(ctx.db.kysely)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

/** Who a patient is, for the head of their page. */
export async function readPatient(ctx: Ctx, id: AuthorizedPatientId): Promise<PatientFacts | undefined> {
  const { rows } = await sql<PatientFacts>`
    select id, name, given, birth_date as "birthDate", sex, language, phone, email, address, mrn, is_deceased as "isDeceased"
    from records.patient
    where id = ${id}::uuid and merged_into is null
  `.execute(ctx.db.kysely)
  return rows[0]
}

/** Whom a number stands for that was joined to another's; nothing for a number of nobody. */
export async function standsFor(ctx: Ctx, id: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string | null }>`select records.stands_for(${id}::uuid) as id`.execute(ctx.db.kysely)
  return rows[0]?.id ?? undefined
}
