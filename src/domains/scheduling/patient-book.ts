import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { newcomerContacts, newcomerNames } from './find-newcomer.ts'

export type PatientLine = { id: string; name: string; birthDate: string | null; mrn: string | null }

/** What the schedule asks of whoever keeps the patients: this domain knows them by number alone. */
export type PatientBook = {
  names: (ctx: Ctx, ids: readonly string[]) => Promise<Map<string, string>>
  contacts: (ctx: Ctx, ids: readonly string[]) => Promise<Map<string, { name: string; birthDate: string | null; phone: string | null; mrn: string | null }>>
  find: (ctx: Ctx<StaffActor>, search: { name?: string; birthDate?: string; phone?: string; mrn?: string }) => Promise<PatientLine[]>
  /** Systems that are the practice's own EHR, as their messages name them. */
  ownEhrs: (ctx: Ctx) => Promise<string[]>
  /** Begins a record for somebody new under a number that is nobody's yet. */
  begin: (ctx: Ctx<StaffActor>, id: string, who: NewPatient) => Promise<void>
  /** Makes two records one; refused where that would open the one's to readers of the other's. */
  join: (ctx: Ctx<StaffActor>, pair: { keep: string; merge: string }) => Promise<{ ok: true } | { ok: false; reason: string }>
}
export type NewPatient = { name: string; birthDate: string; phone: string | null; email: string | null; language: string }

/** The same book, with those who have booked and are in it not yet. */
export const withNewcomers = (book: PatientBook): PatientBook => ({
  ...book,
  async names(ctx, ids) {
    const known = await book.names(ctx, ids)
    for (const [id, name] of await newcomerNames(ctx, ids.filter(id => !known.has(id)))) known.set(id, name)
    return known
  },
  async contacts(ctx, ids) {
    const known = await book.contacts(ctx, ids)
    for (const [id, one] of await newcomerContacts(ctx, ids.filter(id => !known.has(id)))) known.set(id, one)
    return known
  },
})
