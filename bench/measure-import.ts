import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync, appendFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '#platform/root.ts'
// @ts-expect-error plain JavaScript, which starts before anything is compiled
import { memoryFlags } from '../bin/memory-flags.mjs'
import { clearFolder } from '#test/clear-folder.ts'
import type { Figure } from './figure.ts'

type Ran = { code: number; out: string; mostMb: number; seconds: number }

/** One command in its own process: what it said, how long it took, the most memory it had. */
function run(args: readonly string[], env: Record<string, string>): Promise<Ran> {
  const begun = performance.now()
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } })
  let out = ''
  let mostMb = 0
  child.stdout!.on('data', (chunk: Buffer) => { out += chunk })
  const look = setInterval(() => {
    try { mostMb = Math.max(mostMb, Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024) } catch { /* it has ended */ }
  }, 100)
  return new Promise(resolve => child.once('exit', code => { clearInterval(look); resolve({ code: code ?? 1, out, mostMb, seconds: (performance.now() - begun) / 1_000 }) }))
}

/** The program itself: the memory that counts is its own and not its wrapper's. */
const rapport = () => [...memoryFlags('import'), '--enable-source-maps', join(root, 'build/server', readFileSync(join(root, 'build/stamp'), 'utf8'), 'main.js')]

/** Records into a fresh database through the command that a practice uses, and the worst single files that it must take in its stride. */
export async function measureImport({ quick }: { quick: boolean }): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-import-'))
  chmodSync(folder, 0o711)
  const env = { DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent', NODE_ENV: 'production' }
  try {
    const records = join(folder, 'records.ndjson')
    const patients = quick ? 200 : 1_500
    await run(['--import', 'tsx', join(root, 'bin/generate-records.ts'), '--patients', String(patients), '--out', records], {})
    await run([join(root, 'bin/rapport.mjs'), 'setup', '--practice', 'Bench Practice', '--name', 'Bench Owner', '--email', 'owner@practice.example', '--zone', 'America/New_York', '--goal', 'engage'], env)
    const first = await run([...rapport(), 'import', '--source', 'bench', '--json', records], env)
    const { read } = JSON.parse(first.out) as { read: number }
    const again = await run([...rapport(), 'import', '--source', 'bench', '--json', records], env)
    const hard = await run([...rapport(), 'import', '--source', 'hard', '--json', ...hardFiles(folder, quick)], env)
    const megabytes = Math.round(statSync(records).size / 2 ** 20)
    return [
      { name: 'import', value: read / first.seconds, unit: 'resources/s', limit: 5_000, isBetterHigh: true, note: `${read} resources of ${patients} patients, ${megabytes} MB, start and end of the program counted` },
      { name: 'the same again', value: read / again.seconds, unit: 'resources/s', limit: 5_000, isBetterHigh: true },
      { name: 'memory of the importer', value: Math.max(first.mostMb, again.mostMb), unit: 'MB', limit: 400, isBetterHigh: false },
      { name: 'memory with a 300 MB line and a 40 MB resource', value: hard.mostMb, unit: 'MB', limit: 400, isBetterHigh: false, note: `ended with ${hard.code}` },
    ]
  } finally {
    clearFolder(folder)
  }
}

/** A line of 300 MB that is one Bundle, and a resource larger than is taken. */
function hardFiles(folder: string, quick: boolean): string[] {
  const line = join(folder, 'line.json')
  writeFileSync(line, '{"resourceType":"Bundle","type":"collection","entry":[')
  const padding = 'x'.repeat(4_000)
  const entries = quick ? 4_000 : 75_000
  for (let from = 0; from < entries; from += 1_000) {
    appendFileSync(line, Array.from({ length: 1_000 }, (_, place) => `${from + place === 0 ? '' : ','}${JSON.stringify({ resource: { resourceType: 'Basic', id: `b${from + place}`, code: { text: padding } } })}`).join(''))
  }
  appendFileSync(line, ']}')
  const large = join(folder, 'large.ndjson')
  writeFileSync(large, `{"resourceType":"Basic","id":"large","code":{"text":"${'x'.repeat(40 * 2 ** 20)}"}}\n{"resourceType":"Patient","id":"after","birthDate":"1980-01-01"}\n`)
  return [line, large]
}
