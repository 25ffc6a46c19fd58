import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { AnchorFile, anchorFileOf } from '#platform/anchor-file.ts'
import { canonical, epochText, firstIdOf, linkHash, start, type Head } from '#platform/audit-chain.ts'
import { speakFor, sql, transactionOn, type Db } from '#platform/db.ts'
import type { House } from '#platform/house.ts'
import type { Keys } from '#platform/keys.ts'
import { errorFields } from '#platform/log.ts'

const batchSize = 2_000
const sealerLock = 4_072_300_117
const restMs = 500
const slackSeconds = 10                // how far the database's clock may step back unnoticed
const lookBackMs = 25 * 3_600_000
const widenEveryMs = 3_600_000

type Pass = {
  sealed: number
  head: Head
  /** Everything before this moment is sealed. Undefined while more waits, or while another process seals. */
  doneUpTo: Date | undefined
}
type Place = { pool: Pool; keys: Keys; now: () => Date }

/** Events of transactions that are still open carry ids from before they commit: nothing after the oldest one's start counts as done. */
async function horizonOf(db: Db): Promise<Date> {
  const { rows } = await sql<{ horizon: Date }>`
    select least(clock_timestamp(), min(xact_start)) - make_interval(secs => ${slackSeconds}) as horizon
    from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
  `.execute(db.kysely)
  return rows[0]!.horizon
}

async function headOf(db: Db): Promise<Head> {
  const { rows } = await sql<Head>`select seq, hash from audit.seal order by seq desc limit 1`.execute(db.kysely)
  return rows[0] ?? start
}

async function unsealed(db: Db, since: Date): Promise<{ id: string; event: string }[]> {
  const { rows } = await sql<{ id: string; event: string }>`
    select e.id, ${canonical} as event
    from audit.event e
    where e.id >= ${firstIdOf(since)}::uuid
      and not exists (select from audit.seal s where s.event_id = e.id)
    order by e.id
    limit ${batchSize}
  `.execute(db.kysely)
  return rows
}

async function chain(db: Db, keys: Keys, head: Head, events: { id: string; event: string }[], at: Date): Promise<Head> {
  const sealedAt = epochText(at)
  const hashes: Buffer[] = []
  let { seq, hash } = head
  for (const { event } of events) hashes.push(hash = linkHash(keys, hash, ++seq, sealedAt, event))
  await sql`
    insert into audit.seal (seq, event_id, hash, sealed_at)
    select ${head.seq} + link.number, link.event_id, link.hash, ${at}
    from unnest(${events.map(event => event.id)}::uuid[], ${hashes}::bytea[]) with ordinality as link (event_id, hash, number)
  `.execute(db.kysely)
  return { seq, hash }
}

/** Seals one batch of what is not yet sealed since `since`. Of several sealers one works and the others find the lock taken. */
export function sealOnce({ pool, keys, now }: Place, since: Date): Promise<Pass> {
  return transactionOn({ pool, begin: speakFor({ kind: 'system', job: 'audit.seal' }, now()) }, async db => {
    const { rows: [lock] } = await sql<{ is_ours: boolean }>`select pg_try_advisory_xact_lock(${sealerLock}) as is_ours`.execute(db.kysely)
    const head = await headOf(db)
    if (!lock?.is_ours) return { sealed: 0, head, doneUpTo: undefined }
    const horizon = await horizonOf(db)
    const events = await unsealed(db, since)
    if (events.length === 0) return { sealed: 0, head, doneUpTo: horizon }
    return { sealed: events.length, head: await chain(db, keys, head, events, now()), doneUpTo: events.length < batchSize ? horizon : undefined }
  })
}

/** Writes down where the chain stands, before it grows: a crash may have come between a seal and its anchor. */
const anchorHead = async ({ pool, now }: Place, anchor: AnchorFile) =>
  anchor.append(await transactionOn({ pool, begin: speakFor({ kind: 'system', job: 'audit.seal' }, now()) }, headOf), now())

/** Seals everything there is, from the first event on, and anchors the head. */
export async function sealEverything(place: Place, anchor: AnchorFile): Promise<number> {
  await anchorHead(place, anchor)
  for (let sealed = 0; ;) {
    const pass = await sealOnce(place, new Date(0))
    await anchor.append(pass.head, place.now())
    sealed += pass.sealed
    if (pass.sealed < batchSize) return sealed
  }
}

/** Where a pass begins: first at the beginning of time, then at what is new, and once an hour a day back in case a clock was set back. */
class Bound {
  from = new Date(0)
  #widenedAt = 0
  settle(doneUpTo: Date | undefined, at: Date): void {
    if (!doneUpTo) return
    const isTimeToWiden = at.getTime() - this.#widenedAt > widenEveryMs
    if (isTimeToWiden) this.#widenedAt = at.getTime()
    this.from = isTimeToWiden && this.from.getTime() > 0 ? new Date(doneUpTo.getTime() - lookBackMs) : doneUpTo
  }
}

export type Sealing = { onPass?: (pass: { sealed: number; head: Head }) => void }

/** Chains every event within a second of its commit, until stopped, and writes each head to the anchor file. */
export function keepSealing(house: House, { onPass }: Sealing = {}): { stop: () => Promise<void> } {
  const stopped = new AbortController()
  const anchor = new AnchorFile(anchorFileOf(house.config.dataDir), house.keys)
  const bound = new Bound()
  let isAnchored = false
  const pass = async (): Promise<boolean> => {
    if (!isAnchored) await anchorHead(house, anchor)
    isAnchored = true
    const { sealed, head, doneUpTo } = await sealOnce(house, bound.from)
    await anchor.append(head, house.now())
    bound.settle(doneUpTo, house.now())
    onPass?.({ sealed, head })
    return sealed === batchSize
  }
  const work = async () => {
    while (!stopped.signal.aborted) {
      const isMore = await pass().catch(error => {
        house.log.error('audit not sealed', errorFields(error))
        isAnchored = false
        return false
      })
      if (!isMore) await pause(restMs, undefined, { signal: stopped.signal }).catch(() => {})
    }
  }
  const done = work()
  return { stop: () => { stopped.abort(); return done } }
}
