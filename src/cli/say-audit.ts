import type { AuditProblem, AuditReport } from '#platform/verify-audit.ts'
import type { Io } from './command.ts'

const spanOf = ({ seq, upTo }: { seq: number; upTo: number }) => (seq === upTo ? `${seq}` : `${seq} to ${upTo}`)

/** A finding in one line. Ids only: what an event says is for who may see it. */
export function auditProblemLine(problem: AuditProblem): string {
  switch (problem.kind) {
    case 'event-missing': return `event ${problem.eventId} (seal ${problem.seq}) was deleted`
    case 'event-or-seal-changed': return `event ${problem.eventId} or its seal ${problem.seq} was changed or moved`
    case 'seals-missing': return `seals ${spanOf(problem)} were deleted`
    case 'chain-shorter-than-anchor': return `seals ${spanOf(problem)} were cut off: the anchor file knows them`
    case 'anchor-differs': return `seal ${problem.seq} is not the one that the anchor file knows`
    case 'anchor-changed': return `line ${problem.line} of the anchor file was changed, moved or deleted`
    case 'anchor-cut': return `seals ${spanOf(problem)} are not in the anchor file: its end was cut off`
    case 'event-unsealed': return `event ${problem.eventId} was not sealed within 5 seconds: the sealer stands still, or somebody added it`
  }
}

const mostLines = 50

export function sayAudit({ isSound, seals, anchors, problems, problemCount }: AuditReport, io: Pick<Io, 'out' | 'err'>): void {
  if (isSound) return io.out(`The audit trail is whole: ${seals} sealed events, ${anchors} anchors.`)
  io.err(`The audit trail is NOT whole: ${problemCount} findings among ${seals} sealed events and ${anchors} anchors.`)
  for (const problem of problems.slice(0, mostLines)) io.err(`  ${auditProblemLine(problem)}`)
  if (problemCount > mostLines) io.err(`  and ${problemCount - mostLines} more`)
}
