import { isIP } from 'node:net'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { root } from '#platform/root.ts'

const url = (protocols: readonly string[]) => z.string().refine(text => {
  try { return protocols.includes(new URL(text).protocol) } catch { return false }
}, `must be an address that starts with ${protocols.map(protocol => `${protocol}//`).join(' or ')}`)
const web = url(['http:', 'https:']).refine(text => {
  try { const { pathname, search, hash, username } = new URL(text); return `${pathname.replace(/\/$/, '')}${search}${hash}${username}` === '' } catch { return true }
}, 'must be an origin alone, like https://practice.example')
const port = z.coerce.number('must be a number').int('must be a whole number').min(0, 'must be a port, 0 to 65535').max(65_535, 'must be a port, 0 to 65535')
const isRange = (part: string): boolean => {
  const [address = '', prefix, more] = part.split('/')
  const bits = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : -1
  return bits > 0 && more === undefined && (prefix === undefined || /^\d{1,3}$/.test(prefix) && Number(prefix) <= bits)
}
const cidrs = z.string().transform(text => text.split(',').map(part => part.trim()).filter(Boolean))
  .refine(parts => parts.every(isRange), 'must be addresses or ranges like 10.0.0.0/8, with commas between')

type Setting = { schema: z.ZodType; words: string; example?: string; standard?: string }

/** Every setting: what it takes, what it is for. `.env.example` and the table in docs/self-hosting.md are made from this. */
export const settings = {
  PORT: { schema: port, standard: '3000', words: 'Port of the site, the portal and the console.' },
  HOST: { schema: z.string().min(1), standard: '127.0.0.1', words: 'Address to listen on. Loopback alone unless you say otherwise; put a proxy with TLS in front.' },
  PUBLIC_URL: { schema: web, standard: 'http://HOST:PORT', example: 'https://practice.example', words: 'The address people use. With https, cookies are `__Host-` and Secure and HSTS is sent.' },
  PORTAL_URL: { schema: web, example: 'https://portal.practice.example', words: 'An address of its own for the portal: patients’ pages answer there alone. Another host name than PUBLIC_URL’s, with the same http or https.' },
  CONSOLE_URL: { schema: web, example: 'https://console.practice.example', words: 'An address of its own for the console: the pages of those who work here answer there alone. Another host name, too.' },
  DATABASE_URL: { schema: url(['postgres:', 'postgresql:']), example: 'postgres://rapport_app@db/rapport', words: 'PostgreSQL 18 or newer. Without it Rapport runs its own server in DATA_DIR.' },
  DATABASE_OWNER_URL: { schema: url(['postgres:', 'postgresql:']), example: 'postgres://rapport_owner@db/rapport', words: 'The role that owns the tables: migrations and backups alone. Without it DATABASE_URL must be able to create roles.' },
  DATABASE_WORKER_URL: { schema: url(['postgres:', 'postgresql:']), example: 'postgres://rapport_worker@db/rapport', words: 'The role that owns the job tables, beside DATABASE_OWNER_URL. Without it the owner must be able to create it.' },
  DATA_DIR: { schema: z.string().min(1), standard: './data', words: 'Files, keys, the embedded database; below the project’s own folder unless you say otherwise. Keep it private.' },
  BACKUP_DIR: { schema: z.string().min(1), example: '/var/backups/rapport', words: 'Where nightly backups go: another disk or another machine.' },
  RAPPORT_KEY_FILE: { schema: z.string().min(1), example: '/run/secrets/rapport-key', words: 'The key, if it is kept elsewhere than DATA_DIR/secrets/key.' },
  SMTP_URL: { schema: url(['smtp:', 'smtps:']), example: 'smtps://user:password@mail.example:465', words: 'Mail server. Without it mail stays in the outbox that the console shows.' },
  MAIL_FROM: { schema: z.email('must be a mail address'), standard: 'practice@localhost.localdomain', words: 'Sender of the practice’s mail.' },
  TWILIO_ACCOUNT_SID: { schema: z.string().regex(/^AC[0-9a-f]{32}$/i, 'must be an account number, AC and 32 letters'), example: 'AC00000000000000000000000000000000', words: 'Account that carries texts. With it go the three settings below; without it texts stay in the outbox.' },
  TWILIO_AUTH_TOKEN: { schema: z.string().min(16, 'must be the account’s auth token'), example: 'the account’s auth token', words: 'Its auth token: it signs what Twilio sends us, too.' },
  TWILIO_FROM: { schema: z.string().regex(/^(\+[1-9]\d{6,14}|MG[0-9a-f]{32})$/i, 'must be a number like +18025550100 or a messaging service, MG and 32 letters'), example: '+18025550100', words: 'The number that texts come from, or a messaging service.' },
  TWILIO_CAMPAIGN: { schema: z.string().min(4, 'must be the campaign’s id').max(60), example: 'CXXXXXX', words: 'The registered 10DLC campaign. Carriers block texts without one.' },
  TWILIO_API_URL: { schema: web, example: 'http://127.0.0.1:4010', words: 'Another address than Twilio’s own: for tests, or a relay.' },
  MAIL_HOOK_TOKEN: { schema: z.string().min(20, 'must have 20 letters or more').max(200), example: 'a long random word', words: 'What a mail server must bring to hand bounces and complaints to POST /hooks/mail.' },
  TRUSTED_PROXIES: { schema: cidrs, example: '127.0.0.1, 10.0.0.0/8', words: 'Proxies whose X-Forwarded-For is believed. Nobody else’s is.' },
  METRICS_PORT: { schema: port, example: '9464', words: 'Port for /metrics, on loopback alone. Without it there is none.' },
  HL7_PORT: { schema: port, example: '2575', words: 'Port for HL7 v2 over MLLP. Without it there is none.' },
  HL7_HOST: { schema: z.string().min(1), standard: '127.0.0.1', words: 'Address for HL7 v2. Anything but loopback needs HL7_TLS_CERT.' },
  HL7_TLS_CERT: { schema: z.string().min(1), example: '/etc/rapport/hl7.crt', words: 'Certificate for HL7 v2 over TLS (PEM), beside HL7_TLS_KEY.' },
  HL7_TLS_KEY: { schema: z.string().min(1), example: '/etc/rapport/hl7.key', words: 'Its key (PEM).' },
  HL7_TLS_CA: { schema: z.string().min(1), example: '/etc/rapport/senders.crt', words: 'With it, only senders whose certificate this authority signed may connect.' },
  POOL_SIZE: { schema: z.coerce.number('must be a number').int('must be a whole number').min(2, 'must be 2 to 200').max(200, 'must be 2 to 200'), standard: '12', words: 'Database connections for requests and jobs, 2 to 200.' },
  LOG_LEVEL: { schema: z.enum(['error', 'warn', 'info', 'silent']), standard: 'info', words: 'How much is logged: error, warn, info or silent.' },
  PULL_FROM_PRIVATE: { schema: z.enum(['0', '1']), standard: '0', words: 'With 1, records may be pulled from an EHR in a private network or on this machine. Otherwise such addresses are refused.' },
  RAPPORT_DEMO: { schema: z.enum(['0', '1']), standard: '0', words: 'With 1, a new database becomes a demo with invented patients, for ever.' },
} satisfies Record<string, Setting>

export type Config = {
  port: number
  host: string
  publicUrl: string
  /** Set where these faces have addresses of their own; `baseOf` knows. */
  portalUrl?: string
  consoleUrl?: string
  isHttps: boolean
  /** Origins whose forms are ours. */
  origins: string[]
  databaseUrl?: string
  databaseOwnerUrl?: string
  databaseWorkerUrl?: string
  dataDir: string
  backupDir?: string
  keyFile?: string
  smtpUrl?: string
  mailHookToken?: string
  twilio?: { accountSid: string; authToken: string; from: string; campaign: string; apiUrl?: string }
  mailFrom: string
  trustedProxies: string[]
  metricsPort?: number
  /** HL7 v2 over MLLP: where it listens, and with which certificate. */
  hl7?: { port: number; host: string; cert?: string; key?: string; ca?: string }
  poolSize: number
  logLevel: string
  mayPullFromPrivate: boolean
  wantsDemo: boolean
}

type Raw = { [K in keyof typeof settings]?: z.output<(typeof settings)[K]['schema']> }

function parse(env: Record<string, string | undefined>): { raw: Raw; problems: string[] } {
  const raw: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [name, setting] of Object.entries(settings) as [string, Setting][]) {
    const given = env[name]?.trim() || (setting.standard?.startsWith('http://HOST') ? undefined : setting.standard)
    if (given === undefined) continue
    const read = setting.schema.safeParse(given)
    if (read.success) raw[name] = read.data
    else problems.push(`${name}: ${read.error.issues[0]?.message ?? 'cannot be used'} (${setting.words})`)
  }
  return { raw: raw as Raw, problems }
}

const hereUrl = ({ HOST, PORT }: Raw): string => `http://${HOST?.includes(':') ? `[${HOST}]` : HOST}:${PORT}`

/** Cookies keep host names apart, not ports; and one answer is either encrypted or it is not. */
function apartProblems(addresses: Record<string, string | undefined>): string[] {
  const known = Object.entries(addresses).filter(([, text]) => text && URL.canParse(text)).map(([name, text]) => ({ name, at: new URL(text!) }))
  return known.flatMap(({ name, at }, index) => known.slice(0, index).filter(other => other.at.origin !== at.origin).flatMap(other => [
    ...(other.at.hostname === at.hostname ? [`${name}: needs another host name than ${other.name}, or the same address.`] : []),
    ...(other.name === 'PUBLIC_URL' && other.at.protocol !== at.protocol ? [`${name}: must start with ${other.at.protocol}// as PUBLIC_URL does.`] : []),
  ]))
}

/** Settings from the environment, or everything that is wrong with them. */
export function readConfig(env: Record<string, string | undefined>): { ok: true; config: Config } | { ok: false; problems: string[] } {
  const { raw, problems } = parse(env)
  if (raw.DATABASE_OWNER_URL && !raw.DATABASE_URL) problems.push('DATABASE_OWNER_URL: needs DATABASE_URL beside it.')
  if (raw.DATABASE_WORKER_URL && !raw.DATABASE_OWNER_URL) problems.push('DATABASE_WORKER_URL: needs DATABASE_OWNER_URL beside it.')
  const texts = [raw.TWILIO_ACCOUNT_SID, raw.TWILIO_AUTH_TOKEN, raw.TWILIO_FROM, raw.TWILIO_CAMPAIGN]
  if (texts.some(one => one === undefined) && texts.some(one => one !== undefined)) problems.push('TWILIO_ACCOUNT_SID: needs TWILIO_AUTH_TOKEN, TWILIO_FROM and TWILIO_CAMPAIGN beside it, and each needs the others.')
  if (raw.METRICS_PORT && raw.METRICS_PORT === raw.PORT) problems.push('METRICS_PORT: must not be PORT.')
  if ((raw.HL7_TLS_CERT === undefined) !== (raw.HL7_TLS_KEY === undefined)) problems.push('HL7_TLS_CERT: needs HL7_TLS_KEY beside it, and the other way round.')
  if (raw.HL7_TLS_CERT && raw.HL7_PORT === undefined) problems.push('HL7_TLS_CERT: needs HL7_PORT beside it.')
  if (raw.HL7_PORT && (raw.HL7_PORT === raw.PORT || raw.HL7_PORT === raw.METRICS_PORT)) problems.push('HL7_PORT: must not be PORT or METRICS_PORT.')
  if (raw.HL7_TLS_CA && !raw.HL7_TLS_CERT) problems.push('HL7_TLS_CA: needs HL7_TLS_CERT beside it.')
  if (raw.HL7_PORT !== undefined && !raw.HL7_TLS_CERT && !/^(127(\.\d{1,3}){3}|::1|localhost)$/.test(raw.HL7_HOST ?? '')) problems.push('HL7_HOST: results in plain text stay on this machine. Set HL7_TLS_CERT and HL7_TLS_KEY, or leave it at 127.0.0.1.')
  const apart = { PORTAL_URL: raw.PORTAL_URL, CONSOLE_URL: raw.CONSOLE_URL }
  problems.push(...apartProblems({ PUBLIC_URL: raw.PUBLIC_URL ?? hereUrl(raw), ...apart }))
  if (problems.length > 0) return { ok: false, problems }
  const publicUrl = (raw.PUBLIC_URL ?? hereUrl(raw)).replace(/\/+$/, '')
  const optional = <K extends string, V>(key: K, value: V | undefined) => (value === undefined ? {} : { [key]: value } as Record<K, V>)
  return {
    ok: true,
    config: {
      port: raw.PORT!, host: raw.HOST!, publicUrl, isHttps: publicUrl.startsWith('https:'),
      origins: [publicUrl, raw.PORTAL_URL, raw.CONSOLE_URL].filter(origin => origin !== undefined).map(origin => new URL(origin).origin),
      dataDir: resolve(root, raw.DATA_DIR!), mailFrom: raw.MAIL_FROM!, trustedProxies: raw.TRUSTED_PROXIES ?? [], poolSize: raw.POOL_SIZE!,
      logLevel: raw.LOG_LEVEL!, wantsDemo: raw.RAPPORT_DEMO === '1', mayPullFromPrivate: raw.PULL_FROM_PRIVATE === '1',
      ...optional('portalUrl', apart.PORTAL_URL && new URL(apart.PORTAL_URL).origin), ...optional('consoleUrl', apart.CONSOLE_URL && new URL(apart.CONSOLE_URL).origin),
      ...optional('databaseUrl', raw.DATABASE_URL), ...optional('databaseOwnerUrl', raw.DATABASE_OWNER_URL), ...optional('databaseWorkerUrl', raw.DATABASE_WORKER_URL),
      ...optional('backupDir', raw.BACKUP_DIR && resolve(root, raw.BACKUP_DIR)), ...optional('keyFile', raw.RAPPORT_KEY_FILE && resolve(root, raw.RAPPORT_KEY_FILE)),
      ...optional('smtpUrl', raw.SMTP_URL), ...optional('mailHookToken', raw.MAIL_HOOK_TOKEN),
      ...optional('twilio', raw.TWILIO_ACCOUNT_SID === undefined ? undefined : { accountSid: raw.TWILIO_ACCOUNT_SID, authToken: raw.TWILIO_AUTH_TOKEN!, from: raw.TWILIO_FROM!, campaign: raw.TWILIO_CAMPAIGN!, ...optional('apiUrl', raw.TWILIO_API_URL) }), ...optional('metricsPort', raw.METRICS_PORT),
      ...optional('hl7', raw.HL7_PORT === undefined ? undefined : { port: raw.HL7_PORT, host: raw.HL7_HOST!, ...optional('cert', raw.HL7_TLS_CERT), ...optional('key', raw.HL7_TLS_KEY), ...optional('ca', raw.HL7_TLS_CA) }),
    } as Config,
  }
}

export const secretsDir = (config: Pick<Config, 'dataDir'>): string => join(config.dataDir, 'secrets')
