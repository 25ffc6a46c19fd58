import { createHash, randomInt } from 'node:crypto'
import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { isMailAddress } from '#platform/email.ts'
import { NotFound } from '#platform/errors.ts'
import { linkTo } from '#platform/letter-facts.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { sendLetter } from '#platform/send-letter.ts'
import { hashToken, newToken } from '#platform/session.ts'
import { addDays, dayIn, instantAt, isDay } from '#platform/when.ts'
import { giveAccess } from './access.ts'
import { hasFreshProof } from './prove-session.ts'
import { careCodeLength, codeAlphabet, latestCareDay } from './shared.ts'
import { db } from './tables.ts'

const daysToAnswer = 7

/** The code counts only with its own link: what the database keeps says nothing without it. */
export const hashCareCode = (link: string, code: string): Buffer =>
  createHash('sha256').update(`rapport care ${link} ${code.toUpperCase().replace(/[^A-Z0-9]/g, '')}`).digest()
const newCareCode = (): string => Array.from({ length: careCodeLength }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('')

/** `lastDay` as '2026-12-31', counted where the practice is. Without an e-mail the invitation is a letter. */
export type CaregiverWish = { name: string; email: string | null; lastDay: string; zone: string }
export type CareInvitation = { id: string; link: string; code: string; email: string | null; expiresAt: Date; endsAt: Date }
export type CaregiverRefusal = Refused<'prove-first' | 'bad-name' | 'bad-email' | 'bad-day'>

/**
 * A patient asks somebody to look after their record until a day they choose, three years at most. The link goes by mail or on paper, and
 * the patient tells the code. Whether a mailbox has an account is not told. Only adults have an account of their own to do this from.
 */
export function nameCaregiver(ctx: Ctx<PatientActor>, { name, email, lastDay, zone }: CaregiverWish): Promise<({ ok: true } & CareInvitation) | CaregiverRefusal> {
  return inTransaction<PatientActor, ({ ok: true } & CareInvitation) | CaregiverRefusal>(ctx, async tx => {
    if (tx.actor.kind !== 'patient') throw new NotFound()
    if (!hasFreshProof(tx)) return refused('prove-first')
    const whom = readWhom(name, email)
    if ('reason' in whom) return whom
    const today = dayIn(tx.now(), zone)
    if (!isDay(lastDay) || lastDay < today || lastDay > latestCareDay(today)) return refused('bad-day')
    return { ok: true, ...(await makeInvitation(tx, { ...whom, patientId: tx.actor.patientId, basis: 'named-by-adult', endsAt: instantAt(addDays(lastDay, 1), '00:00', zone), locale: tx.session?.locale ?? 'en' })) }
  })
}

type Whom = { name: string; email: string | null }
/** Whom an invitation is for, as typed. */
export function readWhom(name: string, email: string | null): Whom | Refused<'bad-name' | 'bad-email'> {
  const whom = { name: name.trim(), email: email?.trim().toLowerCase() || null }
  if (whom.name.length === 0 || whom.name.length > 120) return refused('bad-name')
  return whom.email !== null && !isMailAddress(whom.email) ? refused('bad-email') : whom
}

/** Keeps an invitation and mails its link where there is a mailbox. Who may is for the caller to say. */
export async function makeInvitation(tx: Ctx<PatientActor | StaffActor>, { patientId, name, email, basis, endsAt, locale }: Whom & { patientId: string; basis: 'parent-of-child' | 'named-by-adult'; endsAt: Date; locale: 'en' | 'es' }): Promise<CareInvitation> {
  const [link, code] = [newToken(), newCareCode()]
  const expiresAt = new Date(Math.min(tx.now().getTime() + daysToAnswer * 86_400_000, endsAt.getTime()))
  const { id } = await db(tx).insertInto('accounts.care_invitation').values({
    link_hash: hashToken(link), code_hash: hashCareCode(link, code), patient_id: patientId, name, email, basis, ends_at: endsAt, made_at: tx.now(), made_by: tx.actor.personId, expires_at: expiresAt, revoked_at: null,
  }).returning('id').executeTakeFirstOrThrow()
  const address = linkTo(tx.house, `${locale === 'es' ? '/es' : ''}/care/${link}`)
  if (email) await sendLetter(tx, basis === 'parent-of-child' ? 'parent' : 'care', { link: address }, { to: email, locale })
  await audit(tx, 'account.caregiver-asked', { patientId, kind: 'invitation', ids: [id] })
  return { id, link: address, code, email, expiresAt, endsAt }
}

export type Asked = { id: string; name: string; email: string | null; basis: Caregiver['basis']; endsAt: Date; expiresAt: Date }
/** Who was asked for a patient and has not answered yet: for the patient, and for the desk. */
export async function listAsked(ctx: Ctx<PatientActor | StaffActor>, patientId: string): Promise<Asked[]> {
  const rows = await db(ctx).selectFrom('accounts.care_invitation').select(['id', 'name', 'email', 'basis', 'ends_at', 'expires_at'])
    .where('patient_id', '=', patientId).where('used_at', 'is', null).where('revoked_at', 'is', null).where('expires_at', '>', ctx.now()).where('tries', '<', 5)
    .orderBy('made_at').limit(20).execute()
  return rows.map(row => ({ id: row.id, name: row.name, email: row.email, basis: row.basis, endsAt: row.ends_at, expiresAt: row.expires_at }))
}
/** A patient takes back what they asked; the desk, what it asked for this child. */
export function takeBack(ctx: Ctx<PatientActor | StaffActor>, invitationId: string, patientId: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    if (tx.actor.kind === 'staff') mustBeAbleTo(tx as Ctx<StaffActor>, giveAccess)
    const gone = await db(tx).updateTable('accounts.care_invitation').set({ revoked_at: tx.now() })
      .where('id', '=', invitationId).where('patient_id', '=', patientId).where('used_at', 'is', null).where('revoked_at', 'is', null).returning('id').executeTakeFirst()
    if (!gone) throw new NotFound()
    await audit(tx, 'account.caregiver-ask-ended', { patientId, kind: 'invitation', ids: [invitationId] })
  })
}

export type Caregiver = { id: string; name: string; basis: 'parent-of-child' | 'named-by-adult'; endsAt: Date }
/** Who acts for the patient now, by name. */
export async function listCaregivers(ctx: Ctx<PatientActor>): Promise<Caregiver[]> {
  const { rows } = await sql<Caregiver>`select id, name, basis, ends_at as "endsAt" from accounts.door_caregivers()`.execute(ctx.db.kysely)
  return rows
}
