import { auditMany } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { callsAbout } from '#work'

/** R8+: a critical value waits no longer than this for the call that its patient was promised. */
const criticalHours = 4

/** Says of everything whose time has come that it is open. The row itself is seen from that instant on; this tells people of it. Returns how many. */
export function openDue(ctx: Ctx<SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => {
    await endCriticalHolds(tx)
    const { rows } = await sql<{ id: string; patient_id: string }>`
      update records.life l set released_at = ${tx.now()}
      from (select id from records.life where released_at is null and opens_at <= ${tx.now()} order by opens_at limit 2000 for update skip locked) due
      where l.id = due.id
      returning l.id, l.patient_id
    `.execute(tx.db.kysely)
    const counts = Map.groupBy(rows, row => row.patient_id)
    if (counts.size === 0) return 0
    await auditMany(tx, 'results.released', [...counts].map(([patientId, lives]) => ({ patientId, count: lives.length })))
    for (const patientId of counts.keys()) await enqueue(tx, 'records.tell', { patientId }, { key: `tell:${patientId}` })
    return rows.length
  })
}

/** The patient's own hold on a critical value ends with the call, or after four hours. Source: A9 R8+. */
async function endCriticalHolds(tx: Ctx<SystemActor>): Promise<void> {
  const { rows } = await sql<{ id: string; arrived_at: Date }>`
    select id, arrived_at from records.life where released_at is null and bearing = 'critical' and held_by = 'patient' and opens_at > ${tx.now()} order by arrived_at limit 500
  `.execute(tx.db.kysely)
  const calls = await callsAbout(tx, { type: 'life', ids: rows.map(({ id }) => id) })
  const over = rows.filter(({ id, arrived_at }) => calls.has(id) || arrived_at.getTime() + criticalHours * 3_600_000 <= tx.now().getTime()).map(({ id }) => id)
  if (over.length > 0) await openNow(tx, over)
}

/** The patient's wish about these is over: they open now, with a report's tests, or when a law or a finding that holds them as well ends. */
export async function openNow(tx: Ctx, lifeIds: readonly string[], { withoutLaw = null }: { withoutLaw?: 'clinician' | null } = {}): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select records.end_wishes(${lifeIds as string[]}::uuid[], ${withoutLaw}) as id`.execute(tx.db.kysely)
  return rows.map(row => row.id)
}
