import { randomUUID } from 'node:crypto'
import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import type { Founded } from '#practice'
import { bookForPatient, foundSchedule, listOpenTimes, listVisitTypes, type FoundedSchedule } from '#scheduling'
import { seededRandom } from './generate/seeded-random.ts'
import { leaveWaiting } from './schedule-waiting.ts'
import { demoReasons, demoSchedule } from './schedule.data.ts'

const dayMs = 86_400_000
type People = { ana: string; child: string; desk: string; anaPerson: string }

/** Hours and kinds of visit, and a schedule that is half full for the next two weeks, by the clock: Ana comes in nine days or so, Teo in twelve. Some of it waits for an answer. */
export async function makeDemoSchedule(ctx: Ctx<SystemActor>, founded: Founded, { ana, anaPerson, child, desk }: People): Promise<void> {
  const schedule = await foundSchedule(ctx, founded, demoSchedule)
  const others = await inTransaction({ ...ctx, actor: { kind: 'system', job: 'records.import' } }, async tx =>
    (await sql<{ id: string }>`select id from records.patient where id <> all (${[ana, child]}::uuid[]) and merged_into is null order by mrn limit 40`.execute(tx.db.kysely)).rows.map(row => row.id))
  const staff: Ctx<StaffActor> = { ...ctx, actor: { kind: 'staff', personId: desk, roles: ['front-desk'], sessionId: randomUUID() } }
  const visits = await inTransaction(staff, async tx => {
    const anas = await bookOne(tx, schedule, { patientId: ana, type: 'follow-up', who: 'ada-brightmoor', days: 9, hour: 0, reason: 'To talk about my sugar numbers' })
    await bookOne(tx, schedule, { patientId: child, type: 'vaccine', who: 'wren-oakmere', days: 12, hour: 0, reason: '' })
    const random = seededRandom('demo-schedule')
    const types = Object.keys(schedule.typeIds).filter(key => key !== 'procedure')
    for (const [index, patientId] of others.entries()) {
      const type = random.pick(types)
      await bookOne(tx, schedule, { patientId, type, days: Math.floor(index / 3.5), hour: random.whole(0, 11), reason: demoReasons[index % demoReasons.length]! })
    }
    return { ana: anas }
  })
  await leaveWaiting(ctx, schedule, { ana, anaPerson, desk: staff, anasVisit: visits.ana, other: others.at(-1) })
}

type Wish = { patientId: string; type: string; who?: string; days: number; hour: number; reason: string }
/** The first free time from so many days and hours on. */
async function bookOne(tx: Ctx<StaffActor>, { typeIds, resourceIds }: FoundedSchedule, { patientId, type: key, who, days, hour, reason }: Wish): Promise<string | undefined> {
  const type = (await listVisitTypes(tx)).find(one => one.id === typeIds[key])!
  const from = new Date(tx.now().getTime() + days * dayMs + hour * 3_600_000)
  const [time] = await listOpenTimes(tx, { type, from, to: new Date(from.getTime() + 7 * dayMs), resourceId: who && resourceIds[who], isStaff: true, most: 1 })
  const booked = time && await bookForPatient(tx, { patientId, visitTypeId: type.id, mode: type.modes[0]!, ...time, reason, pays: 'insurance' })
  return booked?.ok ? booked.id : undefined
}
