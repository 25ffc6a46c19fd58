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
const anchorLock = 4_072_300_120
const restMs = 500
const slackSeconds = 10                // how far the database's clock may step back unnoticed
const lookBackMs = 25 * 3_600_000
const widenEveryMs = 3_600_000

type Pass = {
  sealed: number
  head: Head
  /** Everything before this moment could be seen by this pass. Undefined while another process seals. */
  horizon: Date | undefined
  /** The last event of a full batch: more may follow it. */
  lastId: string | undefined
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

/** The bound stands on both sides, so that neither table is ever read as a whole. */
async function unsealed(db: Db, from: string): Promise<{ id: string; event: string }[]> {
  const { rows } = await sql<{ id: string; event: string }>`
    select e.id, ${canonical} as event
    from audit.event e
    where e.id >= ${from}::uuid
      and not exists (select from audit.seal s where s.event_id = e.id and s.event_id >= ${from}::uuid)
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

/** Seals one batch of what is not yet sealed from that id on. Of several sealers one works and the others find the lock taken. */
export function sealOnce({ pool, keys, now }: Place, from: string = firstIdOf(new Date(0))): Promise<Pass> {
  return transactionOn({ pool, begin: speakFor({ kind: 'system', job: 'audit.seal' }, now()) }, async db => {
    const { rows: [lock] } = await sql<{ is_ours: boolean }>`select pg_try_advisory_xact_lock(${sealerLock}) as is_ours`.execute(db.kysely)
    const head = await headOf(db)
    if (!lock?.is_ours) return { sealed: 0, head, horizon: undefined, lastId: undefined }
    const horizon = await horizonOf(db)
    const events = await unsealed(db, from)
    const sealed = events.length
    return { sealed, head: sealed === 0 ? head : await chain(db, keys, head, events, now()), horizon, lastId: sealed === batchSize ? events.at(-1)!.id : undefined }
  })
}

/**
 * Where a pass begins: first at the beginning of time, then behind the last full batch, then at what was not yet settled,
 * and once an hour a day back in case a clock was set back.
 */
export class Bound {
  from = firstIdOf(new Date(0))
  #horizon: Date | undefined
  #widenedAt = 0
  settle({ horizon, lastId }: Pass, at: Date): void {
    if (!horizon) return
    this.#horizon ??= horizon            // of the first pass of a row of full ones: later ones did not look back
    if (lastId) return void (this.from = lastId)
    const isTimeToWiden = at.getTime() - this.#widenedAt > widenEveryMs
    if (isTimeToWiden) this.#widenedAt = at.getTime()
    this.from = firstIdOf(isTimeToWiden ? new Date(this.#horizon.getTime() - lookBackMs) : this.#horizon)
    this.#horizon = undefined
  }
}

/** Writes down where the chain stands, before it grows: a crash may have come between a seal and its anchor. */
const anchorHead = ({ pool, now }: Place, anchor: AnchorFile): Promise<boolean> =>
  transactionOn({ pool, begin: speakFor({ kind: 'system', job: 'audit.seal' }, now()) }, async db => {
    await sql`select pg_advisory_xact_lock(${anchorLock})`.execute(db.kysely)   // two that write at once would write the same line
    return anchor.append(await headOf(db), now())
  })

/** Seals everything there is, from the first event on, and anchors the head. */
export async function sealEverything(place: Place, anchor: AnchorFile): Promise<number> {
  await anchorHead(place, anchor)
  const bound = new Bound()
  for (let sealed = 0; ;) {
    const pass = await sealOnce(place, bound.from)
    if (pass.sealed > 0) await anchorHead(place, anchor)
    bound.settle(pass, place.now())
    sealed += pass.sealed
    if (!pass.lastId) return sealed
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
    const done = await sealOnce(house, bound.from)
    if (done.sealed > 0) await anchorHead(house, anchor)
    bound.settle(done, house.now())
    onPass?.(done)
    return done.lastId !== undefined
  }
  const tryPass = () => pass().catch(error => {
    house.log.error('audit not sealed', errorFields(error))
    isAnchored = false
    return false
  })
  const work = async () => {
    while (!stopped.signal.aborted) {
      if (!await tryPass()) await pause(restMs, undefined, { signal: stopped.signal }).catch(() => {})
    }
    while (await tryPass());        // what the last requests wrote
  }
  const done = work()
  return { stop: () => { stopped.abort(); return done } }
}
