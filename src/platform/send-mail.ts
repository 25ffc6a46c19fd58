import { createTransport, type Transporter } from 'nodemailer'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { openWords, type MailWords } from '#platform/email.ts'
import type { House } from '#platform/house.ts'
import { defineJob } from '#platform/jobs.ts'

const claimSeconds = 180
const wordsKeptDays = 14

const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || /^127\./.test(host)

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

type Claimed = { to_address: string; subject: string; words: Buffer; queued_at: Date }
type Claim = { is: 'ours'; mail: Claimed } | { is: 'busy' } | { is: 'done' }

/** One sender at a time: a second one waits until the first has said how it went, or its time is up. */
const claim = (ctx: Ctx<SystemActor>, id: string): Promise<Claim> => inTransaction(ctx, async tx => {
  const { rows } = await sql<Claimed & { is_busy: boolean }>`
    select to_address, subject, words, queued_at, coalesce(claimed_until > platform.now(), false) as is_busy
    from platform.mail
    where id = ${id}::uuid and sent_at is null and failed_at is null and words is not null
    for update
  `.execute(tx.db.kysely)
  const mail = rows[0]
  if (!mail) return { is: 'done' }
  if (mail.is_busy) return { is: 'busy' }
  await sql`
    update platform.mail
    set claimed_until = platform.now() + make_interval(secs => ${claimSeconds}), attempts = attempts + 1
    where id = ${id}::uuid
  `.execute(tx.db.kysely)
  return { is: 'ours', mail }
})

const keep = (ctx: Ctx<SystemActor>, id: string) => inTransaction(ctx, tx => sql`
  update platform.mail set kept_at = platform.now() where id = ${id}::uuid and sent_at is null and failed_at is null and words is not null
`.execute(tx.db.kysely))

const recordSent = (ctx: Ctx<SystemActor>, id: string) => inTransaction(ctx, tx => sql`
  update platform.mail
  set sent_at = platform.now(), erased_at = platform.now(), words = null, claimed_until = null, problem = null
  where id = ${id}::uuid
`.execute(tx.db.kysely))

const recordProblem = (ctx: Ctx<SystemActor>, id: string, { problem, isFinal }: Failure) => inTransaction(ctx, tx => sql`
  update platform.mail
  set problem = ${problem}, claimed_until = null, failed_at = case when ${isFinal}::boolean then platform.now() end
  where id = ${id}::uuid
`.execute(tx.db.kysely))

type Failure = { problem: string; isFinal: boolean }
/** The server refused this mail itself (final), or it could not be handed over now (tried again). Its own text can quote the address and is dropped. */
function failureOf(error: unknown): Failure {
  const { code, responseCode, permanent } = error as { code?: string; responseCode?: number; permanent?: boolean }
  const isAboutThisMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  return { problem: [code ?? 'UNKNOWN', responseCode].filter(Boolean).join(' ').slice(0, 60), isFinal: isAboutThisMail && permanent === true }
}

function deliver({ house }: Ctx, id: string, smtpUrl: string, mail: Claimed, words: MailWords): Promise<unknown> {
  return transportOf(house, smtpUrl).sendMail({
    // The same mail keeps its Message-ID when it is tried again, so that a mailbox that has it already can tell.
    messageId: `<${id}@${new URL(house.config.publicUrl).hostname}>`,
    date: mail.queued_at,
    from: house.config.mailFrom,
    to: { name: '', address: mail.to_address },
    subject: mail.subject,
    text: words.text,
    ...(words.html !== undefined && { html: words.html }),
    headers: { 'Auto-Submitted': 'auto-generated' },
  })
}

export const sendMail = async (ctx: Ctx<SystemActor>, id: string): Promise<void> => {
  const { smtpUrl } = ctx.house.config
  if (!smtpUrl) return void await keep(ctx, id)
  const claimed = await claim(ctx, id)
  if (claimed.is === 'done') return
  if (claimed.is === 'busy') throw new Error('another sender holds this mail')
  try {
    await deliver(ctx, id, smtpUrl, claimed.mail, openWords(ctx, id, claimed.mail.words))
  } catch (error) {
    const failure = failureOf(error)
    await recordProblem(ctx, id, failure)
    if (failure.isFinal) return ctx.log.warn('mail refused', { code: failure.problem })
    throw Object.assign(new Error('mail not sent'), { code: failure.problem })
  }
  await recordSent(ctx, id)
}

export const sendMailJob = defineJob<{ mailId: string }>({ name: 'platform.send-mail', run: (ctx, { mailId }) => sendMail(ctx, mailId) })

/** What was not sent in two weeks is not wanted any more: links in it are dead. Gives the number of mails. */
export async function eraseOldMail(tx: Ctx<SystemActor>): Promise<number> {
  const { numAffectedRows } = await sql`
    update platform.mail
    set words = null, erased_at = platform.now(), claimed_until = null,
      failed_at = coalesce(failed_at, case when kept_at is null then platform.now() end)
    where words is not null and queued_at < platform.now() - make_interval(days => ${wordsKeptDays})
  `.execute(tx.db.kysely)
  return Number(numAffectedRows ?? 0)
}
