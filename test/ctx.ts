import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#platform/config.ts'
import type { Actor, Ctx, PatientActor, ProxyActor, Role, StaffActor, SystemActor, VisitorActor } from '#platform/ctx.ts'
import { poolDb, sql } from '#platform/db.ts'
import type { House } from '#platform/house.ts'
import { makeKeys } from '#platform/keys.ts'
import { makeLog } from '#platform/log.ts'
import { openHouse } from '#platform/open-house.ts'
import type { Shell } from '#platform/shell.ts'
import { bareShell } from '#test/bare-shell.tsx'
import { freshDatabase, type TestDatabase } from '#test/database.ts'

/** A whole house for one test file: its own database, folder, keys and a clock that the test sets. */
export type TestHouse = {
  house: House
  db: TestDatabase
  /** Every line the log wrote. */
  logged: string[]
  setNow: (now: Date | string) => void
  visitor: () => Ctx<VisitorActor>
  system: (job: string, patientId?: string) => Ctx<SystemActor>
  close: () => Promise<void>
}

export async function aHouse({ now = '2026-11-23T15:00:00Z', env = {}, isDemo = false, shell = bareShell }: { now?: string; env?: Record<string, string>; isDemo?: boolean; shell?: Shell } = {}): Promise<TestHouse> {
  const db = await freshDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-test-'))
  const read = readConfig({ DATA_DIR: dataDir, PUBLIC_URL: 'http://localhost:3000', ...env })
  if (!read.ok) throw new Error(read.problems.join('\n'))
  const logged: string[] = []
  const log = makeLog('info', { write: line => void logged.push(line) })
  let clock = new Date(now)
  const { house, close } = openHouse({ config: read.config, keys: makeKeys(randomBytes(32)), log, appUrl: db.appUrl, isDemo, shell, now: () => clock })
  return {
    house, db, logged,
    setNow: moment => { clock = new Date(moment) },
    visitor: () => ctxOf(house, { kind: 'visitor' }),
    system: (job, patientId) => ctxOf(house, { kind: 'system', job, ...(patientId && { patientId }) }),
    async close() {
      await close()
      await db.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export function ctxOf<A extends Actor>(house: House, actor: A): Ctx<A> {
  return { db: poolDb(house.pool), actor, now: house.now, log: house.log, requestId: randomUUID(), house }
}

/** What each role reaches, as the accounts domain grants it. Tests below that domain set it up by hand. */
export async function grant(test: TestHouse, personId: string, categories: readonly string[], { patientId = null, source, verbs = ['see'], endsAt = null }: { patientId?: string | null; source: 'self' | 'proxy' | 'role' | 'emergency'; verbs?: readonly ('see' | 'change')[]; endsAt?: Date | null }): Promise<void> {
  const owner = poolDb(test.db.owner).kysely
  for (const category of categories) {
    for (const verb of verbs) {
      await sql`
        insert into platform.access_grant (person_id, patient_id, category, verb, source, starts_at, ends_at)
        values (${personId}::uuid, ${patientId}::uuid, ${category}, ${verb}, ${source}, '2020-01-01', ${endsAt})
      `.execute(owner)
    }
  }
}

export const patientActor = (patientId: string, personId: string = randomUUID()): PatientActor => ({ kind: 'patient', personId, patientId, sessionId: randomUUID() })
export const proxyActor = (patientId: string, personId: string = randomUUID()): ProxyActor => ({ kind: 'proxy', personId, patientId, sessionId: randomUUID() })
export const staffActor = (roles: readonly Role[], personId: string = randomUUID()): StaffActor => ({ kind: 'staff', personId, roles, sessionId: randomUUID() })
