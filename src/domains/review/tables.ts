import type { Generated } from 'kysely'
import { tablesOf } from '#platform/db.ts'

export type ReviewTables = {
  'review.template': { id: Generated<string>; place: number; name: string; en: string; es: string; changed_at: Date; changed_by: string | null }
  'review.standing_rule': { id: Generated<string>; categories: string[]; words: string; recorded_at: Date; recorded_by: string; until: Date; ended_at: Date | null; ended_by: string | null }
}
export const db = tablesOf<ReviewTables>()
