import { randomBytes } from 'node:crypto'
import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { Invalid, NotFound } from '#platform/errors.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { keepExpectations } from './access.ts'
import { whatToExpect } from './data/what-to-expect.data.ts'
import { expectedCode, type ResultDays } from './expect-result.ts'
import { shippedExpectation, type OwnExpectation } from './explain/tell-expectation.ts'

/** How long the practice says that results take, by test. */
export async function readResultDays(ctx: Ctx): Promise<ResultDays> {
  const { rows } = await sql<{ code: string; days: number }>`select code, result_days as days from records.expectation limit 2000`.execute(ctx.db.kysely)
  return new Map(rows.map(row => [row.code, row.days]))
}

type Row = { code: string; is_own: boolean; name_en: string; name_es: string; looks_en: string; looks_es: string; prepare_en: string; prepare_es: string; result_days: number }
/** What the practice says itself, by code; of these codes, or all. */
export async function readExpectations(ctx: Ctx, codes?: readonly string[]): Promise<Map<string, OwnExpectation>> {
  const { rows } = await sql<Row>`
    select code, is_own, name_en, name_es, looks_en, looks_es, prepare_en, prepare_es, result_days
    from records.expectation
    where ${codes ? sql`code = any (${codes as string[]}::text[])` : sql`true`}
    order by lower(name_en), code
    limit 2000
  `.execute(ctx.db.kysely)
  return new Map(rows.map(row => [row.code, {
    code: row.code, isOwn: row.is_own, name: { en: row.name_en, es: row.name_es }, looks: { en: row.looks_en, es: row.looks_es }, prepare: { en: row.prepare_en, es: row.prepare_es }, resultDays: row.result_days,
  }]))
}

/** Every test that can be picked: those that come with the program, as the practice says them, and its own. By name. */
export async function listExpectations(ctx: Ctx): Promise<(OwnExpectation & { isEdited: boolean })[]> {
  const own = await readExpectations(ctx)
  const shipped = [...whatToExpect.keys()].filter(code => !own.has(code)).map(code => ({ ...shippedExpectation(code)!, isEdited: false }))
  return [...shipped, ...[...own.values()].map(one => ({ ...one, isEdited: true }))].sort((a, b) => a.name.en.localeCompare(b.name.en, 'en'))
}

/** One test as it is said now: the practice's words, or else the program's. */
export async function readExpectation(ctx: Ctx, code: string): Promise<(OwnExpectation & { isEdited: boolean }) | undefined> {
  const canonical = expectedCode(code)!
  const own = (await readExpectations(ctx, [canonical])).get(canonical)
  if (own) return { ...own, isEdited: true }
  const shipped = whatToExpect.has(canonical) ? shippedExpectation(canonical) : null
  return shipped ? { ...shipped, isEdited: false } : undefined
}

export type ExpectationWish = { code: string; nameEn: string; nameEs: string; looksEn: string; looksEs: string; prepareEn: string; prepareEs: string; days: string }
const most = { name: 80, looks: 300, prepare: 600 } as const
const ownTests = 500

function problemsOf(wish: ExpectationWish): Record<string, string> {
  const length = (text: string, least: number, top: number, words: string) => (text.trim().length < least || text.trim().length > top ? words : undefined)
  const days = /^\d{1,2}$/.test(wish.days.trim()) ? Number(wish.days) : 0
  return Object.fromEntries(Object.entries({
    code: wish.code.length > 60 || /[^\w.-]/.test(wish.code) ? 'The code as the laboratory writes it: letters, figures, dots and dashes.' : undefined,
    nameEn: length(wish.nameEn, 2, most.name, 'What people call the test, 2 to 80 letters.'), nameEs: length(wish.nameEs, 2, most.name, 'The same in Spanish, 2 to 80 letters.'),
    looksEn: length(wish.looksEn, 0, most.looks, 'One sentence, 300 letters at most.'), looksEs: length(wish.looksEs, 0, most.looks, 'One sentence, 300 letters at most.'),
    prepareEn: length(wish.prepareEn, 2, most.prepare, 'Say how to get ready, or that nothing is needed.'), prepareEs: length(wish.prepareEs, 2, most.prepare, 'The same in Spanish.'),
    days: days < 1 || days > 90 ? 'Whole days, 1 to 90.' : undefined,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

/** Keeps the practice's words for a test; without a code, or with one that nobody knows, it is a test of the practice's own. New orders count with its days. */
export function keepExpectation(ctx: Ctx<StaffActor>, wish: ExpectationWish, { isNew }: { isNew: boolean }): Promise<{ ok: true; code: string } | Refused<'there-already' | 'too-many'>> {
  return inTransaction<StaffActor, { ok: true; code: string } | Refused<'there-already' | 'too-many'>>(ctx, async tx => {
    mustBeAbleTo(tx, keepExpectations)
    const problems = problemsOf(wish)
    if (Object.keys(problems).length > 0) throw new Invalid(problems)
    const code = expectedCode(wish.code.trim() || null) ?? `own-${randomBytes(6).toString('hex')}`
    const known = await readExpectation(tx, code)
    if (isNew && known) return refused('there-already')
    if (!isNew && !known) throw new NotFound()
    if ((await readExpectations(tx)).size >= ownTests && !known?.isEdited) return refused('too-many')
    const { rows } = await sql<{ code: string }>`
      insert into records.expectation as e (code, is_own, name_en, name_es, looks_en, looks_es, prepare_en, prepare_es, result_days, changed_at, changed_by)
      values (${code}, ${!whatToExpect.has(code)}, ${wish.nameEn.trim()}, ${wish.nameEs.trim()}, ${wish.looksEn.trim()}, ${wish.looksEs.trim()}, ${wish.prepareEn.trim()}, ${wish.prepareEs.trim()}, ${Number(wish.days)}, ${tx.now()}, ${tx.actor.personId}::uuid)
      on conflict (code) do update set name_en = excluded.name_en, name_es = excluded.name_es, looks_en = excluded.looks_en, looks_es = excluded.looks_es, prepare_en = excluded.prepare_en, prepare_es = excluded.prepare_es,
        result_days = excluded.result_days, changed_at = excluded.changed_at, changed_by = excluded.changed_by
      where not ${isNew}
      returning code
    `.execute(tx.db.kysely)
    if (rows.length === 0) return refused('there-already')
    await audit(tx, 'expectations.kept', { kind: 'expectation' })
    return { ok: true, code }
  })
}

/** Back to the program's words; a test of the practice's own is gone. Orders that stand keep their name and their day. */
export function dropExpectation(ctx: Ctx<StaffActor>, code: string): Promise<void> {
  return inTransaction(ctx, async tx => {
    mustBeAbleTo(tx, keepExpectations)
    const { rows } = await sql`delete from records.expectation where code = ${code} returning code`.execute(tx.db.kysely)
    if (rows.length === 0) throw new NotFound()
    await audit(tx, 'expectations.dropped', { kind: 'expectation' })
  })
}
