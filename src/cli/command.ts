/** What a command may write to, and whether a person is looking. */
export type Io = {
  out: (line: string) => void
  err: (line: string) => void
  isTerminal: boolean
  /** Asks the person at the keyboard; missing where nobody sits there. */
  ask?: (question: string) => Promise<string>
  /** Everything that is piped in. */
  input?: () => Promise<string>
  env: Record<string, string | undefined>
}
export type Command = {
  /** How it is called, below the one line that `commands.ts` gives. */
  usage: string
  run: (args: readonly string[], io: Io) => Promise<ExitCode>
}
export type ExitCode = 0 | 1 | 2

/** Thrown for what the person typed: said with the usage, exit code 2. */
export class UsageProblem extends Error { override name = 'UsageProblem' }
/** Thrown for what went wrong in words of our own: said without a stack, exit code 1. */
export class CommandProblem extends Error { override name = 'CommandProblem' }
