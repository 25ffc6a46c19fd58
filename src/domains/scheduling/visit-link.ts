import { randomBytes } from 'node:crypto'
import { audit } from '#platform/audit.ts'
import type { Ctx, SystemActor, VisitorActor } from '#platform/ctx.ts'
import { inTransaction, speakAs, sql } from '#platform/db.ts'
import type { Locale } from '#platform/words.ts'

const purpose = 'visit-link'
/** 96 bits: it fits into a text, and nobody finds one by trying. */
const tokenBytes = 12
const tokenForm = /^[\w-]{16}$/

/** Whom a message goes to. `personId`: who signs in there. */
export type LinkReader = { way: 'mail' | 'text'; to: string; personId: string | null; locale: Locale }

/** A new key to one visit for one telephone or mailbox, as the path that a message leads to. Only its hash is kept. For a job that sees the visit. */
export async function visitLink(tx: Ctx<SystemActor>, visitId: string, { way, to, personId, locale }: LinkReader): Promise<string> {
  const token = randomBytes(tokenBytes).toString('base64url')
  await sql`select scheduling.door_make_link(${tx.house.keys.mac(purpose, token)}, ${visitId}::uuid, ${way}, ${to}, ${personId}::uuid)`.execute(tx.db.kysely)
  return `${locale === 'es' ? '/es' : ''}/v/${token}`
}

export type Opened = { linkId: string; visitId: string; patientId: string }
/**
 * Runs `work` in the name of the key: of its patient it reaches visits alone (`platform.narrow_job`), and what is done says that it was done with it.
 * Undefined where the key opens nothing: there is none, the visit is over, or a message would not go there any more.
 */
export function withLink<T>(ctx: Ctx<VisitorActor>, token: string, did: 'opened' | 'used', work: (tx: Ctx<SystemActor>, opened: Opened) => Promise<T>): Promise<T | undefined> {
  if (!tokenForm.test(token)) return Promise.resolve(undefined)
  return inTransaction(ctx, async tx => {
    const { rows: [found] } = await sql<Opened>`
      select link_id as "linkId", appointment_id as "visitId", patient_id as "patientId" from scheduling.door_open_link(${tx.house.keys.macs(purpose, token)}::bytea[])
    `.execute(tx.db.kysely)
    if (!found) return undefined
    const scoped = await speakAs<SystemActor>(tx, { kind: 'system', job: 'scheduling.link', patientId: found.patientId })
    await audit(scoped, did === 'opened' ? 'appointment.link-opened' : 'appointment.link-used', { patientId: found.patientId, kind: 'visit-link', ids: [found.visitId, found.linkId] })
    return work(scoped, found)
  })
}
