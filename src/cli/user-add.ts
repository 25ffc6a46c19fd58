import { isMailAddress } from '#platform/email.ts'
import { roles, type Role } from '#platform/ctx.ts'
import { addStaff } from '#accounts'
import { answerTo } from './ask.ts'
import { CommandProblem, UsageProblem, type Command, type ExitCode } from './command.ts'
import { readOptions } from './read-args.ts'
import { withHouse } from './with-house.ts'

const usage = `npx rapport user add --name <name> --email <address> --role <role>… [--locale en|es] [--json]

Lets somebody in who works here, and prints the link with which they choose a password and a second factor, once, within 7 days.
Roles: ${roles.join(', ')}. Name --role again for each further one.
Patients come in by the letter that the front desk prints.`

const rolesFrom = (typed: string): Role[] | undefined => {
  const named = [...new Set(typed.split(',').map(part => part.trim()).filter(Boolean))]
  return named.length > 0 && named.every(name => roles.includes(name as Role)) ? named as Role[] : undefined
}

const command: Command = {
  usage,
  async run(args, io) {
    const given = readOptions(args, { name: { type: 'string' }, email: { type: 'string' }, role: { type: 'string', multiple: true }, locale: { type: 'string' }, json: { type: 'boolean' } })
    const name = await answerTo(io, { flag: 'name', words: 'Name', read: typed => (typed.length >= 1 && typed.length <= 120 ? typed : undefined), problem: 'Write the person’s name.' }, given.name)
    const email = await answerTo(io, { flag: 'email', words: 'E-mail', read: typed => (isMailAddress(typed) ? typed.toLowerCase() : undefined), problem: 'Write a mail address like them@practice.example.' }, given.email)
    const wanted = await answerTo(io, { flag: 'role', words: `Role (${roles.join(', ')})`, read: rolesFrom, problem: `Write one or more of ${roles.join(', ')}.` }, given.role?.join(','))
    const { locale = 'en' } = given
    if (locale !== 'en' && locale !== 'es') throw new UsageProblem('--locale: Write en or es.')
    return withHouse<ExitCode>(io, async ({ ctxAs }) => {
      const added = await addStaff(ctxAs('accounts.command'), { name, email, roles: wanted, locale })
      if (!added.ok) throw new CommandProblem(`Somebody signs in with ${email} already. Help them in with \`npx rapport user reset ${email}\`.`)
      io.out(given.json ? JSON.stringify({ name, email, roles: wanted, link: added.link }) : `${name} opens this once, within 7 days, to choose a password and a second factor:\n\n  ${added.link}`)
      return 0
    })
  },
}
export default command
