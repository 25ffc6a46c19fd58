import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, ProxyActor, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'

export type Telling = 'every' | 'when-written' | 'never'
export const tellings: readonly Telling[] = ['every', 'when-written', 'never']
export type TellingChoice = { of: (category: string) => Telling; isAnyTime: boolean }

/** How this patient wants to hear of each category; of everything, unless they said otherwise. */
export async function tellingOf(ctx: Ctx, patientId: string): Promise<TellingChoice> {
  const { rows } = await sql<{ category: string; telling: Telling }>`select category, telling from notices.telling where patient_id = ${patientId}::uuid`.execute(ctx.db.kysely)
  const { rows: [any] } = await sql<{ is_any_time: boolean }>`select is_any_time from notices.any_time where patient_id = ${patientId}::uuid`.execute(ctx.db.kysely)
  const chosen = new Map(rows.map(row => [row.category, row.telling]))
  return { of: category => chosen.get(category) ?? 'every', isAnyTime: any?.is_any_time ?? false }
}

export async function chooseTelling(tx: Ctx<PatientActor | ProxyActor | StaffActor>, patientId: AuthorizedPatientId, { tellings: wanted, isAnyTime }: { tellings: ReadonlyMap<string, Telling>; isAnyTime: boolean }): Promise<void> {
  const { personId } = tx.actor
  await sql`
    insert into notices.telling (patient_id, category, telling, set_at, set_by)
    select ${patientId}::uuid, w.category, w.telling, ${tx.now()}, ${personId}::uuid
    from jsonb_to_recordset(${JSON.stringify([...wanted].map(([category, telling]) => ({ category, telling })))}::jsonb) as w (category text, telling text)
    on conflict (patient_id, category) do update set telling = excluded.telling, set_at = excluded.set_at, set_by = excluded.set_by
  `.execute(tx.db.kysely)
  await sql`
    insert into notices.any_time (patient_id, is_any_time, set_at, set_by) values (${patientId}::uuid, ${isAnyTime}, ${tx.now()}, ${personId}::uuid)
    on conflict (patient_id) do update set is_any_time = excluded.is_any_time, set_at = excluded.set_at, set_by = excluded.set_by
  `.execute(tx.db.kysely)
  await audit(tx, 'notices.chosen', { patientId })
}
