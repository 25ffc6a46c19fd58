import { createInterface } from 'node:readline/promises'
import { CommandProblem, UsageProblem, type Io } from './command.ts'

/** One question on the terminal. Ctrl-D or Ctrl-C ends the command and nothing was done. */
export async function askAtTerminal(question: string): Promise<string> {
  const line = createInterface({ input: process.stdin, output: process.stderr })
  const ended = Promise.withResolvers<never>()
  line.once('close', () => ended.reject(new CommandProblem('\nStopped. Nothing was changed.')))
  ended.promise.catch(() => {})
  try {
    return await Promise.race([line.question(question), ended.promise])
  } finally {
    line.close()
  }
}

export type Question<T = string> = {
  flag: string
  words: string
  standard?: string
  /** The answer as it is kept, or undefined with what is wrong said by `problem`. */
  read: (typed: string) => T | undefined
  problem: string
}

/** From the flag; else asked until it can be used; else, where nobody sits, the standard or a usage problem. */
export async function answerTo<T>(io: Pick<Io, 'ask' | 'err'>, { flag, words, standard, read, problem }: Question<T>, given: string | undefined): Promise<T> {
  if (given !== undefined || !io.ask) {
    const answer = given ?? standard
    if (answer === undefined) throw new UsageProblem(`--${flag} is missing: ${problem}`)
    const kept = read(answer.trim())
    if (kept === undefined) throw new UsageProblem(`--${flag}: ${problem}`)
    return kept
  }
  for (;;) {
    const typed = (await io.ask(`${words}${standard === undefined ? '' : ` [${standard}]`}: `)).trim()
    const kept = read(typed === '' && standard !== undefined ? standard : typed)
    if (kept !== undefined) return kept
    io.err(`  ${problem}`)
  }
}
