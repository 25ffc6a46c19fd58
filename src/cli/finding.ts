import { SaidPlainly } from '#platform/said-plainly.ts'
import { CommandProblem } from './command.ts'

/** One line of `doctor`: how it stands, and what to do where it does not stand well. */
export type Finding = { key: string; isGood: boolean; words: string; toDo?: string }

export const good = (key: string, words: string): Finding => ({ key, isGood: true, words })
export const bad = (key: string, words: string, toDo: string): Finding => ({ key, isGood: false, words, toDo })

/** A look that fails is a finding too: the others go on. */
export async function look(key: string, what: string, work: () => Promise<Finding> | Finding): Promise<Finding> {
  try {
    return await work()
  } catch (error) {
    const { message, code } = error as Error & { code?: string }
    const isPlain = error instanceof SaidPlainly || error instanceof CommandProblem
    return bad(key, isPlain ? message : `${what} cannot be checked: ${message}${code && !message.includes(code) ? ` (${code})` : ''}`, isPlain ? 'Do what it says, then run this again.' : 'Mend that, then run this again.')
  }
}
