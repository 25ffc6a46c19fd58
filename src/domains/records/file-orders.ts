import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { fileOwn } from './file-note.ts'

type Row = { id: string; patientId: string; code: string | null; name: string; orderedAt: Date; orderedByName: string | null; expectedAt: Date; status: 'active' | 'completed' | 'revoked' }

/** Files what was ordered here with the record, and again when it is answered or cancelled, so that a copy and another system read it. Safe to run twice. */
export async function fileOrders(ctx: Ctx<SystemActor>): Promise<number> {
  const due = await inTransaction(ctx, async tx => (await sql<Row>`
    select id, patient_id as "patientId", code, name, ordered_at as "orderedAt", ordered_by_name as "orderedByName", expected_at as "expectedAt",
      case when ended_at is null then 'active' when ended_because = 'result' then 'completed' else 'revoked' end as status
    from records.test_order
    where source = 'rapport' and (filed_as is null or (filed_as = 'active') = (ended_at is not null))
    order by ordered_at
    limit 50
  `.execute(tx.db.kysely)).rows)
  for (const order of due) {
    await fileOwn(ctx, { id: order.id, patientId: order.patientId, at: ctx.now(), resource: asResource(order) })
    await inTransaction(ctx, tx => sql`update records.test_order set filed_as = ${order.status} where id = ${order.id}::uuid`.execute(tx.db.kysely))
  }
  return due.length
}

const asResource = (order: Row) => ({
  resourceType: 'ServiceRequest', id: order.id, status: order.status, intent: 'order', subject: { reference: `Patient/${order.patientId}` }, authoredOn: order.orderedAt.toISOString(),
  code: { ...(order.code && { coding: [{ ...(/^\d{1,5}-\d$/.test(order.code) && { system: 'http://loinc.org' }), code: order.code }] }), text: order.name },
  ...(order.orderedByName && { requester: { display: order.orderedByName } }),
  note: [{ text: `Result expected by ${order.expectedAt.toISOString().slice(0, 10)}.` }],
})
