import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findPostmaster } from '#platform/postmaster.ts'
import { hashToken, newToken } from '#platform/session.ts'
import { startChild } from '#test/child.ts'
import { HouseToKill, inFolder, program, seeded } from './house-to-kill.ts'

export type Victim = 'server' | 'postgres' | 'backend'
export type Tally = { kills: number; answered: number; sentAgain: number }
type Sent = { key: string; note: string; isAnswered: boolean; tries: number; path: string; fields: Record<string, string> }
/** What the desk books: of whom, with what, with whom, where. */
type Desk = { patient: string; type: string; who: string; place: string }

/**
 * Somebody hands a task from group to group and books visits, with a note each time and the form's own key, while the server or its database is
 * killed at random moments. What got no answer is sent again with the same key. In the end each note is there exactly once, each visit has its
 * one claim and its one step, and the trail holds.
 */
export function killTheHouse({ victims, kills, seed }: { victims: readonly Victim[]; kills: number; seed: number }): Promise<Tally> {
  return inFolder(async folder => {
    const house = new House(join(folder, 'data'))
    try { return await house.suffer(victims, kills, seeded(seed)) } finally { await house.close() }
  })
}

class House extends HouseToKill {
  readonly sent: Sent[] = []
  cookie = ''
  task = ''
  desk!: Desk

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
      this.desk = (await owner.query<Desk>(`select p.id as patient, t.id as type, r.id as who, l.id as place from records.patient p, scheduling.visit_type t, scheduling.resource r, practice.location l
        where p.mrn = 'KFM-200001' and t.name_en = 'Follow-up' and r.kind = 'clinician' order by r.id, l.id limit 1`)).rows[0]!
      await owner.query(
        `insert into platform.session (token_hash, person_id, name, locale, roles, is_strong, device, created_at, seen_at, idle_minutes, absolute_until, proven_at)
         select $1, p.id, p.name, 'en', array['front-desk'], true, 'a test', now(), now(), 30, now() + interval '12 hours', now() from accounts.person p where email = 'frontdesk@demo.example'`, [hashToken(token)])
    })
  }

  async write(who: number): Promise<void> {
    for (let count = 0; !this.isOver; count++) {
      const note = `note ${who}-${count}-${randomUUID()}`
      const one: Sent = { key: randomUUID(), note, isAnswered: false, tries: 0, ...(who === 2 ? this.visit(note, count) : { path: `/console/inbox/${this.task}`, fields: { action: 'hand-over', pool: 'front-desk', note } }) }
      this.sent.push(one)
      while (!one.isAnswered && !this.isOver) await this.send(one)
    }
  }

  /** Each at a time of its own, outside the hours: the note is the reason, and stays with the visit. */
  visit(note: string, count: number): Pick<Sent, 'path' | 'fields'> {
    const day = new Date(Date.now() + (2 + Math.floor(count / 40)) * 86_400_000).toISOString().slice(0, 10)
    const clock = `${String(Math.floor(count % 40 / 2)).padStart(2, '0')}:${count % 2 ? '30' : '00'}`
    return { path: `/console/schedule/book/${this.desk.patient}`, fields: { type: this.desk.type, how: 'in-person', day, clock, with: this.desk.who, place: this.desk.place, because: note, reason: '', pays: 'insurance' } }
  }

  async send(one: Sent): Promise<void> {
    one.tries++
    const body = new URLSearchParams({ _once: one.key, ...one.fields })
    const status = await fetch(new URL(one.path, this.url), { method: 'POST', headers: { origin: new URL(this.url).origin, cookie: this.cookie }, body, redirect: 'manual', signal: AbortSignal.timeout(20_000) }).then(answer => answer.status, () => 0)
    if (status === 303) one.isAnswered = true
    else if (status !== 0 && status < 500) throw new Error(`${one.path} was answered with ${status}`)
    else await wait(25)
  }

  async check(): Promise<void> {
    await this.asOwner(async owner => {
      const { rows } = await owner.query<{ note: string; count: number }>("select note, count(*)::int as count from (select note from work.task_step union all select extra_seat_because from scheduling.appointment) as all_notes where note like 'note %' group by note")
      const found = new Map(rows.map(({ note, count }) => [note, count]))
      for (const { note, isAnswered } of this.sent) {
        assert.ok(isAnswered, 'everything is answered in the end')
        assert.equal(found.get(note), 1, `${note} is there ${found.get(note) ?? 0} times`)
      }
      const { rows: half } = await owner.query(`select a.id from scheduling.appointment a where extra_seat_because is not null
        and ((select count(*) from scheduling.claim c where c.booking_id = a.id) <> 1 or (select count(*) from scheduling.appointment_step s where s.appointment_id = a.id) <> 1)`)
      assert.deepEqual(half, [], 'no visit is half there')
    })
    await wait(1_500)   // the sealer's second
    const verified = await startChild(program('audit', 'verify'), { env: { NODE_ENV: 'production', DATA_DIR: this.data } }).ended
    assert.equal(verified.code, 0, verified.words)
  }
}
