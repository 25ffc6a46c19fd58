import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { auditDenial } from '#platform/audit.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { enqueue, defineJob } from '#platform/jobs.ts'
import { errorFields } from '#platform/log.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import { storeFile } from '#platform/store-file.ts'
import { queueMail } from '#platform/email.ts'
import { startWorker } from '#root/worker.ts'
import { findIn, findInFolder, findInTables, someCanaries, type Sighting } from '#test/canaries.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'

/** A person's data goes in at every place where work of the house takes it, and things go wrong. Then every sink is searched. */
describe('what people trust us with', () => {
  const canaries = someCanaries()
  let t: TestHouse
  let worker: pg.Pool
  before(async () => {
    t = await aHouse()
    worker = new pg.Pool({ connectionString: t.db.workerUrl, max: 1 })
  })
  after(async () => {
    await worker.end()
    await t.close()
  })
  const everywhere = async (): Promise<Sighting[]> => [
    ...t.logged.flatMap(line => findIn(canaries, 'log', line)),
    ...await findInTables(canaries, t.db.owner),
    ...await findInTables(canaries, worker),
    ...findInFolder(canaries, t.house.config.dataDir),
  ]

  test('is not in a job that failed over it, nor in the log', async () => {
    const failing = defineJob({ name: 'test.fail', run: async () => { throw Object.assign(new Error(`cannot read ${canaries.result}`), { detail: canaries.name }) } })
    const refused = defineJob({ name: 'test.refuse', run: ctx => inTransaction(ctx, async tx => {
      await sql`insert into platform.idempotency (actor, key, body_hash, created_at) values (platform.actor_key(), ${canaries.note.slice(0, 9)}, ${Buffer.from(canaries.note)}, now())`.execute(tx.db.kysely)
    }) })
    const running = await startWorker(t.house, [failing, refused], { workerUrl: t.db.workerUrl })
    await inTransaction(t.visitor(), async tx => { await enqueue(tx, 'test.fail', {}); await enqueue(tx, 'test.refuse', {}) })
    for (let tries = 0; tries < 100 && t.logged.filter(line => line.includes('job failed')).length < 2; tries++) await pause(50)
    await pause(100)
    await running.stop()
    const { rows } = await worker.query<{ last_error: string }>('select last_error from graphile_worker._private_jobs where attempts > 0')
    assert.equal(rows.length, 2)
    assert.deepEqual(await everywhere(), [])
  })
  test('is not in what an error leaves in the log', async () => {
    const causes = [
      new Error(canaries.message),
      Object.assign(new Error(canaries.message), { code: 'E1', constraint: 'one_name' }),
      await t.db.owner.query(`select '${canaries.result}'::integer`).catch(error => error),
      await t.db.owner.query('insert into platform.content_version values (false, 1) -- ' + canaries.note).catch(error => error),
      canaries.password,
      { toString: () => canaries.token },
    ]
    for (const cause of causes) t.house.log.error('something went wrong', errorFields(cause))
    t.house.log.info('with more than it may', { name: canaries.name, status: 200 } as never)
    assert.deepEqual(await everywhere(), [])
  })
  test('is not in counts, denials, mail that waits or files', async () => {
    await takeTurn(t.visitor(), 'sign-in', { account: canaries.name, address: '198.51.100.7' })
    await inTransaction(t.visitor(), tx => queueMail(tx, { to: 'ana@example.com', subject: 'New', text: `${canaries.token} ${canaries.message}` }))
    await inTransaction(t.system('practice.found'), tx => storeFile(tx, Buffer.from(canaries.note), { mediaType: `text/plain; ${canaries.name}` }))
    await auditDenial(t.visitor(), 'access.denied', { detail: { page: '/portal/results/:id' } })
    assert.deepEqual(await everywhere(), [])
  })
  test('would be seen if it were there', async () => {
    t.house.log.info(canaries.note)
    await t.db.owner.query('insert into platform.rate_count values ($1, $2, now(), 1)', ['a', canaries.name])
    assert.deepEqual((await everywhere()).map(({ canary, where }) => [canary, where]), [['note', 'log'], ['name', 'platform.rate_count']])
  })
})
