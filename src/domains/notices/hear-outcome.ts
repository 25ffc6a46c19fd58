import { audit } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'

export type Outcome = 'arrived' | 'bounced' | 'complained' | 'refused' | 'unreachable'

/**
 * What became of one of ours, by our own number or by its carrier's. Where nobody reads, or somebody complains, nothing about patients goes any more
 * until a code shows that it works again; the desk gets work for what did not arrive (`watchDelivery`). Twice is the same as once; the order does not count.
 */
export async function hearOutcome(tx: Ctx<SystemActor>, which: { mailId: string } | { vendorId: string }, outcome: Outcome, code: string): Promise<boolean> {
  const [mailId, vendorId] = 'mailId' in which ? [which.mailId, null] : [null, which.vendorId]
  const { rows } = await sql<{ known: boolean }>`select notices.door_hear_outcome(${mailId}::uuid, ${vendorId}, ${outcome}, ${code}) as known`.execute(tx.db.kysely)
  const known = rows[0]!.known
  if (known && outcome !== 'arrived') await audit(tx, 'mail.not-arrived', { detail: { outcome } })
  return known
}
