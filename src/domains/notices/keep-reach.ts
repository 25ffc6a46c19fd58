import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { Invalid, NotFound } from '#platform/errors.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { recordConsent, type Shown } from './keep-consent.ts'
import { checkCode } from './send-code.ts'
import type { Point, Silence } from './shared.ts'

export type Way = Point & { id: string; verifiedAt: Date; verifiedHow: 'code' | 'desk' }
export type Choice = { safeReach: string | null; prefers: 'mail' | 'text'; noTexts: boolean; noVoicemail: boolean; isBrief: boolean; zone: string | null }
export type Reach = { ways: Way[]; choice: Choice; silence: { why: Silence; saidBy: 'record' | 'desk'; since: Date } | undefined }
type Owner = Ctx<PatientActor | StaffActor>

/** How somebody is reached, and what they want for it. For themselves and for the desk; whoever looks after them sees nothing of it. */
export async function readReach(ctx: Ctx, patientId: AuthorizedPatientId): Promise<Reach> {
  const { rows: ways } = await sql<Way>`
    select id, kind, address, verified_at as "verifiedAt", verified_how as "verifiedHow"
    from notices.reach
    where patient_id = ${patientId}::uuid and ended_at is null
    order by verified_at, id
    limit 20
  `.execute(ctx.db.kysely)
  const { rows: [choice] } = await sql<Choice>`
    select safe_reach as "safeReach", prefers, no_texts as "noTexts", no_voicemail as "noVoicemail", is_brief as "isBrief", zone
    from notices.choice
    where patient_id = ${patientId}::uuid
  `.execute(ctx.db.kysely)
  const { rows: [silence] } = await sql<{ why: Silence; saidBy: 'record' | 'desk'; since: Date }>`
    select why, said_by as "saidBy", since from notices.silence where patient_id = ${patientId}::uuid and ended_at is null order by since limit 1
  `.execute(ctx.db.kysely)
  const held = choice && ways.some(({ id }) => id === choice.safeReach) ? choice.safeReach : null
  return { ways, silence, choice: choice ? { ...choice, safeReach: held } : { safeReach: null, prefers: 'mail', noTexts: false, noVoicemail: false, isBrief: false, zone: null } }
}

const addReach = async (tx: Ctx, patientId: string, { kind, address }: Point, how: 'code' | 'desk', codeId: string | null): Promise<string> => {
  const { rows } = await sql<{ id: string }>`select notices.door_add_reach(${patientId}::uuid, ${kind}, ${address}, ${how}, ${codeId}::uuid) as id`.execute(tx.db.kysely)
  return rows[0]!.id
}

/** The code that went to it came back: from now on it is a way to reach them. With a telephone stands what they agreed to. */
export async function addWayByCode(tx: Owner, patientId: AuthorizedPatientId, { codeId, code, shown }: { codeId: string; code: string; shown: Shown }): Promise<{ ok: true; id: string } | { ok: false; reason: 'wrong' | 'over' }> {
  const checked = await checkCode(tx, codeId, code)
  if (!checked.ok) return checked
  const id = await addReach(tx, patientId, checked.point, 'code', codeId)
  if (checked.point.kind === 'phone') await recordConsent(tx, { ...checked.point, patientId, scope: 'texts', isGiven: true, ...shown })
  await audit(tx, 'notices.way-added', { patientId, kind: 'way', ids: [id], detail: { kind: checked.point.kind, how: 'code' } })
  return { ok: true, id }
}

/** The desk heard it from the person. Texts only where `shown` says that they agreed, and to what. */
export async function addWayAtDesk(tx: Ctx<StaffActor>, patientId: AuthorizedPatientId, point: Point, shown?: Shown): Promise<string> {
  const id = await addReach(tx, patientId, point, 'desk', null)
  if (point.kind === 'phone') await recordConsent(tx, { ...point, patientId, scope: 'texts', isGiven: shown !== undefined, words: 'They did not agree to texts.', locale: 'en', through: 'desk', ...shown })
  await audit(tx, 'notices.way-added', { patientId, kind: 'way', ids: [id], detail: { kind: point.kind, how: 'desk' } })
  return id
}

/** It leads to them no more. Where it was the safe way, none is named any more. */
export async function endWay(tx: Owner, patientId: AuthorizedPatientId, id: string): Promise<void> {
  const { rows } = await sql`
    update notices.reach set ended_at = ${tx.now()}, ended_by = ${tx.actor.personId}::uuid
    where id = ${id}::uuid and patient_id = ${patientId}::uuid and ended_at is null
    returning id
  `.execute(tx.db.kysely)
  if (rows.length === 0) throw new NotFound()
  await sql`update notices.choice set safe_reach = null, set_at = ${tx.now()}, set_by = ${tx.actor.personId}::uuid where patient_id = ${patientId}::uuid and safe_reach = ${id}::uuid`.execute(tx.db.kysely)
  await audit(tx, 'notices.way-ended', { patientId, kind: 'way', ids: [id] })
}

/** What they want from this second on, for what waits already too. */
export async function chooseReach(tx: Owner, patientId: AuthorizedPatientId, choice: Choice): Promise<void> {
  if (choice.zone !== null && !Intl.supportedValuesOf('timeZone').includes(choice.zone)) throw new Invalid({ zone: 'not a zone' })
  const { rows: own } = await sql`select id from notices.reach where id = ${choice.safeReach}::uuid and patient_id = ${patientId}::uuid and ended_at is null`.execute(tx.db.kysely)
  if (choice.safeReach !== null && own.length === 0) throw new NotFound()
  await sql`
    insert into notices.choice (patient_id, safe_reach, prefers, no_texts, no_voicemail, is_brief, zone, set_at, set_by)
    values (${patientId}::uuid, ${choice.safeReach}::uuid, ${choice.prefers}, ${choice.noTexts}, ${choice.noVoicemail}, ${choice.isBrief}, ${choice.zone}, ${tx.now()}, ${tx.actor.personId}::uuid)
    on conflict (patient_id) do update set safe_reach = excluded.safe_reach, prefers = excluded.prefers, no_texts = excluded.no_texts, no_voicemail = excluded.no_voicemail,
      is_brief = excluded.is_brief, zone = excluded.zone, set_at = excluded.set_at, set_by = excluded.set_by
  `.execute(tx.db.kysely)
  await audit(tx, 'notices.reach-chosen', { patientId, detail: { safe: choice.safeReach !== null, noTexts: choice.noTexts, noVoicemail: choice.noVoicemail } })
}

/** The desk was told that somebody died or left: nothing goes to them from this second. `undefined` takes it back. */
export async function silence(tx: Ctx<StaffActor>, patientId: AuthorizedPatientId, why: Silence | undefined): Promise<void> {
  await sql`update notices.silence set ended_at = ${tx.now()} where patient_id = ${patientId}::uuid and said_by = 'desk' and ended_at is null`.execute(tx.db.kysely)
  if (why) await sql`insert into notices.silence (patient_id, why, said_by, since, set_by) values (${patientId}::uuid, ${why}, 'desk', ${tx.now()}, ${tx.actor.personId}::uuid)`.execute(tx.db.kysely)
  await audit(tx, why ? 'notices.silenced' : 'notices.silence-ended', { patientId, ...(why && { detail: { why } }) })
}

/** All their ways at once: they led to whoever said that they are this person, and nobody has asked whether it is so. */
export async function endWays(tx: Ctx<StaffActor>, patientId: AuthorizedPatientId): Promise<void> {
  const { rows } = await sql<{ id: string }>`update notices.reach set ended_at = ${tx.now()}, ended_by = ${tx.actor.personId}::uuid where patient_id = ${patientId}::uuid and ended_at is null returning id`.execute(tx.db.kysely)
  if (rows.length > 0) await audit(tx, 'notices.way-ended', { patientId, kind: 'way', ids: rows.map(row => row.id) })
}
