import pg from 'pg'
import { audit } from '#platform/audit.ts'
import { checkHouse } from '#platform/check-house.ts'
import { inTransaction } from '#platform/db.ts'
import { resealMail } from '#platform/email.ts'
import { makeFileStore } from '#platform/files.ts'
import type { House } from '#platform/house.ts'
import { addKey, keyFileOf, readOrMakeKey } from '#platform/keys.ts'
import { readRunning } from '#platform/run-file.ts'
import { resealSecondFactors } from '#accounts'
import { resealSigningKeys } from '#integrations/ehr-fhir-pull/signing-keys.ts'
import { resealTexts } from '#notices'
import { CommandProblem, type Command, type ExitCode } from './command.ts'
import { progressLine, type ProgressLine } from './progress-line.ts'
import { readOptions } from './read-args.ts'
import { systemCtx, withHouse, type AtHand } from './with-house.ts'

const usage = `npx rapport keys rotate [--json]

Puts a new key first in the key file, with the service stopped. From then on it seals everything new, and the secrets of second factors, waiting
mail, the keys that EHRs know us by and the keys of files are sealed anew under it. The older keys stay in the file: the audit trail and older backups need them.
Afterwards copy the key file to your safe place again. Make a backup before.`

/** One that serves knows only the old key: it could not read what is sealed from now on. */
async function mustBeAlone({ config, database }: AtHand): Promise<void> {
  const client = new pg.Client({ connectionString: database.urls.app, application_name: 'rapport keys' })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rowCount } = await client.query("select from pg_stat_activity where datname = current_database() and usename = current_user and application_name in ('rapport app', 'rapport apart')")
    if (readRunning(config.dataDir) || rowCount) throw new CommandProblem('Rapport is running. Stop the service on every machine first; it reads the new key when it starts.')
  } finally {
    await client.end()
  }
}

/** The new key is known to the database before anything is sealed with it: from here on no start does without it. */
async function takeNewKey({ config, database, house }: AtHand): Promise<House> {
  const path = keyFileOf(config.dataDir, config.keyFile)
  try {
    addKey(path)
  } catch (error) {
    throw new CommandProblem(`The key file ${path} cannot be written (${(error as NodeJS.ErrnoException).code}). Nothing was changed.`)
  }
  const keys = readOrMakeKey(config.dataDir, { keyFile: config.keyFile })
  const owner = new pg.Client({ connectionString: database.urls.owner })
  await owner.connect()
  await checkHouse(owner, keys, { isDemo: house.isDemo, now: house.now() }).finally(() => owner.end())
  return { ...house, keys, files: makeFileStore({ folder: config.dataDir, keys }) }
}

type Resealed = { secondFactors: number; mails: number; signingKeys: number; files: number }

async function resealAll(house: House, line: ProgressLine): Promise<Resealed> {
  const secondFactors = await resealSecondFactors(systemCtx(house, 'accounts.command'))
  const mails = await inTransaction(systemCtx(house, 'platform.rotate-keys'), resealMail) + await inTransaction(systemCtx(house, 'platform.rotate-keys'), resealTexts)
  const signingKeys = await resealSigningKeys(systemCtx(house, 'platform.rotate-keys'))
  let files = 0
  for await (const { id } of house.files.list()) {
    await house.files.reseal(id)
    line.say(`${++files} files`)
  }
  await inTransaction(systemCtx(house, 'platform.rotate-keys'), tx => audit(tx, 'keys.rotated', { detail: { secondFactors, mails, signingKeys, files } }))
  return { secondFactors, mails, signingKeys, files }
}

const command: Command = {
  usage,
  run: (args, io) => {
    const { json } = readOptions(args, { json: { type: 'boolean' } })
    return withHouse<ExitCode>(io, async at => {
      await mustBeAlone(at)
      const house = await takeNewKey(at)
      const line = progressLine(io)
      const resealed = await resealAll(house, line).finally(line.end)
      const { fingerprint, fingerprints } = house.keys
      const path = keyFileOf(at.config.dataDir, at.config.keyFile)
      if (json) io.out(JSON.stringify({ fingerprint, keys: fingerprints.length, ...resealed }))
      else io.out(`A new key (fingerprint ${fingerprint}) stands first in ${path}; ${fingerprints.length - 1} older ${fingerprints.length === 2 ? 'one is' : 'ones are'} kept.\nSealed anew: ${resealed.secondFactors} second factors, ${resealed.mails} mails, ${resealed.signingKeys} keys for EHRs, ${resealed.files} files.\nCopy ${path} to your safe place again, now.`)
      return 0
    })
  },
}
export default command
