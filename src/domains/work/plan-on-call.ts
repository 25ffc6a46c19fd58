import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { attempt, inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { planOnCall, seeWork } from './access.ts'
import { db } from './tables.ts'

export type Shift = { id: string; personId: string; name: string; phone: string; startsAt: Date; endsAt: Date }
export type NewShift = Omit<Shift, 'id'>

/** Puts a person on call. The exclusion constraint refuses a second one for the same time. */
export function addShift(ctx: Ctx<StaffActor>, shift: NewShift): Promise<{ ok: true; id: string } | Refused<'overlaps' | 'bad-time'>> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, planOnCall)
    if (shift.endsAt <= shift.startsAt) return refused('bad-time')
    const added = await attempt(tx, inner => db(inner).insertInto('work.on_call_shift')
      .values({ person_id: shift.personId, name: shift.name, phone: shift.phone, starts_at: shift.startsAt, ends_at: shift.endsAt })
      .returning('id').executeTakeFirstOrThrow())
    if (!added.ok) return refused('overlaps')
    await audit(tx, 'work.on-call-planned', { kind: 'shift', ids: [added.value.id] })
    return { ok: true, id: added.value.id }
  })
}

export function removeShift(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, planOnCall)
    const gone = await db(tx).deleteFrom('work.on_call_shift').where('id', '=', id).returning('id').executeTakeFirst()
    if (!gone) throw new NotFound()
    await audit(tx, 'work.on-call-removed', { kind: 'shift', ids: [id] })
  })
}

/** The coming shifts, the one that runs now first. */
export async function listShifts(ctx: Ctx<StaffActor>): Promise<Shift[]> {
  mustBeAbleTo(ctx, seeWork)
  const rows = await db(ctx).selectFrom('work.on_call_shift').select(['id', 'person_id', 'name', 'phone', 'starts_at', 'ends_at'])
    .where('ends_at', '>', ctx.now()).orderBy('starts_at').limit(60).execute()
  return rows.map(row => ({ id: row.id, personId: row.person_id, name: row.name, phone: row.phone, startsAt: row.starts_at, endsAt: row.ends_at }))
}
