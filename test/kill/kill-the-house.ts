import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { openEmbeddedDatabase } from '#platform/embedded-database.ts'
import { findPostmaster } from '#platform/postmaster.ts'
import { root } from '#platform/root.ts'
import { readRunning } from '#platform/run-file.ts'
import { hashToken, newToken } from '#platform/session.ts'
import { startChild, type Child } from '#test/child.ts'
import { clearFolder } from '#test/clear-folder.ts'

export type Victim = 'server' | 'postgres' | 'backend'
export type Tally = { kills: number; answered: number; sentAgain: number }
type Sent = { key: string; note: string; isAnswered: boolean; tries: number }

/** The same numbers for the same seed, from 0 to 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32 }
}

/** The compiled program itself, so that a kill hits it and no wrapper of it. */
export const program = (...args: string[]): string[] => [join(root, 'build/server', readFileSync(join(root, 'build/stamp'), 'utf8'), 'main.js'), ...args]

/**
 * Somebody hands a task from group to group, with a note each time and the form's own key, while the server or its database is killed at
 * random moments. What got no answer is sent again with the same key. In the end each note is there exactly once, and the trail holds.
 */
export async function killTheHouse({ victims, kills, seed }: { victims: readonly Victim[]; kills: number; seed: number }): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-kill-'))
  chmodSync(folder, 0o711)
  const house = new House(join(folder, 'data'))
  try {
    return await house.suffer(victims, kills, seeded(seed))
  } finally {
    await house.close()
    clearFolder(folder)
  }
}

class House {
  readonly data: string
  readonly sent: Sent[] = []
  child: Child | undefined
  url = ''
  cookie = ''
  task = ''
  isOver = false
  constructor(data: string) { this.data = data }

  async start(): Promise<void> {
    this.child = startChild(program('serve'), { env: { NODE_ENV: 'production', DATA_DIR: this.data, PORT: '0', LOG_LEVEL: 'silent' } })
    await this.child.says(/Stop with Ctrl-C/)
    this.url = readRunning(this.data)!.url!
  }

  async suffer(victims: readonly Victim[], kills: number, random: () => number): Promise<Tally> {
    await this.start()
    await this.openTask()
    const writers = [0, 1, 2].map(who => this.write(who))
    for (let killed = 0; killed < kills; killed++) {
      await wait(100 + random() * 900)
      await this.kill(victims[killed % victims.length]!)
    }
    await wait(500)
    this.isOver = true
    await Promise.all(writers)
    for (const one of this.sent.filter(({ isAnswered }) => !isAnswered)) for (let tries = 0; !one.isAnswered && tries < 100; tries++) await this.send(one)
    await this.check()
    return { kills, answered: this.sent.filter(({ isAnswered }) => isAnswered).length, sentAgain: this.sent.filter(({ tries }) => tries > 1).length }
  }

  async kill(victim: Victim): Promise<void> {
    if (victim === 'server') {
      await this.child!.kill('SIGKILL')
      await this.start()
      return
    }
    const postmaster = await this.postmaster()
    if (victim === 'postgres') process.kill(postmaster.pid, 'SIGKILL')
    else await this.asOwner(async owner => {
      const { rows } = await owner.query<{ pid: number }>("select pid from pg_stat_activity where application_name = 'rapport app' order by random() limit 1")
      if (rows[0]) process.kill(rows[0].pid, 'SIGKILL')
    })
    for (let tries = 0; tries < 600; tries++) {
      if (await fetch(new URL('/readyz', this.url)).then(({ status }) => status === 200, () => false)) return
      await wait(50)
    }
    throw new Error(`the house did not come back within 30 s after its ${victim} was killed`)
  }

  /** The one of now: after a kill its children may answer for a moment, while the next one starts. */
  async postmaster(): Promise<{ pid: number }> {
    for (let tries = 0; tries < 600; tries++) {
      const found = findPostmaster(join(this.data, 'postgres'))
      if (found) return found
      await wait(50)
    }
    throw new Error('no postgres came back within 30 s')
  }

  /** A message from the site becomes a task; the front desk is given a session. */
  async openTask(): Promise<void> {
    const body = new URLSearchParams({ topic: 'question', name: 'Casey Newcomer', phone: '802-555-0177', email: '', words: 'Do you have time?', place: '' })
    assert.equal((await fetch(new URL('/contact', this.url), { method: 'POST', headers: { origin: new URL(this.url).origin }, body, redirect: 'manual' })).status, 303)
    const token = newToken()
    this.cookie = `rapport=${token}`
    await this.asOwner(async owner => {
      this.task = (await owner.query<{ id: string }>("select id from work.task where kind like 'contact%' limit 1")).rows[0]!.id
      await owner.query(
        `insert into platform.session (token_hash, person_id, name, locale, roles, is_strong, device, created_at, seen_at, idle_minutes, absolute_until, proven_at)
         select $1, p.id, p.name, 'en', array['front-desk'], true, 'a test', now(), now(), 30, now() + interval '12 hours', now() from accounts.person p where email = 'frontdesk@demo.example'`, [hashToken(token)])
    })
  }

  async write(who: number): Promise<void> {
    for (let count = 0; !this.isOver; count++) {
      const one: Sent = { key: randomUUID(), note: `note ${who}-${count}-${randomUUID()}`, isAnswered: false, tries: 0 }
      this.sent.push(one)
      while (!one.isAnswered && !this.isOver) await this.send(one)
    }
  }

  async send(one: Sent): Promise<void> {
    one.tries++
    const body = new URLSearchParams({ _once: one.key, action: 'hand-over', pool: 'front-desk', note: one.note })
    const status = await fetch(new URL(`/console/inbox/${this.task}`, this.url), { method: 'POST', headers: { origin: new URL(this.url).origin, cookie: this.cookie }, body, redirect: 'manual', signal: AbortSignal.timeout(20_000) }).then(answer => answer.status, () => 0)
    if (status === 303) one.isAnswered = true
    else if (status !== 0 && status < 500) throw new Error(`a hand-over was answered with ${status}`)
    else await wait(25)
  }

  async check(): Promise<void> {
    await this.asOwner(async owner => {
      const { rows } = await owner.query<{ note: string; count: number }>("select note, count(*)::int as count from work.task_step where note like 'note %' group by note")
      const found = new Map(rows.map(({ note, count }) => [note, count]))
      for (const { note, isAnswered } of this.sent) {
        assert.ok(isAnswered, 'everything is answered in the end')
        assert.equal(found.get(note), 1, `${note} is there ${found.get(note) ?? 0} times`)
      }
    })
    await wait(1_500)   // the sealer's second
    const verified = await startChild(program('audit', 'verify'), { env: { NODE_ENV: 'production', DATA_DIR: this.data } }).ended
    assert.equal(verified.code, 0, verified.words)
  }

  async asOwner(work: (owner: pg.Client) => Promise<void>): Promise<void> {
    const database = await openEmbeddedDatabase(this.data)
    const owner = new pg.Client({ connectionString: database.urls.owner })
    owner.on('error', () => {})
    await owner.connect()
    try { await work(owner) } finally { await owner.end(); await database.close() }
  }

  async close(): Promise<void> {
    this.isOver = true
    await this.child?.kill('SIGTERM')
  }
}
