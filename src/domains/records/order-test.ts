import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { Invalid, NotFound } from '#platform/errors.ts'
import { enqueue } from '#platform/jobs.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { mayActFor } from '#platform/scope.ts'
import { dayIn, instantAt, isDay } from '#platform/when.ts'
import { practiceZone } from '#practice'
import { finishTaskAbout } from '#work'
import { orderTests } from './access.ts'
import { expectedBy } from './expect-result.ts'
import { readExpectation, readResultDays } from './keep-expectations.ts'
import { ownSource } from './own-source.ts'
import { codeKeys } from './read-order.ts'

const loincLike = /^\d{1,5}-\d$/
/** Longer ahead nobody plans a test here. */
const mostDaysAhead = 400

/** `expectedOn`: '2026-12-01', or nothing for the test's own time. */
export type OrderWish = { patientId: string; code: string; expectedOn: string }

/** "I ordered …": a test from the list is waited for from now on, in the name of who says so. It is filed with the record like what came from elsewhere. */
export function orderTest(ctx: Ctx<StaffActor>, { patientId, code, expectedOn }: OrderWish): Promise<{ ok: true; id: string } | Refused<'ordered-already'>> {
  return inTransaction<StaffActor, { ok: true; id: string } | Refused<'ordered-already'>>(ctx, async tx => {
    mustBeAbleTo(tx, orderTests)
    const patient = await mayActFor(tx, patientId)
    const test = code.length <= 60 ? await readExpectation(tx, code) : undefined
    if (!test) throw new Invalid({ code: 'Pick a test from the list.' })
    const expectedAt = expectedOn.trim() === '' ? expectedBy({ code: test.code, orderedAt: tx.now(), plannedFor: null }, await readResultDays(tx)) : await endOfDay(tx, expectedOn.trim())
    const keys = codeKeys({ coding: [{ ...(loincLike.test(test.code) && { system: 'http://loinc.org' }), code: test.code }] }, ownSource)
    await sql`select pg_advisory_xact_lock(hashtext(${`records.order ${patient}`}))`.execute(tx.db.kysely)
    const { rows: [same] } = await sql`
      select id from records.test_order
      where patient_id = ${patient}::uuid and source = ${ownSource} and code = ${test.code} and ended_at is null and ordered_at > ${new Date(tx.now().getTime() - 86_400_000)}
      limit 1
    `.execute(tx.db.kysely)
    if (same) return refused('ordered-already')
    const { rows } = await sql<{ id: string }>`
      insert into records.test_order (patient_id, source, code, name, keys, ordered_at, ordered_by, ordered_by_name, expected_at, is_news, visible_at)
      select id, ${ownSource}, ${test.code}, ${test.name.en}, ${keys}, ${tx.now()}, ${tx.actor.personId}::uuid, ${tx.session?.name ?? 'Your care team'}, ${expectedAt}, true, ${tx.now()}
      from records.patient
      where id = ${patient}::uuid and merged_into is null
      returning id
    `.execute(tx.db.kysely)
    if (!rows[0]) throw new NotFound()
    await audit(tx, 'orders.placed', { patientId: patient, kind: 'order', ids: [rows[0].id] })
    await enqueue(tx, 'records.file-orders', {}, { key: 'records.file-orders' })
    return { ok: true, id: rows[0].id }
  })
}

async function endOfDay(tx: Ctx, day: string): Promise<Date> {
  const zone = await practiceZone(tx)
  const [today, last] = [dayIn(tx.now(), zone), dayIn(new Date(tx.now().getTime() + mostDaysAhead * 86_400_000), zone)]
  if (!isDay(day) || day < today || day > last) throw new Invalid({ 'expected-on': 'A day from today on, within a year.' })
  const end = instantAt(day, '23:59', zone)
  return end > tx.now() ? end : new Date(tx.now().getTime() + 60_000)
}

/** It is waited for no longer: our own order is cancelled, one from elsewhere is only not missed here. Its task is over with it. */
export function endOrder(ctx: Ctx<StaffActor>, { patientId, id }: { patientId: string; id: string }): Promise<{ ok: true } | Refused<'over-already'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'over-already'>>(ctx, async tx => {
    mustBeAbleTo(tx, orderTests)
    const patient = await mayActFor(tx, patientId)
    const { rows: [found] } = await sql<{ ended_at: Date | null }>`select ended_at from records.test_order where id = ${id}::uuid and patient_id = ${patient}::uuid for update`.execute(tx.db.kysely)
    if (!found) throw new NotFound()
    if (found.ended_at) return refused('over-already')
    const { rows } = await sql<{ source: string }>`
      update records.test_order set ended_at = ${tx.now()}, ended_by = ${tx.actor.personId}::uuid, ended_because = case when source = ${ownSource} then 'cancelled' else 'stopped' end
      where id = ${id}::uuid
      returning source
    `.execute(tx.db.kysely)
    await finishTaskAbout(tx, { type: 'order', ids: [id] }, 'Waited for no longer.', { kind: 'order-overdue' })
    await audit(tx, 'orders.ended', { patientId: patient, kind: 'order', ids: [id] })
    if (rows[0]!.source === ownSource) await enqueue(tx, 'records.file-orders', {}, { key: 'records.file-orders' })
    return { ok: true }
  })
}
