import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { FieldReader, type Fields, type Saved } from '#practice'
import { planSchedule } from './access.ts'
import { notePlan } from './note-step.ts'
import { nextPlace, raiseListed, removeFromList, type KeptList } from './order-list.ts'
import { leads, mostReasons, mostScreenings, type Lead } from './shared.ts'

const reasons: KeptList = { table: 'reason', most: mostReasons }
const screeningsOf = (reasonId: string): KeptList => ({ table: 'screening', most: mostScreenings, of: { column: 'reason_id', id: reasonId } })

/** Where it leads: 'call', 'danger', 'danger-self', or the number of a kind of visit that is open. */
async function readLead(tx: Ctx, read: FieldReader): Promise<{ leadsTo: Lead; visitTypeId: string | null }> {
  const typed = read.raw('leads-to')
  const other = leads.find(lead => lead !== 'visit' && lead === typed)
  if (other) return { leadsTo: other, visitTypeId: null }
  const visitTypeId = read.uuid('leads-to')
  const { rows } = await sql`select from scheduling.visit_type where id = ${visitTypeId}::uuid and closed_at is null`.execute(tx.db.kysely)
  if (rows.length === 0) read.fail('leads-to', 'Choose where it leads.')
  return { leadsTo: 'visit', visitTypeId }
}

/** What one can come for; without an id, a new one at the end. */
export function saveReason(ctx: Ctx<StaffActor>, id: string | undefined, fields: Fields): Promise<Saved> {
  return save(ctx, { list: reasons, id, fields, most: 80 })
}

/** A question about a reason; a yes leads elsewhere. */
export function saveScreening(ctx: Ctx<StaffActor>, reasonId: string, id: string | undefined, fields: Fields): Promise<Saved> {
  return save(ctx, { list: screeningsOf(reasonId), id, fields, most: 200 })
}

type Wish = { list: KeptList; id: string | undefined; fields: Fields; most: number }
function save(ctx: Ctx<StaffActor>, { list, id, fields, most }: Wish): Promise<Saved> {
  return inTransaction<StaffActor, Saved>(ctx, async tx => {
    mustBeAbleTo(tx, planSchedule)
    const read = new FieldReader(fields)
    const words = read.pair('words', { most, need: list.of ? 'Write the question, so that yes or no answers it.' : 'Write what people come for, in a few words.' })
    const lead = await readLead(tx, read)
    if (!read.isGood) return read.unsaved
    if (list.of) await mustExist(tx, list.of.id)
    const place = id === undefined ? await nextPlace(tx, list) : 0
    if (place === undefined) return { ok: false, problems: { words: `There are ${list.most} already. Take one away first.` } }
    const table = sql.table(`scheduling.${list.table}`)
    const [column, parent] = list.of ? [sql`, reason_id`, sql`, ${list.of.id}::uuid`] : [sql``, sql``]
    const { rows: [saved] } = id === undefined
      ? await sql<{ id: string }>`insert into ${table} (place, words_en, words_es, leads_to, visit_type_id${column}) values (${place}, ${words.en}, ${words.es}, ${lead.leadsTo}, ${lead.visitTypeId}::uuid${parent}) returning id`.execute(tx.db.kysely)
      : await sql<{ id: string }>`
        update ${table} set words_en = ${words.en}, words_es = ${words.es}, leads_to = ${lead.leadsTo}, visit_type_id = ${lead.visitTypeId}::uuid
        where id = ${id}::uuid and ${list.of ? sql`reason_id = ${list.of.id}::uuid` : sql`true`} returning id`.execute(tx.db.kysely)
    if (!saved) throw new NotFound()
    await notePlan(tx, 'reason', [saved.id])
    return { ok: true, id: saved.id }
  })
}

async function mustExist(tx: Ctx, reasonId: string): Promise<void> {
  const { rows } = await sql`select from scheduling.reason where id = ${reasonId}::uuid`.execute(tx.db.kysely)
  if (rows.length === 0) throw new NotFound()
}

const change = (ctx: Ctx<StaffActor>, list: KeptList, id: string, what: typeof raiseListed): Promise<void> => inTransaction(ctx, async tx => {
  mustBeAbleTo(tx, planSchedule)
  await what(tx, list, id)
  await notePlan(tx, 'reason', [id], what === removeFromList ? { isRemoved: true } : {})
})
export const raiseReason = (ctx: Ctx<StaffActor>, id: string) => change(ctx, reasons, id, raiseListed)
export const removeReason = (ctx: Ctx<StaffActor>, id: string) => change(ctx, reasons, id, removeFromList)
export const raiseScreening = (ctx: Ctx<StaffActor>, reasonId: string, id: string) => change(ctx, screeningsOf(reasonId), id, raiseListed)
export const removeScreening = (ctx: Ctx<StaffActor>, reasonId: string, id: string) => change(ctx, screeningsOf(reasonId), id, removeFromList)
