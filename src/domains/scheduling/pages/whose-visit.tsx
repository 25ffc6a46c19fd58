import type { ReactNode } from 'react'
import type { Say } from '#platform/words.ts'
import { listRecords } from '#accounts'
import type { PortalCtx } from './visit-words.tsx'

/** Whom a visit will be for, and the way to another person: for those who open more than one record. */
export async function sayWhose(ctx: PortalCtx, say: Say): Promise<ReactNode> {
  const records = await listRecords(ctx)
  if (records.length < 2) return null
  const name = records.find(record => record.patientId === ctx.actor.patientId)?.name
  return <p>{name && <>{say('visits.for', { name })} </>}<a href="/portal/switch">{say('visits.for.other')}</a></p>
}
