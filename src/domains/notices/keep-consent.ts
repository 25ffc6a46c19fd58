import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { words, type Locale } from '#platform/words.ts'
import type { Point } from './shared.ts'

/** The words that somebody saw when they agreed, or sent when they stopped, and where. */
export type Shown = { words: string; locale: Locale; through: 'portal' | 'desk' | 'text' | 'mail' | 'site' }
export type Consent = Point & Shown & { patientId: string | null; scope: 'texts' | 'news'; isGiven: boolean }

/** What is agreed to with a telephone number, as it is shown (47 CFR 64.1200(f)(9)). */
export async function textsAgreement(ctx: Ctx, locale: Locale): Promise<string> {
  return words(locale)('notices.agree-texts', { practice: (await ctx.house.shell.practice(ctx)).name })
}

/** A line of the ledger: never changed; the last word counts. */
export async function recordConsent(tx: Ctx, { kind, address, patientId, scope, isGiven, words: said, locale, through }: Consent): Promise<void> {
  await sql`
    insert into notices.consent (at, kind, address, patient_id, scope, is_given, words, locale, through, by_person)
    values (${tx.now()}, ${kind}, ${address}, ${patientId}::uuid, ${scope}, ${isGiven}, ${said.slice(0, 2_000)}, ${locale}, ${through}, ${'personId' in tx.actor ? tx.actor.personId : null}::uuid)
  `.execute(tx.db.kysely)
}

export type ConsentThen = { at: Date; isGiven: boolean; words: string; through: Shown['through'] }
/** Which line of the ledger counted at a moment, for what went to an address then (SM-1): of the telephone or mailbox, for this patient or for all whom it serves. */
export async function consentAt(ctx: Ctx, { kind, address, patientId, scope, at }: Point & { patientId: string | null; scope: Consent['scope']; at: Date }): Promise<ConsentThen | undefined> {
  const { rows } = await sql<ConsentThen>`
    select at, is_given as "isGiven", words, through
    from notices.consent
    where kind = ${kind} and address = ${address} and scope = ${scope} and (patient_id is null or patient_id = ${patientId}::uuid) and at <= ${at}
    order by at desc, id desc
    limit 1
  `.execute(ctx.db.kysely)
  return rows[0]
}

export type Stopped = Point & { scope: 'texts' | 'news' }
/** What is stopped now, of what this patient's telephones and mailboxes got. */
export async function listStopped(ctx: Ctx, patientId: AuthorizedPatientId): Promise<Stopped[]> {
  const lines = await listConsents(ctx, patientId)
  return lines.filter((line, index) => !line.isGiven && lines.findIndex(other => other.kind === line.kind && other.address === line.address && other.scope === line.scope) === index).map(({ kind, address, scope }) => ({ kind, address, scope }))
}

/** They want it again: the yes stands for them, and for all whom a telephone serves where it was stopped for all. */
export async function resume(tx: Ctx<PatientActor>, patientId: AuthorizedPatientId, { kind, address, scope }: Stopped, shown: Shown): Promise<void> {
  if (!(await listStopped(tx, patientId)).some(one => one.kind === kind && one.address === address && one.scope === scope)) throw new NotFound()
  await recordConsent(tx, { kind, address, patientId, scope, isGiven: true, ...shown })
  await audit(tx, 'notices.resumed', { patientId, detail: { scope } })
}

export type ConsentLine = Point & { id: string; at: Date; scope: 'texts' | 'news'; isGiven: boolean; words: string; through: Shown['through'] }
/** What somebody agreed to and stopped, newest first. */
export async function listConsents(ctx: Ctx, patientId: AuthorizedPatientId): Promise<ConsentLine[]> {
  const { rows } = await sql<ConsentLine>`
    select c.id, c.at, c.kind, c.address, c.scope, c.is_given as "isGiven", c.words, c.through
    from notices.consent c
    where c.patient_id = ${patientId}::uuid
      or c.patient_id is null and exists (select from notices.reach r where r.patient_id = ${patientId}::uuid and r.kind = c.kind and r.address = c.address)
    order by c.at desc, c.id desc
    limit 50
  `.execute(ctx.db.kysely)
  return rows
}
