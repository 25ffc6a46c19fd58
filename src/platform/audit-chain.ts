import { sql } from '#platform/db.ts'
import type { Keys } from '#platform/keys.ts'

/** An event as the chain sees it: every column, in one order, as text that the database writes the same way each time. The first form; a changed table needs a second one. */
export const canonicalEvent = `jsonb_build_array(e.id, extract(epoch from e.at)::text, e.request_id, e.actor_kind, e.person_id, e.job, e.action, e.patient_id, e.kind, to_jsonb(e.ids), e.detail)::text`
export const canonical = sql.raw(canonicalEvent)

export const noHash: Buffer = Buffer.alloc(32)
/** The newest link of the chain. */
export type Head = { seq: number; hash: Buffer }
export const start: Head = { seq: 0, hash: noHash }

/** A moment as the database writes its epoch: microseconds, so that no edit is too small to be seen. */
export function epochText(at: Date): string {
  const ms = at.getTime()
  return `${Math.floor(ms / 1000)}.${String(ms % 1000).padStart(3, '0')}000`
}

/** What a link's hash is taken over: the link before, its own number and moment, the event. */
export const linkText = (before: Buffer, seq: number, sealedAt: string, event: string): Buffer =>
  Buffer.concat([before, Buffer.from(`${seq}/${sealedAt}/${event}`)])

export const linkHash = (keys: Keys, before: Buffer, seq: number, sealedAt: string, event: string): Buffer =>
  keys.mac('audit', linkText(before, seq, sealedAt, event))

/** The smallest id an event of that moment can have: ids begin with their millisecond. */
export function firstIdOf(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
