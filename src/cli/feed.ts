import { addSender } from '#integrations/ehr-hl7v2/keep-sender.ts'
import { CommandProblem, UsageProblem, type Command } from './command.ts'
import { readArgs } from './read-args.ts'
import { withHouse } from './with-house.ts'

const usage = `npx rapport feed add <source> --zone <zone> [--facility <name>] [--numbers <system>] [--own-ehr]

Lets a laboratory or another system send records by itself: HL7 v2 over MLLP (HL7_PORT) or to /hooks/hl7/<source>, FHIR to /hooks/fhir/<source>.
<source> is its short name in small letters. --zone is where its clock stands, for times without an offset: America/Chicago. --facility is how it
names itself in MSH-4, which MLLP needs. --numbers is the system of the record numbers it uses, where it uses those of your EHR.
--own-ehr says that it is the practice's own EHR: what its clinicians sign there counts as looked at here.
Prints the token for HTTPS once. What is dated before today is history: it is shown, and nobody is told of it.`

const words = { 'too-long': 'That name is too long.', 'not-a-name': 'A source is a short name in small letters, like county-lab.', 'not-a-zone': 'That is no time zone. Write one like America/Chicago.', taken: 'There is a source or a facility of that name already.' }

const command: Command = {
  usage,
  async run(args, io) {
    const { values, positionals: [verb, source, ...more] } = readArgs(args, { zone: { type: 'string' }, facility: { type: 'string' }, numbers: { type: 'string' }, 'own-ehr': { type: 'boolean' } })
    if (verb !== 'add' || !source || more.length > 0) throw new UsageProblem('Say: feed add <source> --zone <zone>.')
    if (!values.zone) throw new UsageProblem('Say where its clock stands: --zone America/Chicago.')
    const wish = { source, zone: values.zone as string, facility: (values.facility as string | undefined) ?? null, numberSystem: (values.numbers as string | undefined) ?? null, isOwnEhr: values['own-ehr'] === true }
    return withHouse(io, async ({ ctxAs }) => {
      const added = await addSender(ctxAs('records.import'), wish)
      if (!added.ok) throw new CommandProblem(words[added.reason])
      io.out(`${source} may send from now on. Its token, shown this once:\n\n  ${added.token}`)
      return 0 as const
    })
  },
}
export default command
