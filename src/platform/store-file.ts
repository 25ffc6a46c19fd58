import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import type { FileFacts, StoredFile } from '#platform/files.ts'
import { defineJob } from '#platform/jobs.ts'

const graceHours = 24
/** Shared by a running backup, taken alone by the sweep: no file goes while a backup may still copy it. */
export const fileSweepLock = 4_072_300_118

/** Keeps bytes in the caller's transaction. When it does not commit, the sweep finds them. Tables refer to platform.file(id). */
export async function storeFile(tx: Ctx, source: Buffer | AsyncIterable<Buffer>, facts: FileFacts, limit?: { mostBytes: number }): Promise<StoredFile> {
  const { files } = tx.house
  const stored = Buffer.isBuffer(source) ? await files.put(source, facts) : await files.putStream(source, facts, limit)
  await sql`
    insert into platform.file (id, sha256, size, stored_at)
    values (${stored.id}::uuid, ${Buffer.from(stored.sha256, 'hex')}, ${stored.size}, ${tx.now()})
  `.execute(tx.db.kysely)
  return stored
}

/** The file is no longer in use. Its bytes go with a later sweep, so that a rollback or a backup under way still has them. */
export async function discardFile(tx: Ctx, id: string): Promise<void> {
  await sql`update platform.file set removed_at = ${tx.now()} where id = ${id}::uuid and removed_at is null`.execute(tx.db.kysely)
}

async function knownOf(tx: Ctx, ids: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from platform.file where id = any (${ids}::uuid[])`.execute(tx.db.kysely)
  return new Set(rows.map(row => row.id))
}

async function removeOrphans(tx: Ctx, before: Date): Promise<number> {
  const { files } = tx.house
  let count = 0
  let batch: string[] = []
  const settle = async () => {
    const known = await knownOf(tx, batch)
    for (const id of batch) if (!known.has(id)) { await files.remove(id); count++ }
    batch = []
  }
  for await (const { id, changedAt } of files.list()) {
    if (changedAt < before && batch.push(id) === 1000) await settle()
  }
  if (batch.length > 0) await settle()
  return count
}

/** Removes what nobody refers to: bytes whose transaction never committed, discarded files, halves that a crash left. */
export function sweepFiles(ctx: Ctx<SystemActor>): Promise<{ orphans: number; discarded: number; isHeldBack: boolean }> {
  const { files } = ctx.house
  return inTransaction(ctx, async tx => {
    const { rows: [lock] } = await sql<{ is_free: boolean }>`select pg_try_advisory_xact_lock(${fileSweepLock}) as is_free`.execute(tx.db.kysely)
    if (!lock?.is_free) return { orphans: 0, discarded: 0, isHeldBack: true }
    const before = new Date(tx.now().getTime() - graceHours * 3_600_000)
    const { rows: gone } = await sql<{ id: string }>`
      select id from platform.file where removed_at < ${before} order by removed_at limit 10000
    `.execute(tx.db.kysely)
    for (const { id } of gone) await files.remove(id)
    await sql`delete from platform.file where id = any (${gone.map(row => row.id)}::uuid[])`.execute(tx.db.kysely)
    const orphans = await removeOrphans(tx, before)
    await files.removeUnfinished(before)
    return { orphans, discarded: gone.length, isHeldBack: false }
  })
}

export const sweepFilesJob = defineJob({ name: 'platform.sweep-files', cron: '41 3 * * *', run: async ctx => void await sweepFiles(ctx) })
