import type { Generated } from 'kysely'
import { tablesOf } from '#platform/db.ts'
import type { Role } from '#platform/ctx.ts'

export type WorkTables = {
  'work.task': {
    id: Generated<string>
    kind: string
    title: string
    body: string
    patient_id: string | null
    subject_type: string | null
    subject_id: string | null
    pool: Role
    owner_id: string | null
    belongs_to: string | null
    owner_stage: Generated<0 | 1 | 2>
    location_id: string | null
    opened_at: Date
    due_at: Date
    snoozed_until: Date | null
    escalated_at: Date | null
    done_at: Date | null
    done_by: string | null
    outcome: string | null
  }
  'work.task_step': { id: Generated<string>; task_id: string; at: Date; by_person: string | null; step: TaskStep; note: string }
  'work.page': {
    id: Generated<string>; task_id: string; opened_at: Date; sent_count: number; next_at: Date | null; acknowledged_at: Date | null; acknowledged_by: string | null
    called_at: Date | null; called_by: string | null; spoke_with: string | null; outcome: string | null
  }
  'work.absence': { id: Generated<string>; person_id: string; cover_id: string; starts_at: Date; ends_at: Date; made_at: Date; made_by: string; ended_at: Date | null; ended_by: string | null }
  'work.backup_clinician': { is_the_one: Generated<boolean>; person_id: string; set_at: Date; set_by: string }
  'work.on_call_shift': { id: Generated<string>; person_id: string; name: string; phone: string; starts_at: Date; ends_at: Date }
}
export type TaskStep = 'opened' | 'taken' | 'handed-over' | 'snoozed' | 'escalated' | 'done' | 'reopened' | 'noted' | 'paged'

export const db = tablesOf<WorkTables>()
