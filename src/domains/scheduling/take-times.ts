import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'

/** From when to when ours are taken by it, also where it is a visit here that was moved or given up: until the EHR says so, too. */
export async function takeTimes(tx: Ctx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await sql`delete from scheduling.elsewhere where visit_id = any (${ids as string[]}::uuid[])`.execute(tx.db.kysely)
  await sql`
    insert into scheduling.elsewhere (visit_id, resource_id, source, booking_id, starts_at, ends_at)
    select distinct r.id, taken, r.source, r.appointment_id, r.starts_at, r.ends_at
    from scheduling.received r cross join lateral unnest(r.with_ids) as taken
    where r.id = any (${ids as string[]}::uuid[]) and r.status in ('requested', 'booked', 'arrived') and r.ends_at > ${tx.now()}
  `.execute(tx.db.kysely)
}
