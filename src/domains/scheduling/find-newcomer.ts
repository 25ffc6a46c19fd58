import { as, type Ctx, type SystemActor, type VisitorActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { hashToken } from '#platform/session.ts'
import type { Locale } from '#platform/words.ts'
import type { Noted } from './note-answers.ts'
import { newcomerJob, type Pays, type VisitType } from './shared.ts'

export type NewcomerCtx = Ctx<SystemActor & { patientId: string }>
export type ForWhom = 'self' | 'child' | 'other'
export const forWhoms: readonly ForWhom[] = ['self', 'child', 'other']

/** Kinds of visit for somebody whom we do not know yet. */
export const isForNewcomers = ({ who }: Pick<VisitType, 'who'>): boolean => who === 'anyone' || who === 'new'

/**
 * A visitor who books speaks as a job about one number: their own, which is random and nobody's record. It reaches that number and no other; whoever
 * has the token has no more.
 */
export const asNewcomer = (ctx: Ctx, id: string): NewcomerCtx => as(ctx, { kind: 'system', job: newcomerJob, patientId: id })

const tokenForm = /^[\w-]{43}$/
/** Whose a token is. Undefined: nobody's, over, or linked to a record since. */
export function findNewcomer(ctx: Ctx<VisitorActor>, token: string): Promise<{ id: string; isBooked: boolean } | undefined> {
  if (!tokenForm.test(token)) return Promise.resolve(undefined)
  return inTransaction(ctx, async tx => {
    const { rows } = await sql<{ id: string; isBooked: boolean }>`select newcomer as id, is_booked as "isBooked" from scheduling.door_newcomer(${hashToken(token)})`.execute(tx.db.kysely)
    return rows[0]
  })
}

export type Newcomer = {
  id: string
  madeAt: Date
  locale: Locale
  forWhom: ForWhom | null
  name: string | null
  birthDate: string | null
  askedBy: string
  contactKind: 'phone' | 'mailbox' | null
  contact: string | null
  speaks: string
  needsInterpreter: boolean
  accessNeeds: string
  pays: Pays | null
  plan: string
  reason: string
  danger: '' | 'now' | 'not-now'
  /** As long as nothing is booked. */
  answers: readonly Noted[]
  answersDanger: '' | 'now' | 'not-now'
  codeId: string | null
  contactShownAt: Date | null
  appointmentId: string | null
  linkedAt: Date | null
}

export async function readNewcomer(tx: Ctx, id: string, { isHeld = false } = {}): Promise<Newcomer | undefined> {
  const { rows } = await sql<Newcomer>`
    select id, made_at as "madeAt", locale, for_whom as "forWhom", name, birth_date::text as "birthDate", asked_by as "askedBy", contact_kind as "contactKind", contact, speaks, needs_interpreter as "needsInterpreter",
      access_needs as "accessNeeds", pays, plan, reason, danger, answers, answers_danger as "answersDanger", code_id as "codeId", contact_shown_at as "contactShownAt", appointment_id as "appointmentId", linked_at as "linkedAt"
    from scheduling.newcomer
    where id = ${id}::uuid
    ${isHeld ? sql`for update` : sql``}
  `.execute(tx.db.kysely)
  return rows[0]
}

/** Names of those among these numbers who are nobody's record yet, as they typed them. For staff, whom the wall lets see them. */
export async function newcomerNames(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`select id, name from scheduling.newcomer where id = any (${ids as string[]}::uuid[]) and linked_at is null and name is not null`.execute(ctx.db.kysely)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The same with what tells them apart and how to call them. */
export async function newcomerContacts(ctx: Ctx, ids: readonly string[]): Promise<Map<string, { name: string; birthDate: string | null; phone: string | null; mrn: null }>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string; birthDate: string | null; phone: string | null }>`
    select id, name, birth_date::text as "birthDate", case when contact_kind = 'phone' then contact end as phone from scheduling.newcomer where id = any (${ids as string[]}::uuid[]) and linked_at is null and name is not null
  `.execute(ctx.db.kysely)
  return new Map(rows.map(({ id, ...one }) => [id, { ...one, mrn: null }]))
}
