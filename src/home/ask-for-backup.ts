import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { makeBackups, seeBackups } from './access.ts'

const task = 'platform.backup'
const askLock = 4_072_300_120

/** A backup runs or is about to. */
export async function isBackupUnderWay(ctx: Ctx<StaffActor>): Promise<boolean> {
  mustBeAbleTo(ctx, seeBackups)
  const { rows } = await sql<{ is_so: boolean }>`select jobs.is_under_way(${task}) as is_so`.execute(ctx.db.kysely)
  return rows[0]!.is_so
}

/** Asks for a backup at once. Who presses while one is under way makes no second one. */
export function askForBackup(ctx: Ctx<StaffActor>): Promise<{ ok: true } | Refused<'no-place' | 'under-way'>> {
  mustBeAbleTo(ctx, makeBackups)
  return inTransaction(ctx, async tx => {
    if (tx.house.config.backupDir === undefined) return refused('no-place')
    // Two who press at once would both see none. The lock lets the second look when the first has asked.
    await sql`select pg_advisory_xact_lock(${askLock})`.execute(tx.db.kysely)
    if (await isBackupUnderWay(tx)) return refused('under-way')
    await enqueue(tx, task, { askedAt: tx.now().toISOString() }, { key: 'backup:asked', maxAttempts: 3 })
    await audit(tx, 'backup.asked')
    return { ok: true } as const
  })
}
