import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { makeKeys } from '#platform/keys.ts'
import { root } from '#platform/root.ts'
import { startBulkServer, type BulkServer } from '#test/bulk-server/start.ts'
import { startChild } from '#test/child.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { discover, forgetToken, types, type Connection } from './get-token.ts'
import { filesOf, readConnection, readRun, runsOf, type PullRun, type RunKind } from './run-state.ts'
import { ensureKeys } from './signing-keys.ts'
import { askEhr } from './start-export.ts'
import { openRun, stepRun } from './step-run.ts'

const calm = { patients: 4, perPatient: 3, clockSeconds: 0, tokenSeconds: 300, polls: 1, retryAfter: '1', busy: 0, cutOff: 0, fails: 0, forgetToken: 0, slowMs: 0, refusedMember: false, hasErrorFile: false, deleted: [], documents: '', documentFails: 0, knowsBinary: true, criticalOfStranger: '', wrongCount: 0, changedSince: 1, requiresToken: true, redirectTo: '', expired: 0 }

describe('records fetched from an EHR in bulk', { timeout: 240_000 }, () => {
  const secret = randomBytes(32)
  let t: RunningHouse, ehr: BulkServer
  let count = 0
  before(async () => {
    [t, ehr] = await Promise.all([aRunningHouse({ env: { PULL_FROM_PRIVATE: '1' } }), startBulkServer()])
    Object.assign(t.house, { keys: makeKeys(secret) })
    await ensureKeys(ctx())
  })
  after(async () => { await ehr.child.kill(); await t.close() })
  beforeEach(async () => { t.setNow(new Date()); await ehr.be({ ...calm, jwks: `${t.url}/.well-known/jwks.json` }) })

  const ctx = () => t.system('records.import')
  const one = async <T>(query: string, values: unknown[] = []): Promise<T> => (await t.db.owner.query(query, values)).rows[0] as T
  const number = async (query: string, values: unknown[] = []) => Number((await one<{ n: string }>(`select count(*) as n ${query}`, values)).n)
  const kept = (source: string) => number('from records.version v join records.resource r on r.id = v.resource_id where r.source = $1', [source])
  const parked = async (source: string) => (await t.db.owner.query<{ reason: string; source_id: string | null }>('select reason, source_id from records.parked where source = $1 order by reason', [source])).rows

  async function connect(more: Partial<Connection> = {}): Promise<Connection> {
    const found = { ...await discover(ctx(), ehr.base), ...more }
    const { id } = await one<{ id: string }>(
      "insert into pull.connection (source, base_url, token_url, algorithm, scope_style, client_id, group_id, added_at) values ($1, $2, $3, $4, $5, 'the-practice', 'g1', now()) returning id",
      [`ehr-${++count}`, ehr.base, found.tokenUrl, found.algorithm, found.scopeStyle])
    return (await readConnection(ctx(), id))!
  }
  async function begin(connection: Connection, kind: RunKind = 'by-hand'): Promise<PullRun> {
    assert.ok(await openRun(ctx(), (await readConnection(ctx(), connection.id))!, kind))
    return (await runsOf(ctx(), connection.id))[0]!
  }
  /** Goes on until it has ended, the clock put forward to each next try. */
  async function finish({ id }: PullRun): Promise<PullRun> {
    for (let steps = 0; steps < 30; steps++) {
      await stepRun(ctx(), id)
      const run = (await readRun(ctx(), id))!
      if (run.finishedAt) return run
      t.setNow(run.nextAt)
    }
    throw new Error('it did not end')
  }
  const asked = async (what: string) => (await ehr.asked()).log.filter(one => one.what === what).map(one => one.detail ?? '')

  for (const algorithm of ['ES384', 'RS384'] as const) {
    test(`everything arrives, signed with ${algorithm}; asked for by group and type; the export is cleared away`, async () => {
      const connection = await connect({ algorithm })
      const run = await finish(await begin(connection))
      assert.deepEqual([run.state, run.problem, run.members, run.missing, run.bare], ['done', null, 4, 0, 0])
      assert.equal(await kept(connection.source), 16)
      assert.equal(await number('from records.result x join records.resource r on r.id = x.resource_id where r.source = $1', [connection.source]), 12)
      assert.deepEqual((await filesOf(ctx(), run.id)).map(file => [file.fhirType, file.announced, file.lines, file.parked]), [['Patient', 4, 4, 0], ['Observation', 12, 12, 0]])
      const [query = ''] = await asked('kick-off')
      assert.equal(new URLSearchParams(query).get('_type'), types.join(','))
      assert.match((await asked('token'))[0]!, /system\/Patient\.rs/)
      assert.equal((await ehr.asked()).jobs, 0)
    })
  }
  test('the next one asks for what came since the EHR’s own time of the last, and brings the new version', async () => {
    const connection = await connect()
    const first = await finish(await begin(connection))
    const second = await finish(await begin(connection, 'nightly'))
    const since = new URLSearchParams((await asked('kick-off')).at(-1)).get('_since')
    assert.equal(since, first.transactionTime!.toISOString())
    assert.deepEqual([await kept(connection.source), second.missing], [19, null])
    assert.equal(await number("from records.result x join records.resource r on r.id = x.resource_id where r.source = $1 and x.value = 101", [connection.source]), 3)
  })
  test('a trial counts and keeps nothing', async () => {
    const connection = await connect()
    const run = await finish(await begin(connection, 'trial'))
    assert.deepEqual([run.state, run.members, await kept(connection.source), (await readConnection(ctx(), connection.id))!.since], ['done', 4, 0, null])
    assert.equal((await filesOf(ctx(), run.id)).reduce((sum, file) => sum + file.lines, 0), 16)
  })
  test('a file that breaks off is asked for again and goes on where it broke', async () => {
    await ehr.be({ cutOff: 1, perPatient: 600 })
    const connection = await connect()
    const run = await finish(await begin(connection))
    assert.deepEqual([run.state, await kept(connection.source), (await parked(connection.source)).length], ['done', 2_404, 0])
    assert.equal((await asked('file')).filter(name => name === 'Observation.ndjson').length, 2)
  })
  test('a file with fewer lines than its manifest says is kept, and the report says so', async () => {
    await ehr.be({ wrongCount: 5 })
    const connection = await connect()
    const run = await finish(await begin(connection))
    assert.deepEqual((await filesOf(ctx(), run.id)).map(file => file.problem), [null, 'cut-off'])
    assert.equal(await kept(connection.source), 16)
  })
  test('a token that the EHR forgets in the middle is replaced', async () => {
    await ehr.be({ forgetToken: 1 })
    const run = await finish(await begin(await connect()))
    assert.deepEqual([run.state, (await asked('token')).length], ['done', 2])
  })
  test('a clock that is ten minutes off, either way, is no reason to be refused', async () => {
    for (const clockSeconds of [600, -600]) {
      await ehr.be({ clockSeconds })
      const connection = await connect()
      forgetToken(ctx(), connection)
      assert.equal((await finish(await begin(connection))).state, 'done')
      assert.deepEqual(await asked('token refused'), ['exp'])
    }
  })
  test('what was left out, who is missing and what was deleted is put aside for staff; nothing the EHR said is kept elsewhere', async () => {
    await ehr.be({ refusedMember: true, hasErrorFile: true, deleted: ['Observation/o1-1'] })
    const connection = await connect()
    const run = await finish(await begin(connection))
    assert.deepEqual([run.members, run.missing, run.bare], [4, 1, 0])
    assert.deepEqual((await parked(connection.source)).map(row => [row.reason, row.source_id]), [
      ['is in the EHR’s group, and no record of theirs came', 'p4'], ['was deleted in the EHR: it is kept, and no longer shown', 'o1-1'], ['was left out by the EHR', null]])
  })
  test('R21 what the EHR deleted is kept and no fact any more, until a later version of it comes; a patient is not taken away; what was never here is nothing', async () => {
    const connection = await connect()
    await finish(await begin(connection))
    const facts = (id: string) => number("from records.result t join records.resource r on r.id = t.resource_id where r.source = $1 and r.source_id = $2 and t.is_fact and t.visible_at is not null", [connection.source, id])
    assert.equal(await facts('o1-1'), 1)
    await ehr.be({ deleted: ['Observation/o1-1', 'Observation/never-here', 'Patient/p2'], changedSince: 0 })
    for (let turn = 0; turn < 2; turn++) assert.equal((await finish(await begin(connection))).state, 'done')
    assert.deepEqual([await facts('o1-1'), await facts('o1-2')], [0, 1])
    assert.equal(await number("from records.version v join records.resource r on r.id = v.resource_id where r.source = $1 and r.source_id = 'o1-1' and r.gone_at is not null", [connection.source]), 1)
    assert.deepEqual((await parked(connection.source)).map(row => [row.reason, row.source_id]), [['was deleted in the EHR, and is still here', 'p2'], ['was deleted in the EHR: it is kept, and no longer shown', 'o1-1']])
    assert.equal(await number("from audit.event where action = 'records.withdrawn'", []) >= 1, true)
    await ehr.be({ deleted: [], changedSince: 1 })
    await finish(await begin(connection))
    assert.equal(await facts('o1-1'), 1)
  })
  test('a document that is kept elsewhere in the EHR comes with its note, bare or as a resource, digits and all; twice changes nothing', async () => {
    for (const documents of ['raw', 'resource'] as const) {
      await ehr.be({ documents, documentFails: 1 })
      const connection = await connect()
      const run = await finish(await begin(connection))
      const { rows } = await t.db.owner.query("select convert_from(decode(n.body #>> '{content,0,attachment,data}', 'base64'), 'UTF8') as words, n.body #>> '{content,0,attachment,url}' as url, n.body::text like '%5.10%' as digits from records.note n where n.source = $1 order by 1", [connection.source])
      assert.deepEqual([run.state, rows.map(row => row.words), rows.every(row => row.url && row.digits)], ['done', [1, 2, 3, 4].map(n => `The document of b${n}.`), true])
      assert.ok((await asked('document')).every(one => one.endsWith('text/plain, application/fhir+json;q=0.5')))
      const before = await kept(connection.source)
      await t.db.owner.query('update pull.connection set since = null where id = $1', [connection.id])
      await finish(await begin(connection))
      assert.equal(await kept(connection.source), before)
      assert.deepEqual(await parked(connection.source), [])
    }
  })
  test('R11 a critical value of somebody who did not come calls whoever is on call, once; an old one does not', async () => {
    const calls = () => number("from work.page p join work.task t on t.id = p.task_id where t.kind = 'critical-message' and t.body like '%Observation/stranger-1%'")
    await ehr.be({ criticalOfStranger: '2026-01-02T09:00:00Z' })
    await finish(await begin(await connect()))
    assert.equal(await calls(), 0)
    await ehr.be({ criticalOfStranger: new Date(t.house.now().getTime() - 3_600_000).toISOString() })
    await finish(await begin(await connect()))
    assert.equal(await calls(), 1)
  })
  test('an EHR that knows no scope for documents is asked without it', async () => {
    await ehr.be({ documents: 'raw', knowsBinary: false })
    const connection = await connect()
    assert.equal((await finish(await begin(connection))).state, 'done')
    assert.equal(await number("from records.note where source = $1 and body #>> '{content,0,attachment,data}' is not null", [connection.source]), 4)
  })
  test('a document that the EHR does not give, or that is elsewhere or too large, leaves the note as it came and is put aside; a trial fetches none', async () => {
    for (const documents of ['gone', 'other-host', 'large'] as const) {
      await ehr.be({ documents, patients: 1 })
      const connection = await connect()
      assert.equal((await finish(await begin(connection))).state, 'done', documents)
      assert.equal(await number("from records.note where source = $1 and body #>> '{content,0,attachment,data}' is null", [connection.source]), 1, documents)
      assert.deepEqual((await parked(connection.source)).map(row => [row.reason, row.source_id]), [['points at a document that the EHR does not give', 'd1']], documents)
    }
    await ehr.be({ documents: 'raw' })
    await finish(await begin(await connect(), 'trial'))
    assert.deepEqual(await asked('document'), [])
  })
  test('a patient of whom nothing else came is counted', async () => {
    await ehr.be({ perPatient: 0 })
    const run = await finish(await begin(await connect()))
    assert.deepEqual([run.state, run.bare], ['done', 4])
  })
  test('429 with Retry-After is obeyed, and one fault of the EHR costs nothing', async () => {
    await ehr.be({ busy: 1, fails: 1 })
    const run = await begin(await connect())
    const before = t.house.now().getTime()
    await stepRun(ctx(), run.id)
    const busy = (await readRun(ctx(), run.id))!
    assert.deepEqual([busy.problem, busy.nextAt.getTime() - before >= 30_000], ['busy', true])
    assert.equal((await finish(run)).state, 'done')
  })
  test('an export that the EHR has thrown away is asked for anew', async () => {
    await ehr.be({ expired: 1 })
    const run = await finish(await begin(await connect()))
    assert.deepEqual([run.state, (await asked('kick-off')).length], ['done', 2])
  })
  test('the key is not carried to another host, and an unknown group or client ends with words', async () => {
    await ehr.be({ redirectTo: 'http://127.0.0.2:1/elsewhere' })
    assert.equal((await finish(await begin(await connect()))).problem, 'other-host')
    const connection = await connect()
    await assert.rejects(askEhr(ctx(), connection, 'http://127.0.0.2:1/elsewhere'), { problem: 'other-host' })
    await t.db.owner.query("update pull.connection set group_id = 'nobody' where id = $1", [connection.id])
    assert.equal((await finish(await begin(connection))).problem, 'no-group')
    await t.db.owner.query("update pull.connection set client_id = 'stranger' where id = $1", [connection.id])
    const run = await finish(await begin(connection))
    assert.deepEqual([run.state, run.problem, run.tries], ['failed', 'token-refused', 8])
    assert.equal(await number("from work.task where kind = 'pull-failed' and pool = 'manager' and subject_id = $1 and done_at is null", [connection.id]), 1)
  })
  test('files that need no token get none', async () => {
    await ehr.be({ requiresToken: false })
    assert.equal((await finish(await begin(await connect()))).state, 'done')
  })
  test('of two at once one works; a second fetch is not opened beside the first', async () => {
    await ehr.be({ polls: 0, slowMs: 2, perPatient: 100 })
    const connection = await connect()
    const run = await begin(connection)
    const both = await Promise.all([stepRun(ctx(), run.id), pause(50).then(() => stepRun(ctx(), run.id))])
    assert.deepEqual(both, [true, false])
    assert.equal(await kept(connection.source), 404)
    const next = await begin(connection)
    assert.equal(await openRun(ctx(), connection, 'nightly'), false)
    await finish(next)
  })
  test('killed with -9 in the middle of a file and taken up by the next: all is there, once', async () => {
    await ehr.be({ polls: 0, slowMs: 25, perPatient: 3_000 })
    const connection = await connect()
    const run = await begin(connection)
    const env = { APP_URL: t.db.appUrl, RUN: run.id, SECRET: secret.toString('base64'), DATA_DIR: t.house.config.dataDir }
    const child = startChild(['--import', 'tsx', join(root, 'test/bulk-server/fetch-in-child.ts')], { env })
    await child.says(/fetching/)
    for (let tries = 0; tries < 400 && (await kept(connection.source)) < 4_000; tries++) await pause(25)
    await child.kill('SIGKILL')
    const atKill = await kept(connection.source)
    assert.ok(atKill < 12_004, `${atKill} were there: it was too late to kill`)
    await ehr.be({ slowMs: 0 })
    for (let tries = 0; tries < 100 && !(await stepRun(ctx(), run.id)); tries++) await pause(50)
    const ended = await finish(run)
    assert.deepEqual([ended.state, await kept(connection.source)], ['done', 12_004])
    assert.equal((await asked('kick-off')).length, 0)
  })
})
