import { audit } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import type { Locale } from '#platform/words.ts'
import { recordConsent, textsAgreement } from './keep-consent.ts'
import type { Point } from './shared.ts'

/** A visitor showed by a code that they read there: it is a way to reach the number they stand under. For a job about that number; the words were on the page. */
export async function addShownWay(tx: Ctx<SystemActor>, patientId: string, point: Point, locale: Locale): Promise<void> {
  const { rows } = await sql<{ id: string }>`select notices.door_add_reach(${patientId}::uuid, ${point.kind}, ${point.address}, 'code', null) as id`.execute(tx.db.kysely)
  if (point.kind === 'phone') await recordConsent(tx, { ...point, patientId, scope: 'texts', isGiven: true, words: await textsAgreement(tx, locale), locale, through: 'site' })
  await audit(tx, 'notices.way-added', { patientId, kind: 'way', ids: [rows[0]!.id], detail: { kind: point.kind, how: 'code' } })
}
