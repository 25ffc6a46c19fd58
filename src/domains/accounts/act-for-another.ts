import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, ProxyActor, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { instantAt } from '#platform/when.ts'
import { giveAccess } from './access.ts'
import { birthdayAt } from './shared.ts'
import { db } from './tables.ts'

export type ProxyRow = { id: string; personId: string; name: string; patientId: string; basis: 'parent-of-child' | 'named-by-adult'; endsAt: Date }
/** When a parent’s right ends: with the midnight that begins the twelfth birthday, where the practice is. */
export const parentUntil = (birthDate: string, zone: string): Date => instantAt(birthdayAt(birthDate, 12), '00:00', zone)

/** Ends it for the next request: grants are what every query asks. Sessions that act for the patient stop doing so. */
export function stopActingFor(ctx: Ctx<StaffActor | PatientActor>, proxyId: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    if (tx.actor.kind === 'staff') mustBeAbleTo(tx, giveAccess)
    let query = db(tx).updateTable('accounts.proxy').set({ revoked_at: tx.now(), revoked_by: tx.actor.personId }).where('id', '=', proxyId).where('revoked_at', 'is', null)
    if (tx.actor.kind === 'patient') query = query.where('patient_id', '=', tx.actor.patientId)
    const gone = await query.returning(['person_id', 'patient_id']).executeTakeFirst()
    if (!gone) throw new NotFound()
    await db(tx).updateTable('platform.access_grant').set({ revoked_at: tx.now() })
      .where('person_id', '=', gone.person_id).where('patient_id', '=', gone.patient_id).where('source', '=', 'proxy').where('revoked_at', 'is', null).execute()
    await audit(tx, 'account.proxy-ended', { patientId: gone.patient_id, kind: 'person', ids: [gone.person_id] })
  })
}

/** Who acts for this patient now. For the patient and for staff. */
export async function listProxies(ctx: Ctx, patientId: string): Promise<Omit<ProxyRow, 'name'>[]> {
  const rows = await db(ctx).selectFrom('accounts.proxy').select(['id', 'person_id', 'patient_id', 'basis', 'ends_at'])
    .where('patient_id', '=', patientId).where('revoked_at', 'is', null).where('ends_at', '>', ctx.now()).orderBy('made_at').limit(50).execute()
  return rows.map(row => ({ id: row.id, personId: row.person_id, patientId: row.patient_id, basis: row.basis, endsAt: row.ends_at }))
}

/** Turns this session to another record that the person may open: their own, or one they are a caregiver of. */
export function switchTo(ctx: Ctx<PatientActor | ProxyActor>, patientId: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    const { personId, sessionId } = tx.actor
    const person = await db(tx).selectFrom('accounts.person').select('patient_id').where('id', '=', personId).executeTakeFirstOrThrow()
    const isOwn = person.patient_id === patientId
    const proxy = isOwn ? undefined : await db(tx).selectFrom('accounts.proxy').select('id')
      .where('person_id', '=', personId).where('patient_id', '=', patientId).where('revoked_at', 'is', null).where('starts_at', '<=', tx.now()).where('ends_at', '>', tx.now()).executeTakeFirst()
    if (!isOwn && !proxy) throw new NotFound()
    await db(tx).updateTable('platform.session').set({ acting_for: patientId, acting_as: isOwn ? 'patient' : 'proxy' }).where('id', '=', sessionId).execute()
    await audit(tx, 'account.switched', { patientId, detail: { own: isOwn } })
  })
}

export type OpenRecord = { patientId: string; isOwn: boolean; name: string | null; basis: ProxyRow['basis'] | null }
/** The records this person may open: their own, and those they look after, by the name in the record. */
export async function listRecords(ctx: Ctx<PatientActor | ProxyActor>): Promise<OpenRecord[]> {
  const person = await db(ctx).selectFrom('accounts.person').select(['patient_id', 'name']).where('id', '=', ctx.actor.personId).executeTakeFirst()
  const { rows } = await sql<Omit<OpenRecord, 'isOwn'>>`select patient_id as "patientId", name, basis from accounts.door_whom_i_help()`.execute(ctx.db.kysely)
  return [...(person?.patient_id ? [{ patientId: person.patient_id, isOwn: true, name: person.name, basis: null }] : []), ...rows.map(row => ({ ...row, isOwn: false }))]
}
