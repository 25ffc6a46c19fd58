import pg from 'pg'
import { sql } from 'kysely'
import type { Ctx } from '#platform/ctx.ts'
import { apart } from '#platform/db.ts'

export type AuditFacts = {
  patientId?: string
  /** What kind of thing the ids are: 'result', 'note', 'session'. */
  kind?: string
  ids?: readonly string[]
  /** Counts and codes of our own. Never a health word, a name or an address. */
  detail?: Record<string, string | number | boolean>
}

const literal = (value: string | null): string => (value === null ? 'null' : pg.escapeLiteral(value))

/** Records who did what, in the transaction that did it: with its commit. `action` is two words, 'results.viewed'. */
export async function audit(tx: Ctx, action: string, facts: AuditFacts = {}): Promise<void> {
  const { actor } = tx
  const values = [
    tx.now().toISOString(), tx.requestId, actor.kind, 'personId' in actor ? actor.personId : null, actor.kind === 'system' ? actor.job : null,
    action, facts.patientId ?? null, facts.kind ?? null, `{${(facts.ids ?? []).join(',')}}`, JSON.stringify(facts.detail ?? {}),
  ]
  const insert = `insert into audit.event (at, request_id, actor_kind, person_id, job, action, patient_id, kind, ids, detail) values (${values.map(literal).join(', ')})`
  if (tx.db.withCommit) tx.db.withCommit.push(insert)
  else await sql.raw(insert).execute(tx.db.kysely)
}

/** A no that must be remembered although the request itself is undone. */
export const auditDenial = (ctx: Ctx, action: string, facts: AuditFacts = {}): Promise<void> =>
  apart(ctx, tx => audit(tx, action, facts))

/** One event for each of many patients, in one statement: for jobs that touch thousands. */
export async function auditMany(tx: Ctx, action: string, patients: readonly { patientId: string; count: number }[]): Promise<void> {
  if (patients.length === 0) return
  const { actor } = tx
  await sql`
    insert into audit.event (at, request_id, actor_kind, person_id, job, action, patient_id, detail)
    select ${tx.now()}, ${tx.requestId}, ${actor.kind}, ${'personId' in actor ? actor.personId : null}::uuid, ${actor.kind === 'system' ? actor.job : null}, ${action}, patient, jsonb_build_object('count', count)
    from unnest(${patients.map(one => one.patientId)}::uuid[], ${patients.map(one => one.count)}::int[]) as t (patient, count)
  `.execute(tx.db.kysely)
}

/** The same for a list that was read: an event in each record that stands in it, with how often it does. */
export const auditList = (tx: Ctx, action: string, rows: readonly { patientId: string | null }[]): Promise<void> =>
  auditMany(tx, action, [...Map.groupBy(rows.filter(row => row.patientId !== null), row => row.patientId!)].map(([patientId, of]) => ({ patientId, count: of.length })))
