import { auditMany } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { seeSchedule } from './access.ts'
import type { VisitStep } from './list-appointments.ts'

export type Change = VisitStep & { appointmentId: string; patientId: string; visitTypeId: string; locationId: string; who: string }
const daysBack = 14

/** What was done with visits from outside the practice in the last fourteen days, the latest first: nobody here has seen it happen. Source: OpenEMR #2777. */
export async function listChanges(ctx: Ctx<StaffActor>): Promise<Change[]> {
  mustBeAbleTo(ctx, seeSchedule)
  const { rows } = await sql<Change>`
    select s.appointment_id as "appointmentId", a.patient_id as "patientId", a.visit_type_id as "visitTypeId", a.location_id as "locationId", r.name as who,
      s.at, s.by_person as "byPerson", s.by_kind as "byKind", s.step, s.starts_at as "startsAt", s.note, s.through
    from scheduling.appointment_step s
    join scheduling.appointment a on a.id = s.appointment_id
    join scheduling.known_resource r on r.id = a.resource_id
    where s.by_kind <> 'staff' and s.at > ${ctx.now()}::timestamptz - make_interval(days => ${daysBack})
    order by s.at desc, s.id desc
    limit 200
  `.execute(ctx.db.kysely)
  if (rows.length > 0) await auditMany(ctx, 'appointments.viewed', [...Map.groupBy(rows, row => row.patientId)].map(([patientId, of]) => ({ patientId, count: of.length })))
  return rows
}

/** How many such changes there were in the last day. */
export async function countChanges(ctx: Ctx<StaffActor>): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from scheduling.appointment_step where by_kind <> 'staff' and at > ${ctx.now()}::timestamptz - interval '1 day'
  `.execute(ctx.db.kysely)
  return rows[0]!.count
}

/** What happened with one's own visit, oldest first. Whoever of the practice did it is "the practice". */
export async function listOwnSteps(ctx: Ctx, patientId: AuthorizedPatientId, id: string): Promise<VisitStep[]> {
  const { rows } = await sql<VisitStep>`
    select s.at, s.by_person as "byPerson", s.by_kind as "byKind", s.step, s.starts_at as "startsAt", s.note, s.through
    from scheduling.appointment_step s
    join scheduling.appointment a on a.id = s.appointment_id
    where s.appointment_id = ${id}::uuid and a.patient_id = ${patientId}::uuid
    order by s.id
    limit 100
  `.execute(ctx.db.kysely)
  return rows
}
