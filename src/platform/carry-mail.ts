import { timingSafeEqual } from 'node:crypto'
import { createTransport, type Transporter } from 'nodemailer'
import type { MailWords } from '#platform/email.ts'
import type { House } from '#platform/house.ts'

/** A server on this very machine is the practice’s own; any other is somebody else’s. */
export const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || /^127\./.test(host)

/** A mail can carry a link that opens something, so it leaves this machine encrypted unless SMTP_URL says `?requireTLS=false`. */
export function transportOptions(smtpUrl: string) {
  const { hostname, searchParams } = new URL(smtpUrl)
  return {
    url: smtpUrl,
    pool: true as const,
    maxConnections: 2,
    maxRequeues: 0,                // trying again is the job's business
    idleTimeout: 10_000,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 60_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(!isLoopback(hostname) && !searchParams.has('requireTLS') && { requireTLS: true }),
  }
}

const transports = new WeakMap<House, Transporter>()
function transportOf(house: House, smtpUrl: string): Transporter {
  let transport = transports.get(house)
  if (!transport) transports.set(house, transport = createTransport(transportOptions(smtpUrl)))
  return transport
}

/** Ends the connections to the mail server. The next mail opens new ones. */
export function closeMailLine(house: House): void {
  transports.get(house)?.close()
  transports.delete(house)
}

/** What is to be handed over, with what it needs beside its words. */
export type Carried = { id: string; to: string; subject: string; queuedAt: Date; words: MailWords }

const macHex = (mac: Buffer) => mac.toString('hex').slice(0, 32)
/** The mail's own number and a keyed hash of it: a report about a number that somebody made up or saw elsewhere is about none of ours. */
export const messageIdOf = ({ keys }: Pick<House, 'keys'>, id: string): string => `${id}.${macHex(keys.mac('message-id', id))}`
/** The mail whose Message-ID this is, before the @, if we gave it one. */
export function mailOfMessageId({ keys }: Pick<House, 'keys'>, text: string): string | undefined {
  const [, id, mac] = /^([0-9a-f-]{36})\.([0-9a-f]{32})$/.exec(text.toLowerCase()) ?? []
  return id && keys.macs('message-id', id).some(one => timingSafeEqual(Buffer.from(macHex(one)), Buffer.from(mac!))) ? id : undefined
}

/** Hands a mail to the mail server. The same mail keeps its Message-ID when it is tried again, so that a mailbox that has it already can tell. */
export function carryMail(house: House, smtpUrl: string, { id, to, subject, queuedAt, words }: Carried): Promise<unknown> {
  return transportOf(house, smtpUrl).sendMail({
    messageId: `<${messageIdOf(house, id)}@${new URL(house.config.publicUrl).hostname}>`,
    date: queuedAt,
    from: house.config.mailFrom,
    to: { name: '', address: to },
    subject,
    text: words.text,
    ...(words.html !== undefined && { html: words.html }),
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(words.unsubscribe !== undefined && { 'List-Unsubscribe': `<${words.unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }),
    },
  })
}
