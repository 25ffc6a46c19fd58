import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeKeys } from '#platform/keys.ts'
import { root } from '#platform/root.ts'
import { importPaths } from '#integrations/ehr-fhir/import-paths.ts'
import { discover } from '#integrations/ehr-fhir-pull/get-token.ts'
import { ensureKeys } from '#integrations/ehr-fhir-pull/signing-keys.ts'
import { stepRun } from '#integrations/ehr-fhir-pull/step-run.ts'
import { startBulkServer } from '#test/bulk-server/start.ts'
import { startChild } from '#test/child.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import type { Figure } from './figure.ts'

/** A fetch of 20,000 resources over loopback beside the import of the same lines from a file; the memory of a process that does nothing else. */
export async function measurePull({ quick }: { quick: boolean }): Promise<Figure[]> {
  const secret = randomBytes(32)
  const [patients, perPatient] = quick ? [100, 19] : [1_000, 19]
  const resources = patients * (1 + perPatient)
  const t = await aRunningHouse({ env: { PULL_FROM_PRIVATE: '1' }, now: new Date().toISOString() })
  const ehr = await startBulkServer()
  try {
    Object.assign(t.house, { keys: makeKeys(secret) })
    const ctx = t.system('records.import')
    await ensureKeys(ctx)
    await ehr.be({ patients, perPatient, polls: 0, jwks: `${t.url}/.well-known/jwks.json` })
    const files = await Promise.all(['Patient', 'Observation'].map(async type => {
      const path = join(t.house.config.dataDir, `${type}.ndjson`)
      writeFileSync(path, await (await fetch(`${ehr.origin}/test/${type}`)).text())
      return path
    }))
    const timed = async (work: () => Promise<unknown>) => { const begun = performance.now(); await work(); return (performance.now() - begun) / 1_000 }
    await importPaths(ctx, { source: 'warm', paths: files })
    const plain = await timed(() => importPaths(ctx, { source: 'plain', paths: files }))
    const run = await openPull(t, ehr.base, 'first')
    const pulled = await timed(() => stepRun(ctx, run))
    const kept = Number((await t.db.owner.query("select count(*) as n from records.resource where source = 'first'")).rows[0].n)
    const most = await memoryOf(t, await openPull(t, ehr.base, 'second'), secret)
    return [
      { name: 'fetch from an EHR', value: kept / pulled, unit: 'resources/s', limit: 500, isBetterHigh: true, note: `${kept} of ${resources}, ${pulled.toFixed(1)} s; the same from a file ${plain.toFixed(1)} s` },
      { name: 'fetch beside import of the same', value: pulled / plain, unit: '×', limit: 2, isBetterHigh: false },
      { name: 'memory of a fetch', value: most, unit: 'MB', limit: 400, isBetterHigh: false },
    ]
  } finally {
    await ehr.child.kill()
    await t.close()
  }
}

async function openPull(t: RunningHouse, base: string, source: string): Promise<string> {
  const { tokenUrl, algorithm, scopeStyle } = await discover(t.system('records.import'), base)
  const { rows } = await t.db.owner.query(`
    with made as (
      insert into pull.connection (source, base_url, token_url, algorithm, scope_style, client_id, group_id, added_at) values ($1, $2, $3, $4, $5, 'the-practice', 'g1', now()) returning id
    ) insert into pull.run (connection_id, kind, begun_at, next_at) select id, 'by-hand', now() - interval '1 minute', now() - interval '1 minute' from made returning id`, [source, base, tokenUrl, algorithm, scopeStyle])
  return (rows[0] as { id: string }).id
}

async function memoryOf(t: RunningHouse, run: string, secret: Buffer): Promise<number> {
  const child = startChild(['--import', 'tsx', join(root, 'test/bulk-server/fetch-in-child.ts')], { env: { APP_URL: t.db.appUrl, RUN: run, SECRET: secret.toString('base64'), DATA_DIR: t.house.config.dataDir } })
  let most = 0
  const look = setInterval(() => { try { most = Math.max(most, Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${child.process.pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024) } catch { /* it has ended */ } }, 50)
  try { await child.says(/stepped/); await child.ended } finally { clearInterval(look) }
  return most
}
