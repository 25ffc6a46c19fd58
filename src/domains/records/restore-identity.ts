import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { asThing } from './explain/read-loosely.ts'
import { askAbout } from './link-patients.ts'
import { ownNumber, readIdentity, type Identity } from './read-identity.ts'

/**
 * A person is again who their own sources say: what only another's source has said of them is gone. The newest word of all, the first number.
 * Who has no source stays as they are. A number that somebody else stands with now stays theirs, and staff are asked whether the two are one.
 */
export async function restoreIdentity(tx: Ctx<StaffActor>, patientId: string): Promise<void> {
  const { rows } = await sql<{ body: string; source: string }>`select body, source from records.door_received_patient(${patientId}::uuid)`.execute(tx.db.kysely)
  const who = joined(rows.map(row => ownNumber(readIdentity(asThing(JSON.parse(row.body))), row.source)))
  if (!who) {
    await sql`update records.patient set merged_into = null, updated_at = ${tx.now()} where id = ${patientId}::uuid and merged_into is not null`.execute(tx.db.kysely)
    return
  }
  const { rows: others } = await sql<{ id: string }>`
    select id from records.patient
    where mrn = ${who.mrn} and mrn_system = ${who.mrnSystem} and birth_date = ${who.birthDate}::date and merged_into is null and id <> ${patientId}::uuid
  `.execute(tx.db.kysely)
  const { mrn, mrnSystem } = others.length === 0 ? who : { mrn: null, mrnSystem: null }
  await sql`
    update records.patient set name = ${who.name}, given = ${who.given}, family = ${who.family}, birth_date = ${who.birthDate}::date, sex = ${who.sex}, language = ${who.language}, phone = ${who.phone},
      email = ${who.email}, address = ${who.address}, is_deceased = ${who.isDeceased}, is_inactive = ${who.isInactive}, mrn = ${mrn}, mrn_system = ${mrnSystem}, merged_into = null, updated_at = ${tx.now()}
    where id = ${patientId}::uuid
  `.execute(tx.db.kysely)
  await askAbout(tx, others.map(other => ({ patient_id: patientId, candidate_id: other.id, why: 'several-fit' })))
}

/** Sources in the order in which they were linked: the later says more, and leaves standing what it does not say. */
function joined(sources: readonly Identity[]): Identity | undefined {
  return sources.reduce<Identity | undefined>((old, next) => old === undefined ? next : {
    ...next, birthDate: next.birthDate ?? old.birthDate, sex: next.sex ?? old.sex, language: next.language ?? old.language, phone: next.phone ?? old.phone, email: next.email ?? old.email,
    address: next.address ?? old.address, ...(old.mrn !== null && { mrn: old.mrn, mrnSystem: old.mrnSystem }),
  }, undefined)
}
