import { audit } from '#platform/audit.ts'
import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { queueMail } from '#platform/email.ts'
import { baseOf } from '#platform/place.ts'
import { formatWhen } from '#platform/when.ts'
import { words, type Locale } from '#platform/words.ts'
import { languageOfOne } from '#accounts'
import { checkRedFlags, dangerInWords } from '#safety'
import { openTask, pageOnCall } from '#work'
import { recordConsent } from './keep-consent.ts'
import { openText } from './keep-text.ts'
import { readReply, type Answers } from './read-reply.ts'

/**
 * A visit that was asked about by text, as `scheduling` knows it now. `given`: how an answer may name whose it is; it is never written.
 * changed: it is not any more what they were asked about, so that no answer counts for it.
 */
export type PendingVisit = { id: string; patientId: string; given: string; at: Date; zone: string; version: number; state: 'open' | 'confirmed' | 'changed' }
export type Asked = { patientId: string; visitId: string; askedAt: Date }
/** What a reply needs of the visits, handed in by whoever composes both: this floor knows no calendar. `confirm`: false, it is no longer so. */
export type VisitAnswers = {
  /** Of those that were asked about what has not begun, in the order in which it was asked: of what was asked together, the sooner first. */
  pending: (tx: Ctx<SystemActor>, asked: readonly Asked[]) => Promise<readonly PendingVisit[]>
  confirm: (tx: Ctx<SystemActor>, visit: PendingVisit) => Promise<boolean>
}
const noVisits: VisitAnswers = { pending: async () => [], confirm: async () => false }

type Heard = { id: string; from_address: string; words: Buffer; heard_at: Date }
type Whose = { patientIds: readonly string[]; locale: Locale }
type Read = 'stop' | 'start' | 'help' | 'wrong-number' | 'confirmed' | 'changed' | 'which' | 'work'

/** Does what a text asks for, once: ends or begins texts, confirms visits, or makes work of it. Danger in its words is looked for before all else. */
export function hearText(ctx: Ctx<SystemActor>, heardId: string, visits: VisitAnswers = noVisits): Promise<Read | undefined> {
  return inTransaction(ctx, async tx => {
    const { rows: [heard] } = await sql<Heard>`select id, from_address, words, heard_at from notices.heard where id = ${heardId}::uuid and read_at is null for update`.execute(tx.db.kysely)
    if (!heard) return undefined
    const body = openText(tx, heard.id, heard.words)
    const whose = await whoseIs(tx, heard.from_address, body)
    const pending = await visits.pending(tx, await askedBy(tx, heard.from_address))
    const isDanger = await lookForDanger(tx, heard, body, whose)
    // Who wants no more texts is heard also in the middle of something worse; the answer about the danger came first, and it is one.
    const read = isDanger && !['stop', 'wrong-number'].includes(readReply(body).is) ? 'work' : await actOn(tx, heard, body, whose, pending, visits)
    const only = whose.patientIds.length === 1 ? whose.patientIds[0]! : null
    await sql`update notices.heard set read_as = ${read}, read_at = ${tx.now()}, patient_id = ${only}::uuid where id = ${heard.id}::uuid`.execute(tx.db.kysely)
    await audit(tx, 'notices.text-heard', { kind: 'text', ids: [heard.id], detail: { read }, ...(only && { patientId: only }) })
    return read
  })
}

/** Which visits this telephone was asked about, the first first; what was told elsewhere is none of its business. */
async function askedBy(tx: Ctx<SystemActor>, number: string): Promise<Asked[]> {
  const { rows } = await sql<Asked>`select patient_id as "patientId", visit_id as "visitId", asked_at as "askedAt" from notices.door_asked_by_text(${number})`.execute(tx.db.kysely)
  return rows
}

async function whoseIs(tx: Ctx<SystemActor>, address: string, body: string): Promise<Whose> {
  const { rows } = await sql<{ patient_id: string }>`
    select distinct patient_id from notices.reach where kind = 'phone' and address = ${address} and ended_at is null order by patient_id limit 20
  `.execute(tx.db.kysely)
  const patientIds = rows.map(row => row.patient_id)
  const spanish = /[ñ¿¡áéíóú]|\b(si|no quiero|mensajes?|cita|alto|pare|gracias|hola|por favor)\b/i.test(body)
  return { patientIds, locale: await languageOfOne(tx, patientIds) ?? (spanish ? 'es' : 'en') }
}

/** An answer goes to whoever wrote, at once and once: it is no new message of ours. */
async function answer(tx: Ctx<SystemActor>, heard: Heard, { locale }: Whose, key: string, values: Record<string, string> = {}): Promise<void> {
  const { name, phone } = await tx.house.shell.practice(tx)
  const text = words(locale)(`text.answer.${key}`, { practice: name.slice(0, 32), phone: phone ?? '', ...values })
  await queueMail(tx, { to: heard.from_address, way: 'text', kind: 'text-answer', subject: 'Answer to a text', text, dedupe: `answer:${heard.id}` })
}

const linkTo = (tx: Ctx, id: string) => `${baseOf(tx.house.config, 'console')}/console/texts/${id}`

/** A text cannot ask back whether it is happening now, so whoever is on call looks. What it says stands in the text alone (N12). */
async function lookForDanger(tx: Ctx<SystemActor>, heard: Heard, body: string, whose: Whose): Promise<boolean> {
  const kinds = checkRedFlags(body).map(({ kind }) => kind)
  if (kinds.length === 0) return false
  await pageOnCall(tx, {
    kind: 'red-flag', title: 'A text may tell of danger', subject: { type: 'text', id: heard.id }, ...(whose.patientIds.length === 1 && { patientId: whose.patientIds[0]! }),
    body: `A text that came may mean ${dangerInWords([...new Set(kinds)])}. Call them, and write down the call here. What they wrote: ${linkTo(tx, heard.id)}.`,
  })
  await answer(tx, heard, whose, 'danger')
  return true
}

async function actOn(tx: Ctx<SystemActor>, heard: Heard, body: string, whose: Whose, pending: readonly PendingVisit[], visits: VisitAnswers): Promise<Read> {
  const reply = readReply(body, pending.map(({ given }) => given))
  if (reply.is === 'help') { await answer(tx, heard, whose, 'help'); return 'help' }
  const also = reply.is === 'stop' && reply.mayMeanVisit ? pending.filter(({ state }) => state !== 'changed') : []
  if (reply.is === 'stop' || reply.is === 'start' || reply.is === 'wrong-number') return changeTexts(tx, heard, { body, whose, asked: reply.is, also })
  if (reply.is === 'answers' && pending.length > 0) return answerVisits(tx, heard, whose, { pending, answers: reply.answers, visits })
  return leaveWork(tx, heard, whose)
}

type Change = { body: string; whose: Whose; asked: 'stop' | 'start' | 'wrong-number'; also: readonly PendingVisit[] }
/** Stops texts to this telephone for everybody whom it serves, or lets them begin again. What was written is in the ledger, and so is when. `also`: visits that the same word may mean: a person asks. */
async function changeTexts(tx: Ctx<SystemActor>, heard: Heard, { body, whose, asked, also }: Change): Promise<Read> {
  await recordConsent(tx, { kind: 'phone', address: heard.from_address, patientId: null, scope: 'texts', isGiven: asked === 'start', words: body.trim() || asked, locale: whose.locale, through: 'text' })
  await answer(tx, heard, whose, asked === 'start' ? 'started' : also.length > 0 ? 'stopped-visit' : 'stopped')
  for (const visit of also) await workOf(tx, heard, { title: 'Ended texts with a word that may mean a visit', patientId: visit.patientId })
  if (asked === 'wrong-number') {
    await sql`update notices.reach set ended_at = ${tx.now()} where kind = 'phone' and address = ${heard.from_address} and ended_at is null`.execute(tx.db.kysely)
    for (const patientId of whose.patientIds) await workOf(tx, heard, { title: 'A telephone is not theirs', patientId })
  }
  return asked
}

/**
 * With one visit that waits for it yes means that one; of several a bare yes says nothing of which, and they are asked by number. A no is for a person:
 * nothing is cancelled by a word. Of what has changed since it was asked about it is only told that it has.
 */
async function answerVisits(tx: Ctx<SystemActor>, heard: Heard, whose: Whose, { pending, answers, visits }: { pending: readonly PendingVisit[]; answers: Answers; visits: VisitAnswers }): Promise<Read> {
  const called = (which: number | string) => pending.filter((visit, index) => (typeof which === 'number' ? index === which - 1 : visit.given === which))
  const bare = bareMeans(pending, answers)
  const isUnclear = bare === 'unclear' || [...answers.yes, ...answers.no].some(which => called(which).length !== 1)
  if (isUnclear) {
    await answer(tx, heard, whose, 'which', { list: pending.flatMap(({ at, zone, state }, index) => (state === 'changed' ? [] : [`${index + 1}: ${formatWhen(at, zone, 'moment-short', whose.locale)}`])).slice(0, 5).join('; ') })
    return 'which'
  }
  const yes = answers.all === 'yes' ? bare : answers.all === 'no' ? [] : answers.yes.flatMap(called)
  const no = answers.all === 'no' ? bare : answers.no.flatMap(called)
  let changed = [...yes, ...no].filter(({ state }) => state === 'changed').length
  for (const visit of yes) {
    if (visit.state === 'open' && !(await visits.confirm(tx, visit))) changed++
    await sql`select notices.door_answered(${visit.patientId}::uuid, ${heard.from_address})`.execute(tx.db.kysely)
  }
  const cannot = no.filter(({ state }) => state !== 'changed')
  for (const visit of cannot) await workOf(tx, heard, { title: 'Somebody cannot come, by text', patientId: visit.patientId })
  await answer(tx, heard, whose, changed > 0 ? 'changed' : cannot.length > 0 ? 'no' : 'confirmed')
  return cannot.length > 0 ? 'work' : changed > 0 ? 'changed' : 'confirmed'
}

/** What a bare yes or no is about: each where they wrote that; else what alone still waits, or what alone there is. */
function bareMeans(pending: readonly PendingVisit[], { all, isEach }: Answers): readonly PendingVisit[] | 'unclear' {
  if (all === undefined) return []
  const still = pending.filter(({ state }) => state !== 'changed')
  if (isEach) return still.length > 0 ? still : pending
  const open = all === 'yes' ? pending.filter(({ state }) => state === 'open') : still
  if (open.length === 1 && still.length === pending.length) return open
  if (open.length === 0 && all === 'yes' && still.length > 0 && still.length === pending.length) return still
  return pending.length === 1 || still.length === 0 ? pending : 'unclear'
}
async function leaveWork(tx: Ctx<SystemActor>, heard: Heard, whose: Whose): Promise<Read> {
  await workOf(tx, heard, { title: 'A reply by text', ...(whose.patientIds.length === 1 && { patientId: whose.patientIds[0]! }) })
  await answer(tx, heard, whose, 'not-read')
  return 'work'
}

const workOf = (tx: Ctx<SystemActor>, heard: Heard, { title, patientId }: { title: string; patientId?: string }) => openTask(tx, {
  kind: 'text-reply', title, pool: 'front-desk', ...(patientId && { patientId }), subject: { type: 'text', id: heard.id }, dueInBusinessMinutes: 240, body: `What they wrote: ${linkTo(tx, heard.id)}.`,
})
