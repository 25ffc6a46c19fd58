import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { hashToken, newToken } from '#platform/session.ts'
import { findHalfStates } from '#test/half-states.ts'
import { HouseToKill, inFolder, seeded } from './house-to-kill.ts'

export type VisitTally = { kills: number; booked: number; moved: number; cancelled: number; lateToATime: number; sentAgain: number }
/** What a patient was told that they have: the last word about each of their visits. */
type Told = { startsAt: string; version: number; isCancelled: boolean }
type Patient = { id: string; cookie: string; told: Map<string, Told> }

/**
 * Patients book, move and cancel at random, by the portal's forms, on the same few calendars, while the server is killed at random moments. What got
 * no answer is sent again, as a browser does: a form that has a key with the same key. In the end each patient has exactly what they were told, and
 * nothing is half there.
 */
export function killTheVisits({ kills, patients, seed }: { kills: number; patients: number; seed: number }): Promise<VisitTally> {
  return inFolder(async folder => {
    const house = new House(join(folder, 'data'), seeded(seed))
    try { return await house.suffer(kills, patients) } finally { await house.close() }
  })
}

class House extends HouseToKill {
  readonly random: () => number
  readonly tally = { booked: 0, moved: 0, cancelled: 0, lateToATime: 0, sentAgain: 0 }
  patients: Patient[] = []
  answers = 0
  type = ''
  constructor(data: string, random: () => number) { super(data); this.random = random }

  async suffer(kills: number, patients: number): Promise<VisitTally> {
    await this.start()
    await this.invite(patients)
    const all = this.patients.map(async patient => { while (!this.isOver) await this.act(patient) })
    for (const one of all) one.catch(() => { this.answers = Infinity })
    for (let killed = 0; killed < kills; killed++) {
      await this.hear(3 + this.random() * 15)
      await wait(this.random() * 150)
      await this.child!.kill('SIGKILL')
      await this.start()
    }
    await this.hear(20)
    this.isOver = true
    await Promise.all(all)
    await this.check()
    return { kills, ...this.tally }
  }

  /** Waits for so many answers: on a slow machine a server that has just come has done nothing yet. */
  async hear(answers: number): Promise<void> {
    for (const wanted = this.answers + answers; this.answers < wanted;) await wait(5)
  }

  /** Patients with a record, a session and the right to book. */
  async invite(count: number): Promise<void> {
    await this.asOwner(async owner => {
      this.type = (await owner.query("select id from scheduling.visit_type where name_en = 'Follow-up'")).rows[0].id
      for (let number = 0; number < count; number++) {
        const [id, person, token] = [randomUUID(), randomUUID(), newToken()]
        await owner.query("insert into records.patient (id, name, given, family, birth_date, mrn, mrn_system, updated_at) values ($1, 'Kill Person', 'Kill', 'Person', '1980-01-01', $2, 'urn:kill', now())", [id, `KV-${number}`])
        await owner.query("insert into platform.access_grant (person_id, patient_id, category, verb, source, starts_at) select $1, $2, c, v, 'self', now() from unnest(array['identity', 'appointments']) as c, unnest(array['see', 'change']) as v where c = 'appointments' or v = 'see'", [person, id])
        await owner.query(
          `insert into platform.session (token_hash, person_id, name, locale, roles, acting_for, acting_as, is_strong, device, created_at, seen_at, idle_minutes, absolute_until, proven_at)
           values ($1, $2, 'Kill Person', 'en', '{}', $3, 'patient', true, 'a test', now(), now(), 30, now() + interval '12 hours', now())`, [hashToken(token), person, id])
        this.patients.push({ id, cookie: `rapport=${token}`, told: new Map() })
      }
    })
  }

  /** One thing that people do, all the way to its answer. */
  async act(patient: Patient): Promise<void> {
    const mine = [...patient.told].filter(([, told]) => !told.isCancelled)
    const dice = this.random()
    const [id, told] = mine[Math.floor(this.random() * mine.length)] ?? []
    if (!id || !told || (mine.length < 4 && dice < 0.5)) return this.book(patient)
    return dice < 0.8 ? this.move(patient, id, told) : this.cancel(patient, id, told)
  }

  async book(patient: Patient): Promise<void> {
    const kept = await this.keep(patient, `/portal/appointments/new/${this.type}`)
    if (!kept) return
    const answer = await this.send(patient, kept.held, { _once: randomUUID(), reason: '', pays: this.random() < 0.2 ? 'self' : 'insurance' })
    const id = /\/portal\/appointments\/([0-9a-f-]{36})\?said=booked$/.exec(answer.location)?.[1]
    if (!id) throw new Error(`a time that was kept is not booked: ${answer.status} ${answer.location} ${answer.body}`)
    patient.told.set(id, { startsAt: kept.startsAt, version: 1, isCancelled: false })
    this.tally.booked++
  }

  async move(patient: Patient, id: string, told: Told): Promise<void> {
    const kept = await this.keep(patient, `/portal/appointments/${id}/move`)
    if (!kept) return
    const answer = await this.send(patient, kept.held, { _once: randomUUID() })
    if (!answer.location.endsWith(`${id}?said=moved`)) throw new Error(`a visit is not moved: ${answer.status} ${answer.location}`)
    patient.told.set(id, { startsAt: kept.startsAt, version: told.version + 1, isCancelled: false })
    this.tally.moved++
  }

  async cancel(patient: Patient, id: string, told: Told): Promise<void> {
    const answer = await this.send(patient, `/portal/appointments/${id}/cancel`, { _once: randomUUID(), reason: 'other', version: String(told.version) })
    if (!answer.location.endsWith('said=cancelled')) throw new Error(`a visit is not cancelled: ${answer.status} ${answer.location}`)
    patient.told.set(id, { ...told, version: told.version + 1, isCancelled: true })
    this.tally.cancelled++
  }

  /** One of the first times that are offered, kept; undefined when somebody else has it. */
  async keep(patient: Patient, path: string): Promise<{ held: string; startsAt: string } | undefined> {
    const page = await this.send(patient, path)
    const times = [...page.body.matchAll(/ value="([0-9a-f-]{36}\.[0-9a-f-]{36}\.\d+)"/g)].map(match => match[1]!).filter(time => Number(time.split('.')[2]) > Date.now() + 2 * 86_400_000)
    const time = times[Math.floor(this.random() * Math.min(12, times.length))]
    if (!time) throw new Error(`no time is offered: ${page.status}`)
    const kept = await this.send(patient, path, { how: 'in-person', time })
    if (kept.status === 409) { this.tally.lateToATime++; return undefined }
    if (!kept.location.includes('/held/')) throw new Error(`a time is not kept: ${kept.status} ${kept.location}`)
    return { held: kept.location, startsAt: new Date(Number(time.split('.')[2])).toISOString() }
  }

  /** Asks until there is an answer: the server may be dead, or coming. */
  async send(patient: Patient, path: string, fields?: Record<string, string>): Promise<{ status: number; location: string; body: string }> {
    for (let tries = 0; tries < 1_200; tries++) {
      if (tries === 1 && fields) this.tally.sentAgain++
      const wish = { headers: { cookie: patient.cookie, origin: new URL(this.url).origin }, redirect: 'manual' as const, signal: AbortSignal.timeout(20_000), ...(fields && { method: 'POST', body: new URLSearchParams(fields) }) }
      const answer = await fetch(new URL(path, this.url), wish).then(async got => ({ status: got.status, location: got.headers.get('location') ?? '', body: await got.text() })).catch(() => undefined)
      if (answer && answer.status < 500) { this.answers++; return answer }
      await wait(25)
    }
    throw new Error(`${path} was never answered`)
  }

  async check(): Promise<void> {
    await this.asOwner(async owner => {
      for (const { id, told } of this.patients) {
        const { rows } = await owner.query<{ id: string; starts_at: Date; version: number; status: string }>('select id, starts_at, version, status from scheduling.appointment where patient_id = $1 order by id', [id])
        assert.deepEqual(rows.map(row => [row.id, { startsAt: row.starts_at.toISOString(), version: row.version, isCancelled: row.status === 'cancelled' }]), [...told].sort(([a], [b]) => (a < b ? -1 : 1)))
      }
      assert.deepEqual(await findHalfStates((text, values) => owner.query(text, values), new Date()), [])
    })
  }
}
