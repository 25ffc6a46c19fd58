import { text } from 'node:stream/consumers'
import { askAtTerminal } from './ask.ts'
import { commands } from './commands.ts'
import { runCommand } from './run-command.ts'

// What this process writes, a person's record among it, is for its own user alone.
process.umask(0o077)

// `| head` has read enough: no failure of ours.
process.stdout.on('error', error => { if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(); throw error })

try {
  process.exitCode = await runCommand(commands, process.argv.slice(2), {
    out: line => void process.stdout.write(`${line}\n`),
    err: line => void process.stderr.write(`${line}\n`),
    isTerminal: process.stdout.isTTY === true,
    env: process.env,
    ...(process.stdin.isTTY && { ask: askAtTerminal }),
    input: () => text(process.stdin),
  })
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack ?? error.message : String(error)}\n`)
  process.exitCode = 1
}
