import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { after, before, describe, test } from 'node:test'
import { metricsOf, serveMetrics } from '#platform/metrics.ts'
import { findIn, someCanaries } from '#test/canaries.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'

describe('the figures of a house', () => {
  let t: TestHouse
  let served: Awaited<ReturnType<typeof serveMetrics>>
  before(async () => {
    t = await aHouse()
    served = await serveMetrics(t.house, 0)
  })
  after(async () => {
    await served.stop()
    await t.close()
  })
  const read = async () => (await fetch(`http://127.0.0.1:${served.port}/metrics`)).text()

  test('count requests, jobs, seals, connections and the last good backup', async () => {
    const metrics = metricsOf(t.house)
    metrics.countRequest({ method: 'GET', route: '/portal/results/:id', status: 200, seconds: 0.01 })
    metrics.countJob({ job: 'platform.sweep', outcome: 'failed', seconds: 1 })
    metrics.countSeals({ sealed: 3, head: { seq: 40 } })
    await t.db.owner.query("insert into platform.backup_run (started_at, finished_at, file_name, bytes, table_count, row_count, file_count) values ('2026-11-23T02:00:00Z', '2026-11-23T02:00:09Z', 'x', 1, 1, 1, 1)")
    const text = await read()
    for (const line of [
      'rapport_http_request_seconds_count{method="GET",route="/portal/results/:id",status="200"} 1',
      'rapport_job_seconds_count{job="platform.sweep",outcome="failed"} 1',
      'rapport_audit_sealed_total 3', 'rapport_audit_head 40',
      `rapport_audit_pass_timestamp_seconds ${Date.UTC(2026, 10, 23, 15) / 1000}`,
      `rapport_backup_timestamp_seconds ${Date.UTC(2026, 10, 23, 2, 0, 9) / 1000}`,
      'rapport_pool_connections{pool="app",state="waiting"} 0',
    ]) assert.ok(text.includes(`${line}\n`), line)
    assert.match(text, /rapport_process_cpu_seconds_total/)
  })
  test('are given on this machine alone, and nothing else is', async () => {
    const outside = Object.values(networkInterfaces()).flat().find(one => one && !one.internal && one.family === 'IPv4')?.address
    if (outside) await assert.rejects(fetch(`http://${outside}:${served.port}/metrics`))
    for (const path of ['/', '/metrics/', '/portal', '/metrics?x=1']) assert.equal((await fetch(`http://127.0.0.1:${served.port}${path}`)).status, 404, path)
    assert.equal((await fetch(`http://127.0.0.1:${served.port}/metrics`, { method: 'POST' })).status, 404)
  })
  test('are one set for each house', () => assert.equal(metricsOf(t.house), metricsOf(t.house)))
  test('still come while the database does not', async () => {
    await t.db.owner.query('alter table platform.backup_run rename to away')
    assert.match(await read(), /rapport_pool_connections/)
    await t.db.owner.query('alter table platform.away rename to backup_run')
  })
  test('name no person', async () => {
    const canaries = someCanaries()
    assert.deepEqual(findIn(canaries, 'metrics', await read()), [])
  })
})
