import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { enqueue } from '#platform/jobs.ts'
import { sendNotice } from './send-notice.ts'

/** Tells everybody who may read this patient's results that there is something new, each in their way. Returns how many were written to. */
export async function pingNewInPortal(tx: Ctx<SystemActor>, patientId: string): Promise<number> {
  const { told, later } = await sendNotice(tx, { kind: 'something-new', patientId, dedupe: `${patientId}:${tx.now().toISOString()}` })
  // Whoever wants texts is not woken by one: it is decided anew in the morning, and not at all if there is one already.
  if (later) await enqueue(tx, 'notices.ping', { patientId }, { key: `ping-later:${patientId}`, runAt: later })
  return told
}
