import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '#platform/config.ts'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { makeKeys } from '#platform/keys.ts'
import { makeLog } from '#platform/log.ts'
import { start } from '#root/start.ts'
import { anAuthority } from '#test/certificate.ts'
import { ctxOf, type TestHouse } from '#test/ctx.ts'
import { freshDatabase } from '#test/database.ts'
import { freePort, type LineTo } from '#test/mllp.ts'

/** All that `serve` starts, in this process: pages, the worker and its clock work, and HL7 v2 over TLS. Its clock runs, from where a test puts it. */
export type LiveHouse = TestHouse & { url: string; line: LineTo }

export async function aLiveHouse({ now, isDemo = false, env = {} }: { now: string; isDemo?: boolean; env?: Record<string, string> }): Promise<LiveHouse> {
  const db = await freshDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-live-'))
  const authority = anAuthority('Test authority')
  const [ours, theirs] = [authority.sign('practice'), authority.sign('laboratory')]
  const files = { HL7_TLS_CERT: ours.cert, HL7_TLS_KEY: ours.key, HL7_TLS_CA: authority.cert }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dataDir, name), text, { mode: 0o600 })
  const port = await freePort()
  const read = readConfig({ ...env, DATA_DIR: dataDir, PORT: '0', HL7_PORT: String(port), ...Object.fromEntries(Object.keys(files).map(name => [name, join(dataDir, name)])) })
  if (!read.ok) throw new Error(read.problems.join('\n'))
  const logged: string[] = []
  let ahead = 0
  const setNow = (moment: Date | string) => { ahead = new Date(moment).getTime() - Date.now() }
  setNow(now)
  const log = makeLog('info', { write: line => void logged.push(line) })
  const { house, port: at, stop } = await start({ config: read.config, keys: makeKeys(randomBytes(32)), log, urls: { app: db.appUrl, worker: db.workerUrl }, isDemo, now: () => new Date(Date.now() + ahead) })
  const url = `http://127.0.0.1:${at}`
  Object.assign(house.config, { publicUrl: url, origins: [url] })
  const by = <A extends Actor>(actor: A): Ctx<A> => { const moment = house.now(); return { ...ctxOf(house, actor), now: () => moment, requestId: randomUUID() } }
  return {
    house, db, logged, setNow, url, line: { port, tls: { ca: authority.cert, cert: theirs.cert, key: theirs.key } },
    visitor: () => by({ kind: 'visitor' }), system: (job, patientId) => by({ kind: 'system', job, ...(patientId && { patientId }) }),
    async close() {
      await stop()
      await db.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
