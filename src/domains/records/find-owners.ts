import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { asText, asThings, type Loose } from './explain/read-loosely.ts'
import { findOurs } from './find-ours.ts'
import { readReference } from './read-identity.ts'
import type { Run } from './store-batch.ts'

type Row = { life_id: string; result: Loose; orders: (Loose & { id: string })[]; doctors: Loose[] }

/** Whose these results are by right, where it is known: who ordered it, else the patient's own clinician here; people who have an account. */
export async function findOwners(tx: Ctx<SystemActor>, run: Run, lifeIds: readonly string[]): Promise<Map<string, string>> {
  if (lifeIds.length === 0) return new Map()
  const { rows } = await sql<Row>`
    select l.id as life_id, jsonb_build_object('contained', i.body -> 'contained', 'basedOn', i.body -> 'basedOn') as result, coalesce(o.orders, '[]') as orders, coalesce(d.doctors, '[]') as doctors
    from records.life l
    join records.result i on i.resource_id = l.resource_id and i.patient_id = l.patient_id
    left join lateral (
      select jsonb_agg(jsonb_build_object('id', r.source_id, 'alias', r.alias, 'requester', f.body -> 'requester', 'contained', f.body -> 'contained')) as orders
      from jsonb_path_query(i.body, '$.basedOn[*].reference') as ref
      cross join lateral (select regexp_replace(regexp_replace(ref #>> '{}', '/_history/.*$', ''), '^.*[/:]', '') as id) named
      join records.resource r on r.source = ${run.source} and r.fhir_type = 'ServiceRequest' and (r.source_id = named.id or r.alias = named.id)
      join records.fact f on f.resource_id = r.id and f.patient_id = l.patient_id and f.is_fact
    ) o on true
    left join lateral (
      select jsonb_agg(v.body -> 'generalPractitioner') as doctors
      from records.source_patient s
      join records.resource r on r.id = s.resource_id and r.source = ${run.source}
      join records.version v on v.id = r.current_version
      where s.patient_id = l.patient_id and s.ended_at is null and v.body ? 'generalPractitioner'
    ) d on true
    where l.id = any (${lifeIds as string[]}::uuid[])
  `.execute(tx.db.kysely)
  const oursOf = await findOurs(tx, run.source, rows)
  return new Map(rows.flatMap(row => {
    const ours = [...whoOrdered(row), ...row.doctors.flatMap(asThings).map(person => [person, {}] as const)].map(([person, within]) => oursOf(person, within))
    const owner = ours.find(one => one?.personId)?.personId
    return owner ? [[row.life_id, owner] as const] : []
  }))
}

/** The requesters of what a result is based on, each with the thing that names them. */
function whoOrdered({ result, orders }: Row): (readonly [Loose, Loose])[] {
  const named = asThings(result.basedOn).map(one => asText(one.reference)).filter(reference => reference !== null)
  const inside = asThings(result.contained).filter(one => named.includes(`#${asText(one.id)}`))
  const known = orders.filter(order => named.some(reference => [order.id, order.alias].includes(readReference(reference).id)))
  return [...inside.map(order => [order, result] as const), ...known.map(order => [order, order] as const)].flatMap(([order, within]) => asThings(order.requester).map(person => [person, within] as const))
}
