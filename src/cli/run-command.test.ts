import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SaidPlainly } from '#platform/said-plainly.ts'
import { UsageProblem, type Command } from './command.ts'
import { commands } from './commands.ts'
import { runCommand, type Entry } from './run-command.ts'

const entry = (name: string, run: Command['run']): Entry => ({ name, summary: `does ${name}`, load: async () => ({ default: { usage: `npx rapport ${name} <what>`, run } }) })
const samples: Entry[] = [
  entry('good', async (args, io) => { io.out(args.join('+')); return 0 }),
  entry('audit verify', async () => 1),
  entry('typed-wrong', async () => { throw new UsageProblem('Name one file.') }),
  entry('cannot', async () => { throw new SaidPlainly('The disk is full.') }),
  entry('port', async () => { throw Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE', port: 3000 }) }),
  entry('no-database', async () => { throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' }) }),
  entry('surprise', async () => { throw new TypeError('x is not a function') }),
]
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await runCommand(samples, args, { out: line => out.push(line), err: line => err.push(line), isTerminal: false, env: {} })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

test('finds commands of one and of two words, and hands them the rest', async () => {
  assert.deepEqual(await run('good', 'a', '--b'), { code: 0, out: 'a+--b', err: '' })
  assert.equal((await run('audit', 'verify')).code, 1)
})
test('shows all commands, or how one is called; asking for help is no mistake, saying nothing is', async () => {
  for (const name of samples.map(({ name }) => name)) assert.match((await run('--help')).out, new RegExp(`${name} +does ${name}`))
  assert.deepEqual([(await run('--help')).code, (await run('help')).code, (await run()).code], [0, 0, 2])
  assert.deepEqual(await run('typed-wrong', '--help'), { code: 0, out: 'rapport typed-wrong: does typed-wrong\n\nnpx rapport typed-wrong <what>', err: '' })
})
test('what a person typed wrong ends with 2 and the usage', async () => {
  assert.deepEqual(await run('typed-wrong'), { code: 2, out: '', err: 'Name one file.\n\nnpx rapport typed-wrong <what>' })
  const unknown = await run('gone')
  assert.equal(unknown.code, 2)
  assert.match(unknown.err, /There is no command "gone"/)
  assert.match((await run('audit')).err, /Did you mean "audit verify"/)
})
test('what went wrong is said in words and ends with 1; a surprise keeps its stack', async () => {
  assert.deepEqual(await run('cannot'), { code: 1, out: '', err: 'The disk is full.' })
  assert.match((await run('port')).err, /^Port 3000 is in use by another program/)
  assert.match((await run('no-database')).err, /^The database cannot be used: nobody answers there/)
  await assert.rejects(run('surprise'), TypeError)
})
test('every command that is listed exists and says how it is called', async () => {
  for (const { name, summary, load } of commands) {
    assert.ok(summary.length > 10, name)
    const loaded = await load().catch((error: unknown) => error as Error)
    assert.ok(!(loaded instanceof Error), `${name}: ${loaded instanceof Error && loaded.message}`)
    assert.match(loaded.default.usage, new RegExp(`^npx rapport ${name}`))
  }
})
