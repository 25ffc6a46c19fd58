import { auditMany } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { isDay } from '#platform/when.ts'
import { seePatients } from './access.ts'

export type PatientSearch = { name?: string; birthDate?: string; phone?: string; mrn?: string }
export type FoundPatient = { id: string; name: string; birthDate: string | null; sex: string | null; phone: string | null; mrn: string | null }

/** Patients that fit, the closest first, 25 at most. A name may lack accents and have a letter wrong. Each one found is an event in their record. */
export async function searchPatients(ctx: Ctx<StaffActor>, search: PatientSearch): Promise<FoundPatient[]> {
  mustBeAbleTo(ctx, seePatients)
  const name = search.name?.trim().slice(0, 100) ?? ''
  const digits = (search.phone ?? '').replace(/[^0-9]/g, '').slice(-10)
  const mrn = search.mrn?.trim().slice(0, 100) ?? ''
  const birthDate = isDay(search.birthDate ?? '') ? search.birthDate! : null
  if (name.length < 2 && !birthDate && digits.length < 7 && mrn === '') return []
  const { rows } = await sql<{ id: string; name: string; birth_date: string | null; sex: string | null; phone: string | null; mrn: string | null }>`
    select id, name, birth_date, sex, phone, mrn
    from records.door_search_patients(${name || null}, ${birthDate}::date, ${digits.length >= 7 ? digits : null}, ${mrn || null})
  `.execute(ctx.db.kysely)
  await auditMany(ctx, 'patient.found', rows.map(row => ({ patientId: row.id, count: 1 })))
  return rows.map(row => ({ id: row.id, name: row.name, birthDate: row.birth_date, sex: row.sex, phone: row.phone, mrn: row.mrn }))
}
