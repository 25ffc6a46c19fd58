import { Conflict, Invalid, NotAllowed, NotFound } from '#platform/errors.ts'

export type Problem = 'not-found' | 'not-allowed' | 'not-ours' | 'sent-twice' | 'too-large' | 'conflict' | 'surprise' | 'no-database'
export const statusOf: Record<Problem, number> = { 'not-found': 404, 'not-allowed': 403, 'not-ours': 403, 'sent-twice': 422, 'too-large': 413, conflict: 409, surprise: 500, 'no-database': 503 }

/** The front door's own no, before a page is asked. */
export class Refusal extends Error {
  readonly problem: Problem
  readonly status: number | undefined
  constructor(problem: Problem, status?: number) { super(problem); this.problem = problem; this.status = status }
}

/** What was chosen was taken away meanwhile: a conflict, unless a mistake of ours points there, so the log has it, too. */
export const isTakenAway = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === '23503'

/** Turns what was thrown into words, once. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem
  if (error instanceof NotFound) return 'not-found'
  if (error instanceof NotAllowed) return 'not-allowed'
  if (error instanceof Conflict || error instanceof Invalid) return 'conflict'
  const code = (error as { code?: unknown } | null)?.code
  if (isTakenAway(error)) return 'conflict'
  // An id in the address that is no id at all, or holds a NUL.
  if (code === '22P02' || code === '22021') return 'not-found'
  const message = error instanceof Error ? error.message : ''
  if (typeof code === 'string' && /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|57P0[123]|08\d{3}|53300)$/.test(code)) return 'no-database'
  if (/timeout exceeded when trying to connect|Connection terminated/.test(message)) return 'no-database'
  return 'surprise'
}
