import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { settleImports } from './access.ts'

/** A record that staff begin for somebody new, before a source has sent anything. What a source says of them later comes by the ordinary way of two records that may be one. */
export async function beginPatient(ctx: Ctx<StaffActor>, id: string, { name, birthDate, phone, email, language }: { name: string; birthDate: string; phone: string | null; email: string | null; language: string }): Promise<void> {
  mustBeAbleTo(ctx, settleImports)
  const parts = name.split(' ')
  await sql`
    insert into records.patient (id, name, given, family, birth_date, phone, email, language, updated_at)
    values (${id}::uuid, ${name}, ${parts.slice(0, -1).join(' ') || name}, ${parts.length > 1 ? parts.at(-1)! : ''}, ${birthDate}::date, ${phone}, ${email}, ${language || null}, ${ctx.now()})
  `.execute(ctx.db.kysely)
  await audit(ctx, 'records.begun', { patientId: id })
}
