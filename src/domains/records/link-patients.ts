import { randomUUID } from 'node:crypto'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { openTasks } from '#work'
import { findPeople } from './find-people.ts'
import { KnownPeople, type Known } from './compare-people.ts'
import type { Identity } from './read-identity.ts'

type Link = { resource_id: string; patient_id: string; why: 'new' | 'number-and-birth-date' | 'name-birth-date-sex-phone' }
type Question = { patient_id: string; candidate_id: string; why: 'number-alone' | 'name-and-birth-date' | 'several-fit' | 'source-says-one' }

/**
 * Whose records the sources' patients are. Two strong identifiers join one to a person here: number and birth date, or name, birth date,
 * sex and phone. Anything less makes a person of their own and a question for staff; never by name alone. Source: results-and-notes R1.
 * One after the other, as they came, each seeing those before: in memory, over the few people who could be meant. Then written at once.
 */
export async function linkPatients(tx: Ctx<SystemActor>, patients: readonly { resourceId: string; identity: Identity }[]): Promise<void> {
  if (patients.length === 0) return
  const { comers, people } = await findPeople(tx, patients)
  const known = new KnownPeople(people)
  const links: Link[] = []
  const questions: Question[] = []
  for (const comer of comers) {
    const linked = comer.linkedTo && known.byId(comer.linkedTo)
    if (linked) { known.update(linked, comer); continue }
    const sure = known.sureOf(comer)
    if (sure.length === 1) {
      links.push({ resource_id: comer.resourceId, patient_id: sure[0]!.person.id, why: sure[0]!.why })
      known.update(sure[0]!.person, comer)
      continue
    }
    const doubts = sure.length > 1 ? sure.map(({ person }) => ({ person, why: 'several-fit' as const })) : known.doubtsOf(comer)
    // Where the number is taken by several already, the new person stands without it, and staff decide.
    const person = known.add(randomUUID(), comer, { hasNumber: sure.length <= 1 })
    links.push({ resource_id: comer.resourceId, patient_id: person.id, why: 'new' })
    questions.push(...doubts.slice(0, 5).map(doubt => ({ patient_id: person.id, candidate_id: doubt.person.id, why: doubt.why })))
  }
  await keepPeople(tx, known.changed())
  await keepLinks(tx, links)
  await askAbout(tx, questions)
}

const columnsOf = ({ id, who }: Known) => ({
  id, name: who.name, given: who.given, family: who.family, birth_date: who.birthDate, sex: who.sex, language: who.language, phone: who.phone, email: who.email, address: who.address,
  mrn: who.mrn, mrn_system: who.mrnSystem, is_deceased: who.isDeceased, is_inactive: who.isInactive,
})

/** New people, and the newest word of a source about who somebody is. What it leaves out stays as it was. */
async function keepPeople(tx: Ctx, people: readonly Known[]): Promise<void> {
  const read = sql`jsonb_to_recordset(${JSON.stringify(people.map(columnsOf))}::jsonb) as w (
    id uuid, name text, given text, family text, birth_date date, sex text, language text, phone text, email text, address text, mrn text, mrn_system text, is_deceased boolean, is_inactive boolean)`
  if (people.some(({ isNew }) => !isNew)) {
    await sql`
      update records.patient p set
        name = w.name, given = w.given, family = w.family, birth_date = coalesce(w.birth_date, p.birth_date), sex = coalesce(w.sex, p.sex), language = coalesce(w.language, p.language),
        phone = coalesce(w.phone, p.phone), email = coalesce(w.email, p.email), address = coalesce(w.address, p.address), is_deceased = w.is_deceased, is_inactive = w.is_inactive, updated_at = ${tx.now()},
        mrn = coalesce(p.mrn, w.mrn), mrn_system = coalesce(p.mrn_system, w.mrn_system)
      from ${read}
      where p.id = w.id
    `.execute(tx.db.kysely)
  }
  await sql`
    insert into records.patient (id, name, given, family, birth_date, sex, language, phone, email, address, mrn, mrn_system, is_deceased, is_inactive, updated_at)
    select w.id, w.name, w.given, w.family, w.birth_date, w.sex, w.language, w.phone, w.email, w.address, w.mrn, w.mrn_system, w.is_deceased, w.is_inactive, ${tx.now()}
    from ${read}
    where w.id = any (${people.filter(({ isNew }) => isNew).map(({ id }) => id)}::uuid[])
  `.execute(tx.db.kysely)
}

async function keepLinks(tx: Ctx, links: readonly Link[]): Promise<void> {
  if (links.length === 0) return
  await sql`
    insert into records.source_patient (resource_id, patient_id, linked_at, why)
    select w.resource_id, w.patient_id, ${tx.now()}, w.why
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as w (resource_id uuid, patient_id uuid, why text)
  `.execute(tx.db.kysely)
}

/** Each pair is asked about once, and is work for the front desk. */
export async function askAbout(tx: Ctx, questions: readonly Question[]): Promise<void> {
  if (questions.length === 0) return
  const { rows } = await sql<{ id: string }>`
    insert into records.match_question (patient_id, candidate_id, why, asked_at)
    select w.patient_id, w.candidate_id, w.why, ${tx.now()}
    from jsonb_to_recordset(${JSON.stringify(questions)}::jsonb) as w (patient_id uuid, candidate_id uuid, why text)
    on conflict do nothing
    returning id
  `.execute(tx.db.kysely)
  await giveToDesk(tx, rows.map(({ id }) => id))
}

export const giveToDesk = (tx: Ctx, questions: readonly string[]): Promise<void> =>
  openTasks(tx, { kind: 'uncertain-match', title: 'Are these two the same person?', pool: 'front-desk', dueInBusinessMinutes: 8 * 60 }, { type: 'match-question', ids: questions })

