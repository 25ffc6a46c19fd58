import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { editPractice, editWords } from './access.ts'
import { noteChange, type ChangedThing } from './note-change.ts'
import { db } from './tables.ts'

/** What stands in an order that the practice chooses. */
const lists = {
  value: { table: 'practice.core_value', needs: editWords },
  service: { table: 'practice.service', needs: editWords },
  clinician: { table: 'practice.clinician', needs: editPractice },
  location: { table: 'practice.location', needs: editPractice },
} as const satisfies Partial<Record<ChangedThing, unknown>>

/** Moves it one place up; at the top it stays. */
export function moveUp(ctx: Ctx<StaffActor>, thing: keyof typeof lists, id: string): Promise<void> {
  const { table, needs } = lists[thing]
  mustBeAbleTo(ctx, needs)
  return inTransaction(ctx, async tx => {
    const ids = (await db(tx).selectFrom(table).select('id').orderBy('place').orderBy('id').forUpdate().limit(1_000).execute()).map(row => row.id)
    const at = ids.indexOf(id)
    if (at < 0) throw new NotFound()
    if (at > 0) [ids[at - 1], ids[at]] = [ids[at]!, ids[at - 1]!]
    for (const [place, other] of ids.entries()) await db(tx).updateTable(table).set({ place }).where('id', '=', other).execute()
    await noteChange(tx, thing, [id], { isMoved: true })
  })
}

export function removeListed(ctx: Ctx<StaffActor>, thing: 'value' | 'service', id: string): Promise<void> {
  const { table, needs } = lists[thing]
  mustBeAbleTo(ctx, needs)
  return inTransaction(ctx, async tx => {
    const gone = await db(tx).deleteFrom(table).where('id', '=', id).returning('id').executeTakeFirst()
    if (!gone) throw new NotFound()
    await noteChange(tx, thing, [id], { isRemoved: true })
  })
}
