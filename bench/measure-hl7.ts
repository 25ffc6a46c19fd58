import { hash, randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Figure } from './figure.ts'
import { openHouse, percentile, type BenchHouse } from './house.ts'
import { byHttp, byMllp, freePort, resultsEach, type Way } from './send-messages.ts'

/** R4: p99 from its arrival until it shows, at so many a second. */
const [perSecond, limitSeconds] = [20, 60]

async function drained(house: BenchHouse): Promise<void> {
  for (;;) {
    const { rows } = await house.owner.query('select count(*)::int as n from feeds.message where done_at is null')
    if (rows[0].n === 0) return
    await wait(200)
  }
}

/** Says of each message when it was first seen to be put away, by somebody who looks every 50 ms: what is committed, not what a row says of itself. */
function watch(house: BenchHouse): { seen: Map<number, number>; stop: () => Promise<void> } {
  const seen = new Map<number, number>()
  let [last, isOver] = ['00000000-0000-0000-0000-000000000000', false]
  const looking = (async () => {
    while (!isOver) {
      const { rows } = await house.owner.query<{ id: string; number: string | null }>(`
        select id, substring(convert_from(raw, 'UTF8') from '[|"]F(\\d+)[|"]') as number from feeds.message
        where id > $1 and done_at is not null and reason is null order by id limit 2000`, [last])
      const now = performance.now()
      for (const row of rows) { seen.set(Number(row.number), now); last = row.id }
      await wait(50)
    }
  })()
  return { seen, async stop() { isOver = true; await looking } }
}

const shown = async (house: BenchHouse, kind: 'report' | 'test'): Promise<number> =>
  (await house.owner.query('select count(*)::int as n from records.result where source = $1 and kind = $2 and is_fact and visible_at <= now()', ['bench', kind])).rows[0].n

/** Twenty a second for a while, by one way; each a person and a panel of five tests. */
async function measureSteady(house: BenchHouse, way: Way, { name, seconds, from }: { name: string; seconds: number; from: number }): Promise<Figure[]> {
  const before = await shown(house, 'report')
  const watching = watch(house)
  const sent = new Map<number, number>()
  const acknowledged: Promise<void>[] = []
  const most = perSecond * seconds
  for (let n = 0, begun = performance.now(); n < most; n++) {
    await wait(Math.max(0, begun + n * (1_000 / perSecond) - performance.now()))
    sent.set(from + n, performance.now())
    acknowledged.push(way.send({ number: from + n, at: new Date() }))
  }
  await Promise.all(acknowledged)
  await drained(house)
  for (let tries = 0; watching.seen.size < most && tries < 200; tries++) await wait(50)
  await watching.stop()
  const times = [...sent].flatMap(([number, at]) => (watching.seen.has(number) ? [(watching.seen.get(number)! - at) / 1_000] : []))
  const lost = most - (await shown(house, 'report') - before)
  return [
    { name: `${name}: from sending to showing, 99th percentile at ${perSecond} a second`, value: percentile(times, 0.99), unit: 's', limit: limitSeconds, isBetterHigh: false, note: `${times.length} of ${most} messages in ${seconds} s, ${resultsEach} results each; half within ${percentile(times, 0.5).toFixed(2)} s` },
    { name: `${name}: lost`, value: lost, unit: 'messages', limit: 0, isBetterHigh: false },
  ]
}

/** What has piled up is put away as fast as it goes. */
async function measureBacklog(house: BenchHouse, way: Way, { backlog, from }: { backlog: number; from: number }): Promise<Figure[]> {
  const begun = performance.now()
  await Promise.all(Array.from({ length: backlog }, (_, i) => way.send({ number: from + i, at: new Date() })))
  const kept = performance.now()
  await drained(house)
  const ended = performance.now()
  return [
    { name: 'HL7: kept and acknowledged', value: backlog * 1_000 / (kept - begun), unit: 'messages/s', limit: perSecond, isBetterHigh: true },
    { name: 'HL7: a backlog put away', value: backlog * 1_000 / (ended - begun), unit: 'messages/s', limit: perSecond, isBetterHigh: true, note: `${backlog} messages, their arrival counted` },
  ]
}

/** Everything by which somebody is called, asked or told. */
const callsOf = async (house: BenchHouse): Promise<number> => (await house.owner.query(`
  select (select count(*) from work.page) + (select count(*) from work.task) + (select count(*) from platform.mail) + (select count(*) from records.life) as n`)).rows[0].n as number

/** R4+ history is not news: old results, some critical, some of nobody, call, ask and ping nobody; all are shown that have a patient. */
async function measureBackfill(house: BenchHouse, port: number, { results, from }: { results: number; from: number }): Promise<Figure[]> {
  const ways = await Promise.all(Array.from({ length: 4 }, () => byMllp(port)))
  const panels = Math.ceil(results / resultsEach)
  const [before, had] = [Number(await callsOf(house)), await shown(house, 'report') + await shown(house, 'test')]
  const begun = performance.now()
  const lines = ways.map(async (way, line) => {
    for (let i = line; i < panels; i += ways.length) {
      const at = new Date(Date.now() - (15 + i % 3_000) * 86_400_000)
      await way.send({ number: from + i, at, who: `H${i % 2_000}`, flag: i % 50 === 0 ? 'HH' : i % 7 === 0 ? 'H' : 'N' })
    }
  })
  await Promise.all(lines)
  await drained(house)
  const took = (performance.now() - begun) / 1_000
  for (const way of ways) way.end()
  const came = await shown(house, 'report') + await shown(house, 'test') - had
  return [
    { name: `history: pages, tasks, mails, pings and clocks from ${came.toLocaleString('en-US')} old results`, value: Number(await callsOf(house)) - before, unit: '', limit: 0, isBetterHigh: false, note: 'one in fifty panels holds a critical value' },
    { name: 'history: not shown', value: panels * resultsEach - came, unit: 'results', limit: 0, isBetterHigh: false },
    { name: 'history: put away', value: came / took, unit: 'results/s', limit: perSecond * resultsEach, isBetterHigh: true, note: `${took.toFixed(0)} s` },
  ]
}

/** Results that systems send by themselves: how soon they show by each way, how fast a backlog goes, and that history calls nobody. */
export async function measureHl7({ quick }: { quick: boolean }): Promise<Figure[]> {
  const port = await freePort()
  const house = await openHouse({ env: { HL7_PORT: String(port) } })
  try {
    const token = randomBytes(32).toString('base64url')
    await house.owner.query("insert into feeds.sender (source, facility, zone, token_sha256, added_at) values ('bench', 'BENCH', 'UTC', $1, now())", [hash('sha256', token, 'buffer')])
    await house.owner.query("insert into records.feed (source, go_live_at) values ('bench', now() - interval '1 hour')")
    const line = await byMllp(port)
    const [seconds, backlog, results] = quick ? [10, 300, 1_200] : [60, 5_000, 50_000]
    const figures = [
      ...await measureSteady(house, line, { name: 'HL7 over MLLP', seconds, from: 1_000_000 }),
      ...await measureSteady(house, byHttp(house.url, 'hl7', token), { name: 'HL7 over HTTPS', seconds, from: 2_000_000 }),
      ...await measureSteady(house, byHttp(house.url, 'fhir', token), { name: 'FHIR push', seconds, from: 3_000_000 }),
      ...await measureBacklog(house, line, { backlog, from: 4_000_000 }),
      ...await measureBackfill(house, port, { results, from: 5_000_000 }),
    ]
    line.end()
    return figures
  } finally {
    await house.close()
  }
}
