import { audit } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { linkTo } from '#platform/letter-facts.ts'
import { sendLetter } from '#platform/send-letter.ts'
import { whoReads } from '#accounts'

/** One ping in so many minutes is enough, whatever came. */
const apartMinutes = 10

/** Tells everybody who may read this patient's results that there is something new, in their language. Returns how many were written to. */
export async function pingNewInPortal(tx: Ctx<SystemActor>, patientId: string): Promise<number> {
  const readers = await whoReads(tx, patientId, 'results')
  const since = new Date(tx.now().getTime() - apartMinutes * 60_000)
  const { rows: lately } = await sql<{ person_id: string }>`
    select distinct person_id from notices.ping where person_id = any (${readers.map(reader => reader.personId)}::uuid[]) and at > ${since}
  `.execute(tx.db.kysely)
  const told = new Set(lately.map(row => row.person_id))
  let count = 0
  for (const { personId, email, locale } of readers) {
    if (email === null || told.has(personId)) continue
    await sendLetter(tx, 'something-new', { link: linkTo(tx.house, '/portal') }, { to: email, personId, patientId, locale })
    await sql`insert into notices.ping (patient_id, person_id, at) values (${patientId}::uuid, ${personId}::uuid, ${tx.now()})`.execute(tx.db.kysely)
    count++
  }
  await audit(tx, 'notices.pinged', { patientId, detail: { count } })
  return count
}
