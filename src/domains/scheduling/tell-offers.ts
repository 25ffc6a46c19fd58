import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { hearingOf, sendNotice } from '#notices'
import { practiceZone, readPractice } from '#practice'
import { isTellingTime } from './choose-offers.ts'
import { readWaitSettings } from './keep-wait-settings.ts'
import { endOffers, findTaken, type Slot } from './settle-offers.ts'
import type { Mode } from './shared.ts'

/** Tells of every offer that nobody was told of, each in a transaction of its own: what broke off is gone on with by the next look. Returns of how many it told. */
export async function tellOffers(ctx: Ctx<SystemActor>): Promise<number> {
  const { rows } = await inTransaction(ctx, tx => sql<{ id: string }>`select id from scheduling.wait_offer where ended_at is null and told_at is null order by offered_at, id limit 500`.execute(tx.db.kysely))
  let told = 0
  for (const { id } of rows) if (await inTransaction(ctx, tx => tellOf(tx, id))) told++
  return told
}

type Untold = Slot & { id: string; patientId: string; mode: Mode; expiresAt: Date; isOver: boolean; told: number }

/** Time and place and a link, in the way that counts for each; never what it is for. What is no offer any more is told to nobody. */
async function tellOf(tx: Ctx<SystemActor>, id: string): Promise<boolean> {
  const { rows: [offer] } = await sql<Untold>`
    select o.id, o.patient_id as "patientId", w.visit_type_id as "visitTypeId", w.mode, o.resource_id as "resourceId", o.location_id as "locationId", o.starts_at as "startsAt", o.expires_at as "expiresAt",
      o.expires_at <= ${tx.now()} as "isOver", o.told
    from scheduling.wait_offer o
    join scheduling.wait w on w.id = o.wait_id
    where o.id = ${id}::uuid and o.ended_at is null and o.told_at is null
    for update of o
  `.execute(tx.db.kysely)
  if (!offer || offer.isOver || (await findTaken(tx, [offer])).length > 0) return false
  const [settings, { zone }] = [await readWaitSettings(tx), await hearingOf(tx, offer.patientId)]
  if (!isTellingTime(tx.now(), await practiceZone(tx), settings) || !isTellingTime(tx.now(), zone, settings)) return false
  const place = (await readPractice(tx))?.locations.find(one => one.id === offer.locationId)
  const { told, later, nobody } = await sendNotice(tx, {
    kind: 'visit-earlier', patientId: offer.patientId, dedupe: id, about: { type: 'wait-offer', id }, notAfter: offer.expiresAt,
    visit: { at: offer.startsAt, zone: place?.zone ?? await practiceZone(tx), path: `/portal/appointments/offers/${id}`, shortPath: '/portal/appointments', ...(offer.mode === 'in-person' && place && { locationId: place.id }) },
  })
  // Whoever cannot be told leaves the place in the group to the next.
  if (nobody) await endOffers(tx, [id], 'untold')
  // A text that waits for the morning is asked for again then; nobody is written to twice.
  else await sql`update scheduling.wait_offer set told = ${offer.told + told}, told_at = ${later ? null : tx.now()} where id = ${id}::uuid`.execute(tx.db.kysely)
  return told > 0
}
