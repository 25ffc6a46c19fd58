import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { enqueue } from '#platform/jobs.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { FieldReader, minutesFrom, type Fields, type Saved } from '#practice'
import { planWaits } from './access.ts'

/** How earlier times are offered. Source of the knobs: the settings of waitlists in use. */
export type WaitSettings = {
  isOn: boolean
  /** So many hear of a time at once; the next group after the gap. Nobody hears twice within it. */
  groupSize: number
  gapMinutes: number
  /** An offer that nobody answers lapses after so long. */
  answerHours: number
  /** No new offer later than so long before the time begins. */
  stopMinutes: number
  /** Until so long before it begins an offer can be taken. */
  cutoffMinutes: number
  /** Minutes of the clock between which people are told, where the practice is and where they are. */
  fromMinute: number
  toMinute: number
}

export async function readWaitSettings(ctx: Ctx): Promise<WaitSettings> {
  const { rows } = await sql<WaitSettings>`
    select is_on as "isOn", group_size as "groupSize", gap_minutes as "gapMinutes", answer_hours as "answerHours", stop_minutes as "stopMinutes", cutoff_minutes as "cutoffMinutes",
      from_minute as "fromMinute", to_minute as "toMinute"
    from scheduling.wait_settings
  `.execute(ctx.db.kysely)
  return rows[0] ?? { isOn: true, groupSize: 3, gapMinutes: 30, answerHours: 24, stopMinutes: 240, cutoffMinutes: 120, fromMinute: 480, toMinute: 1_200 }
}

const bounds = {
  'group-size': { least: 1, most: 20 }, gap: { least: 5, most: 1_440 }, answer: { least: 1, most: 168 }, stop: { least: 0, most: 336 }, cutoff: { least: 0, most: 336 },
} as const

function whole(read: FieldReader, field: keyof typeof bounds): number {
  const { least, most } = bounds[field]
  const [typed, value] = [read.raw(field), Number(read.raw(field))]
  if (typed === '' || !Number.isInteger(value) || value < least || value > most) read.fail(field, `Write a whole number from ${least} to ${most}.`)
  return value
}

/** The manager sets how earlier times are offered. It counts from the next look. */
export function saveWaitSettings(ctx: Ctx<StaffActor>, fields: Fields): Promise<Saved> {
  return inTransaction<StaffActor, Saved>(ctx, async tx => {
    mustBeAbleTo(tx, planWaits)
    const read = new FieldReader(fields)
    const [groupSize, gap, answer, stop, cutoff] = [whole(read, 'group-size'), whole(read, 'gap'), whole(read, 'answer'), whole(read, 'stop'), whole(read, 'cutoff')]
    const [from, to] = [minutesFrom(read.raw('from')), minutesFrom(read.raw('to'), true)]
    if (from === undefined) read.fail('from', 'Write a time like 08:00.')
    if (to === undefined) read.fail('to', 'Write a time like 20:00.')
    if (from !== undefined && to !== undefined && to - from < 60) read.fail('to', 'It ends at least an hour after it begins.')
    if (read.isGood && cutoff > stop) read.fail('cutoff', 'An offer must stay open at least until no more are made.')
    if (!read.isGood) return read.unsaved
    await sql`
      insert into scheduling.wait_settings (is_on, group_size, gap_minutes, answer_hours, stop_minutes, cutoff_minutes, from_minute, to_minute)
      values (${read.raw('is-on') === 'yes'}, ${groupSize}, ${gap}, ${answer}, ${stop * 60}, ${cutoff * 60}, ${from}, ${to})
      on conflict (one) do update set is_on = excluded.is_on, group_size = excluded.group_size, gap_minutes = excluded.gap_minutes, answer_hours = excluded.answer_hours, stop_minutes = excluded.stop_minutes,
        cutoff_minutes = excluded.cutoff_minutes, from_minute = excluded.from_minute, to_minute = excluded.to_minute
    `.execute(tx.db.kysely)
    await audit(tx, 'schedule.planned', { kind: 'waitlist' })
    await enqueue(tx, 'scheduling.wait', {})
    return { ok: true, id: 'waitlist' }
  })
}
