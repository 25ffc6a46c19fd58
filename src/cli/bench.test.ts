import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadBench } from './bench.ts'
import { CommandProblem } from './command.ts'

test('runs the entry of the bench from its source, with what was typed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'))
  try {
    const entry = join(folder, 'main.ts')
    writeFileSync(entry, 'export const runBench = async (args: readonly string[], io: { out: (line: string) => void }): Promise<0 | 1 | 2> => { io.out(args.join("+")); return 1 }')
    const { runBench } = await loadBench(entry)
    const said: string[] = []
    assert.equal(await runBench(['--quick', 'pages'], { out: line => said.push(line), err: () => {}, isTerminal: false, env: {} }), 1)
    assert.deepEqual(said, ['--quick+pages'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
test('says that a release without the sources has none', async () => {
  await assert.rejects(loadBench('/nowhere/main.ts'), CommandProblem)
})
