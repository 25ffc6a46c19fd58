import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig, type Config } from '#platform/config.ts'
import { root } from '#platform/root.ts'
import { CommandProblem, type Io } from './command.ts'

/** The settings, or the list of what is wrong with them. A file `.env` in the project's folder is read first; the environment wins. */
export function configOf(io: Pick<Io, 'env'>): Config {
  const file = join(root, '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  const read = readConfig(io.env)
  if (!read.ok) throw new CommandProblem(`These settings cannot be used:\n${read.problems.map(problem => `  ${problem}`).join('\n')}`)
  return read.config
}
