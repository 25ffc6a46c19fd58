import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { openTask } from '#work'
import type { Identity } from './read-identity.ts'

type Why = 'new' | 'number-and-birth-date' | 'name-birth-date-sex-phone'
type Doubt = { candidateId: string; why: 'number-alone' | 'name-and-birth-date' | 'several-fit' }

/**
 * Whose record a source's patient is. Two strong identifiers join it to a person here: number and birth date, or name, birth date, sex
 * and phone. Anything less makes a person of their own and a question for staff; never by name alone. Source: results-and-notes R1.
 */
export async function linkPatient(tx: Ctx<SystemActor>, resourceId: string, identity: Identity): Promise<void> {
  const { rows } = await sql<{ patient_id: string }>`
    select patient_id from records.source_patient where resource_id = ${resourceId}::uuid and ended_at is null
  `.execute(tx.db.kysely)
  const linked = rows[0]?.patient_id
  if (linked) return updatePatient(tx, linked, identity)
  const sure = await findSure(tx, identity)
  if (sure.length === 1) {
    await link(tx, resourceId, sure[0]!.id, sure[0]!.why)
    return updatePatient(tx, sure[0]!.id, identity)
  }
  const patientId = await addPatient(tx, identity, sure.length > 1)
  await link(tx, resourceId, patientId, 'new')
  const doubts: Doubt[] = sure.length > 1 ? sure.map(one => ({ candidateId: one.id, why: 'several-fit' })) : await findDoubts(tx, patientId, identity)
  for (const doubt of doubts) await ask(tx, patientId, doubt)
}

async function findSure(tx: Ctx, who: Identity): Promise<{ id: string; why: Why }[]> {
  if (!who.birthDate) return []
  const { rows } = await sql<{ id: string; why: Why }>`
    select p.id, 'number-and-birth-date' as why
    from records.patient p
    where p.merged_into is null and p.mrn = ${who.mrn} and p.mrn_system is not distinct from ${who.mrnSystem} and p.birth_date = ${who.birthDate}::date
    union
    select p.id, 'name-birth-date-sex-phone'
    from records.patient p
    where p.merged_into is null and p.birth_date = ${who.birthDate}::date and p.sex = ${who.sex}
      and records.plain_name(p.name) = records.plain_name(${who.name})
      and length(regexp_replace(coalesce(${who.phone}, ''), '[^0-9]', '', 'g')) >= 7
      and right(regexp_replace(p.phone, '[^0-9]', '', 'g'), 10) = right(regexp_replace(${who.phone}, '[^0-9]', '', 'g'), 10)
      and (p.mrn is null or ${who.mrn}::text is null or p.mrn_system is distinct from ${who.mrnSystem})
  `.execute(tx.db.kysely)
  return [...new Map(rows.map(row => [row.id, row])).values()]
}

/** One strong sign alone: the same number with another birth date, or the same name and birth date. */
async function findDoubts(tx: Ctx, patientId: string, who: Identity): Promise<Doubt[]> {
  const { rows } = await sql<{ id: string; why: Doubt['why'] }>`
    select p.id, 'number-alone' as why
    from records.patient p
    where p.merged_into is null and p.id <> ${patientId}::uuid and p.mrn = ${who.mrn} and p.mrn_system is not distinct from ${who.mrnSystem}
    union
    select p.id, 'name-and-birth-date'
    from records.patient p
    where p.merged_into is null and p.id <> ${patientId}::uuid and p.birth_date = ${who.birthDate}::date and records.plain_name(p.name) = records.plain_name(${who.name})
    limit 5
  `.execute(tx.db.kysely)
  return rows.map(row => ({ candidateId: row.id, why: row.why }))
}

async function addPatient(tx: Ctx, who: Identity, isCrowded: boolean): Promise<string> {
  // Where the number is taken by several already, the new person stands without it, and staff decide.
  const { rows } = await sql<{ id: string }>`
    insert into records.patient (name, given, family, birth_date, sex, language, phone, email, address, mrn, mrn_system, is_deceased, updated_at)
    values (${who.name}, ${who.given}, ${who.family}, ${who.birthDate}::date, ${who.sex}, ${who.language}, ${who.phone}, ${who.email}, ${who.address}, ${isCrowded ? null : who.mrn}, ${isCrowded ? null : who.mrnSystem}, ${who.isDeceased}, ${tx.now()})
    returning id
  `.execute(tx.db.kysely)
  return rows[0]!.id
}

/** The newest word of a source about who somebody is. What it leaves out stays as it was. */
async function updatePatient(tx: Ctx, patientId: string, who: Identity): Promise<void> {
  await sql`
    update records.patient p set
      name = ${who.name}, given = ${who.given}, family = ${who.family}, birth_date = coalesce(${who.birthDate}::date, p.birth_date), sex = coalesce(${who.sex}, p.sex), language = coalesce(${who.language}, p.language),
      phone = coalesce(${who.phone}, p.phone), email = coalesce(${who.email}, p.email), address = coalesce(${who.address}, p.address), is_deceased = ${who.isDeceased}, updated_at = ${tx.now()},
      mrn = coalesce(p.mrn, ${who.mrn}), mrn_system = coalesce(p.mrn_system, ${who.mrnSystem})
    where p.id = ${patientId}::uuid
  `.execute(tx.db.kysely)
}

async function link(tx: Ctx, resourceId: string, patientId: string, why: Why): Promise<void> {
  await sql`
    insert into records.source_patient (resource_id, patient_id, linked_at, why)
    values (${resourceId}::uuid, ${patientId}::uuid, ${tx.now()}, ${why})
  `.execute(tx.db.kysely)
}

async function ask(tx: Ctx<SystemActor>, patientId: string, { candidateId, why }: Doubt): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    insert into records.match_question (patient_id, candidate_id, why, asked_at)
    values (${patientId}::uuid, ${candidateId}::uuid, ${why}, ${tx.now()})
    on conflict do nothing
    returning id
  `.execute(tx.db.kysely)
  if (rows[0]) await openTask(tx, { kind: 'uncertain-match', title: 'Are these two the same person?', pool: 'front-desk', subject: { type: 'match-question', id: rows[0].id }, dueInBusinessMinutes: 8 * 60 })
}
