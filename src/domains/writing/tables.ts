import type { Generated, JSONColumnType } from 'kysely'
import { tablesOf } from '#platform/db.ts'
import type { Earlier } from './find-copied.ts'

export type WritingTables = {
  'writing.draft': {
    id: Generated<string>; patient_id: string; author_id: string; author_name: string; title: string; body: string; summary: string; addendum_to: string | null
    begun_at: Date; changed_at: Date; said: string[]; signed_at: Date | null; filed_at: Date | null; earlier: JSONColumnType<Earlier>
  }
  'writing.mark': { draft_id: string; author_id: string; term: string; words: string; outcome: 'kept' | 'stands' | 'replaced'; why: string; at: Date }
  'writing.note_figure': { draft_id: string; author_id: string; signed_at: Date; words: number; grade: number | null; copied_share: number; mild: JSONColumnType<Record<string, number>> }
  'writing.arrived_note': { resource_id: string; edition: string; received_at: Date; author_id: string | null; checked_at: Date; looked_at: Date | null }
  'writing.kept_term': { term: string; shown: number; kept: number }
}
export const db = tablesOf<WritingTables>()
