import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { openWords, type Way } from '#platform/email.ts'
import { defineJob } from '#platform/jobs.ts'
import { isAgreed, lineOf } from '#platform/keep-line.ts'

const claimSeconds = 180
const wordsKeptDays = 14
/** About a day of trying, with pauses that grow; then somebody looks at it. */
const mostAttempts = 12

type Claimed = { way: Way; to_address: string; subject: string; words: Buffer; queued_at: Date; attempts: number; is_internal: boolean; agreed_until: string | null }
type Claim = { is: 'ours'; mail: Claimed } | { is: 'busy' } | { is: 'done' }

/** One sender at a time: a second one waits until the first has said how it went, or its time is up. What is not to go out any more is dropped here. */
const claim = (ctx: Ctx<SystemActor>, id: string): Promise<Claim> => inTransaction(ctx, async tx => {
  const { rows } = await sql<Claimed & { is_busy: boolean; go_to: string | null; why: string | null }>`
    select m.way, coalesce(w.go_to, m.to_address) as to_address, m.subject, m.words, m.queued_at, m.attempts, m.is_internal, coalesce(m.claimed_until > platform.now(), false) as is_busy,
      coalesce(w.why, case when m.not_after <= platform.now() then 'too-late' end) as why, (select l.agreed_until::text from platform.line l where l.way = m.way) as agreed_until
    from platform.mail m
    left join lateral platform.door_recheck_mail(m.id) w on true
    where m.id = ${id}::uuid and m.sent_at is null and m.failed_at is null and m.words is not null
    for update of m
  `.execute(tx.db.kysely)
  const mail = rows[0]
  if (!mail) return { is: 'done' }
  if (mail.is_busy) return { is: 'busy' }
  if (mail.why !== null) {
    await sql`
      update platform.mail set dropped_at = platform.now(), dropped_why = ${mail.why}, words = null, erased_at = platform.now(), claimed_until = null where id = ${id}::uuid
    `.execute(tx.db.kysely)
    return { is: 'done' }
  }
  await sql`
    update platform.mail
    set claimed_until = platform.now() + make_interval(secs => ${claimSeconds}), attempts = attempts + 1, to_address = ${mail.to_address}, kept_at = null, problem = null
    where id = ${id}::uuid
  `.execute(tx.db.kysely)
  return { is: 'ours', mail: { ...mail, attempts: mail.attempts + 1 } }
})

/** It waits in the outbox: no line carries it (null), or none with an agreement. */
const keep = (ctx: Ctx<SystemActor>, id: string, problem: 'no-agreement' | null) => inTransaction(ctx, tx => sql`
  update platform.mail
  set kept_at = platform.now(), problem = ${problem}, claimed_until = null, attempts = attempts - 1
  where id = ${id}::uuid and sent_at is null and failed_at is null and words is not null
`.execute(tx.db.kysely))

const recordSent = (ctx: Ctx<SystemActor>, id: string, vendorId: string | null) => inTransaction(ctx, tx => sql`
  update platform.mail
  set sent_at = platform.now(), erased_at = platform.now(), words = null, claimed_until = null, problem = null, vendor_id = ${vendorId}
  where id = ${id}::uuid
`.execute(tx.db.kysely))

const recordProblem = (ctx: Ctx<SystemActor>, id: string, { problem, isFinal }: Failure) => inTransaction(ctx, tx => sql`
  update platform.mail
  set problem = ${problem}, claimed_until = null, failed_at = case when ${isFinal}::boolean then platform.now() end
  where id = ${id}::uuid
`.execute(tx.db.kysely))

export type Failure = { problem: string; isFinal: boolean }
/** The server refused this mail itself (final), or it could not be handed over now (tried again). Its own text can quote the address and is dropped. */
export function failureOf(error: unknown): Failure {
  const { code, responseCode, permanent } = error as { code?: string; responseCode?: number; permanent?: boolean }
  const isAboutThisMail = code === 'EENVELOPE' || code === 'EMESSAGE'
  return { problem: [code ?? 'UNKNOWN', responseCode].filter(Boolean).join(' ').slice(0, 60), isFinal: isAboutThisMail && permanent === true }
}

export const sendMail = async (ctx: Ctx<SystemActor>, id: string): Promise<void> => {
  const claimed = await claim(ctx, id)
  if (claimed.is === 'done') return
  if (claimed.is === 'busy') throw new Error('another sender holds this mail')
  const { mail } = claimed
  const line = lineOf(ctx.house, mail.way)
  if (!line) return void await keep(ctx, id, null)
  if (line.isVendor && !mail.is_internal && !isAgreed(mail.agreed_until, ctx.now())) return void await keep(ctx, id, 'no-agreement')
  let vendorId: string | null = null
  try {
    ({ vendorId } = await line.carry({ id, to: mail.to_address, subject: mail.subject, queuedAt: mail.queued_at, words: openWords(ctx, id, mail.words) }))
  } catch (error) {
    const failure = failureOf(error)
    const isFinal = failure.isFinal || mail.attempts >= mostAttempts
    await recordProblem(ctx, id, { ...failure, isFinal })
    if (isFinal) return ctx.log.warn('mail refused', { code: failure.problem })
    throw Object.assign(new Error('mail not sent'), { code: failure.problem })
  }
  await recordSent(ctx, id, vendorId)
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
