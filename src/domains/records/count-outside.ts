import { sql } from '#platform/db.ts'

/** Of a report's tests `t`: how many lie outside; none, if each was compared and none does; else unknown. */
export const outsideCount = sql`
  case
    when bool_or(t.is_outside) filter (where t.is_fact) then count(*) filter (where t.is_outside and t.is_fact)::int
    when bool_and(t.is_outside is not null) filter (where t.is_fact) then 0
  end`
