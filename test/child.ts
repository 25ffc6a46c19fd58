import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { root } from '#platform/root.ts'

/** A process of ours that a test can talk to and kill. */
export type Child = {
  process: ChildProcess
  /** The next line it prints that matches; fails with all it said when it ends before. */
  says: (wanted: RegExp) => Promise<string>
  /** How it ended. */
  ended: Promise<{ code: number | null; signal: string | null; words: string }>
  /** Waits until it is gone; a minute after the signal the test fails with all it said. */
  kill: (signal?: NodeJS.Signals) => Promise<void>
}

/** Runs `args` on this Node, from the project's folder. */
export function startChild(args: readonly string[], { env = {}, cwd = root, uid, gid }: { env?: Record<string, string | undefined>; cwd?: string; uid?: number; gid?: number } = {}): Child {
  const child = spawn(process.execPath, args, { cwd, env: { ...process.env, NODE_TEST_CONTEXT: undefined, ...env }, stdio: ['ignore', 'pipe', 'pipe'], ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const hear = (line: string) => { lines.push(line); for (const look of waiting) look() }
  createInterface({ input: child.stdout! }).on('line', hear)
  createInterface({ input: child.stderr! }).on('line', hear)
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, words: lines.join('\n') }))
  let read = 0
  const says = (wanted: RegExp) => new Promise<string>((resolve, reject) => {
    const look = () => {
      while (read < lines.length) {
        const line = lines[read++]!
        if (wanted.test(line)) { waiting.delete(look); return resolve(line) }
      }
    }
    waiting.add(look)
    look()
    void ended.then(({ code, words }) => reject(new Error(`it ended with ${code} before it said ${wanted}:\n${words}`)))
  })
  const kill = async (signal: NodeJS.Signals = 'SIGKILL') => {
    child.kill(signal)
    if (await Promise.race([ended.then(() => true), wait(60_000, false, { ref: false })])) return
    child.kill('SIGKILL')
    throw new Error(`a minute after ${signal} it was still there:\n${lines.join('\n')}`)
  }
  return { process: child, says, ended, kill }
}

/** Runs a few lines of TypeScript as a process of its own. */
export const startScript = (lines: string, options?: Parameters<typeof startChild>[1]): Child =>
  startChild(['--input-type=module', '--eval', lines], options)
