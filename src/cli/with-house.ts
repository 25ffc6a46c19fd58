import { randomUUID } from 'node:crypto'
import type { Config } from '#platform/config.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { poolDb } from '#platform/db.ts'
import type { House } from '#platform/house.ts'
import { makeLog } from '#platform/log.ts'
import { openHouse } from '#platform/open-house.ts'
import { readRunning } from '#platform/run-file.ts'
import { shell } from '#home/shell.tsx'
import type { Io } from './command.ts'
import { configOf } from './config-of.ts'
import { openDatabase, type OpenDatabase } from './open-database.ts'

export type AtHand = { config: Config; house: House; database: OpenDatabase; ctxAs: (job: string, patientId?: string) => Ctx<SystemActor> }

/** Opens the database and the house for one command and closes both after it. The log stays quiet: the command speaks. */
export async function withHouse<T>(io: Pick<Io, 'env'>, work: (at: AtHand) => Promise<T>, { wish = 'what-is-there' }: { wish?: Parameters<typeof openDatabase>[1] } = {}): Promise<T> {
  const config = configOf(io)
  const url = readRunning(config.dataDir)?.url
  if (url) config.publicUrl = url     // what answers now is what links must name
  const database = await openDatabase(config, wish)
  const { house, close } = openHouse({ config, keys: database.keys, log: makeLog('silent'), appUrl: database.urls.app, isDemo: database.isDemo, shell })
  try {
    return await work({ config, house, database, ctxAs: (job, patientId) => systemCtx(house, job, patientId) })
  } finally {
    await close()
    await database.close()
  }
}

export function systemCtx(house: House, job: string, patientId?: string): Ctx<SystemActor> {
  const now = house.now()
  return { db: poolDb(house.pool), actor: { kind: 'system', job, ...(patientId && { patientId }) }, now: () => now, log: house.log, requestId: randomUUID(), house }
}
