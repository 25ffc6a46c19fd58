import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { Category } from './access.ts'

/** `isSelf`: it is their own record. */
export type Reader = { personId: string; email: string | null; locale: 'en' | 'es'; isSelf: boolean }

/** Everybody who may see this category of this patient now: the patient, and those who look after them. For jobs that tell people something. */
export async function whoReads(ctx: Ctx<SystemActor>, patientId: string, category: Category): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    select p.id as "personId", p.email, p.locale, bool_or(g.source = 'self') as "isSelf"
    from platform.access_grant g
    join accounts.person p on p.id = g.person_id
    where g.patient_id = ${patientId}::uuid and g.category = ${category} and g.verb = 'see' and g.source in ('self', 'proxy')
      and g.revoked_at is null and g.starts_at <= ${ctx.now()} and (g.ends_at is null or g.ends_at > ${ctx.now()})
      and p.disabled_at is null
    group by p.id
    order by p.id
    limit 50
  `.execute(ctx.db.kysely)
  return rows
}

/** The language that one of these patients has chosen, if one has an account. For jobs that answer them. */
export async function languageOfOne(ctx: Ctx<SystemActor>, patientIds: readonly string[]): Promise<'en' | 'es' | undefined> {
  const { rows } = await sql<{ locale: 'en' | 'es' }>`select locale from accounts.person where patient_id = any (${patientIds as string[]}::uuid[]) and disabled_at is null order by id limit 1`.execute(ctx.db.kysely)
  return rows[0]?.locale
}
