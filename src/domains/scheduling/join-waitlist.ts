import { randomUUID } from 'node:crypto'
import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, ProxyActor, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { mayActFor } from '#platform/scope.ts'
import { keepSchedule } from './access.ts'
import type { Wishes } from './choose-offers.ts'
import { isBeforeCutoff, oneAtATime } from './hold-time.ts'
import { readNeeds, readVisitType } from './read-settings.ts'
import { endOffers } from './settle-offers.ts'
import { mostAhead, mostReason, type Mode } from './shared.ts'

type Anyone = PatientActor | ProxyActor | StaffActor
export type Joined = { ok: true; id: string }

type Visit = { patientId: string; visitTypeId: string; mode: Mode; startsAt: Date }
async function readVisitAhead(tx: Ctx, id: string): Promise<Visit | undefined> {
  const { rows } = await sql<Visit>`
    select patient_id as "patientId", visit_type_id as "visitTypeId", mode, starts_at as "startsAt" from scheduling.appointment
    where id = ${id}::uuid and status in ('booked', 'requested') and starts_at > ${tx.now()}
  `.execute(tx.db.kysely)
  return rows[0]
}

const openWait = async (tx: Ctx, appointmentId: string): Promise<string | undefined> =>
  (await sql<{ id: string }>`select id from scheduling.wait where appointment_id = ${appointmentId}::uuid and ended_at is null`.execute(tx.db.kysely)).rows[0]?.id

/** Whoever has a visit ahead hears of an earlier time for it; asked again, the wishes change and the place in line stays. */
export function joinWaitlist(ctx: Ctx<Anyone>, appointmentId: string, wishes: Wishes): Promise<Joined | Refused<'over' | 'too-late'>> {
  return inTransaction<Anyone, Joined | Refused<'over' | 'too-late'>>(ctx, async tx => {
    if (tx.actor.kind === 'staff') mustBeAbleTo(tx, keepSchedule)
    const visit = await readVisitAhead(tx, appointmentId)
    if (!visit) return refused('over')
    await oneAtATime(tx, await mayActFor(tx, visit.patientId))
    const type = (await readVisitType(tx, visit.visitTypeId, { isOpen: false }))!
    if (!isBeforeCutoff(type, visit.startsAt, tx.now())) return refused('too-late')
    const there = await openWait(tx, appointmentId)
    if (there) return changeWishes(tx, there, wishes)
    return put(tx, { ...wishes, ...visit, resourceId: await knownResource(tx, visit.visitTypeId, wishes), appointmentId, priority: 0, reason: '' })
  })
}

export type DeskWait = Wishes & { patientId: string; visitTypeId: string; mode: Mode; untilDay: string; priority: number; reason: string }

/** The desk puts somebody without a visit on the list: once for each kind of visit, six at most. */
export function putOnWaitlist(ctx: Ctx<StaffActor>, wait: DeskWait): Promise<Joined | Refused<'not-offered' | 'too-many'>> {
  return inTransaction<StaffActor, Joined | Refused<'not-offered' | 'too-many'>>(ctx, async tx => {
    mustBeAbleTo(tx, keepSchedule)
    const patientId = await mayActFor(tx, wait.patientId)
    await oneAtATime(tx, patientId)
    const type = await readVisitType(tx, wait.visitTypeId)
    if (!type?.modes.includes(wait.mode)) return refused('not-offered')
    const { rows } = await sql<{ id: string; visitTypeId: string }>`
      select id, visit_type_id as "visitTypeId" from scheduling.wait where patient_id = ${patientId}::uuid and appointment_id is null and ended_at is null
    `.execute(tx.db.kysely)
    const there = rows.find(row => row.visitTypeId === type.id)
    if (there) return { ok: true, id: there.id }
    if (rows.length >= mostAhead) return refused('too-many')
    return put(tx, { ...wait, resourceId: await knownResource(tx, type.id, wait), appointmentId: null, reason: wait.reason.trim().slice(0, mostReason) })
  })
}

/** Somebody who does this kind of visit, or nobody in particular. */
const knownResource = async (tx: Ctx, visitTypeId: string, { resourceId }: Pick<Wishes, 'resourceId'>): Promise<string | null> =>
  ((await readNeeds(tx, visitTypeId))[0] ?? []).find(id => id === resourceId) ?? null

type Put = Wishes & { patientId: string; appointmentId: string | null; visitTypeId: string; mode: Mode; priority: number; reason: string }
async function put(tx: Ctx<Anyone>, wait: Put): Promise<Joined> {
  const id = randomUUID()
  await sql`
    insert into scheduling.wait (id, patient_id, appointment_id, visit_type_id, mode, resource_id, location_id, weekdays, parts, until_day, priority, reason, since, added_by, added_as)
    values (${id}::uuid, ${wait.patientId}::uuid, ${wait.appointmentId}::uuid, ${wait.visitTypeId}::uuid, ${wait.mode}, ${wait.resourceId}::uuid, ${wait.locationId}::uuid, ${wait.weekdays as number[]}::smallint[],
      ${wait.parts as string[]}, ${wait.untilDay}::date, ${wait.priority}, ${wait.reason}, ${tx.now()}, ${tx.actor.personId}::uuid, ${tx.actor.kind})
  `.execute(tx.db.kysely)
  await audit(tx, 'wait.joined', { patientId: wait.patientId, kind: 'wait', ids: [id] })
  await enqueue(tx, 'scheduling.wait', {})
  return { ok: true, id }
}

/** Other wishes, the same place in line. An offer that was made stays one: whoever does not want it says no. */
export function changeWait(ctx: Ctx<Anyone>, id: string, wishes: Wishes): Promise<Joined | Refused<'over'>> {
  return inTransaction<Anyone, Joined | Refused<'over'>>(ctx, async tx => {
    if (tx.actor.kind === 'staff') mustBeAbleTo(tx, keepSchedule)
    return changeWishes(tx, id, wishes)
  })
}

async function changeWishes(tx: Ctx<Anyone>, id: string, wishes: Wishes): Promise<Joined | Refused<'over'>> {
  const { rows: [wait] } = await sql<{ patientId: string; visitTypeId: string }>`
    select patient_id as "patientId", visit_type_id as "visitTypeId" from scheduling.wait where id = ${id}::uuid and ended_at is null for update
  `.execute(tx.db.kysely)
  if (!wait) return refused('over')
  await sql`
    update scheduling.wait
    set resource_id = ${await knownResource(tx, wait.visitTypeId, wishes)}::uuid, location_id = ${wishes.locationId}::uuid, weekdays = ${wishes.weekdays as number[]}::smallint[], parts = ${wishes.parts as string[]},
      until_day = coalesce(${wishes.untilDay}::date, case when appointment_id is null then until_day end)
    where id = ${id}::uuid
  `.execute(tx.db.kysely)
  await audit(tx, 'wait.changed', { patientId: wait.patientId, kind: 'wait', ids: [id] })
  await enqueue(tx, 'scheduling.wait', {})
  return { ok: true, id }
}

/** Hears of nothing more; open offers go to others. Leaving twice is leaving once. */
export function leaveWaitlist(ctx: Ctx<Anyone>, id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    if (tx.actor.kind === 'staff') mustBeAbleTo(tx, keepSchedule)
    const { rows: [wait] } = await sql<{ patientId: string }>`
      update scheduling.wait set ended_at = ${tx.now()}, ended_why = ${tx.actor.kind === 'staff' ? 'desk' : 'left'} where id = ${id}::uuid and ended_at is null returning patient_id as "patientId"
    `.execute(tx.db.kysely)
    if (!wait) return
    const { rows } = await sql<{ id: string }>`select id from scheduling.wait_offer where wait_id = ${id}::uuid and ended_at is null`.execute(tx.db.kysely)
    await endOffers(tx, rows.map(row => row.id), 'withdrawn')
    await audit(tx, 'wait.left', { patientId: wait.patientId, kind: 'wait', ids: [id] })
    await enqueue(tx, 'scheduling.wait', {})
  })
}

/** Who comes first. */
export function rankWait(ctx: Ctx<StaffActor>, id: string, rank: number): Promise<boolean> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, keepSchedule)
    const { rows } = await sql<{ there: boolean }>`select scheduling.door_rank_wait(${id}::uuid, ${Math.min(2, Math.max(0, Math.trunc(rank) || 0))}::smallint) as there`.execute(tx.db.kysely)
    return rows[0]!.there
  })
}
