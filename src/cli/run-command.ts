import { SaidPlainly } from '#platform/said-plainly.ts'
import { CommandProblem, UsageProblem, type Command, type ExitCode, type Io } from './command.ts'

export type Entry = { name: string; summary: string; load: () => Promise<{ default: Command }> }

function help(commands: readonly Entry[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2
  return ['Rapport: online patient communication for a medical practice.', '', 'npx rapport <command> [--help]', '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`)].join('\n')
}

const isHelp = (arg: string | undefined) => arg === '--help' || arg === '-h'

/** Finds the command, 'audit verify' is one of two words, and runs it. What a person can mend is said without a stack. */
export async function runCommand(commands: readonly Entry[], args: readonly string[], io: Io): Promise<ExitCode> {
  const [first] = args
  if (first === undefined || isHelp(first) || first === 'help') {
    io.out(help(commands))
    return first === undefined ? 2 : 0
  }
  const entry = commands.find(({ name }) => name === args.slice(0, 2).join(' ')) ?? commands.find(({ name }) => name === first)
  if (!entry) {
    const near = commands.filter(({ name }) => name.startsWith(`${first} `)).map(({ name }) => name)
    io.err(near.length > 0 ? `Did you mean ${near.map(name => `"${name}"`).join(' or ')}?` : `There is no command "${first}".\n\n${help(commands)}`)
    return 2
  }
  const rest = args.slice(entry.name.split(' ').length)
  const { default: command } = await entry.load()
  if (rest.some(isHelp)) {
    io.out(`rapport ${entry.name}: ${entry.summary}\n\n${command.usage}`)
    return 0
  }
  try {
    return await command.run(rest, io)
  } catch (error) {
    if (error instanceof UsageProblem) {
      io.err(`${error.message}\n\n${command.usage}`)
      return 2
    }
    const plain = plainly(error)
    if (plain === undefined) throw error
    io.err(plain)
    return 1
  }
}

// What PostgreSQL and the network say when an address, a password or a right is wrong.
const connection: Record<string, string> = {
  ECONNREFUSED: 'nobody answers there', ENOTFOUND: 'there is no such host', EAI_AGAIN: 'its name cannot be looked up now', ETIMEDOUT: 'it does not answer', EHOSTUNREACH: 'it cannot be reached',
  '28P01': 'the password is not accepted', '28000': 'the role is not let in', '3D000': 'there is no such database', '53300': 'it has no connection left to give', '57P03': 'it is starting or stopping: try again in a moment',
}

function plainly(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof SaidPlainly || error instanceof CommandProblem || error.name === 'KeyProblem') return error.message
  const { code, port, message } = error as NodeJS.ErrnoException & { port?: number }
  if (code === 'EADDRINUSE') return `Port ${port} is in use by another program. Stop that, or choose another PORT.`
  if (code === 'EACCES' && error.message.startsWith('listen')) return `Port ${port} may not be opened by this user. Choose a PORT above 1023, and let a proxy stand in front.`
  return code && connection[code] ? `The database cannot be used: ${connection[code]} (${message}).` : undefined
}
