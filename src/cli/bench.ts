import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '#platform/root.ts'
import { CommandProblem, type Command, type ExitCode, type Io } from './command.ts'

const usage = `npx rapport bench [what bench/main.ts takes]

Measures this release on this machine, on invented patients in a database of its own, against the limits it has to keep.`

type Bench = { runBench: (args: readonly string[], io: Io) => Promise<ExitCode> }

/** The measuring is written in the sources and never compiled: it stays out of what a practice runs. */
export async function loadBench(entry: string = join(root, 'bench/main.ts')): Promise<Bench> {
  if (!existsSync(entry)) throw new CommandProblem('There is no bench/main.ts here: bench runs from the sources.')
  const { register } = await import('tsx/esm/api')
  register({ tsconfig: join(root, 'tsconfig.json') })     // else it looks where the person stands
  return await import(pathToFileURL(entry).href) as Bench
}

const command: Command = {
  usage,
  async run(args, io) {
    const { runBench } = await loadBench()
    return runBench(args, io)
  },
}
export default command
