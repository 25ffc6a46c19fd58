import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotAllowed, NotFound } from '#platform/errors.ts'
import { may, mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { planAbsences, planOwnAbsence, seeAbsences } from './access.ts'
import { listOwners, settleOwners } from './settle-owners.ts'
import { db } from './tables.ts'

export type Absence = { id: string; personId: string; coverId: string; startsAt: Date; endsAt: Date }
export type AbsenceRefusal = Refused<'no-clinician' | 'no-cover' | 'same-person' | 'bad-time' | 'overlaps' | 'cover-away'>

const columns = ['id', 'person_id', 'cover_id', 'starts_at', 'ends_at'] as const
/** Who is away now or will be, the first on top. */
export async function listAbsences(ctx: Ctx<StaffActor>): Promise<Absence[]> {
  mustBeAbleTo(ctx, seeAbsences)
  const rows = await db(ctx).selectFrom('work.absence').select(columns).where('ended_at', 'is', null).where('ends_at', '>', ctx.now()).orderBy('starts_at').orderBy('id').limit(200).execute()
  return rows.map(row => ({ id: row.id, personId: row.person_id, coverId: row.cover_id, startsAt: row.starts_at, endsAt: row.ends_at }))
}

/** A manager plans for everybody, a clinician for themselves. */
function mustPlanFor(tx: Ctx<StaffActor>, personId: string): void {
  mustBeAbleTo(tx, planOwnAbsence)
  if (personId !== tx.actor.personId && !may(tx, planAbsences)) throw new NotAllowed('a clinician plans their own absence')
}

/** Says that a clinician is away and who stands in: what is theirs goes to the cover for that time, at once where it has begun, and what is untouched comes back. */
export function addAbsence(ctx: Ctx<StaffActor>, wish: Omit<Absence, 'id'>): Promise<{ ok: true; id: string } | AbsenceRefusal> {
  return inTransaction<StaffActor, { ok: true; id: string } | AbsenceRefusal>(ctx, async tx => {
    mustPlanFor(tx, wish.personId)
    if (wish.coverId === wish.personId) return refused('same-person')
    const clinicians = new Set((await listOwners(tx)).filter(owner => owner.isClinician).map(owner => owner.id))
    if (!clinicians.has(wish.personId)) return refused('no-clinician')
    if (!clinicians.has(wish.coverId)) return refused('no-cover')
    const days = (wish.endsAt.getTime() - wish.startsAt.getTime()) / 86_400_000
    if (!(days > 0 && days <= 366) || wish.endsAt <= tx.now() || wish.startsAt.getTime() > tx.now().getTime() + 400 * 86_400_000) return refused('bad-time')
    // Two people who plan at once: the second sees what the first has planned.
    await sql`select pg_advisory_xact_lock(hashtext('work.absence'))`.execute(tx.db.kysely)
    const met = await db(tx).selectFrom('work.absence').select(['person_id', 'cover_id']).where('ended_at', 'is', null).where('starts_at', '<', wish.endsAt).where('ends_at', '>', wish.startsAt)
      .where(eb => eb.or([eb('person_id', 'in', [wish.personId, wish.coverId]), eb('cover_id', '=', wish.personId)])).limit(50).execute()
    if (met.some(one => one.person_id === wish.personId)) return refused('overlaps')
    if (met.some(one => one.person_id === wish.coverId)) return refused('cover-away')
    const { id } = await db(tx).insertInto('work.absence')
      .values({ person_id: wish.personId, cover_id: wish.coverId, starts_at: wish.startsAt, ends_at: wish.endsAt, made_at: tx.now(), made_by: tx.actor.personId, ended_at: null, ended_by: null }).returning('id').executeTakeFirstOrThrow()
    await audit(tx, 'work.absence-planned', { kind: 'absence', ids: [id] })
    await settleOwners(tx)
    return { ok: true, id }
  })
}

/** Back already, or not going: what is theirs comes back now. */
export function endAbsence(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    const absence = await db(tx).selectFrom('work.absence').select('person_id').where('id', '=', id).where('ended_at', 'is', null).where('ends_at', '>', tx.now()).forUpdate().executeTakeFirst()
    if (!absence) throw new NotFound()
    mustPlanFor(tx, absence.person_id)
    await db(tx).updateTable('work.absence').set({ ended_at: tx.now(), ended_by: tx.actor.personId }).where('id', '=', id).execute()
    await audit(tx, 'work.absence-ended', { kind: 'absence', ids: [id] })
    await settleOwners(tx)
  })
}

export async function backupClinician(ctx: Ctx<StaffActor>): Promise<string | null> {
  mustBeAbleTo(ctx, seeAbsences)
  return (await db(ctx).selectFrom('work.backup_clinician').select('person_id').executeTakeFirst())?.person_id ?? null
}

/** Who takes a result that its owner has not looked at in time. */
export function setBackup(ctx: Ctx<StaffActor>, personId: string): Promise<{ ok: true } | Refused<'no-cover'>> {
  return inTransaction<StaffActor, { ok: true } | Refused<'no-cover'>>(ctx, async tx => {
    mustBeAbleTo(tx, planAbsences)
    if (!(await listOwners(tx)).some(owner => owner.id === personId && owner.isClinician)) return refused('no-cover')
    const set = { person_id: personId, set_at: tx.now(), set_by: tx.actor.personId }
    await db(tx).insertInto('work.backup_clinician').values(set).onConflict(conflict => conflict.column('is_the_one').doUpdateSet(set)).execute()
    await audit(tx, 'work.backup-named', { kind: 'person', ids: [personId] })
    await settleOwners(tx)
    return { ok: true }
  })
}
