import { randomUUID } from 'node:crypto'
import { as, type Ctx, type PatientActor, type StaffActor, type SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { dayIn } from '#platform/when.ts'
import { guardWords } from '#safety'
import { asNewcomer, bookHeld, bookNewcomer, describeNewcomer, findNewcomer, holdForNewcomer, holdTime, joinWaitlist, listOpenTimes, listVisitTypes, offerTimes, putOnWaitlist, readTyped, type FoundedSchedule } from '#scheduling'
import { demoNewcomer } from './schedule.data.ts'

const dayMs = 86_400_000
const anyTime = { resourceId: null, locationId: null, weekdays: [1, 2, 3, 4, 5, 6], parts: ['morning', 'afternoon', 'evening'] as const }
type Waiting = { ana: string; anaPerson: string; desk: Ctx<StaffActor>; anasVisit: string | undefined; other: string | undefined }

/** What waits for somebody's answer: a request of Ana's, an earlier time that she is offered, somebody on the waitlist without a visit, and a newcomer who is in no record. Each came the way it comes in life. */
export async function leaveWaiting(ctx: Ctx<SystemActor>, schedule: FoundedSchedule, { ana, anaPerson, desk, anasVisit, other }: Waiting): Promise<void> {
  const asAna: Ctx<PatientActor> = as(ctx, { kind: 'patient', personId: anaPerson, patientId: ana, sessionId: randomUUID() })
  const asked = await firstTime(desk, schedule, { type: 'procedure', days: 12 })
  const held = asked && await holdTime(asAna, { patientId: ana, visitTypeId: schedule.typeIds.procedure!, mode: 'in-person', ...asked })
  if (held?.ok) await bookHeld(asAna, held.id, { reason: 'The mole on my arm that we talked about', locale: 'en', pays: 'insurance' })
  if (anasVisit) await joinWaitlist(asAna, anasVisit, { ...anyTime, untilDay: null })
  if (other) await putOnWaitlist(desk, { ...anyTime, parts: ['morning'], patientId: other, visitTypeId: schedule.typeIds['check-up']!, mode: 'in-person', untilDay: dayIn(new Date(ctx.now().getTime() + 40 * dayMs), 'UTC'), priority: 1, reason: 'Starts a new job, mornings only' })
  await bookSomebodyNew(ctx, desk, schedule)
  await offerTimes(as(ctx, { kind: 'system', job: 'scheduling.wait' }))
}

async function firstTime(ctx: Ctx<StaffActor>, { typeIds }: FoundedSchedule, { type: key, days }: { type: string; days: number }) {
  return inTransaction(ctx, async tx => {
    const type = (await listVisitTypes(tx)).find(one => one.id === typeIds[key])!
    const from = new Date(tx.now().getTime() + days * dayMs)
    return (await listOpenTimes(tx, { type, from, to: new Date(from.getTime() + 14 * dayMs), most: 1 }))[0]
  })
}

/** As from the site. The code went to a telephone that is nobody's, so that it was shown is set here. */
async function bookSomebodyNew(ctx: Ctx<SystemActor>, desk: Ctx<StaffActor>, schedule: FoundedSchedule): Promise<void> {
  const visitor = as(ctx, { kind: 'visitor' as const })
  const time = await firstTime(desk, schedule, { type: 'new-patient', days: 4 })
  const clientAddress = '192.0.2.1'
  const held = time && await holdForNewcomer(visitor, { visitTypeId: schedule.typeIds['new-patient']!, mode: 'in-person', ...time, locale: 'es', clientAddress })
  const read = readTyped(demoNewcomer, dayIn(ctx.now(), 'UTC'))
  if (!held?.ok || !read.ok) return
  await describeNewcomer(visitor, held.token, read.facts, { locale: 'es', clientAddress, guarded: guardWords(new FormData(), demoNewcomer.reason) })
  const { id } = (await findNewcomer(visitor, held.token))!
  await inTransaction(asNewcomer(ctx, id), tx => sql`update scheduling.newcomer set contact_shown_at = ${tx.now()} where id = ${id}::uuid`.execute(tx.db.kysely))
  await bookNewcomer(visitor, held.token, '')
}
