import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmodSync, mkdtempSync } from 'node:fs'
import { request, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { openEmbeddedDatabase } from '#platform/embedded-database.ts'
import { mostOfOneSession } from '#platform/live-hub.ts'
import { findPostmaster } from '#platform/postmaster.ts'
import { root } from '#platform/root.ts'
import { readRunning } from '#platform/run-file.ts'
import { hashToken, newToken } from '#platform/session.ts'
import { clearFolder } from '#test/clear-folder.ts'
import { startChild, type Child } from '#test/child.ts'
import { freePort } from '#test/mllp.ts'

type Stream = { text: string; isEnded: boolean; close: () => void }
const people = 5

describe('streams over a restart of the database', { timeout: 240_000 }, () => {
  let folder: string, data: string, child: Child, url: string, metrics: number, cookies: string[], visit: Record<'patient' | 'type' | 'who' | 'place', string>
  let streams: Stream[] = []
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rapport-live-restart-'))
    chmodSync(folder, 0o711)
    data = join(folder, 'data')
    metrics = await freePort()
    child = startChild([join(root, 'bin/rapport.mjs'), 'serve'], { env: { NODE_ENV: undefined, DATA_DIR: data, PORT: '0', METRICS_PORT: String(metrics), LOG_LEVEL: 'silent' } })
    await child.says(/Stop with Ctrl-C/)
    url = readRunning(data)!.url!
    await asOwner(async owner => {
      cookies = Array.from({ length: people }, newToken)
      await owner.query(
        `insert into platform.session (token_hash, person_id, name, locale, roles, is_strong, device, created_at, seen_at, idle_minutes, absolute_until, proven_at)
         select token, p.id, p.name, 'en', array['front-desk'], true, 'a test', now(), now(), 30, now() + interval '12 hours', now() from accounts.person p, unnest($1::bytea[]) token where email = 'frontdesk@demo.example'`, [cookies.map(hashToken)])
      visit = (await owner.query(`select p.id as patient, t.id as type, r.id as who, l.id as place from records.patient p, scheduling.visit_type t, scheduling.resource r, practice.location l
        where p.mrn = 'KFM-200001' and t.name_en = 'Follow-up' and r.kind = 'clinician' order by r.id, l.id limit 1`)).rows[0]
    })
  })
  after(async () => {
    for (const one of streams) one.close()
    await child?.kill('SIGTERM')
    for (let tries = 0; tries < 800 && findPostmaster(join(data, 'postgres')); tries++) await wait(25)
    clearFolder(folder)
  })
  async function asOwner(work: (owner: pg.Client) => Promise<void>): Promise<void> {
    const database = await openEmbeddedDatabase(data)
    const owner = new pg.Client({ connectionString: database.urls.owner })
    owner.on('error', () => {})
    await owner.connect()
    try { await work(owner) } finally { await owner.end(); await database.close() }
  }
  async function open(token: string): Promise<Stream> {
    const call = request(new URL('/console/live/schedule', url), { headers: { cookie: `rapport=${token}` }, agent: false }).on('error', () => {})
    call.end()
    const [response] = await once(call, 'response') as [IncomingMessage]
    assert.equal(response.statusCode, 200)
    const stream: Stream = { text: '', isEnded: false, close: () => { call.destroy() } }
    response.setEncoding('utf8').on('data', (piece: string) => { stream.text += piece }).on('error', () => {}).on('close', () => { stream.isEnded = true })
    return stream
  }
  const openAll = async () => { streams = await Promise.all(cookies.flatMap(cookie => Array.from({ length: mostOfOneSession }, () => open(cookie)))) }
  const book = (day: number, clock: string) => fetch(new URL(`/console/schedule/book/${visit.patient}`, url), {
    method: 'POST', redirect: 'manual', headers: { origin: new URL(url).origin, cookie: `rapport=${cookies[0]}` },
    body: new URLSearchParams({ type: visit.type, how: 'in-person', day: new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10), clock, with: visit.who, place: visit.place, because: 'A test', reason: '', pays: 'insurance' }),
  }).then(answer => answer.status)
  const allHear = async (said: RegExp, ms: number) => { for (const end = performance.now() + ms; performance.now() < end && !streams.every(one => said.test(one.text));) await wait(5); return streams.filter(one => said.test(one.text)).length }
  /** The first moment at which the server answers again, asked by somebody else. */
  async function isBack(ask: string): Promise<void> {
    for (let tries = 0; tries < 6_000; tries++) {
      const client = new pg.Client({ connectionString: ask, connectionTimeoutMillis: 2_000 })
      client.on('error', () => {})
      try { await client.connect(); await client.query('select 1'); return } catch { await wait(10) } finally { await client.end().catch(() => {}) }
    }
    throw new Error('the database did not come back')
  }
  const ownerUrl = async () => { const database = await openEmbeddedDatabase(data); const { owner } = database.urls; await database.close(); return owner }
  const openStreams = async () => Number(/^rapport_live_streams (\d+)$/m.exec(await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text())![1])

  for (const [how, signal, day] of [['is killed', 'SIGKILL', 2], ['is stopped', 'SIGINT', 3]] as const) {
    test(`each stays open when the database ${how}, is told to look again within a second of its return, and hears what is booked then`, async t => {
      await openAll()
      const ask = await ownerUrl()
      for (const one of streams) one.text = ''
      process.kill(findPostmaster(join(data, 'postgres'))!.pid, signal)
      await wait(50)
      await isBack(ask)
      const begun = performance.now()
      assert.equal(await allHear(/event: refresh/, 1_000), streams.length, 'told to look again')
      t.diagnostic(`all were told ${Math.round(performance.now() - begun)} ms after the database answered`)
      for (const one of streams) one.text = ''
      assert.equal(await book(day, '03:00'), 303)
      assert.equal(await allHear(/^data: \{"ids":\["/m, 1_000), streams.length, 'hear of the visit')
      assert.deepEqual(streams.filter(one => one.isEnded), [])
      assert.equal(await openStreams(), people * mostOfOneSession)
      for (const one of streams) one.close()
      for (let tries = 0; tries < 100 && await openStreams() > 0; tries++) await wait(20)
      assert.equal(await openStreams(), 0, 'none is left behind')
    })
  }
})
