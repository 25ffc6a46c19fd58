import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { root } from '#platform/root.ts'
import { ensureChromium } from '#test/browser.ts'
import { startCluster } from '#test/cluster.ts'
import { makeOwnFolder } from '#test/own-folder.ts'

const isLong = process.argv.includes('--long')
const wanted = process.argv.slice(2).filter(arg => !arg.startsWith('--'))
const kinds = isLong ? 'long' : 'test'

/** Runs one check; its own words tell what is wrong. */
function check(name: string, command: string, args: readonly string[]): boolean {
  const begun = performance.now()
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, FORCE_COLOR: '0' } })
  console.log(`${status === 0 ? '✔' : '✖'} ${name} (${((performance.now() - begun) / 1_000).toFixed(1)} s)`)
  return status === 0
}
const inBin = (name: string) => join(root, 'node_modules/.bin', name)

/** How many of the checks that need no running house fail. The build comes first: browsers are shown what it makes. */
function checkAll(): number {
  const built = check('build', process.execPath, ['bin/build.ts', '--if-stale'])
  if (wanted.length > 0) return built ? 0 : 1
  return [
    built,
    check('types', inBin('tsc'), ['--noEmit', '-p', '.']),
    check('lint', inBin('oxlint'), ['--quiet', 'src', 'bin', 'test', 'demo', 'bench']),
    check('architecture', process.execPath, ['bin/check.ts']),
  ].filter(isGood => !isGood).length
}

type Count = { passed: number; failed: number; skipped: number }
type Outcome = { file: string; name: string; isGood: boolean; seconds: number; says: string[] }

/** Each file in a process of its own, as many at a time as there are cores. */
async function runFiles(files: readonly string[]): Promise<{ count: Count; outcomes: Outcome[] }> {
  const count: Count = { passed: 0, failed: 0, skipped: 0 }
  const outcomes: Outcome[] = []
  const said: { file: string; message: string }[] = []
  const stream = run({ files: files.map(file => join(root, file)), concurrency: Math.min(4, Math.max(2, availableParallelism())), execArgv: ['--import', 'tsx'], timeout: isLong ? 7_200_000 : 300_000 })
  const keep = (isGood: boolean) => (data: { name: string; file?: string | undefined; details: { duration_ms: number } }) =>
    void outcomes.push({ file: data.file?.slice(root.length + 1) ?? '', name: data.name, isGood, seconds: Math.round(data.details.duration_ms / 100) / 10, says: [] })
  stream.on('test:pass', keep(true))
  stream.on('test:fail', keep(false))
  stream.on('test:diagnostic', ({ file, message }) => { if (file) said.push({ file: file.slice(root.length + 1), message }) })
  stream.on('test:summary', ({ counts, file }) => {
    if (!file) Object.assign(count, { passed: counts.passed, failed: counts.tests - counts.passed - counts.skipped - counts.todo, skipped: counts.skipped })
  })
  await new Promise((resolve, reject) => {
    stream.compose(new spec()).on('data', (chunk: Buffer) => process.stdout.write(chunk)).on('end', resolve).on('error', reject)
  })
  for (const outcome of outcomes) outcome.says = said.filter(({ file }) => file === outcome.file).map(({ message }) => message)
  return { count, outcomes }
}

/** What the long tests found, with all that is needed to run them again. */
function writeLong(outcomes: readonly Outcome[], seed: string): void {
  const commit = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout?.trim() || 'not a git checkout'
  mkdirSync(join(root, 'bench'), { recursive: true })
  writeFileSync(join(root, 'bench/long.json'), JSON.stringify({ seed: Number(seed), commit, date: new Date().toISOString(), node: process.version, machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`, tests: outcomes }, null, 2) + '\n')
}

/** One folder holds everything that a run makes, its database server and its browsers' profiles too; nothing of it is left, also after kill -9. */
async function main(): Promise<number> {
  const failedChecks = checkAll()
  const { folder, remove } = makeOwnFolder('run')
  mkdirSync(join(folder, 'home'))
  const seed = (process.env.TEST_SEED ??= String(isLong ? randomInt(2 ** 31) : 20261123))
  Object.assign(process.env, { TMPDIR: folder, HOME: join(folder, 'home'), XDG_CONFIG_HOME: join(folder, 'home'), XDG_CACHE_HOME: join(folder, 'home') })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void remove().then(() => process.exit(1)))
  try {
    const chromium = await ensureChromium()
    if (chromium) process.env.CHROMIUM_PATH = chromium
    process.env.TEST_CLUSTER = join((await startCluster()).folder, 'cluster.json')
    const files = wanted.length > 0 ? wanted : globSync(`{src,test,demo,bin,bench}/**/*.${kinds}.{ts,tsx}`, { cwd: root }).sort()
    const { count, outcomes } = await runFiles(files)
    if (isLong) writeLong(outcomes, seed)
    const failed = count.failed + failedChecks + (chromium ? 0 : 1)
    console.log(`\nseed ${seed}${failedChecks > 0 ? `; ${failedChecks} of the checks before the tests failed` : ''}${chromium ? '' : '; no Chromium, so the browser tests did not run'}`)
    console.log(`${count.passed} passed, ${failed} failed${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}`)
    return failed === 0 && count.passed > 0 ? 0 : 1
  } finally {
    await remove()
  }
}

if (isLong && wanted.length === 0) console.log('The full counts take hours on two cores.')
process.exit(await main())
