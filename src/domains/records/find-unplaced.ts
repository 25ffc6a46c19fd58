import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { asText, asThing, asThings, codesOf } from './explain/read-loosely.ts'
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
const isCritical = (thing: Record<string, unknown>): boolean =>
  thing.resourceType === 'Observation' && !over.has(asText(thing.status) ?? '') && asThings(thing.interpretation).some(one => codesOf(one).some(({ code }) => criticalFlags.has(code ?? '')))

/** Of these, the critical values that are news and in nobody's record: whose patient never came, or that could not be stored (R2+, R11+). Their own ids. */
export async function findUnplaced(ctx: Ctx<SystemActor>, source: string, resources: readonly Received[]): Promise<string[]> {
  const critical = resources.filter(one => one.resourceType === 'Observation' && /"(?:HH|LL|AA)"/.test(one.text)).map(one => ({ id: one.id, thing: asThing(JSON.parse(one.text)) })).filter(({ thing }) => isCritical(thing))
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
