import { audit } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { queueMail } from '#platform/email.ts'
import { baseOf } from '#platform/place.ts'
import { words } from '#platform/words.ts'
import { whoReads } from '#accounts'
import { practiceCard } from '#practice'

/** One ping in so many minutes is enough, whatever came. */
const apartMinutes = 10

/**
 * The whole of what may stand in a ping. There is no place for anything that is known about a patient: that is what keeps health out of it (R12, HP-8).
 */
export type PingFacts = { readonly practice: string; readonly link: string }

/** Tells everybody who may read this patient's results that there is something new, in their language. Returns how many were written to. */
export async function pingNewInPortal(tx: Ctx<SystemActor>, patientId: string): Promise<number> {
  const readers = await whoReads(tx, patientId, 'results')
  const since = new Date(tx.now().getTime() - apartMinutes * 60_000)
  const { rows: lately } = await sql<{ person_id: string }>`
    select distinct person_id from notices.ping where person_id = any (${readers.map(reader => reader.personId)}::uuid[]) and at > ${since}
  `.execute(tx.db.kysely)
  const told = new Set(lately.map(row => row.person_id))
  const facts: PingFacts = { practice: (await practiceCard(tx)).name, link: `${baseOf(tx.house.config, 'portal')}/portal` }
  let count = 0
  for (const { personId, email, locale } of readers) {
    if (email === null || told.has(personId)) continue
    const say = words(locale)
    await queueMail(tx, { to: email, personId, subject: say('notices.ping.subject', facts), text: say('notices.ping.text', facts) })
    await sql`insert into notices.ping (patient_id, person_id, at) values (${patientId}::uuid, ${personId}::uuid, ${tx.now()})`.execute(tx.db.kysely)
    count++
  }
  await audit(tx, 'notices.pinged', { patientId, detail: { count } })
  return count
}
