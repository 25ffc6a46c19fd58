import type { Generated } from 'kysely'
import { tablesOf } from '#platform/db.ts'

export type WritingTables = {
  'writing.draft': {
    id: Generated<string>; patient_id: string; author_id: string; author_name: string; title: string; body: string; summary: string; addendum_to: string | null
    begun_at: Date; changed_at: Date; said: string[]; signed_at: Date | null; filed_at: Date | null
  }
  'writing.kept_term': { term: string; shown: number; kept: number }
}
export const db = tablesOf<WritingTables>()
