import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { createTransport } from 'nodemailer'
import type { Config } from '#platform/config.ts'
import { keyFileOf } from '#platform/keys.ts'
import { transportOptions } from '#platform/carry-mail.ts'
import { bad, good, look, type Finding } from './finding.ts'

const leastFreeBytes = 2 * 1024 ** 3
const gib = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`

const keyFile = (config: Config) => look('key', 'The key file', async () => {
  const path = keyFileOf(config.dataDir, config.keyFile)
  const facts = await stat(path).catch(() => undefined)
  if (!facts) return bad('key', `The key file ${path} is missing.`, 'Put it back from your safe copy. Without it sealed data and backups cannot be opened.')
  if ((facts.mode & 0o077) !== 0) return bad('key', `Others on this machine can read the key file ${path}.`, `Run: chmod 600 ${path}`)
  return good('key', `The key lies in ${path}. It is in no backup: keep a copy on paper or in a safe.`)
})

const disk = (key: string, what: string, folder: string) => look(key, what, async () => {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  return free >= leastFreeBytes ? good(key, `${what} has ${gib(free)} free.`) : bad(key, `${what} has only ${gib(free)} free.`, `Make room on the disk of ${folder}: at least ${gib(leastFreeBytes)}.`)
})

const backupTarget = (config: Config, { isDemo }: { isDemo: boolean }) => look('backup-target', 'The backup target', async () => {
  const { backupDir, dataDir } = config
  if (!backupDir) return isDemo ? good('backup-target', 'A demo needs no backups.') : bad('backup-target', 'Backups go nowhere.', 'Set BACKUP_DIR to a folder on another disk or another machine, and start Rapport again.')
  const facts = await stat(backupDir).catch(() => undefined)
  if (!facts?.isDirectory()) return bad('backup-target', `BACKUP_DIR ${backupDir} is no folder.`, 'Make the folder, or mount the disk.')
  const mayWrite = await access(backupDir, constants.W_OK | constants.X_OK).then(() => true, () => false)
  if (!mayWrite) return bad('backup-target', `This user may not write into BACKUP_DIR ${backupDir}.`, 'Give the user that runs Rapport the right to write there.')
  const isSameDisk = facts.dev === (await stat(dataDir)).dev
  return good('backup-target', `Backups go to ${backupDir}${isSameDisk ? ', on the same disk as the data: copy them elsewhere too' : ''}.`)
})

const address = ({ isHttps, publicUrl }: Config, { isDemo }: { isDemo: boolean }): Finding => {
  if (isHttps) return good('address', `People reach it at ${publicUrl}, encrypted.`)
  return isDemo ? good('address', `The demo’s address is ${publicUrl}, without TLS.`) : bad('address', `People reach it at ${publicUrl}, which is not encrypted.`, 'Put a proxy with TLS in front (docs/self-hosting.md) and set PUBLIC_URL to its https address.')
}

/** Greets the mail server, signs in where the address says how, and sends nothing. */
const mail = ({ smtpUrl, mailFrom }: Config) => look('mail', 'The mail server', async () => {
  if (!smtpUrl) return good('mail', 'No mail server is set: mail stays in the outbox that the console shows. Set SMTP_URL to send it.')
  const { hostname, port } = new URL(smtpUrl)
  const place = port ? `${hostname}:${port}` : hostname
  const line = createTransport({ ...transportOptions(smtpUrl), pool: false, connectionTimeout: 8_000, greetingTimeout: 8_000, socketTimeout: 8_000 })
  try {
    await line.verify()
  } catch (error) {
    const { code = 'UNKNOWN', responseCode } = error as { code?: string; responseCode?: number }
    return bad('mail', `The mail server ${place} does not take our mail (${[code, responseCode].filter(Boolean).join(' ')}).`, code === 'EAUTH' ? 'Check name and password in SMTP_URL.' : 'Check SMTP_URL, and that this machine may reach it.')
  } finally {
    line.close()
  }
  if (mailFrom.endsWith('localdomain')) return bad('mail', `Mail leaves as ${mailFrom}, which others refuse.`, 'Set MAIL_FROM to an address of the practice.')
  return good('mail', `The mail server ${place} answers; mail leaves as ${mailFrom}.`)
})

/** What can be seen of the machine without the database. */
export const checkMachine = (config: Config, facts: { isDemo: boolean }): Promise<Finding[]> => Promise.all([
  keyFile(config), backupTarget(config, facts), disk('disk', 'The data’s disk', config.dataDir),
  ...(config.backupDir ? [disk('backup-disk', 'The backups’ disk', config.backupDir)] : []),
  address(config, facts), mail(config),
])
