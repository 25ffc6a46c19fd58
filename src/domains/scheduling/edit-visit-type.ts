import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { FieldReader, type Fields, type Saved } from '#practice'
import { planSchedule } from './access.ts'
import { notePlan } from './note-step.ts'
import { alignments, looks, modes, whos, type VisitType } from './shared.ts'

export type VisitTypeFacts = Omit<VisitType, 'id'> & { place?: number; needs: readonly (readonly string[])[] }
/** How many needs besides the clinician the form offers. */
export const furtherNeeds = 3

/** Writes a kind of visit with all it needs; without an id, a new one. */
export async function writeVisitType(tx: Ctx, { needs, place, ...facts }: VisitTypeFacts, id?: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into scheduling.visit_type as t (id, name_en, name_es, words_en, words_es, prepare_en, prepare_es, duration_minutes, before_minutes, after_minutes, align_minutes, lead_minutes, ahead_days,
      cutoff_minutes, modes, video_link, who, approval, price_cents, look, place)
    values (coalesce(${id ?? null}::uuid, gen_random_uuid()), ${facts.name.en}, ${facts.name.es}, ${facts.words.en}, ${facts.words.es}, ${facts.prepare.en}, ${facts.prepare.es}, ${facts.durationMinutes},
      ${facts.beforeMinutes}, ${facts.afterMinutes}, ${facts.alignMinutes}, ${facts.leadMinutes}, ${facts.aheadDays}, ${facts.cutoffMinutes}, ${facts.modes as string[]}, ${facts.videoLink}, ${facts.who}, ${facts.needsApproval}, ${facts.priceCents},
      ${facts.look}, coalesce(${place ?? null}::integer, (select count(*)::integer from scheduling.visit_type)))
    on conflict (id) do update set name_en = excluded.name_en, name_es = excluded.name_es, words_en = excluded.words_en, words_es = excluded.words_es, prepare_en = excluded.prepare_en,
      prepare_es = excluded.prepare_es, duration_minutes = excluded.duration_minutes, before_minutes = excluded.before_minutes, after_minutes = excluded.after_minutes, align_minutes = excluded.align_minutes,
      lead_minutes = excluded.lead_minutes, ahead_days = excluded.ahead_days, cutoff_minutes = excluded.cutoff_minutes, modes = excluded.modes, video_link = excluded.video_link, who = excluded.who, approval = excluded.approval,
      price_cents = excluded.price_cents, look = excluded.look
    returning id
  `.execute(tx.db.kysely)
  const written = rows[0]!.id
  await sql`delete from scheduling.need where visit_type_id = ${written}::uuid`.execute(tx.db.kysely)
  const wanted = needs.filter(group => group.length > 0).flatMap((group, need) => [...new Set(group)].map(resource => ({ need, resource })))
  await sql`
    insert into scheduling.need (visit_type_id, need, resource_id)
    select ${written}::uuid, w.need, w.resource from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (need smallint, resource uuid)
  `.execute(tx.db.kysely)
  return written
}

/** A whole number of a field, within bounds. */
function count(read: FieldReader, field: string, { least, most, words }: { least: number; most: number; words: string }): number {
  const value = Number(read.raw(field))
  if (read.raw(field) !== '' && Number.isInteger(value) && value >= least && value <= most) return value
  read.fail(field, `${words} From ${least} to ${most}.`)
  return least
}

/** Dollars as they are typed, '120' or '120.50', to cents; empty: no price is shown. */
function price(read: FieldReader): number | null {
  const typed = read.raw('price').replace(/[$,\s]/g, '')
  if (typed === '') return null
  if (!/^\d{1,5}(\.\d{2})?$/.test(typed)) read.fail('price', 'Write an amount like 120 or 120.50.')
  return Math.round(Number(typed) * 100)
}

/** What the form says, with what is wrong in it. `all` are the resources that there are. */
function readType(read: FieldReader, form: FormData, all: ReadonlyMap<string, string>): VisitTypeFacts {
  const chosen = (field: string) => form.getAll(field).filter((one): one is string => typeof one === 'string' && all.has(one))
  const ways = modes.filter(mode => form.getAll('modes').includes(mode))
  const videoLink = read.text('video-link', { most: 300 })
  if (ways.length === 0) read.fail('modes', 'Choose at least one way.')
  if (ways.includes('video') && !/^https:\/\/[^\s]+$/.test(videoLink)) read.fail('video-link', 'Paste the address of your video room. It begins with https://')
  const who = chosen('with').filter(id => all.get(id) === 'clinician')
  if (who.length === 0) read.fail('with', 'Choose who does this visit.')
  return {
    name: read.pair('name', { most: 80, need: 'Write what patients call it.' }), words: read.pair('words', { most: 400 }), prepare: read.pair('prepare', { most: 1_000 }),
    durationMinutes: count(read, 'duration', { least: 5, most: 480, words: 'How many minutes?' }),
    beforeMinutes: count(read, 'before', { least: 0, most: 120, words: 'How many minutes before?' }), afterMinutes: count(read, 'after', { least: 0, most: 120, words: 'How many minutes after?' }),
    alignMinutes: Number(read.choice('align', alignments.map(String), 'Choose one of the list.')),
    leadMinutes: 60 * count(read, 'lead', { least: 0, most: 720, words: 'How many hours?' }), aheadDays: count(read, 'ahead', { least: 1, most: 730, words: 'How many days?' }),
    cutoffMinutes: 60 * count(read, 'cutoff', { least: 0, most: 336, words: 'How many hours?' }),
    modes: ways, videoLink: videoLink || null, who: read.choice('who', whos, 'Choose who may book it.'), needsApproval: form.get('approval') === 'yes', priceCents: price(read), look: Number(read.choice('look', looks.map(String), 'Choose a colour.')),
    needs: [who, ...Array.from({ length: furtherNeeds }, (_, index) => chosen(`need-${index + 1}`))],
  }
}

/** The form of a kind of visit. Those that are booked keep their own times. */
export function saveVisitType(ctx: Ctx<StaffActor>, id: string | undefined, form: FormData, fields: Fields): Promise<Saved> {
  return inTransaction<StaffActor, Saved>(ctx, async tx => {
    mustBeAbleTo(tx, planSchedule)
    const { rows } = await sql<{ id: string; kind: string }>`select id, kind from scheduling.known_resource where closed_at is null`.execute(tx.db.kysely)
    const read = new FieldReader(fields)
    const facts = readType(read, form, new Map(rows.map(row => [row.id, row.kind])))
    if (!read.isGood) return read.unsaved
    if (id !== undefined) {
      const { rows: [there] } = await sql`select id from scheduling.visit_type where id = ${id}::uuid and closed_at is null for update`.execute(tx.db.kysely)
      if (!there) throw new NotFound()
    }
    const saved = await writeVisitType(tx, facts, id)
    await notePlan(tx, 'visit-type', [saved])
    return { ok: true, id: saved }
  })
}

/** It can no longer be booked; visits that are booked stay. */
export function closeVisitType(ctx: Ctx<StaffActor>, id: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, planSchedule)
    const { rows: [gone] } = await sql`update scheduling.visit_type set closed_at = ${tx.now()} where id = ${id}::uuid and closed_at is null returning id`.execute(tx.db.kysely)
    if (!gone) throw new NotFound()
    await notePlan(tx, 'visit-type', [id], { isRemoved: true })
  })
}
