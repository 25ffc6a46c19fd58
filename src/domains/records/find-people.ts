import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { Identity } from './read-identity.ts'

/** A source's patient who has come, with what a comparison needs. */
export type Comer = { resourceId: string; who: Identity; plainName: string; phoneKey: string | null; linkedTo: string | null }
/** A person here, as far as somebody who comes is compared with them. */
export type Person = Identity & { id: string; plainName: string; phoneKey: string | null; isMerged: boolean }

/** The last ten digits; fewer than seven are no phone. As `records.patient.phone_key` has it. */
export function phoneKeyOf(phone: string | null): string | null {
  const digits = (phone ?? '').replace(/[^0-9]/g, '')
  return digits.length >= 7 ? digits.slice(-10) : null
}

const person = sql`p.id, p.name, p.given, p.family, p.birth_date::text as "birthDate", p.sex, p.language, p.phone, p.email, p.address, p.mrn, p.mrn_system as "mrnSystem", p.is_deceased as "isDeceased", p.is_inactive as "isInactive",
  p.plain_name as "plainName", p.phone_key as "phoneKey", p.merged_into is not null as "isMerged"`

/** Those who have come, with whom they are linked to already, and the people here who could be meant: a handful for each, however many share a name. */
export async function findPeople(tx: Ctx, patients: readonly { resourceId: string; identity: Identity }[]): Promise<{ comers: Comer[]; people: Person[] }> {
  const { rows: found } = await sql<{ plain: string; linked: string | null }>`
    select records.plain_name(w.name) as plain, s.patient_id as linked
    from unnest(${patients.map(({ identity }) => identity.name)}::text[], ${patients.map(({ resourceId }) => resourceId)}::uuid[]) with ordinality as w (name, resource_id, place)
    left join records.source_patient s on s.resource_id = w.resource_id and s.ended_at is null
    order by w.place
  `.execute(tx.db.kysely)
  const comers = patients.map(({ resourceId, identity }, place) => ({ resourceId, who: identity, plainName: found[place]!.plain, phoneKey: phoneKeyOf(identity.phone), linkedTo: found[place]!.linked }))
  const { rows: linked } = await sql<Person>`
    select ${person} from records.patient p where p.id = any (${comers.map(({ linkedTo }) => linkedTo).filter(id => id !== null)}::uuid[])
  `.execute(tx.db.kysely)
  const unlinked = comers.filter(({ linkedTo }) => linkedTo === null)
  return { comers, people: unlinked.length > 0 ? [...linked, ...await findCandidates(tx, unlinked)] : linked }
}

/** Six by each sign are enough to tell none, one or several, and to ask about five. */
async function findCandidates(tx: Ctx, comers: readonly Comer[]): Promise<Person[]> {
  const signs = comers.map(({ who, plainName, phoneKey }) => ({ plain: plainName, born: who.birthDate, sex: who.sex, phone: phoneKey, mrn: who.mrn, mrn_system: who.mrnSystem }))
  const { rows } = await sql<Person>`
    select ${person}
    from records.patient p
    where p.id in (
      select found.id
      from jsonb_to_recordset(${JSON.stringify(signs)}::jsonb) as w (plain text, born date, sex text, phone text, mrn text, mrn_system text)
      cross join lateral (
        (select p.id from records.patient p where p.merged_into is null and p.mrn_system = w.mrn_system and p.mrn = w.mrn and p.birth_date = w.born limit 6)
        union all
        (select p.id from records.patient p where p.merged_into is null and p.mrn_system = w.mrn_system and p.mrn = w.mrn limit 6)
        union all
        (select p.id from records.patient p where p.merged_into is null and p.birth_date = w.born and p.plain_name = w.plain and p.phone_key = w.phone and p.sex = w.sex
          and (p.mrn is null or w.mrn is null or p.mrn_system is distinct from w.mrn_system) limit 6)
        union all
        (select p.id from records.patient p where p.merged_into is null and p.birth_date = w.born and p.plain_name = w.plain limit 6)
      ) found
    )
  `.execute(tx.db.kysely)
  return rows
}
