import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'

/** Two patients become one: the safe way of either counts, and so does every no. In the transaction of the join. */
export async function carryReach(tx: Ctx<StaffActor | SystemActor>, { joinId, from, to }: { joinId: string; from: string; to: string }): Promise<void> {
  await sql`select notices.door_carry_over(${joinId}::uuid, ${from}::uuid, ${to}::uuid)`.execute(tx.db.kysely)
}

/** The two are two again: what that join moved goes back from `stands`. */
export async function carryReachBack(tx: Ctx<StaffActor>, { joinId, stands }: { joinId: string; stands: string }): Promise<void> {
  await sql`select notices.door_carry_back(${joinId}::uuid, ${stands}::uuid)`.execute(tx.db.kysely)
}
