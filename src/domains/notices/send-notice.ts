import { audit } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { linkTo, momentOf } from '#platform/letter-facts.ts'
import { baseOf } from '#platform/place.ts'
import { sendLetter, sendText } from '#platform/send-letter.ts'
import { dayIn } from '#platform/when.ts'
import type { Locale } from '#platform/words.ts'
import type { LetterFacts, LetterKind } from '#platform/write-letter.ts'
import { whoReads } from '#accounts'
import { letterPlace, practiceZone } from '#practice'
import { openTask } from '#work'
import { chooseWays, type Recipient, type Ways } from './choose-way.ts'
import { textEvening } from './quiet-hours.ts'
import { stopLink } from './stop-mails.ts'

export type VisitKind = Extract<LetterKind, `visit-${string}`>
export type NoticeKind = 'something-new' | VisitKind
/** A visit in the facts that a notice may say of it. `path`: where it shows, as `linkTo` takes it. Who wants to hear neither time nor place gets the path alone. */
export type VisitFacts = {
  at: Date; zone: string; locationId?: string; path: string
  /** Where a text leads instead: with a long address, how to end texts would not fit any more. */
  shortPath?: string
  /** A path of its own for each who hears, that needs no sign-in. Who wants to hear neither time nor place is led to the sign-in: such a path shows both. */
  link?: (to: Recipient) => Promise<string>
  /** An answer by text counts. */
  isAsked?: boolean
}

export type Notice = {
  patientId: string
  /** What is said once: for a visit its id, its version and which reminder it is. */
  dedupe: string
  /** What it is about, so that `withdrawMail` finds it. */
  about?: { type: string; id: string }
  /** From then on it is of no use: a visit has begun. */
  notAfter?: Date
  /** For somebody without an account: their language. */
  locale?: Locale
} & ({ kind: 'something-new'; visit?: undefined } | { kind: VisitKind; visit: VisitFacts })

/**
 * told: how many it goes out to. later: the caller decides anew then, from how things are then; what has gone out stays said.
 * nobody: there is no way to tell anybody now; where a person must hear of it, the desk has work.
 */
export type Told = { told: number; later?: Date; nobody?: 'silent' | 'unreachable' }

const category = (kind: NoticeKind) => (kind === 'something-new' ? 'results' as const : 'appointments' as const)
/** Which kinds are worth a call when nobody can be told in writing. */
const mustHear: ReadonlySet<NoticeKind> = new Set(['visit-coming', 'visit-booked', 'visit-declined', 'visit-moved', 'visit-cancelled'])

/** The zone where somebody is: theirs, or the practice's. */
export async function zoneOf(tx: Ctx<SystemActor>, patientId: string): Promise<string> {
  return (await waysOf(tx, patientId)).zone ?? practiceZone(tx)
}

/** Whether anything goes to somebody at all, and in which zone they are. For a job that chooses whom to tell. */
export async function hearingOf(tx: Ctx<SystemActor>, patientId: string): Promise<{ isSilent: boolean; zone: string }> {
  const { isSilent, zone } = await waysOf(tx, patientId)
  return { isSilent, zone: zone ?? await practiceZone(tx) }
}

async function waysOf(tx: Ctx<SystemActor>, patientId: string): Promise<Ways> {
  const { rows } = await sql<{ ways: Ways }>`select notices.door_ways(${patientId}::uuid) as ways`.execute(tx.db.kysely)
  return rows[0]!.ways
}

/**
 * Tells whoever is to hear of it, each in the way that counts for them, decided now. For a job that has just asked how things are: nothing is copied
 * ahead. Asked twice with the same `dedupe` it goes out once.
 */
export async function sendNotice(tx: Ctx<SystemActor>, notice: Notice): Promise<Told> {
  const { patientId, kind } = notice
  // One decision about a person at a time: two would both find the day's text unused.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`notices:${patientId}`}, 0))`.execute(tx.db.kysely)
  const [ways, readers] = [await waysOf(tx, patientId), await whoReads(tx, patientId, category(kind))]
  if (ways.isSilent) return { told: 0, nobody: 'silent' }
  const zone = ways.zone ?? await practiceZone(tx)
  const now = tx.now()
  const plan = chooseWays({ ways, readers, now, zone, locale: notice.locale ?? 'en' })
  const later = plan.later && notice.notAfter && plan.later >= notice.notAfter ? undefined : plan.later
  const fresh = kind === 'something-new' ? await notToldLately(tx, plan.recipients) : plan.recipients
  // Who looks after them may be elsewhere: the clock of whom it is about is not theirs.
  const ownOf = ({ personId }: Recipient): string | undefined => (readers.some(one => !one.isSelf && one.personId === personId) ? undefined : ways.zone ?? undefined)
  let told = 0
  for (const recipient of fresh) if (await tell(tx, notice, { recipient, ways, zone, own: ownOf(recipient) })) told++
  if (told > 0) await audit(tx, kind === 'something-new' ? 'notices.pinged' : 'notices.sent', { patientId, detail: { count: told, kind } })
  if (plan.recipients.length > 0 || later) return { told, ...(later && { later }) }
  if (mustHear.has(kind)) await askToCall(tx, patientId)
  return { told: 0, nobody: 'unreachable' }
}

async function tell(tx: Ctx<SystemActor>, notice: Notice, { recipient, ways, zone, own }: { recipient: Recipient; ways: Ways; zone: string; own: string | undefined }): Promise<boolean> {
  const { way, to, personId, locale } = recipient
  const { patientId, kind } = notice
  const evening = way === 'text' ? textEvening(tx.now(), zone) : undefined
  const notAfter = [notice.notAfter, evening].filter(end => end !== undefined).sort((a, b) => a.getTime() - b.getTime())[0]
  const whom = {
    to, personId, patientId, locale, dedupe: `${kind}:${notice.dedupe}:${to}`, ...(notice.about && { about: notice.about }), ...(notAfter && { notAfter }),
    ...(way === 'text' && { countedOn: dayIn(tx.now(), zone) }), ...(kind === 'something-new' && way === 'mail' && { unsubscribe: (id: string) => stopLink(tx, id) }),
  }
  const facts = await factsOf(tx, notice, { recipient, isBrief: ways.isBrief, own })
  const { outcome } = way === 'text' ? await sendText(tx, kind, facts, whom) : await sendLetter(tx, kind, facts, whom)
  return outcome === 'queued'
}

async function factsOf(tx: Ctx, { kind, visit }: Notice, { recipient, isBrief, own }: { recipient: Recipient; isBrief: boolean; own: string | undefined }): Promise<LetterFacts[NoticeKind]> {
  if (kind === 'something-new') return { link: linkTo(tx.house, '/portal') }
  const { locale, way } = recipient
  const path = way === 'text' ? visit.shortPath ?? visit.path : visit.path
  if (isBrief) return { link: linkTo(tx.house, path) }
  const link = visit.link ? linkTo(tx.house, await visit.link(recipient), { front: 'site' }) : linkTo(tx.house, path)
  return { link, ...(visit.isAsked && way === 'text' && { asks: true as const }), when: momentOf(visit.at, visit.zone, locale, way === 'text' ? { style: 'moment-short' } : { own }), place: visit.locationId === undefined ? undefined : await letterPlace(tx, visit.locationId) }
}


/** One word that something is new is enough in ten minutes, whatever came and about whomever. */
async function notToldLately(tx: Ctx<SystemActor>, recipients: readonly Recipient[]): Promise<Recipient[]> {
  const { rows } = await sql<{ to: string }>`select notices.door_pinged_lately(${recipients.map(({ to }) => to)}::text[]) as "to"`.execute(tx.db.kysely)
  const lately = new Set(rows.map(row => row.to))
  return recipients.filter(({ to }) => !lately.has(to))
}

/** Somebody cannot be told in writing: a person calls, and finds on their page which way they want. */
export async function askToCall(tx: Ctx<SystemActor>, patientId: string): Promise<void> {
  await openTask(tx, {
    kind: 'tell-by-phone', title: 'Somebody could not be told', pool: 'front-desk', patientId, subject: { type: 'patient', id: patientId }, dueInBusinessMinutes: 120,
    body: `A message to them did not go out or did not arrive. Look at “How to reach them” on their page first: ${baseOf(tx.house.config, 'console')}/console/patients/${patientId}#reach`,
  })
}
