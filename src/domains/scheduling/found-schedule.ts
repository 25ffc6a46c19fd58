import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import type { Founded } from '#practice'
import { both, type Both, type Period, type WeekHours } from '#practice/shared'
import { writeVisitType } from './edit-visit-type.ts'
import { foundQuestions, type QuestionsSeed } from './found-questions.ts'
import { notePlan } from './note-step.ts'
import type { ResourceKind, VisitType } from './shared.ts'

type TypeSeed = Pick<VisitType, 'durationMinutes' | 'modes' | 'who'> & Partial<Omit<VisitType, 'id' | 'name'>> & {
  name: Both
  /** Clinicians by key. */
  with: readonly string[]
  /** Of each group any one will do: rooms and things by key. */
  needs?: readonly (readonly string[])[]
}
/** A whole schedule in one value: clinicians and places are named by the practice's keys. */
export type ScheduleSeed = QuestionsSeed & {
  hours: Readonly<Record<string, Readonly<Record<string, WeekHours>>>>
  rooms?: Readonly<Record<string, { name: string; location: string; kind?: Exclude<ResourceKind, 'clinician'> }>>
  types: Readonly<Record<string, TypeSeed>>
}
export type FoundedSchedule = { typeIds: Readonly<Record<string, string>>; resourceIds: Readonly<Record<string, string>> }

const plain: Omit<VisitType, 'id' | 'name' | 'durationMinutes' | 'modes' | 'who'> = {
  words: both(''), prepare: both(''), beforeMinutes: 0, afterMinutes: 0, alignMinutes: 15, leadMinutes: 120, aheadDays: 90, cutoffMinutes: 1_440, videoLink: null, needsApproval: false, priceCents: null, look: 1,
}

/** Sets up clinicians, rooms, hours and visit types of a practice that was just founded: for the demo and for tests. */
export function foundSchedule(ctx: Ctx<SystemActor>, { locationIds, clinicianIds }: Founded, seed: ScheduleSeed): Promise<FoundedSchedule> {
  return inTransaction(ctx, async tx => {
    const resourceIds: Record<string, string> = {}
    for (const key of Object.keys(seed.hours)) resourceIds[key] = await addClinician(tx, clinicianIds[key]!)
    for (const [key, room] of Object.entries(seed.rooms ?? {})) resourceIds[key] = await addResource(tx, { kind: room.kind ?? 'room', name: room.name, locationId: locationIds[room.location]! })
    for (const [key, places] of Object.entries(seed.hours)) {
      for (const [location, week] of Object.entries(places)) await addWeek(tx, { resourceId: resourceIds[key]!, locationId: locationIds[location]!, week })
    }
    const typeIds: Record<string, string> = {}
    for (const [place, [key, { with: who, needs = [], ...type }]] of Object.entries(seed.types).entries()) {
      typeIds[key] = await writeVisitType(tx, { ...plain, ...type, place, needs: [who, ...needs].map(group => group.map(one => resourceIds[one]!)) })
    }
    await foundQuestions(tx, seed, typeIds)
    await notePlan(tx, 'visit-type', Object.values(typeIds))
    return { typeIds, resourceIds }
  })
}

/** A clinician of the practice as somebody who can be booked. */
export async function addClinician(tx: Ctx, clinicianId: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into scheduling.resource (kind, clinician_id) values ('clinician', ${clinicianId}::uuid)
    on conflict (clinician_id) do update set closed_at = null
    returning id
  `.execute(tx.db.kysely)
  return rows[0]!.id
}

export async function addResource(tx: Ctx, { kind, name, locationId }: { kind: ResourceKind; name: string; locationId: string }): Promise<string> {
  const { rows } = await sql<{ id: string }>`insert into scheduling.resource (kind, name, location_id) values (${kind}, ${name}, ${locationId}::uuid) returning id`.execute(tx.db.kysely)
  return rows[0]!.id
}

async function addWeek(tx: Ctx, { resourceId, locationId, week }: { resourceId: string; locationId: string; week: WeekHours }): Promise<void> {
  const rows = Object.entries(week).flatMap(([weekday, periods]) => (periods as readonly Period[]).map(({ opens, closes }) => ({ weekday: Number(weekday), starts: opens, ends: closes })))
  await sql`
    insert into scheduling.weekly_hours (resource_id, location_id, weekday, starts_minute, ends_minute)
    select ${resourceId}::uuid, ${locationId}::uuid, w.weekday, w.starts, w.ends from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (weekday smallint, starts smallint, ends smallint)
  `.execute(tx.db.kysely)
}
