import type { Ctx, StaffActor } from '#platform/ctx.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'

export type PatientLine = { id: string; name: string; birthDate: string | null; mrn: string | null }

/** What the schedule asks of whoever keeps the patients: this domain knows them by number alone. */
export type PatientBook = {
  names: (ctx: Ctx, ids: readonly string[]) => Promise<Map<string, string>>
  find: (ctx: Ctx<StaffActor>, search: { name?: string; birthDate?: string; phone?: string; mrn?: string }) => Promise<PatientLine[]>
  /** Visits ahead that another system sent. */
  received: (ctx: Ctx, patientId: AuthorizedPatientId) => Promise<{ id: string; startsAt: Date }[]>
}
