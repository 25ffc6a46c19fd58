import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Pool, PoolClient } from 'pg'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { sayTouched, type Touch } from '#platform/touch.ts'

export { sql }

/** Where a use case's SQL goes: one connection inside a transaction, or the pool outside of one. */
export type Db = {
  readonly kysely: Kysely<unknown>
  /** Set inside a transaction. */
  readonly client?: PoolClient
  readonly afterCommit?: (() => void | Promise<void>)[]
  /** Statements that nothing in the transaction waits for, such as what the audit log is told: they go with the commit, in its round trip. */
  readonly withCommit?: string[]
  /** What open screens hear of, as soon as it is committed. */
  readonly touched?: Touch[]
}

/** A domain's own view of the database: its tables by schema-qualified name, and nothing else. */
export const tablesOf = <T>() => (ctx: Pick<Ctx, 'db'>): Kysely<T> => ctx.db.kysely as unknown as Kysely<T>

export const poolDb = (pool: Pool): Db => ({ kysely: new Kysely({ dialect: new PostgresDialect({ pool }) }) })

/** Statements that are sent all the time get a name, so that each connection prepares them once: the first few hundred that were sent often. */
const sent = new Map<string, { times: number; name: string }>()
const [oftenSent, mostStatements] = [16, 300]
function nameOf(text: string): string | undefined {
  let statement = sent.get(text)
  if (!statement) {
    if (sent.size >= mostStatements) return undefined
    sent.set(text, statement = { times: 0, name: `s${sent.size}` })
  }
  return ++statement.times > oftenSent ? statement.name : undefined
}

const kyselyOfClient = new WeakMap<PoolClient, Kysely<unknown>>()
function clientKysely(client: PoolClient): Kysely<unknown> {
  let found = kyselyOfClient.get(client)
  if (!found) {
    const held = { query: (text: string, values: unknown[]) => client.query({ text, values, name: nameOf(text) }), release() {} } as unknown as PoolClient
    const pool = { connect: async () => held, end: async () => {} } as unknown as Pool
    found = new Kysely({ dialect: new PostgresDialect({ pool }) })
    kyselyOfClient.set(client, found)
  }
  return found
}

/** Sets who asks and what time it is, for this transaction only: all of it, so that nothing of who asked before stays. Values are escaped: the batch goes as one simple query. */
export function speakFor(actor: Actor, now: Date): string {
  const settings: [string, string][] = [
    ['rapport.kind', actor.kind], ['rapport.now', now.toISOString()],
    ['rapport.person', 'personId' in actor ? actor.personId : ''], ['rapport.session', 'sessionId' in actor ? actor.sessionId : ''],
    ['rapport.patient', ('patientId' in actor && actor.patientId) || ''], ['rapport.job', actor.kind === 'system' ? actor.job : ''],
  ]
  return 'select ' + settings.map(([name, value]) => `set_config('${name}', ${pg.escapeLiteral(value)}, true)`).join(', ')
}

const retryable = (error: unknown) => error instanceof pg.DatabaseError && (error.code === '40001' || error.code === '40P01')
/** A statement that this connection prepared before a table changed under it. Another connection prepares it anew. */
const isOutdated = (error: unknown) => error instanceof pg.DatabaseError && error.code === '0A000' && error.routine === 'RevalidateCachedQuery'

type Opening = { pool: Pool; begin: string; onBegin?: (rows: Record<string, unknown>[]) => Promise<void> | void }

/** One transaction on one connection. `begin` is sent with it, so that the actor is set in the first round trip. */
export async function transactionOn<T>({ pool, begin }: Opening, work: (db: Db, opened: Record<string, unknown>[]) => Promise<T>): Promise<T> {
  for (let attemptNumber = 1; ; attemptNumber++) {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      const [afterCommit, withCommit, touched]: [(() => void | Promise<void>)[], string[], Touch[]] = [[], [], []]
      const results = await client.query(`begin; ${begin}`) as unknown as { rows: Record<string, unknown>[] }[]
      const result = await work({ kysely: clientKysely(client), client, afterCommit, withCommit, touched }, results.at(-1)?.rows ?? [])
      await client.query([...withCommit, 'commit'].join('; '))
      // What is committed stays so: a line that dies now takes the listener's with it, or is one screen's loss.
      if (touched.length > 0) await client.query(sayTouched(touched)).catch((problem: Error) => { broken = problem })
      for (const follow of afterCommit) await follow()
      return result
    } catch (error) {
      await client.query('rollback').catch((problem: Error) => { broken = problem })
      if (isOutdated(error)) broken = error as Error
      if (attemptNumber < 4 && (retryable(error) || broken === error)) continue
      throw error
    } finally {
      client.release(broken)
    }
  }
}

/** Runs `work` in one transaction in the actor's name; inside one already, joins it. Serialization failures, deadlocks and statements that a change of a table outdated are tried 3 times again. */
export function inTransaction<A extends Actor, T>(ctx: Ctx<A>, work: (tx: Ctx<A>) => Promise<T>): Promise<T> {
  if (ctx.db.client) return work(ctx)
  return transactionOn({ pool: ctx.house.pool, begin: speakFor(ctx.actor, ctx.now()) }, db => work({ ...ctx, db }))
}

/** A short transaction of its own on its own few connections: what must stand even when the request is rolled back. */
export function apart<A extends Actor, T>(ctx: Ctx<A>, work: (tx: Ctx<A>) => Promise<T>): Promise<T> {
  return transactionOn({ pool: ctx.house.apartPool, begin: speakFor(ctx.actor, ctx.now()) }, db => work({ ...ctx, db }))
}

const decidingCodes = new Set(['23505', '23P01', '23514', '23503'])
let savepointNumber = 0

/** Tries a write that a constraint may refuse (unique, exclusion, check, foreign key) and says which one did. The rest of the transaction goes on. */
export async function attempt<A extends Actor, T>(tx: Ctx<A>, work: (tx: Ctx<A>) => Promise<T>): Promise<{ ok: true; value: T } | { ok: false; constraint: string }> {
  const { client } = tx.db
  if (!client) return inTransaction(tx, inner => attempt(inner, work))
  const name = `attempt_${++savepointNumber}`
  const [{ length }, { length: touches }] = [tx.db.withCommit!, tx.db.touched!]
  await client.query(`savepoint ${name}`)
  try {
    const value = await work(tx)
    await client.query(`release savepoint ${name}`)
    return { ok: true, value }
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && decidingCodes.has(error.code ?? ''))) throw error
    await client.query(`rollback to savepoint ${name}`)
    tx.db.withCommit!.length = length
    tx.db.touched!.length = touches
    return { ok: false, constraint: error.constraint ?? '' }
  }
}

/** Runs after the transaction has been committed, before the answer leaves; at once where there is no transaction. */
export async function afterCommit(ctx: Ctx, follow: () => void | Promise<void>): Promise<void> {
  if (ctx.db.afterCommit) ctx.db.afterCommit.push(follow)
  else await follow()
}

/** Speaks in another name for the rest of a transaction: after sign-in, or for a job's narrower scope. */
export async function speakAs<A extends Actor>(tx: Ctx, actor: A): Promise<Ctx<A>> {
  await tx.db.client?.query([...tx.db.withCommit!.splice(0), speakFor(actor, tx.now())].join('; '))
  return { ...tx, actor }
}
