import type { DiagnosticReport, Observation } from '@medplum/fhirtypes'
import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { parseKeepingDigits } from './explain/keep-digits.ts'
import { lookUpNames, type LookUp } from './look-up-names.ts'

/** One result with what its page needs: earlier values of the same test, a report's tests, the names its references call. */
export type ResultFacts = {
  id: string
  resourceId: string
  kind: 'test' | 'report'
  code: string | null
  name: string
  happenedAt: Date | null
  source: string
  receivedAt: Date
  /** It was more than 14 days old when it first came: shown, but nothing in it is news. Source: R4+. */
  isHistory: boolean
  resource: Observation | DiagnosticReport
  /** A report's tests, by name. */
  tests: { id: string; resourceId: string; resource: Observation }[]
  /** Up to twelve earlier values of the same code, newest first. */
  past: Observation[]
  reportId: string | null
  look: LookUp
}
type Row = { id: string; resource_id: string; kind: 'test' | 'report'; source: string; received_at: Date; code: string | null; name: string; happened_at: Date | null; report_id: string | null; body: string }

export async function readResult(ctx: Ctx, patientId: AuthorizedPatientId, id: string): Promise<ResultFacts> {
  const { rows } = await sql<Row>`
    select id, resource_id, kind, source, received_at, code, name, happened_at, report_id, body::text as body
    from records.result
    where id = ${id}::uuid and patient_id = ${patientId}::uuid and is_fact
  `.execute(ctx.db.kysely)
  const row = rows[0]
  if (!row) throw new NotFound()
  const tests = row.kind === 'report' ? await testsOf(ctx, patientId, id) : []
  const past = row.kind === 'test' && row.code ? await pastOf(ctx, patientId, row) : []
  const look = await lookUpNames(ctx, row.source, [row.body, ...tests.map(test => test.body), ...past])
  await audit(ctx, 'results.viewed', { patientId, kind: 'result', ids: [id, ...tests.map(test => test.id)] })
  return {
    id, resourceId: row.resource_id, kind: row.kind, code: row.code, name: row.name, happenedAt: row.happened_at, isHistory: row.received_at.getTime() - (row.happened_at?.getTime() ?? 0) > 14 * 86_400_000, source: row.source, receivedAt: row.received_at, reportId: row.report_id, look,
    resource: parseKeepingDigits(row.body) as Observation | DiagnosticReport,
    tests: tests.map(test => ({ id: test.id, resourceId: test.resource_id, resource: parseKeepingDigits(test.body) as Observation })),
    past: past.map(body => parseKeepingDigits(body) as Observation),
  }
}

async function testsOf(ctx: Ctx, patientId: string, reportId: string): Promise<{ id: string; resource_id: string; body: string }[]> {
  const { rows } = await sql<{ id: string; resource_id: string; body: string }>`
    select id, resource_id, body::text as body
    from records.result
    where report_id = ${reportId}::uuid and patient_id = ${patientId}::uuid and is_fact
    order by name, id
    limit 300
  `.execute(ctx.db.kysely)
  return rows
}

async function pastOf(ctx: Ctx, patientId: string, { id, code, happened_at }: Row): Promise<string[]> {
  const { rows } = await sql<{ body: string }>`
    select body::text as body
    from records.result
    where patient_id = ${patientId}::uuid and code = ${code} and kind = 'test' and is_fact and id <> ${id}::uuid
      and happened_at <= ${happened_at}
    order by happened_at desc, id desc
    limit 12
  `.execute(ctx.db.kysely)
  return rows.map(row => row.body)
}
