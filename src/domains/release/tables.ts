import type { Generated } from 'kysely'
import { tablesOf } from '#platform/db.ts'
import type { Category, Condition, Dangers } from './shared.ts'

export type ReleaseTables = {
  'release.agreement': {
    id: Generated<string>; patient_id: string; category: Category; condition: Condition; longest_days: number; made_at: Date; made_by: string
    channel: 'portal' | 'telephone' | 'in-person'; words_shown: string; spoke_with: string | null; ended_at: Date | null; ended_by: string | null
  }
  'release.wish': { id: Generated<string>; patient_id: string; life_id: string; wish: Wish; made_at: Date; made_by: string }
  'release.finding': {
    id: Generated<string>; patient_id: string; life_id: string; danger: Dangers; words: string; knows_patient: boolean; found_at: Date; found_by: string; until: Date
    ended_at: Date | null; ended_by: string | null
  }
}
export type Wish = 'now' | 'after-writing' | 'call-me'

export const db = tablesOf<ReleaseTables>()
