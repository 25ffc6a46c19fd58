import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { refused, type Refused } from '#platform/refused.ts'

/** Why two patients cannot be joined yet: both have an account; both can be opened, by account, caregiver, letter or invitation; or one of them is one's own. */
export type CarryRefusal = 'two-accounts' | 'both-open' | 'own-record'
export type Join = { joinId: string; from: string; to: string }

/** Two patients become one: whoever could open the one's record opens the other's. In the transaction of the join. */
export async function carryOver(tx: Ctx<StaffActor | SystemActor>, { joinId, from, to }: Join): Promise<{ ok: true; persons: string[] } | Refused<CarryRefusal>> {
  const { rows } = await sql<{ reason: CarryRefusal | null; persons: string[] }>`
    select reason, persons from accounts.door_carry_over(${joinId}::uuid, ${from}::uuid, ${to}::uuid)
  `.execute(tx.db.kysely)
  const { reason, persons } = rows[0]!
  if (reason) return refused(reason)
  await tell(tx, 'account.carried-over', [from, to], persons)
  return { ok: true, persons }
}

/** The two are two again: what that join carried over goes back from `stands`, where it is now. Returns whose way in it was. */
export async function carryBack(tx: Ctx<StaffActor>, { joinId, from, stands }: { joinId: string; from: string; stands: string }): Promise<string[]> {
  const { rows } = await sql<{ persons: string[] }>`select accounts.door_carry_back(${joinId}::uuid, ${stands}::uuid) as persons`.execute(tx.db.kysely)
  const { persons } = rows[0]!
  await tell(tx, 'account.carried-back', [stands, from], persons)
  return persons
}

async function tell(tx: Ctx<StaffActor | SystemActor>, action: string, patients: readonly string[], persons: readonly string[]): Promise<void> {
  if (persons.length === 0) return
  for (const patientId of patients) await audit(tx, action, { patientId, kind: 'person', ids: persons })
}
