import { randomInt, randomUUID } from 'node:crypto'
import type { Ctx, PatientActor, StaffActor, VisitorActor } from '#platform/ctx.ts'
import { apart, sql } from '#platform/db.ts'
import { codeOf } from '#platform/letter-facts.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import { sendLetter, sendText } from '#platform/send-letter.ts'
import type { Locale } from '#platform/words.ts'
import type { Point } from './shared.ts'

const minutes = 10
type Asker = Ctx<VisitorActor | PatientActor | StaffActor>
type TooMany = { ok: false; reason: 'too-many'; retryAfterSeconds: number }

const hashOf = (ctx: Ctx, codeId: string, code: string): Buffer => ctx.house.keys.mac('contact-code', `${codeId}/${code}`)

/**
 * Sends six digits to a telephone or a mailbox, to see that whoever asks reads there. For a visitor without `patientId`. The id goes into the form
 * that takes the code. Ten minutes, five tries, one use (ASVS 6.5.1, 6.5.5).
 */
export async function sendCode(tx: Asker, { kind, address }: Point, { patientId, locale, clientAddress }: { patientId?: string; locale: Locale; clientAddress?: string }): Promise<{ ok: true; codeId: string } | TooMany> {
  const turn = await takeTurn(tx, 'contact-code', { account: address, ...(clientAddress !== undefined && { address: clientAddress }) })
  if (!turn.ok) return { ok: false, reason: 'too-many', retryAfterSeconds: turn.retryAfterSeconds }
  const codeId = randomUUID()
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const until = new Date(tx.now().getTime() + minutes * 60_000)
  await sql`select notices.door_make_code(${codeId}::uuid, ${kind}, ${address}, ${patientId ?? null}::uuid, ${hashOf(tx, codeId, code)}, ${until})`.execute(tx.db.kysely)
  const whom = { to: address, locale, notAfter: until, ...(patientId !== undefined && { patientId }) }
  if (kind === 'phone') await sendText(tx, 'code', { code: codeOf(code) }, whom)
  else await sendLetter(tx, 'code', { code: codeOf(code) }, whom)
  return { ok: true, codeId }
}

/** Whether the code came back. A try counts whatever becomes of the request. 'over': used, too old, too often tried, or somebody else's. */
export async function checkCode(ctx: Asker, codeId: string, typed: string): Promise<{ ok: true; point: Point } | { ok: false; reason: 'wrong' | 'over' }> {
  const code = typed.replace(/\D/g, '')
  if (!/^[0-9a-f-]{36}$/.test(codeId)) return { ok: false, reason: 'over' }
  return apart(ctx, async tx => {
    const { rows: [tried] } = await sql<Point & { is_right: boolean }>`select kind, address, is_right from notices.door_try_code(${codeId}::uuid, ${hashOf(tx, codeId, code)})`.execute(tx.db.kysely)
    if (!tried) return { ok: false, reason: 'over' }
    return tried.is_right ? { ok: true, point: { kind: tried.kind, address: tried.address } } : { ok: false, reason: 'wrong' }
  })
}
