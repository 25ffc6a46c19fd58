import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, ProxyActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'

export type Look = {
  id: string
  at: Date
  /** Who it was: the patient, a caregiver, somebody who works here, or the system. */
  who: 'you' | 'caregiver' | 'staff' | 'system'
  name: string | null
  roles: readonly string[]
  /** What was done, as the action's own name; put into words by the page. */
  action: string
  count: number
}
const pageLength = 50

/** Who did what with this record, newest first, fifty at a time from `before` on. Looking at it is an event too. */
export async function readAccessLog(ctx: Ctx<PatientActor | ProxyActor>, { before }: { before?: { at: Date; id: string } } = {}): Promise<{ looks: Look[]; hasMore: boolean }> {
  const { patientId, personId } = ctx.actor
  const { rows } = await sql<{ id: string; at: Date; actor_kind: string; person_id: string | null; action: string; count: number }>`
    select id, at, actor_kind, person_id, action, cardinality(ids) as count
    from audit.event
    where patient_id = ${patientId}::uuid
      ${before ? sql`and (at, id) < (${before.at}::timestamptz, ${before.id}::uuid)` : sql``}
    order by at desc, id desc
    limit ${pageLength + 1}
  `.execute(ctx.db.kysely)
  const people = [...new Set(rows.map(row => row.person_id).filter(id => id !== null))]
  const names = await sql<{ id: string; name: string; roles: string[] }>`
    select id, name, roles from accounts.door_names_of_lookers(${people}::uuid[])
  `.execute(ctx.db.kysely)
  const known = new Map(names.rows.map(row => [row.id, row]))
  await audit(ctx, 'access-log.viewed', { patientId })
  return {
    hasMore: rows.length > pageLength,
    looks: rows.slice(0, pageLength).map(row => {
      const person = row.person_id ? known.get(row.person_id) : undefined
      const who = row.person_id === null ? 'system' : row.person_id === personId && row.actor_kind !== 'staff' ? 'you' : row.actor_kind === 'staff' ? 'staff' : 'caregiver'
      return { id: row.id, at: row.at, who, name: person?.name ?? null, roles: person?.roles ?? [], action: row.action, count: row.count }
    }),
  }
}
