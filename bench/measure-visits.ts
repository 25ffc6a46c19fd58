import { randomUUID } from 'node:crypto'
import pg from 'pg'
import type { Figure } from './figure.ts'
import { ask, percentile, type BenchHouse, type Got } from './house.ts'
import { daysAhead, loadVisits, type VisitBench } from './load-visits.ts'
import { signInAs } from './sessions.ts'

const pagePath = '/portal/appointments/new'
/** A time as its button sends it. */
const offered = (body: string): number => body.match(/ value="[0-9a-f-]{36}\.[0-9a-f-]{36}\.\d+"/g)?.length ?? 0
const fields = (all: Record<string, string>): string => new URLSearchParams(all).toString()

/** The schedule of a large practice with its past: looking for a time, booking it, and what the desk looks at, all over HTTP. */
export async function measureVisits(house: BenchHouse, { quick }: { quick: boolean }): Promise<Figure[]> {
  const bench = await loadVisits(house, { past: quick ? 50_000 : 1_000_000, people: quick ? 520 : 2_500 })
  return [...await measureSearch(house, bench, quick ? 40 : 200), ...await measureCrowd(house, bench), ...await measureBooking(house, bench, quick ? 3 : 10), ...await measureDesk(house, bench, quick ? 10 : 40)]
}

async function timesOf(house: BenchHouse, path: string, cookies: readonly string[], rounds: number): Promise<Got[]> {
  const answers: Got[] = []
  for (let round = -5; round < rounds; round++) {
    const answer = await ask(house.port, path, { headers: { cookie: cookies[(round + 5) % cookies.length]! } })
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`)
    if (round >= 0) answers.push(answer)
  }
  return answers
}
const p95 = (answers: readonly Got[]): number => percentile(answers.map(answer => answer.ms), 0.95)
const median = (answers: readonly Got[]): string => `median ${percentile(answers.map(answer => answer.ms), 0.5).toFixed(1)} ms`

/** First everybody is full for all days but the last five of sixty, then one visit in twenty is gone. */
async function measureSearch(house: BenchHouse, { type, cookies, past }: VisitBench, rounds: number): Promise<Figure[]> {
  const name = `first available of 40 clinicians, ${past.toLocaleString('en')} visits over,`
  const far = await timesOf(house, `${pagePath}/${type}`, cookies, rounds)
  if (offered(far[0]!.body) === 0) throw new Error('no time was offered')
  await house.owner.query('delete from scheduling.claim where lower(during) > now() and hashtext(id::text) % 20 = 0')
  await house.owner.query('vacuum (analyze) scheduling.claim')
  const near = await timesOf(house, `${pagePath}/${type}`, cookies, rounds)
  return [
    { name: `${name} full for ${daysAhead - 5} of ${daysAhead} days, the page, 95th percentile`, value: p95(far), unit: 'ms', limit: 50, isBetterHigh: false, note: median(far) },
    { name: `${name} with times in this week, the page, 95th percentile`, value: p95(near), unit: 'ms', limit: 50, isBetterHigh: false, note: median(near) },
  ]
}

const keep = (house: BenchHouse, cookie: string, { quickType, place }: VisitBench, resource: string, at: number) =>
  ask(house.port, `${pagePath}/${quickType}`, { method: 'POST', headers: { cookie, origin: house.url }, body: fields({ how: 'in-person', time: `${resource}.${place}.${at}` }) })

/** Free days, far behind those that are full: the first times of one of them, in the place's zone. */
async function freeTimes(house: BenchHouse, { place }: VisitBench, count: number, after: number): Promise<number[]> {
  const { rows } = await house.owner.query<{ at: Date }>(`select (current_date + $1::int + d + time '08:00' + s * interval '5 minutes') at time zone l.zone as at
    from practice.location l, generate_series(0, 100) as d, generate_series(0, 119) as s where l.id = $2 order by 1 limit $3`, [after, place, count])
  return rows.map(row => row.at.getTime())
}

/** Five hundred people want one time in the same moment. */
async function measureCrowd(house: BenchHouse, bench: VisitBench): Promise<Figure[]> {
  const [at] = await freeTimes(house, bench, 1, daysAhead + 5)
  const begun = performance.now()
  const answers = await Promise.all(bench.cookies.slice(0, 500).map(cookie => keep(house, cookie, bench, bench.resources[0]!, at!)))
  const tookMs = performance.now() - begun
  const [won, told] = [answers.filter(answer => answer.status === 303).length, answers.filter(answer => answer.status === 409 && offered(answer.body) >= 6).length]
  return [
    { name: '500 want one time: told "just taken" with the nearest, all but the one who has it', value: won === 1 ? told : 0, unit: 'answers', limit: 499, isBetterHigh: true, note: `${won} has it; ${answers.length - won - told} other answers` },
    { name: 'until all 500 are answered', value: tookMs / 1_000, unit: 's', limit: 10, isBetterHigh: false, note: `${(answers.length / tookMs * 1_000).toFixed(0)} answers/s` },
  ]
}

const connections = 10

/** Each line books again and again, by the portal's two forms, at a time of its own; nobody more than five. Gives bookings a second. */
async function bookFor(house: BenchHouse, bench: VisitBench, { seconds, first, calendars, after }: { seconds: number; first: number; calendars: number; after: number }): Promise<{ perSecond: number; count: number; next: number }> {
  const times = await freeTimes(house, bench, 12_000, after)
  let [count, taken] = [0, 0]
  const begun = performance.now()
  await Promise.all(Array.from({ length: connections }, async () => {
    while (performance.now() < begun + seconds * 1_000) {
      const mine = taken++
      const cookie = bench.cookies[(first + mine) % bench.cookies.length]!
      const held = await keep(house, cookie, bench, bench.resources[mine % calendars]!, times[Math.floor(mine / calendars)]!)
      const path = /held\/[0-9a-f-]{36}/.exec(held.body + held.location)?.[0]
      if (held.status !== 303 || !path) throw new Error(`a time was not kept: ${held.status}`)
      const booked = await ask(house.port, `/portal/appointments/${path}`, { method: 'POST', headers: { cookie, origin: house.url }, body: fields({ _once: randomUUID(), reason: '', pays: 'insurance' }) })
      if (booked.status !== 303 || !booked.location.endsWith('said=booked')) throw new Error(`a visit was not booked: ${booked.status} ${booked.location}`)
      count++
    }
  }))
  return { perSecond: count / ((performance.now() - begun) / 1_000), count, next: first + taken }
}

/** The same rows with the same constraint by SQL alone, with no wall, no checks and no page. */
async function bareSql(house: BenchHouse, bench: VisitBench, { seconds, calendars, after }: { seconds: number; calendars: number; after: number }): Promise<number> {
  const times = await freeTimes(house, bench, 12_000, after)
  const pool = new pg.Pool({ connectionString: house.urls.owner, max: connections })
  let taken = 0
  const begun = performance.now()
  await Promise.all(Array.from({ length: connections }, async () => {
    const client = await pool.connect()
    while (performance.now() < begun + seconds * 1_000) {
      const mine = taken++
      const [id, resource, at] = [randomUUID(), bench.resources[mine % calendars], new Date(times[Math.floor(mine / calendars)]!)]
      await client.query('begin')
      await client.query(`insert into scheduling.appointment (id, patient_id, visit_type_id, resource_id, location_id, mode, starts_at, ends_at, booked_at, booked_as)
        values ($1, $2, $3, $4, $5, 'in-person', $6, $6::timestamptz + interval '5 minutes', now(), 'patient')`, [id, bench.others[mine % bench.others.length], bench.quickType, resource, bench.place, at])
      await client.query("insert into scheduling.claim (booking_id, resource_id, during) values ($1, $2, tstzrange($3, $3::timestamptz + interval '5 minutes'))", [id, resource, at])
      await client.query("insert into scheduling.appointment_step (appointment_id, at, by_kind, step, version, starts_at) values ($1, now(), 'patient', 'booked', 1, $2)", [id, at])
      await client.query('commit')
    }
    client.release()
  }))
  await pool.end()
  return taken / ((performance.now() - begun) / 1_000)
}

async function measureBooking(house: BenchHouse, bench: VisitBench, seconds: number): Promise<Figure[]> {
  const figures: Figure[] = []
  let first = 0
  for (const [index, calendars] of [1, bench.resources.length].entries()) {
    const after = daysAhead + 10 + index * 150
    const bare = await bareSql(house, bench, { seconds: Math.min(seconds, 3), calendars, after: after + 75 })
    const ours = await bookFor(house, bench, { seconds, first, calendars, after })
    first = ours.next
    const where = calendars === 1 ? 'one busy calendar' : `${calendars} calendars`
    figures.push({ name: `visits booked by patients on ${where}: a time kept, then confirmed, both over HTTP`, value: ours.perSecond, unit: 'visits/s', limit: 20, isBetterHigh: true, note: `${ours.count} booked; bare SQL with the same constraint commits ${bare.toFixed(0)}/s: ×${(ours.perSecond / bare).toFixed(3)} of it` })
  }
  return figures
}

/** What staff and patients look at every day, and the figures. */
async function measureDesk(house: BenchHouse, bench: VisitBench, rounds: number): Promise<Figure[]> {
  const figures: Figure[] = []
  const begun = performance.now()
  const app = new pg.Client({ connectionString: house.urls.app })
  await app.connect()
  await app.query("select jobs.enqueue('scheduling.measure', '{}'::jsonb, null, null, 3)")
  await app.end()
  while ((await house.owner.query('select from scheduling.day_measure limit 1')).rows.length === 0) await new Promise(done => setTimeout(done, 50))
  figures.push({ name: 'counting all of it by day, once', value: (performance.now() - begun) / 1_000, unit: 's', limit: 120, isBetterHigh: false })
  const [desk, manager] = [await signInAs(house, 'frontdesk@demo.example'), await signInAs(house, 'manager@demo.example')]
  for (const [name, path, cookies, limit] of [
    ['the schedule of a day, 40 clinicians', '/console/schedule', [desk], 400], ['how the schedule does, a year', '/console/schedule/measures?weeks=52', [manager], 100], ['a patient’s visits', '/portal/appointments', bench.cookies, 50],
  ] as const) {
    const answers = await timesOf(house, path, cookies, rounds)
    figures.push({ name: `${name}, 95th percentile`, value: p95(answers), unit: 'ms', limit, isBetterHigh: false, note: `${median(answers)}; ${Math.round(answers[0]!.bytes / 1024)} KB` })
  }
  return figures
}
