import type { Actor, Ctx, PatientActor, ProxyActor, StaffActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { keepSchedule } from './access.ts'
import type { Appointment } from './list-appointments.ts'
import { noteStep } from './note-step.ts'
import type { Coming } from './shared.ts'
import { dayMs } from './trace-zone.ts'

type Sayer = PatientActor | ProxyActor | StaffActor | SystemActor
const howOf = (actor: Actor): Coming => (actor.kind === 'staff' ? 'desk' : actor.kind !== 'system' ? 'portal' : actor.job === 'notices.hear' ? 'text' : 'link')

/** Whether it is asked if they come: in the week before. */
export const isAskedAbout = ({ status, startsAt, saidComingAt }: Pick<Appointment, 'status' | 'startsAt' | 'saidComingAt'>, now: Date): boolean =>
  status === 'booked' && saidComingAt === null && startsAt > now && startsAt.getTime() - now.getTime() <= 7 * dayMs

/** They say that they come, once; `version` is what they were shown, and of another state nothing is said by it. */
export function sayComing(ctx: Ctx<Sayer>, id: string, { version }: { version: number }): Promise<{ ok: true } | Refused<'changed-meanwhile'>> {
  return inTransaction<Sayer, { ok: true } | Refused<'changed-meanwhile'>>(ctx, async tx => {
    if (tx.actor.kind === 'staff') mustBeAbleTo(tx as Ctx<StaffActor>, keepSchedule)
    const { rows: [said] } = await sql<{ patientId: string; startsAt: Date; isFirst: boolean }>`
      update scheduling.appointment
      set said_coming_at = coalesce(said_coming_at, ${tx.now()}), said_coming_how = coalesce(said_coming_how, ${howOf(tx.actor)})
      where id = ${id}::uuid and version = ${version} and status = 'booked' and starts_at > ${tx.now()}
      returning patient_id as "patientId", starts_at as "startsAt", old.said_coming_at is null as "isFirst"
    `.execute(tx.db.kysely)
    if (!said) return refused('changed-meanwhile')
    if (said.isFirst) await noteStep(tx, { appointmentId: id, patientId: said.patientId, step: 'said-coming', version, startsAt: said.startsAt })
    return { ok: true }
  })
}
