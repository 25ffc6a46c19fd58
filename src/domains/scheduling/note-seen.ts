import { auditMany } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { afterCommit } from '#platform/db.ts'
import type { House } from '#platform/house.ts'

export type Seen = { id: string; patientId: string; version: number; status: string; saidComingAt?: Date | null }
/** What one session has been shown of one patient in one list, as the trail last heard of it. */
type Told = { at: number; shown: ReadonlySet<string> }

const [againMs, mostLists] = [15 * 60_000, 1_000]
const lists = new WeakMap<House, Map<string, Map<string, Told>>>()

/**
 * An event in the record of each patient who stands in a list, as of every reading. A page that reads itself again because something changed somewhere
 * writes it once in a quarter of an hour for whom it goes on showing as before; whoever is new in it, or of whom anything shows that did not, has
 * one each time. What is told is remembered when it is committed, and by this process alone: in doubt there is one event more.
 */
export async function noteSeen(ctx: Ctx, list: string, rows: readonly Seen[]): Promise<void> {
  const [now, told] = [ctx.now().getTime(), toldOf(ctx, list)]
  const seen = [...Map.groupBy(rows, row => row.patientId)].map(([patientId, of]) => ({ patientId, count: of.length, shown: new Set(of.map(printOf)) }))
  const fresh = seen.filter(({ patientId, shown }) => !(ctx.isQuiet && isTold(told?.get(patientId), shown, now)))
  await auditMany(ctx, 'appointments.viewed', fresh)
  if (told) await afterCommit(ctx, () => { for (const { patientId, shown } of fresh) told.set(patientId, { at: now, shown }) })
}

const printOf = ({ id, version, status, saidComingAt }: Seen): string => `${id} ${version} ${status} ${saidComingAt?.getTime() ?? ''}`
const isTold = (told: Told | undefined, shown: ReadonlySet<string>, now: number): boolean => told !== undefined && Math.abs(now - told.at) < againMs && shown.isSubsetOf(told.shown)

/** Of who is signed in; the list that was used longest ago is forgotten first. */
function toldOf({ house, session }: Ctx, list: string): Map<string, Told> | undefined {
  if (!session) return undefined
  const known = lists.get(house) ?? new Map<string, Map<string, Told>>()
  lists.set(house, known)
  const key = `${session.id} ${session.actingFor ?? ''} ${list}`
  const told = known.get(key) ?? new Map<string, Told>()
  known.delete(key)
  known.set(key, told)
  if (known.size > mostLists) known.delete(known.keys().next().value!)
  return told
}
