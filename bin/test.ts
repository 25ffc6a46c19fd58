import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { root } from '#platform/root.ts'
import { ensureChromium } from '#test/browser.ts'
import { startCluster } from '#test/cluster.ts'

const isLong = process.argv.includes('--long')
const wanted = process.argv.slice(2).filter(arg => !arg.startsWith('--'))

/** Runs one check; its own words tell what is wrong. */
function check(name: string, command: string, args: readonly string[]): boolean {
  const begun = performance.now()
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, FORCE_COLOR: '0' } })
  console.log(`${status === 0 ? '✔' : '✖'} ${name} (${((performance.now() - begun) / 1_000).toFixed(1)} s)`)
  return status === 0
}
const inBin = (name: string) => join(root, 'node_modules/.bin', name)

function checkAll(): boolean {
  const built = check('build', process.execPath, ['--import', 'tsx', 'bin/build.ts', '--if-stale'])
  const typed = check('types', inBin('tsc'), ['--noEmit', '-p', '.'])
  const linted = check('lint', inBin('oxlint'), ['--quiet', 'src', 'bin', 'test', 'demo', 'bench'])
  const housed = check('architecture', process.execPath, ['bin/check.ts'])
  return built && typed && linted && housed
}

/** Each file in a process of its own, two at a time, on one database server of this run. */
async function runFiles(files: readonly string[]): Promise<{ passed: number; failed: number; skipped: number }> {
  const { folder, stop } = await startCluster()
  let stopping: Promise<void> | undefined
  const stopOnce = () => (stopping ??= stop())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stopOnce().then(() => process.exit(1)))
  process.env.TEST_CLUSTER = join(folder, 'cluster.json')
  const count = { passed: 0, failed: 0, skipped: 0 }
  try {
    await new Promise<void>((resolve, reject) => {
      const stream = run({ files: files.map(file => join(root, file)), concurrency: 2, execArgv: ['--import', 'tsx'], timeout: isLong ? 7_200_000 : 300_000 })
      stream.on('test:summary', ({ counts, file }) => { if (!file) Object.assign(count, { passed: counts.passed, failed: counts.tests - counts.passed - counts.skipped - counts.todo, skipped: counts.skipped }) })
      stream.compose(new spec()).on('data', (chunk: Buffer) => process.stdout.write(chunk)).on('end', resolve).on('error', reject)
    })
  } finally {
    await stopOnce()
  }
  return count
}

if (isLong && wanted.length === 0) console.log('The full counts take hours on two cores.')
const isChecked = wanted.length > 0 || checkAll()
await ensureChromium()
const pattern = isLong ? '{src,test,demo,bin,bench}/**/*.long.{ts,tsx}' : '{src,test,demo,bin,bench}/**/*.test.{ts,tsx}'
const files = wanted.length > 0 ? wanted : globSync(pattern, { cwd: root }).sort()
const { passed, failed, skipped } = await runFiles(files)
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
process.exitCode = isChecked && failed === 0 && passed > 0 ? 0 : 1
