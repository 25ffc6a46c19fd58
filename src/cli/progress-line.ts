import type { Io } from './command.ts'

export type ProgressLine = { say: (text: string) => void; end: () => void }

/** One line on a terminal that is written over, at most ten times a second. Elsewhere it says nothing. */
export function progressLine(io: Pick<Io, 'isTerminal'>, write: (text: string) => unknown = text => process.stderr.write(text)): ProgressLine {
  if (!io.isTerminal) return { say() {}, end() {} }
  let lastAt = -Infinity
  return {
    say(text) {
      const at = performance.now()
      if (at - lastAt < 100) return
      lastAt = at
      write(`\r\x1b[2K${text}`)
    },
    end() { write('\r\x1b[2K') },
  }
}

/** "[#####-----] 50 %" */
export function bar(done: number, total: number, width = 30): string {
  const part = total === 0 ? 1 : Math.min(1, done / total)
  const full = Math.round(part * width)
  return `[${'#'.repeat(full)}${'-'.repeat(width - full)}] ${Math.floor(part * 100)} %`
}
