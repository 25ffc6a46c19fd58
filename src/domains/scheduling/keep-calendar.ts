import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { bumpContent } from '#platform/content-version.ts'
import { enqueue } from '#platform/jobs.ts'
import { planSchedule } from './access.ts'

/** Who keeps the practice's calendar. `source`: the EHR that does, as its messages name it; null: it is kept here. `reminds`: whether we remind of its visits. */
export type Calendar = { source: string | null; reminds: boolean }

export async function readCalendar(ctx: Ctx): Promise<Calendar> {
  const { rows: [calendar] } = await sql<Calendar>`select source, reminds from scheduling.calendar`.execute(ctx.db.kysely)
  return calendar ?? { source: null, reminds: true }
}

/** The practice says who keeps it. Visits that have come stay where they are and count from this moment, or no longer. */
export function keepCalendar(ctx: Ctx<StaffActor>, { source, reminds }: Calendar): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, planSchedule)
    const before = await readCalendar(tx)
    if (source === null) await sql`delete from scheduling.calendar`.execute(tx.db.kysely)
    else {
      await sql`
        insert into scheduling.calendar (source, reminds) values (${source}, ${reminds}) on conflict (one) do update set source = excluded.source, reminds = excluded.reminds
      `.execute(tx.db.kysely)
    }
    await audit(tx, 'schedule.planned', { kind: 'calendar', ids: [], detail: { isEhr: source !== null, reminds } })
    await bumpContent(tx)
    if (before.source !== source) await enqueue(tx, 'scheduling.settle', {})   // whoever keeps it now owes an answer to who has asked
  })
}
