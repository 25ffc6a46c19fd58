import { randomUUID } from 'node:crypto'
import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { Invalid, NotFound } from '#platform/errors.ts'
import { toGsm } from '#platform/gsm.ts'
import { enqueue } from '#platform/jobs.ts'
import { placeOf } from '#platform/keys.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'

export type Way = 'mail' | 'text'

/** A mail or a text says that there is something to read and where. It never carries a health word. */
export type Mail = {
  to: string
  subject: string
  text: string
  html?: string
  personId?: string | null
  /** Whom it is about. With it, what they want for how they are reached counts, and they see that it went. */
  patientId?: string | null
  way?: Way
  /** Which of our mails this is, in a word or two. */
  kind?: string
  /** To somebody who works here, with nothing about a patient: it leaves even while no agreement holds. */
  isInternal?: boolean
  /** The same thing is said once. */
  dedupe?: string
  about?: { type: string; id: string }
  /** From then on it is of no use. */
  notAfter?: Date
  /** The day, where its person is, whose one text this is. */
  countedOn?: string
  /** Where one click ends mails like this one (RFC 8058), by the mail's own number. */
  unsubscribe?: (id: string) => string
}
export type MailWords = { text: string; html?: string; unsubscribe?: string }
/** 'again': this was said before. Another word says why it does not go out. */
export type Queued = { id: string; outcome: 'queued' | 'again' | (string & {}) }

/** kept: no mail server is set, so it waits for the console. held: no agreement with the vendor holds. failed: for good. */
export type MailState = 'waiting' | 'kept' | 'held' | 'sent' | 'arrived' | 'failed' | 'dropped'
export type OutboxEntry = {
  id: string; to: string; way: Way; kind: string; subject: string; personId: string | null; patientId: string | null; queuedAt: Date; sentAt: Date | null
  state: MailState; attempts: number
  /** A code such as "ECONNECTION" or "EENVELOPE 550". */
  problem: string | null
  droppedWhy: string | null
}

const purpose = 'mail'
const placeOfWords = (id: string) => placeOf('platform.mail', 'words', id)
// One plain address: no list, no group, no display name, no line break.
const addressForm = /^[^\s\p{Cc}@<>(),;:"\\[\]]{1,64}@[^\s\p{Cc}@<>(),;:"\\[\]]+$/u

export const isMailAddress = (text: string): boolean => text.length <= 254 && addressForm.test(text)
/** A number as every network dials it: +18025550100. */
export const isPhoneNumber = (text: string): boolean => /^\+[1-9]\d{6,14}$/.test(text)

/**
 * Puts a mail or a text into the outbox in the caller's transaction; it leaves after the commit. Anything but one plain address throws Invalid;
 * line breaks in a subject become spaces. Where it goes, or that it does not, is for the one it is about to say (`platform.where_to`).
 */
export async function queueMail(tx: Ctx, mail: Mail): Promise<Queued> {
  const { to, way = 'mail', subject, text, html, unsubscribe } = mail
  if (!(way === 'mail' ? isMailAddress(to) : isPhoneNumber(to))) throw new Invalid({ to: way === 'mail' ? 'not an e-mail address' : 'not a telephone number' })
  const id = randomUUID()
  const words: MailWords = { text: way === 'text' ? toGsm(text) : text, ...(html !== undefined && { html }), ...(unsubscribe !== undefined && { unsubscribe: unsubscribe(id) }) }
  const sealed = tx.house.keys.seal(purpose, placeOfWords(id), Buffer.from(JSON.stringify(words)))
  const facts = {
    to_address: to, way, kind: mail.kind ?? 'letter', subject: subject.replace(/\p{Cc}+/gu, ' ').trim().slice(0, 200), person_id: mail.personId ?? null, patient_id: mail.patientId ?? null,
    is_internal: mail.isInternal ?? false, dedupe: mail.dedupe ?? null, about_type: mail.about?.type ?? null, about_id: mail.about?.id ?? null,
    not_after: mail.notAfter?.toISOString() ?? null, counted_on: mail.countedOn ?? null,
  }
  const { rows } = await sql<{ outcome: string }>`select platform.door_queue_mail(${id}::uuid, ${JSON.stringify(facts)}::jsonb, ${sealed}) as outcome`.execute(tx.db.kysely)
  const { outcome } = rows[0]!
  if (outcome === 'queued') await enqueue(tx, 'platform.send-mail', { mailId: id }, { key: `mail:${id}` })
  return { id, outcome }
}

/** Takes back what has not left yet about this: it is not true any more. */
export async function withdrawMail(tx: Ctx, about: { type: string; id: string }): Promise<number> {
  const { rows } = await sql<{ many: number }>`select platform.door_withdraw_mail(${about.type}, ${about.id}::uuid) as many`.execute(tx.db.kysely)
  return rows[0]!.many
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
  id, to_address as "to", way, kind, subject, person_id as "personId", patient_id as "patientId", queued_at as "queuedAt", sent_at as "sentAt", attempts, problem, dropped_why as "droppedWhy",
  case
    when delivered_at is not null and failed_at is null then 'arrived'
    when failed_at is not null then 'failed'
    when sent_at is not null then 'sent'
    when dropped_at is not null then 'dropped'
    when kept_at is not null and problem = 'no-agreement' then 'held'
    when kept_at is not null then 'kept'
    else 'waiting'
  end as state`

/** The newest 100 before `before`, for who may see the outbox; others see none. `onlyFailed`: what could not be sent and was not dealt with. */
export async function listOutbox(ctx: Ctx, { before, onlyFailed = false }: { before?: Date; onlyFailed?: boolean } = {}): Promise<OutboxEntry[]> {
  const { rows } = await sql<OutboxEntry>`
    select ${entry}
    from platform.mail
    where queued_at < ${before ?? 'infinity'}::timestamptz and (not ${onlyFailed}::boolean or failed_at is not null)
    order by queued_at desc, id
    limit 100
  `.execute(ctx.db.kysely)
  return rows
}

/** What went to or about one patient, newest first. The patient sees their own; staff who see the outbox see it too. */
export async function listMailAbout(ctx: Ctx, patientId: AuthorizedPatientId): Promise<OutboxEntry[]> {
  const { rows } = await sql<OutboxEntry>`
    select ${entry}
    from platform.mail
    where patient_id = ${patientId}::uuid
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
    set failed_at = null, kept_at = null, problem = null, attempts = 0, asked_at = null
    where id = ${id}::uuid and words is not null
    returning id
  `.execute(tx.db.kysely)
  if (rows.length === 0) return false
  await audit(tx, 'mail.sent-again', { kind: 'mail', ids: [id] })
  await enqueue(tx, 'platform.send-mail', { mailId: id }, { key: `mail:${id}` })
  return true
}
