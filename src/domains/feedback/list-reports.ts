import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import type { Locale } from '#platform/words.ts'
import type { RedFlagKind } from '#safety'
import { answerFeedback } from './access.ts'
import type { Outcome, ReportKind, SubjectType } from './shared.ts'

export type Report = {
  id: string
  patientId: string
  sentBy: string
  subjectType: SubjectType
  subjectId: string
  part: string
  title: string
  excerpt: string
  author: string | null
  kind: ReportKind
  words: string
  locale: Locale
  sentAt: Date
  dueAt: Date
  actBy: Date | null
  ownerId: string | null
  closedAt: Date | null
  /** What they said when they were asked whether what they write of is happening now; null: nothing was heard in it. */
  danger: 'now' | 'not-now' | null
  dangerKinds: readonly RedFlagKind[]
  reply: { outcome: Outcome; words: string; correction: string | null; locale: Locale; byName: string; at: Date } | null
  statement: { words: string; locale: Locale; at: Date; danger: Report['danger']; dangerKinds: readonly RedFlagKind[] } | null
}
type Row = Omit<Report, 'reply' | 'statement'> & {
  outcome: Outcome | null; replyWords: string; correction: string | null; replyLocale: Locale; byName: string; replyAt: Date
  statementWords: string | null; statementLocale: Locale; statementAt: Date; statementDanger: Report['danger']; statementKinds: readonly RedFlagKind[]
}

const reports = sql`
  select r.id, r.patient_id as "patientId", r.sent_by as "sentBy", r.subject_type as "subjectType", r.subject_id as "subjectId", r.part, r.title, r.excerpt, r.author, r.kind, r.words, r.locale,
    r.sent_at as "sentAt", r.due_at as "dueAt", r.act_by as "actBy", r.owner_id as "ownerId", r.closed_at as "closedAt", r.danger, r.danger_kinds as "dangerKinds",
    a.outcome, a.words as "replyWords", a.correction, a.locale as "replyLocale", a.by_name as "byName", a.at as "replyAt",
    s.words as "statementWords", s.locale as "statementLocale", s.at as "statementAt", s.danger as "statementDanger", s.danger_kinds as "statementKinds"
  from feedback.report r
  left join feedback.reply a on a.report_id = r.id
  left join feedback.statement s on s.report_id = r.id`

function reportOf({ outcome, replyWords, correction, replyLocale, byName, replyAt, statementWords, statementLocale, statementAt, statementDanger, statementKinds, ...row }: Row): Report {
  return {
    ...row,
    reply: outcome && { outcome, words: replyWords, correction, locale: replyLocale, byName, at: replyAt },
    statement: statementWords === null ? null : { words: statementWords, locale: statementLocale, at: statementAt, danger: statementDanger, dangerKinds: statementKinds },
  }
}

/** All that was said of this record by the patient and who acts for them, newest first, a hundred at most. */
export async function listOwnReports(ctx: Ctx, patientId: AuthorizedPatientId): Promise<Report[]> {
  const { rows } = await sql<Row>`${reports} where r.patient_id = ${patientId}::uuid order by r.sent_at desc, r.id desc limit 100`.execute(ctx.db.kysely)
  await audit(ctx, 'feedback.viewed', { patientId, kind: 'report', ids: rows.map(row => row.id) })
  return rows.map(reportOf)
}

export async function readOwnReport(ctx: Ctx, patientId: AuthorizedPatientId, id: string): Promise<Report> {
  const { rows } = await sql<Row>`${reports} where r.id = ${id}::uuid and r.patient_id = ${patientId}::uuid`.execute(ctx.db.kysely)
  if (!rows[0]) throw new NotFound()
  await audit(ctx, 'feedback.viewed', { patientId, kind: 'report', ids: [id] })
  return reportOf(rows[0])
}

/** For those who answer: what is open, due first, or what was answered lately. The database leaves out what a manager may not see. */
export async function listReports(ctx: Ctx<StaffActor>, list: 'open' | 'closed'): Promise<Report[]> {
  mustBeAbleTo(ctx, answerFeedback)
  const { rows } = list === 'open'
    ? await sql<Row>`${reports} where r.closed_at is null order by r.due_at, r.id limit 200`.execute(ctx.db.kysely)
    : await sql<Row>`${reports} where r.closed_at is not null order by r.closed_at desc, r.id limit 100`.execute(ctx.db.kysely)
  for (const [patientId, of] of Map.groupBy(rows, row => row.patientId)) await audit(ctx, 'feedback.viewed', { patientId, kind: 'report', ids: of.map(row => row.id) })
  return rows.map(reportOf)
}

export async function readReport(ctx: Ctx<StaffActor>, id: string): Promise<Report> {
  mustBeAbleTo(ctx, answerFeedback)
  const { rows } = await sql<Row>`${reports} where r.id = ${id}::uuid`.execute(ctx.db.kysely)
  const row = rows[0]
  if (!row) throw new NotFound()
  await audit(ctx, 'feedback.viewed', { patientId: row.patientId, kind: 'report', ids: [id] })
  return reportOf(row)
}

/** Every correction and every statement of a record, oldest first: whoever reads or copies the record reads them too (45 CFR 164.526(d)). */
export async function readStanding(ctx: Ctx, patientId: AuthorizedPatientId): Promise<Report[]> {
  const { rows } = await sql<Row>`
    ${reports}
    where r.patient_id = ${patientId}::uuid and (a.correction is not null or s.words is not null)
    order by r.sent_at, r.id
    limit 500
  `.execute(ctx.db.kysely)
  return rows.map(reportOf)
}

/** What stands beside things from now on: corrections, statements, questions with their answers. Oldest first. Source: N13. */
export async function readBeside(ctx: Ctx, patientId: AuthorizedPatientId, subjectIds: readonly string[]): Promise<Report[]> {
  if (subjectIds.length === 0) return []
  const { rows } = await sql<Row>`
    ${reports}
    where r.patient_id = ${patientId}::uuid and r.subject_id = any (${[...new Set(subjectIds)]}::uuid[])
      and (r.kind = 'question' or a.correction is not null or s.words is not null)
    order by r.sent_at, r.id
    limit 200
  `.execute(ctx.db.kysely)
  return rows.map(reportOf)
}
