import { createHash } from 'node:crypto'
import { audit } from '#platform/audit.ts'
import type { Ctx, PatientActor, ProxyActor, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { answerFeedback } from './access.ts'
import { pulseQuestions, type PulseAbout, type PulseAnswer, type PulseQuestion } from './shared.ts'

type Reader = Ctx<PatientActor | ProxyActor>
/** One reader in five, each month anew. */
const share = 0.2
export const monthOf = (now: Date): string => `${now.toISOString().slice(0, 7)}-01`

/** Who is asked in a month, and what: it follows from the seed, so that the draw can be done again. */
export function drawPulse(seed: number, personId: string, month: string): PulseQuestion | null {
  const hash = createHash('sha256').update(`${seed}|${personId}|${month}`).digest()
  return hash.readUInt32BE(0) / 2 ** 32 < share ? pulseQuestions[hash[4]! % pulseQuestions.length]! : null
}

/** The one question for this reader, if they were drawn and have not answered this month. Looking writes nothing. */
export async function pulseFor(ctx: Reader): Promise<PulseQuestion | null> {
  const month = monthOf(ctx.now())
  const { rows } = await sql<{ seed: number; is_answered: boolean }>`
    select seed, exists (select from feedback.pulse p where p.person_id = ${ctx.actor.personId}::uuid and p.month = ${month}::date) as is_answered from feedback.pulse_seed
  `.execute(ctx.db.kysely)
  const { seed, is_answered } = rows[0]!
  return is_answered ? null : drawPulse(seed, ctx.actor.personId, month)
}

/** Keeps an answer: once a month, and only of who was asked. 'not-now' ends it for the month too. */
export function answerPulse(ctx: Reader, patientId: AuthorizedPatientId, { about, answer }: { about: PulseAbout; answer: PulseAnswer }): Promise<void> {
  return inTransaction(ctx, async tx => {
    const question = await pulseFor(tx)
    if (!question) return
    await sql`
      insert into feedback.pulse (patient_id, person_id, month, about, question, answer, answered_at)
      values (${patientId}::uuid, ${tx.actor.personId}::uuid, ${monthOf(tx.now())}::date, ${about}, ${question}, ${answer}, ${tx.now()})
      on conflict (person_id, month) do nothing
    `.execute(tx.db.kysely)
    await audit(tx, 'feedback.pulse-answered', { patientId })
  })
}

export type PulseCount = { question: PulseQuestion; answer: PulseAnswer; times: number | null }

/** How it was to read, counted over a year; null where fewer than eleven answered so. */
export async function countPulse(ctx: Ctx<StaffActor>): Promise<PulseCount[]> {
  mustBeAbleTo(ctx, answerFeedback)
  const { rows } = await sql<PulseCount>`
    select question, answer, times::int as times from feedback.door_pulse_counts(${new Date(ctx.now().getTime() - 365 * 86_400_000)}::timestamptz)
  `.execute(ctx.db.kysely)
  return rows
}
