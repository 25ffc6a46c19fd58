import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { limitsAt, readLimits } from '#release'
import type { CriticalTable } from './explain/explain-options.ts'
import { isBeyondLimits } from './explain/judge-critical.ts'
import { asText, asThing, asThings, codesOf, type Loose } from './explain/read-loosely.ts'
import { criticalFlags } from './judge-lead.ts'
import type { Received } from './receive-resources.ts'
import { newsDays } from './settle-arrivals.ts'

/** From when what a source sends is news: its going live, and fourteen days at most (R4+). */
export async function newsFrom(tx: Ctx, source: string): Promise<Date> {
  const { rows: [feed] } = await sql<{ go_live_at: Date }>`select go_live_at from records.feed where source = ${source}`.execute(tx.db.kysely)
  const since = new Date(tx.now().getTime() - newsDays * 86_400_000)
  return feed && feed.go_live_at > since ? feed.go_live_at : since
}

const over: ReadonlySet<string> = new Set(['entered-in-error', 'cancelled'])
const latestOf = (thing: Record<string, unknown>): number => Math.max(...[thing.issued, thing.effectiveDateTime].map(time => Date.parse(asText(time) ?? '')).filter(Number.isFinite), -Infinity)
const isFlagged = (thing: Loose): boolean => asThings(thing.interpretation).some(one => codesOf(one).some(({ code }) => criticalFlags.has(code ?? '')))

/** The practice's limits that count for everybody: of whom is not here nobody knows the age. */
export const limitsForAnybody = async (ctx: Ctx): Promise<CriticalTable> => limitsAt(await readLimits(ctx), null, ctx.now())
/** Whether it is worth taking this text apart: it has a flag of danger, or names a test that the practice has limits for. */
export const mayBeCritical = (text: string, limits: CriticalTable): boolean => /"(?:HH|LL|AA)"/.test(text) || limits.keys().some(loinc => text.includes(`"${loinc}"`))

/** A finished or unfinished value that needs a call: by the laboratory's flag, or beyond a limit of the practice's. */
export function isCriticalValue(thing: Loose, limits: CriticalTable): boolean {
  return thing.resourceType === 'Observation' && !over.has(asText(thing.status) ?? '') && (isFlagged(thing) || isBeyondLimits(thing, limits))
}

/** Of these, the critical values that are news and in nobody's record: whose patient never came, or that could not be stored (R2+, R11+). Their own ids. */
export async function findUnplaced(ctx: Ctx<SystemActor>, source: string, resources: readonly Received[]): Promise<string[]> {
  const observations = resources.filter(one => one.resourceType === 'Observation')
  if (observations.length === 0) return []
  const limits = await inTransaction(ctx, limitsForAnybody)
  const critical = observations.filter(({ text }) => mayBeCritical(text, limits)).map(one => ({ id: one.id, thing: asThing(JSON.parse(one.text)) })).filter(({ thing }) => isCriticalValue(thing, limits))
  if (critical.length === 0) return []
  return inTransaction(ctx, async tx => {
    const from = (await newsFrom(tx, source)).getTime()
    const { rows } = await sql<{ source_id: string }>`
      select r.source_id from records.resource r
      where r.source = ${source} and r.fhir_type = 'Observation' and r.source_id = any (${critical.map(({ id }) => id)}::text[]) and exists (select from records.result x where x.resource_id = r.id)
    `.execute(tx.db.kysely)
    const placed = new Set(rows.map(row => row.source_id))
    return critical.filter(({ id, thing }) => !placed.has(id) && (latestOf(thing) === -Infinity || latestOf(thing) >= from)).map(({ id }) => id)
  })
}
