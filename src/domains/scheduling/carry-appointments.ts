import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'

/** Two patients become one: the visits of the one go along. In the transaction of the join. */
export async function carryAppointments(tx: Ctx<StaffActor | SystemActor>, { joinId, from, to }: { joinId: string; from: string; to: string }): Promise<void> {
  await sql`select scheduling.door_carry_over(${joinId}::uuid, ${from}::uuid, ${to}::uuid)`.execute(tx.db.kysely)
}

/** The two are two again: what that join moved goes back from `stands`, with what these people have booked there since. */
export async function carryAppointmentsBack(tx: Ctx<StaffActor>, { joinId, stands, persons }: { joinId: string; stands: string; persons: readonly string[] }): Promise<void> {
  await sql`select scheduling.door_carry_back(${joinId}::uuid, ${stands}::uuid, ${persons as string[]}::uuid[])`.execute(tx.db.kysely)
}
