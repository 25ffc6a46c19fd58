import { bringDemoResult } from '#demo/bring-result.ts'
import type { Config } from '#platform/config.ts'
import { readRunning } from '#platform/run-file.ts'
import { CommandProblem, type Command, type ExitCode } from './command.ts'
import { readOptions } from './read-args.ts'
import { readDemoFile, type DemoFile } from './say-demo.ts'
import { withHouse } from './with-house.ts'

const usage = `npx rapport demo [result] [--json]

Prints where the demo answers and who can sign in to it. Without a running one it says how to start it.
With \`result\` a laboratory sends a new result for Ana Solberry.
A practice's database has no demo, and this command refuses there.`

function demoOf(config: Config): DemoFile {
  try {
    return readDemoFile(config)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new CommandProblem(`The demo is not furnished yet, or it was made with another DATA_DIR than ${config.dataDir}. Run \`npm start\`.`)
  }
}

const command: Command = {
  usage,
  run: (args, io) => {
    const isResult = args[0] === 'result'
    const { json } = readOptions(isResult ? args.slice(1) : args, { json: { type: 'boolean' } })
    return withHouse<ExitCode>(io, async ({ house, config, ctxAs }) => {
      if (!house.isDemo) throw new CommandProblem('This is a practice’s database: there is no demo in it.')
      const { people } = demoOf(config)
      if (isResult) {
        if (!await bringDemoResult(ctxAs('records.import'))) throw new CommandProblem('Ana Solberry is not in this demo.')
        io.out('A result has come for Ana Solberry.')
        return 0
      }
      const running = readRunning(config.dataDir)?.url
      const url = running ?? config.publicUrl
      if (json) {
        io.out(JSON.stringify({ url, people }))
        return 0
      }
      io.out(running ? `The demo answers at ${running}/\n` : `The demo is not running. Start it with \`npm start\`; it will answer at ${url}/\n`)
      const width = Math.max(...people.map(({ email }) => email.length)) + 2
      for (const { role, name, email, password, totpSecret } of people) {
        io.out(`  ${role.padEnd(12)}${name.padEnd(22)}${email.padEnd(width)}${password}${totpSecret ? `   code from ${totpSecret}` : ''}`)
      }
      return 0
    })
  },
}
export default command
