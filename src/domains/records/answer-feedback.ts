import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { answerReport, type Answer } from '#feedback'
import { pingNewInPortal, tellingOf } from '#notices'

/** Answers what a patient said of their record, and lets them know that there is something to read. */
export function answerAndTell(ctx: Ctx<StaffActor>, id: string, answer: Answer): ReturnType<typeof answerReport> {
  return inTransaction(ctx, async tx => {
    const answered = await answerReport(tx, id, answer)
    if (answered.ok) await enqueue(tx, 'records.tell', { patientId: answered.patientId, isAnswer: 1 }, { key: `tell-answer:${id}` })
    return answered
  })
}

/** The ping for an answer: without a word of it, and not to whoever wants no mail at all. */
export function tellAnswered(ctx: Ctx<SystemActor>, patientId: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    const telling = await tellingOf(tx, patientId)
    if (telling.of('routine') === 'never' && telling.of('notes') === 'never') return
    await pingNewInPortal(tx, patientId)
  })
}
