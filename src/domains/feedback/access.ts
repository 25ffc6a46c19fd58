import type { Ctx } from '#platform/ctx.ts'
import { may, permission } from '#platform/permission.ts'
import type { ReportKind } from './shared.ts'

/** Never the front desk, never billing: who reports is not known to those who make appointments (N12). The manager sees privacy and hurtful words alone. */
export const answerFeedback = permission('read and answer what patients say of their record', ['clinician', 'care-team', 'manager'])
const amend = permission('set the record right, or say why not', ['clinician'])
const explain = permission('answer a question about a result or a note', ['clinician', 'care-team'])
const lookInto = permission('look into a privacy incident', ['clinician', 'manager'])
const readHurt = permission('answer somebody whom words hurt', ['clinician', 'manager'])

const whoAnswers: Readonly<Record<ReportKind, typeof amend>> = { 'wrong-fact': amend, missing: amend, 'wrong-person': lookInto, 'hurtful-words': readHurt, 'not-understood': explain, question: explain }
export const mayAnswer = (ctx: Ctx, kind: ReportKind): boolean => may(ctx, whoAnswers[kind])
