import { makeResetLink, resetLinkMinutes } from '#accounts'
import { CommandProblem, UsageProblem, type Command, type ExitCode } from './command.ts'
import { readArgs } from './read-args.ts'
import { withHouse } from './with-house.ts'

const usage = `npx rapport user reset <e-mail or sign-in name> [--second-factor] [--json]

Prints a link with which this person sets a new password, once, within ${resetLinkMinutes} minutes. Hand it to them alone, and be sure who they are.
With --second-factor their passkeys, app and recovery codes go too, and they are signed out everywhere: for a telephone that was lost.
The audit trail keeps that it was done here.`

const problems = {
  nobody: (typed: string) => `Nobody signs in with ${typed}.`,
  several: (typed: string) => `Several people share the mailbox ${typed}. Give the name with which the person signs in.`,
  disabled: (typed: string) => `${typed} was shut out. A manager lets them in again under People in the console.`,
}

const command: Command = {
  usage,
  run: (args, io) => {
    const { values, positionals: [typed, ...more] } = readArgs(args, { 'second-factor': { type: 'boolean' }, json: { type: 'boolean' } })
    if (!typed || more.length > 0) throw new UsageProblem('Name one person by e-mail or sign-in name.')
    return withHouse<ExitCode>(io, async ({ ctxAs }) => {
      const made = await makeResetLink(ctxAs('accounts.command'), typed, { withSecondFactor: values['second-factor'] === true })
      if (!made.ok) throw new CommandProblem(problems[made.reason](typed))
      const { name, link } = made
      io.out(values.json ? JSON.stringify({ name, link }) : `${name} opens this once, within ${resetLinkMinutes} minutes, to set a new password:\n\n  ${link}`)
      return 0
    })
  },
}
export default command
