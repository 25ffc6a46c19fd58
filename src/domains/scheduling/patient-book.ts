import type { Ctx, StaffActor } from '#platform/ctx.ts'

export type PatientLine = { id: string; name: string; birthDate: string | null; mrn: string | null }

/** What the schedule asks of whoever keeps the patients: this domain knows them by number alone. */
export type PatientBook = {
  names: (ctx: Ctx, ids: readonly string[]) => Promise<Map<string, string>>
  contacts: (ctx: Ctx, ids: readonly string[]) => Promise<Map<string, { name: string; birthDate: string | null; phone: string | null; mrn: string | null }>>
  find: (ctx: Ctx<StaffActor>, search: { name?: string; birthDate?: string; phone?: string; mrn?: string }) => Promise<PatientLine[]>
  /** Systems that are the practice's own EHR, as their messages name them. */
  ownEhrs: (ctx: Ctx) => Promise<string[]>
}
