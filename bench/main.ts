import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '#platform/root.ts'
import { judge, table, type Figure, type Measured } from './figure.ts'
import { openHouse, type BenchHouse } from './house.ts'
import { measureSite, measureSizes } from './measure-house.ts'
import { measureAudit, measurePortal, measureSearch, runPortal } from './measure-records.ts'
import { signInAs } from './sessions.ts'
import { measureLive } from './measure-live.ts'
import { measureVisits } from './measure-visits.ts'
import { measureSlots } from './measure-slots.ts'
import { measureQueue } from './measure-queue.ts'
import { measureWords } from './measure-words.ts'

type Io = { out: (line: string) => void; err: (line: string) => void }
type Wish = { quick: boolean; long: boolean; soak: boolean }
type Part = { name: string; needsHouse: boolean; run: (house: BenchHouse, wish: Wish) => Promise<Figure[]> }

const usage = `npm run bench [-- <part>…] [--quick] [--long] [--soak]

  parts    size, slots, words, ready, site, portal, search, queue, visits, audit, live, import, pull, hl7; all of them unless some are named
  --quick  a tenth of the patients and of the time: to see that it runs, not to be believed
  --long   audit search among 10,000,000 events instead of 1,000,000
  --soak   ten minutes of the portal's load, and whether memory stays flat`

const parts: readonly Part[] = [
  { name: 'size', needsHouse: false, run: async () => measureSizes() },
  { name: 'slots', needsHouse: false, run: async () => measureSlots() },
  { name: 'words', needsHouse: false, run: async () => measureWords() },
  { name: 'import', needsHouse: false, run: async (_, wish) => (existsSync(join(root, 'bench/measure-import.ts')) ? (await import('./measure-import.ts')).measureImport(wish) : []) },
  { name: 'pull', needsHouse: false, run: async (_, wish) => (await import('./measure-pull.ts')).measurePull(wish) },
  { name: 'hl7', needsHouse: false, run: async (_, wish) => (await import('./measure-hl7.ts')).measureHl7(wish) },
  { name: 'ready', needsHouse: true, run: async house => [{ name: 'ready, with an existing folder', value: house.readySeconds, unit: 's', limit: 10, isBetterHigh: false }] },
  { name: 'site', needsHouse: true, run: (house, { quick }) => measureSite(house, quick ? 2 : 6) },
  { name: 'portal', needsHouse: true, run: async (house, { quick, soak }) => [...await measurePortal(house, { patients: quick ? 2_000 : 20_000, seconds: quick ? 4 : 15 }), ...(soak ? await measureSoak(house) : [])] },
  { name: 'search', needsHouse: true, run: async (house, { quick }) => [await measureSearch(house, await signInAs(house, 'clinician@demo.example'), quick ? 10_000 : 100_000)] },
  { name: 'queue', needsHouse: true, run: async (house, { quick }) => [await measureQueue(house, await signInAs(house, 'clinician@demo.example'), quick ? 2_000 : 20_000)] },
  { name: 'live', needsHouse: true, run: async (house, { quick }) => measureLive(house, { listeners: quick ? 300 : 1_000, rounds: quick ? 5 : 30, seconds: quick ? 1 : 5 }) },
  { name: 'visits', needsHouse: true, run: (house, wish) => measureVisits(house, wish) },
  { name: 'audit', needsHouse: true, run: async (house, { quick, long }) => [await measureAudit(house, await signInAs(house, 'manager@demo.example'), long ? 10_000_000 : quick ? 100_000 : 1_000_000)] },
]

/** Ten minutes of load: memory at the end beside memory after the first. */
async function measureSoak(house: BenchHouse): Promise<Figure[]> {
  const { rows } = await house.owner.query<{ id: string }>("select id from records.patient where mrn_system = 'urn:bench' limit 20000")
  const patients = rows.map(row => row.id)
  await runPortal(house, patients, 60)
  const early = house.memory().now
  for (let minute = 2; minute <= 10; minute++) await runPortal(house, patients, 57)
  const { now, most } = house.memory()
  return [{ name: 'memory after ten minutes of load, beside one', value: 100 * now / early, unit: '%', limit: 115, isBetterHigh: false, note: `${early} MB, then ${now} MB; ${most} MB at the most` }]
}

const commit = (): string => { try { return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim() } catch { return 'unknown' } }

/** Measures what is asked for, prints the table, writes bench/results.json. 1 when a limit is not kept. */
export async function runBench(args: readonly string[], io: Io): Promise<0 | 1 | 2> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { quick: { type: 'boolean', default: false }, long: { type: 'boolean', default: false }, soak: { type: 'boolean', default: false } } })
  const unknown = positionals.filter(name => !parts.some(part => part.name === name))
  if (unknown.length > 0) { io.err(`There is no part ${unknown.join(', ')}.\n\n${usage}`); return 2 }
  const wanted = parts.filter(part => positionals.length === 0 || positionals.includes(part.name))
  const figures: Measured[] = []
  const run = async (part: Part, house: BenchHouse) => {
    for (const figure of (await part.run(house, values)).map(judge)) { figures.push(figure); io.out(table([figure])) }
  }
  for (const part of wanted.filter(one => !one.needsHouse)) await run(part, undefined as never)
  if (wanted.some(part => part.needsHouse)) {
    const house = await openHouse()
    try { for (const part of wanted.filter(one => one.needsHouse)) await run(part, house) } finally { await house.close() }
  }
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30), node: process.version }
  if (!values.quick && positionals.length === 0) writeFileSync(join(root, 'bench/results.json'), `${JSON.stringify({ date: new Date().toISOString(), commit: commit(), machine, figures }, null, 2)}\n`)
  io.out(`\n${table(figures)}`)
  return figures.every(({ isWithin }) => isWithin) ? 0 : 1
}
