import { randomUUID } from 'node:crypto'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { poolDb } from '#platform/db.ts'
import type { House } from '#platform/house.ts'

/** What comes in by itself comes in the importer's name, each time by the clock of that moment. */
export function feedCtx(house: House): Ctx<SystemActor> {
  const now = house.now()
  return { db: poolDb(house.pool), actor: { kind: 'system', job: 'records.import' }, now: () => now, log: house.log, requestId: randomUUID(), house }
}
