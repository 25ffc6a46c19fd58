import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql, tablesOf } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { readAudit } from './access.ts'

type AuditTables = {
  'audit.event': { id: string; at: Date; request_id: string; actor_kind: string; person_id: string | null; job: string | null; action: string; patient_id: string | null; kind: string | null; ids: string[]; detail: Record<string, unknown> }
}
const db = tablesOf<AuditTables>()

export type AuditQuery = { from?: Date; to?: Date; personId?: string; patientId?: string; action?: string; before?: { at: Date; id: string } }
export type AuditRow = { id: string; at: Date; actorKind: string; personId: string | null; job: string | null; action: string; patientId: string | null; kind: string | null; count: number; detail: Record<string, unknown> }

const pageLength = 50

/** Fifty events, newest first, from `before` on. Searching the trail is itself an event. Source: ONC 170.315(d)(3). */
export async function searchAudit(ctx: Ctx<StaffActor>, query: AuditQuery): Promise<{ rows: AuditRow[]; hasMore: boolean }> {
  mustBeAbleTo(ctx, readAudit)
  let found = db(ctx).selectFrom('audit.event')
    .select(['id', 'at', 'actor_kind', 'person_id', 'job', 'action', 'patient_id', 'kind', 'detail', sql<number>`cardinality(ids)`.as('count')])
    .orderBy('at', 'desc').orderBy('id', 'desc')
    .limit(pageLength + 1)
  if (query.from) found = found.where('at', '>=', query.from)
  if (query.to) found = found.where('at', '<', query.to)
  if (query.personId) found = found.where('person_id', '=', query.personId)
  if (query.patientId) found = found.where('patient_id', '=', query.patientId)
  if (query.action) found = found.where('action', '=', query.action)
  if (query.before) found = found.where(sql<boolean>`(at, id) < (${query.before.at}, ${query.before.id}::uuid)`)
  const rows = await found.execute()
  await audit(ctx, 'audit.searched', { ...(query.patientId && { patientId: query.patientId }) })
  return {
    hasMore: rows.length > pageLength,
    rows: rows.slice(0, pageLength).map(row => ({
      id: row.id, at: row.at, actorKind: row.actor_kind, personId: row.person_id, job: row.job, action: row.action,
      patientId: row.patient_id, kind: row.kind, count: row.count, detail: row.detail,
    })),
  }
}
