import { randomUUID } from 'node:crypto'
import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { Invalid, NotFound } from '#platform/errors.ts'
import { enqueue } from '#platform/jobs.ts'
import { placeOf } from '#platform/keys.ts'

/** A mail says that there is something to read and where. It never carries a health word. */
export type Mail = { to: string; subject: string; text: string; html?: string; personId?: string | null }
export type MailWords = { text: string; html?: string }

/** kept: no mail server is set, so it waits for the console. failed: for good. */
export type MailState = 'waiting' | 'kept' | 'sent' | 'failed'
export type OutboxEntry = {
  id: string; to: string; subject: string; personId: string | null; queuedAt: Date; sentAt: Date | null
  state: MailState; attempts: number
  /** A code such as "ECONNECTION" or "EENVELOPE 550". */
  problem: string | null
}

const purpose = 'mail'
const placeOfWords = (id: string) => placeOf('platform.mail', 'words', id)
// One plain address: no list, no group, no display name, no line break.
const addressForm = /^[^\s\p{Cc}@<>(),;:"\\[\]]{1,64}@[^\s\p{Cc}@<>(),;:"\\[\]]+$/u

export const isMailAddress = (text: string): boolean => text.length <= 254 && addressForm.test(text)

/**
 * Puts a mail into the outbox in the caller's transaction; it leaves after the commit. Anything but one plain address throws Invalid;
 * line breaks in a subject become spaces.
 */
export async function queueMail(tx: Ctx, { to, subject, text, html, personId = null }: Mail): Promise<{ id: string }> {
  if (!isMailAddress(to)) throw new Invalid({ to: 'not an e-mail address' })
  const id = randomUUID()
  const words: MailWords = { text, ...(html !== undefined && { html }) }
  const sealed = tx.house.keys.seal(purpose, placeOfWords(id), Buffer.from(JSON.stringify(words)))
  const line = subject.replace(/\p{Cc}+/gu, ' ').trim().slice(0, 200)
  await sql`select platform.door_queue_mail(${id}::uuid, ${personId}::uuid, ${to}, ${line}, ${sealed})`.execute(tx.db.kysely)
  await enqueue(tx, 'platform.send-mail', { mailId: id }, { key: `mail:${id}` })
  return { id }
}

export const openWords = (ctx: Pick<Ctx, 'house'>, id: string, sealed: Buffer): MailWords =>
  JSON.parse(ctx.house.keys.open(purpose, placeOfWords(id), sealed).toString()) as MailWords

/** Seals the words of every mail that still has them under the newest key. Gives their number. */
export async function resealMail(tx: Ctx): Promise<number> {
  const { rows } = await sql<{ id: string; words: Buffer }>`select id, words from platform.mail where words is not null for update`.execute(tx.db.kysely)
  for (const { id, words } of rows) {
    const { keys } = tx.house
    const sealed = keys.seal(purpose, placeOfWords(id), keys.open(purpose, placeOfWords(id), words))
    await sql`update platform.mail set words = ${sealed} where id = ${id}::uuid`.execute(tx.db.kysely)
  }
  return rows.length
}

const entry = sql`
  id, to_address as "to", subject, person_id as "personId", queued_at as "queuedAt", sent_at as "sentAt", attempts, problem,
  case
    when sent_at is not null then 'sent'
    when failed_at is not null then 'failed'
    when kept_at is not null then 'kept'
    else 'waiting'
  end as state`

/** The newest 100 before `before`, for who may see the outbox; others see none. */
export async function listOutbox(ctx: Ctx, { before }: { before?: Date } = {}): Promise<OutboxEntry[]> {
  const { rows } = await sql<OutboxEntry>`
    select ${entry}
    from platform.mail
    where queued_at < ${before ?? 'infinity'}::timestamptz
    order by queued_at desc, id
    limit 100
  `.execute(ctx.db.kysely)
  return rows
}

/** One mail with its words, as long as they were not erased. Reading it is audited. */
export async function readMail(tx: Ctx, id: string): Promise<OutboxEntry & { words: MailWords | null }> {
  const { rows } = await sql<OutboxEntry & { words: Buffer | null }>`
    select ${entry}, words
    from platform.mail
    where id = ${id}::uuid
  `.execute(tx.db.kysely)
  const found = rows[0]
  if (!found) throw new NotFound()
  await audit(tx, 'mail.read', { kind: 'mail', ids: [id] })
  return { ...found, words: found.words && openWords(tx, id, found.words) }
}

/** Tries a failed or kept mail once more. False when its words are gone or it was sent. */
export async function sendMailAgain(tx: Ctx, id: string): Promise<boolean> {
  const { rows } = await sql`
    update platform.mail
    set failed_at = null, kept_at = null, problem = null
    where id = ${id}::uuid and words is not null
    returning id
  `.execute(tx.db.kysely)
  if (rows.length === 0) return false
  await audit(tx, 'mail.sent-again', { kind: 'mail', ids: [id] })
  await enqueue(tx, 'platform.send-mail', { mailId: id }, { key: `mail:${id}` })
  return true
}
