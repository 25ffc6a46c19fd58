import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { pingNewInPortal, quietUntil, tellingOf, zoneOf } from '#notices'

/**
 * Tells whoever may read it that something new is there, once for all that waits to be told. What it is stays in the portal. Each category's
 * own choice decides whether; a result that may change a life waits for the day (R12, R13). Safe to run twice.
 */
export function tellPatient(ctx: Ctx<SystemActor>, patientId: string): Promise<'told' | 'nothing' | 'later'> {
  return inTransaction(ctx, async tx => {
    const { rows } = await sql<{ id: string; category: string; tier: number; is_reviewed: boolean; is_deceased: boolean }>`
      select l.id, l.category, l.tier, l.reviewed_at is not null as is_reviewed, p.is_deceased
      from records.life l
      join records.patient p on p.id = l.patient_id
      where l.patient_id = ${patientId}::uuid and l.released_at is not null and l.told_at is null
      order by l.released_at
      limit 500
      for update of l
    `.execute(tx.db.kysely)
    if (rows.length === 0 || rows[0]!.is_deceased) return 'nothing'
    const telling = await tellingOf(tx, patientId)
    const [zone, now] = [await zoneOf(tx, patientId), tx.now()]
    const wanted = rows.filter(row => telling.of(row.category) === 'every' || (telling.of(row.category) === 'when-written' && row.is_reviewed))
    const ready = wanted.filter(row => row.tier < 2 || telling.isAnyTime || quietUntil(now, zone) === undefined)
    // Whoever wants to hear only of what the team wrote hears of it then; who wants nothing is not asked again.
    const settled = [...ready, ...rows.filter(row => telling.of(row.category) === 'never')].map(({ id }) => id)
    if (settled.length > 0) await sql`update records.life set told_at = ${now} where id = any (${settled}::uuid[])`.execute(tx.db.kysely)
    const later = ready.length < wanted.length ? quietUntil(now, zone) : undefined
    if (later) await enqueue(tx, 'records.tell', { patientId }, { key: `tell-later:${patientId}`, runAt: later })
    if (ready.length === 0) return later ? 'later' : 'nothing'
    await pingNewInPortal(tx, patientId)
    return 'told'
  })
}
