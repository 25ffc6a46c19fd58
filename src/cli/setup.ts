import { inTransaction, speakAs } from '#platform/db.ts'
import { isMailAddress } from '#platform/email.ts'
import { Conflict } from '#platform/errors.ts'
import { keyFileOf } from '#platform/keys.ts'
import { baseOf } from '#platform/place.ts'
import { words } from '#platform/words.ts'
import { addStaff, givePassword, passwordProblem } from '#accounts'
import { foundPractice, zones } from '#practice'
import { facesOfGoal, goals, type Goal } from '#practice/shared'
import { answerTo } from './ask.ts'
import { CommandProblem, UsageProblem, type Command, type ExitCode, type Io } from './command.ts'
import { readOptions } from './read-args.ts'
import { withHouse, type AtHand } from './with-house.ts'

const usage = `npx rapport setup [--practice <name>] [--name <yours>] [--email <yours>] [--zone <time zone>] [--goal educate|grow|engage] [--password-stdin] [--json]

Makes a practice of a new database, and its first owner, who may then let others in. What is not given is asked for on a terminal.
The goal turns on only what it needs: educate and grow the public site, engage the patient portal too. It can be changed later.
It prints a link with which the owner chooses a password, within 7 days; with --password-stdin the first line that is piped in is the
password. Everybody who works here sets a second factor when they first sign in. A demo never becomes a practice.`

type Wish = { practice: string; name: string; email: string; zone: string; goal: Goal; password?: string; json: boolean }
const between = (least: number, most: number) => (typed: string) => (typed.length >= least && typed.length <= most ? typed : undefined)

async function wishOf(args: readonly string[], io: Io): Promise<Wish> {
  const given = readOptions(args, {
    practice: { type: 'string' }, name: { type: 'string' }, email: { type: 'string' }, zone: { type: 'string' }, goal: { type: 'string' },
    'password-stdin': { type: 'boolean' }, json: { type: 'boolean' },
  })
  const zoneHere = Intl.DateTimeFormat().resolvedOptions().timeZone
  const asking = given['password-stdin'] ? { err: io.err } : io          // what is piped in is the password
  const practice = await answerTo(asking, { flag: 'practice', words: 'Name of the practice', read: between(1, 120), problem: 'Write the name that stands on your door.' }, given.practice)
  const name = await answerTo(asking, { flag: 'name', words: 'Your name', read: between(1, 120), problem: 'Write the name of the person who will own this.' }, given.name)
  const email = await answerTo(asking, { flag: 'email', words: 'Your e-mail', read: typed => (isMailAddress(typed) ? typed.toLowerCase() : undefined), problem: 'Write a mail address like you@practice.example.' }, given.email)
  const zone = await answerTo(asking, { flag: 'zone', words: 'Time zone', ...(zones.includes(zoneHere) && zoneHere !== 'UTC' && { standard: zoneHere }), read: typed => zones.find(one => one.toLowerCase() === typed.toLowerCase()), problem: 'Write a time zone like America/New_York.' }, given.zone)
  const goal = await answerTo(asking, { flag: 'goal', words: 'One goal: educate, grow or engage', read: typed => goals.find(one => one === typed.toLowerCase()), problem: 'Write educate (teach on a public site), grow (be found by new patients) or engage (the portal too).' }, given.goal)
  const password = given['password-stdin'] ? await pipedPassword(io, [name, email]) : undefined
  return { practice, name, email, zone, goal, json: given.json === true, ...(password !== undefined && { password }) }
}

async function pipedPassword(io: Io, own: readonly string[]): Promise<string> {
  const password = (await io.input?.() ?? '').split(/\r?\n/)[0]!
  const problem = passwordProblem(password, { hasSecondFactor: false, own })
  if (problem) throw new UsageProblem(words('en')(`accounts.password.${problem}`))
  return password
}

/** All of it or nothing: an owner without a practice could not be made again. */
function furnish({ ctxAs }: AtHand, { practice, name, email, zone, goal, password }: Wish): Promise<string | undefined> {
  return inTransaction(ctxAs('practice.command'), async tx => {
    await foundPractice(tx, { name: practice, goal, zone })
    const owner = await speakAs(tx, { kind: 'system', job: 'accounts.command' } as const)
    const added = await addStaff(owner, { name, email, roles: ['manager'] })
    if (!added.ok) throw new CommandProblem(`Somebody signs in with ${email} already.`)
    if (password === undefined) return added.link
    await givePassword(owner, added.personId, password)
    return undefined
  }).catch((error: unknown) => {
    if (error instanceof Conflict) throw new CommandProblem('This practice was set up before. Let people in with `npx rapport user add`, or help one who cannot get in with `npx rapport user reset`.')
    throw error
  })
}

function say(io: Io, { config }: AtHand, { practice, name, email, goal }: Wish, link: string | undefined): void {
  io.out(`${practice} is set up. Its goal is to ${goal}: ${facesOfGoal[goal].includes('portal') ? 'the public site and the patient portal are' : 'the public site is'} on, and the console for you.\n`)
  io.out(link ? `${name} opens this once, within 7 days, to choose a password and a second factor:\n\n  ${link}\n` : `${name} signs in as ${email} at ${baseOf(config, 'console')}/sign-in and sets a second factor there.\n`)
  io.out(`Next:\n  keep a copy of ${keyFileOf(config.dataDir, config.keyFile)} somewhere else; without it data and backups cannot be opened\n  npx rapport serve     starts it at ${config.publicUrl}\n  npx rapport doctor    says what is missing before patients may come`)
}

const command: Command = {
  usage,
  async run(args, io) {
    const wish = await wishOf(args, io)
    return withHouse<ExitCode>(io, async at => {
      const link = await furnish(at, wish)
      const { practice, name, email, zone, goal } = wish
      if (wish.json) io.out(JSON.stringify({ practice, goal, faces: facesOfGoal[goal], zone, owner: { name, email, roles: ['manager'] }, signIn: `${baseOf(at.config, 'console')}/sign-in`, ...(link && { link }) }))
      else say(io, at, wish, link)
      return 0
    }, { wish: 'practice' })
  },
}
export default command
