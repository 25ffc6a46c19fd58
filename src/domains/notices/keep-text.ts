import { audit } from '#platform/audit.ts'
import { randomUUID } from 'node:crypto'
import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { isPhoneNumber } from '#platform/email.ts'
import { NotFound } from '#platform/errors.ts'
import { enqueue } from '#platform/jobs.ts'
import { placeOf } from '#platform/keys.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { readTexts } from './access.ts'

const seal = (tx: Ctx, id: string, body: string) => tx.house.keys.seal('mail', placeOf('notices.heard', 'words', id), Buffer.from(body.slice(0, 1_600)))
export const openText = (ctx: Pick<Ctx, 'house'>, id: string, sealed: Buffer): string => ctx.house.keys.open('mail', placeOf('notices.heard', 'words', id), sealed).toString()

/** Keeps a text that came, before anything is done with it. What the carrier brings twice counts once. */
export async function keepText(tx: Ctx<SystemActor>, { vendorId, from, body }: { vendorId: string; from: string; body: string }): Promise<string | undefined> {
  if (!isPhoneNumber(from)) return undefined   // a short number of a carrier: nobody to answer
  const id = randomUUID()
  const { rows } = await sql<{ id: string }>`
    insert into notices.heard (id, vendor_id, from_address, words, heard_at) values (${id}::uuid, ${vendorId}, ${from}, ${seal(tx, id, body)}, ${tx.now()})
    on conflict (vendor_id) do nothing
    returning id
  `.execute(tx.db.kysely)
  if (rows.length === 0) return undefined
  await enqueue(tx, 'notices.hear', { heardId: id }, { key: `heard:${id}` })
  return id
}

/** One text as it came, for who answers it. */
export async function readText(ctx: Ctx<StaffActor>, id: string): Promise<{ from: string; heardAt: Date; words: string; patientId: string | null; readAs: string | null }> {
  mustBeAbleTo(ctx, readTexts)
  const { rows: [row] } = await sql<{ from_address: string; words: Buffer; heard_at: Date; patient_id: string | null; read_as: string | null }>`
    select from_address, words, heard_at, patient_id, read_as from notices.heard where id = ${id}::uuid
  `.execute(ctx.db.kysely)
  if (!row) throw new NotFound()
  await audit(ctx, 'notices.text-read', { kind: 'text', ids: [id], ...(row.patient_id && { patientId: row.patient_id }) })
  return { from: row.from_address, heardAt: row.heard_at, words: openText(ctx, id, row.words), patientId: row.patient_id, readAs: row.read_as }
}

/** Seals every text that came under the newest key. Gives their number. */
export async function resealTexts(tx: Ctx): Promise<number> {
  const { rows } = await sql<{ id: string; words: Buffer }>`select id, words from notices.heard for update`.execute(tx.db.kysely)
  for (const { id, words } of rows) await sql`update notices.heard set words = ${seal(tx, id, openText(tx, id, words))} where id = ${id}::uuid`.execute(tx.db.kysely)
  return rows.length
}
