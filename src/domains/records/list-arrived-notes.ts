import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { readRecords } from './access.ts'
import { asThing, asThings } from './explain/read-loosely.ts'
import { ownSource } from './own-source.ts'
import { findOurs } from './find-ours.ts'
import { attachmentsOf } from './read-attachment.ts'

export type ArrivedNote = { resourceId: string; edition: string; receivedAt: Date; authorId: string | null; text: string }
/** R4+: what is older at its arrival is history, and asks nothing of anybody. */
const newsDays = 14
const most = 200

const wordsOf = (body: unknown): string => attachmentsOf(body).map(one => (one.kind === 'text' ? one.text : one.kind === 'html' ? one.html.replace(/<[^>]+>/g, ' ') : '')).filter(Boolean).join('\n')

/**
 * Notes that came from elsewhere since this moment and are none of `known` (number and edition of each), each with which of ours wrote it,
 * where that can be told. What is restricted stays out. A long import commits what it read long before: so nothing is told by a moment alone.
 */
export async function arrivedNotes(tx: Ctx<SystemActor>, { since, known }: { since: Date; known: readonly string[] }): Promise<ArrivedNote[]> {
  const { rows } = await sql<{ source: string; resource_id: string; edition: string; received_at: Date; body: unknown }>`
    select n.source, n.resource_id, e.edition, n.received_at, n.body
    from records.note n
    left join records.feed f on f.source = n.source
    cross join lateral (select left(concat(n.body #>> '{meta,versionId}', ' ', n.body #>> '{meta,lastUpdated}'), 200) as edition) e
    where n.received_at > ${since} and n.resource_id::text || ' ' || e.edition <> all (${[...known]}::text[]) and n.source <> ${ownSource} and n.is_fact and not n.is_restricted
      and n.happened_at >= greatest(coalesce(f.go_live_at, '-infinity'), n.received_at - make_interval(days => ${newsDays}))
    order by n.received_at, n.resource_id
    limit ${most}
  `.execute(tx.db.kysely)
  const notes: ArrivedNote[] = []
  for (const [source, of] of Map.groupBy(rows, row => row.source)) {
    const oursOf = await findOurs(tx, source, of.map(row => asThing(row.body).author))
    for (const row of of) {
      const author = asThings(asThing(row.body).author).map(person => oursOf(person, asThing(row.body))).find(one => one?.personId)
      notes.push({ resourceId: row.resource_id, edition: row.edition, receivedAt: row.received_at, authorId: author?.personId ?? null, text: wordsOf(row.body) })
    }
  }
  return notes
}

export type OwnArrived = { resourceId: string; patientId: string; name: string; happenedAt: Date | null; text: string }

/** These notes as they stand now, for who wrote them. One event for each record that is read. */
export async function readArrivedNotes(ctx: Ctx<StaffActor>, resourceIds: readonly string[]): Promise<OwnArrived[]> {
  mustBeAbleTo(ctx, readRecords)
  if (resourceIds.length === 0) return []
  const { rows } = await sql<{ resource_id: string; patient_id: string; name: string; happened_at: Date | null; body: unknown }>`
    select resource_id, patient_id, name, happened_at, body from records.note where resource_id = any (${[...resourceIds]}::uuid[]) and is_fact and not is_restricted order by happened_at desc, id limit 50
  `.execute(ctx.db.kysely)
  for (const [patientId, of] of Map.groupBy(rows, row => row.patient_id)) await audit(ctx, 'notes.viewed', { patientId, kind: 'note', ids: of.map(row => row.resource_id) })
  return rows.map(row => ({ resourceId: row.resource_id, patientId: row.patient_id, name: row.name, happenedAt: row.happened_at, text: wordsOf(row.body) }))
}
