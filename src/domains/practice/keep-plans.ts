import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { attempt, inTransaction } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { dayIn } from '#platform/when.ts'
import { checkPlans, editPractice } from './access.ts'
import { practiceZone } from './count-deadline.ts'
import { noteChange } from './note-change.ts'
import { FieldReader, type Fields, type Saved } from './read-fields.ts'
import { db } from './tables.ts'

const today = async (tx: Ctx) => dayIn(tx.now(), await practiceZone(tx))

/** A plan the practice takes, checked today by whoever adds it. */
export function addPlan(ctx: Ctx<StaffActor>, fields: Fields): Promise<Saved> {
  mustBeAbleTo(ctx, editPractice)
  const read = new FieldReader(fields)
  const name = read.text('name', { most: 120, need: 'Write the plan’s name as it stands on the card.' })
  if (!read.isGood) return Promise.resolve(read.unsaved)
  return inTransaction(ctx, async tx => {
    const values = { name, checked_on: await today(tx), checked_by: tx.actor.personId }
    const added = await attempt(tx, inner => db(inner).insertInto('practice.insurance_plan').values(values).returning('id').executeTakeFirstOrThrow())
    if (!added.ok) return { ok: false, problems: { name: 'This plan is on the list already.' } }
    await noteChange(tx, 'insurance-plan', [added.value.id])
    return { ok: true, id: added.value.id }
  })
}

/** Somebody asked the plan today, and it still holds. */
export function confirmPlan(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  mustBeAbleTo(ctx, checkPlans)
  return inTransaction(ctx, async tx => {
    const confirmed = await db(tx).updateTable('practice.insurance_plan').set({ checked_on: await today(tx), checked_by: tx.actor.personId })
      .where('id', '=', id).returning('id').executeTakeFirst()
    if (!confirmed) throw new NotFound()
    await noteChange(tx, 'insurance-plan', [id], { isConfirmed: true })
  })
}

export function removePlan(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  mustBeAbleTo(ctx, editPractice)
  return inTransaction(ctx, async tx => {
    const gone = await db(tx).deleteFrom('practice.insurance_plan').where('id', '=', id).returning('id').executeTakeFirst()
    if (!gone) throw new NotFound()
    await noteChange(tx, 'insurance-plan', [id], { isRemoved: true })
  })
}
