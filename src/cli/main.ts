import { commands } from './commands.ts'
import { CommandProblem, UsageProblem, type ExitCode, type Io } from './command.ts'

const io: Io = {
  out: line => void process.stdout.write(`${line}\n`),
  err: line => void process.stderr.write(`${line}\n`),
  isTerminal: process.stdout.isTTY === true,
  env: process.env,
}

function help(): string {
  const width = Math.max(...commands.map(({ name }) => name.length)) + 2
  return ['Rapport: online patient communication for a medical practice.', '', 'npx rapport <command> [--help]', '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`)].join('\n')
}

/** Finds the command: 'audit verify' is one of two words. */
async function runCommand(args: readonly string[]): Promise<ExitCode> {
  if (args.length === 0 || args[0] === '--help' || args[0] === '-h' || args[0] === 'help') {
    io.out(help())
    return args.length === 0 ? 2 : 0
  }
  const entry = commands.find(({ name }) => name === args.slice(0, 2).join(' ')) ?? commands.find(({ name }) => name === args[0])
  if (!entry) {
    io.err(`There is no command "${args[0]}".\n\n${help()}`)
    return 2
  }
  const rest = args.slice(entry.name.split(' ').length)
  const { default: command } = await entry.load()
  if (rest.includes('--help') || rest.includes('-h')) {
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
    if (error instanceof CommandProblem || ['CannotMigrate', 'TooOld', 'TooMuchPower', 'KeyProblem'].includes((error as Error).name)) {
      io.err((error as Error).message)
      return 1
    }
    throw error
  }
}

try {
  process.exitCode = await runCommand(process.argv.slice(2))
} catch (error) {
  io.err(error instanceof Error ? error.stack ?? error.message : String(error))
  process.exitCode = 1
}
