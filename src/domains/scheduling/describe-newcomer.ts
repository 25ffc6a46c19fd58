import { isMailAddress } from '#platform/email.ts'
import type { Ctx, VisitorActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { takeTurn } from '#platform/rate-limit.ts'
import { refused, type Refused } from '#platform/refused.ts'
import { dayIn } from '#platform/when.ts'
import type { Locale } from '#platform/words.ts'
import { sendCode, type Point } from '#notices'
import { isDay, practiceZone, readPhone } from '#practice'
import { dangerChoice, pageAboutWords, type Guarded } from '#safety'
import { asNewcomer, findNewcomer, forWhoms, readNewcomer, type ForWhom, type Newcomer } from './find-newcomer.ts'
import { newcomerHold } from './hold-for-newcomer.ts'
import { mostReason, payses, type Pays } from './shared.ts'

export const newcomerFields = ['for', 'name', 'birth-date', 'asker', 'contact', 'speaks', 'interpreter', 'needs', 'pays', 'plan', 'reason'] as const
export type NewcomerField = (typeof newcomerFields)[number]
export type NewcomerTyped = Readonly<Record<NewcomerField, string>>
/** Keys of the words (book.*) that say what is wrong, by field. */
export type NewcomerProblems = Partial<Record<NewcomerField, string>>
type Facts = { forWhom: ForWhom; name: string; birthDate: string; askedBy: string; point: Point; speaks: string; needsInterpreter: boolean; accessNeeds: string; pays: Pays; plan: string; reason: string }

const most: Partial<Record<NewcomerField, number>> = { name: 120, asker: 120, contact: 254, speaks: 12, needs: 500, plan: 120, reason: mostReason }
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
/** A telephone or a mailbox, whichever was typed. */
function pointFrom(typed: string): Point | undefined {
  const text = typed.trim()
  if (text.includes('@')) return isMailAddress(text) && /@[^@\s]+\.[^@\s]{2,}$/.test(text) ? { kind: 'mailbox', address: text.toLowerCase() } : undefined
  const phone = readPhone(text)
  return phone === undefined ? undefined : { kind: 'phone', address: phone }
}

/** What a newcomer typed, or what is wrong with it. `today`: where the practice is. Pure. */
export function readTyped(typed: NewcomerTyped, today: string): { ok: true; facts: Facts } | { ok: false; problems: NewcomerProblems } {
  const problems: NewcomerProblems = {}
  const forWhom = forWhoms.find(one => one === typed.for)
  const pays = payses.find(one => one === typed.pays)
  const [name, birthDate, point] = [oneLine(typed.name), typed['birth-date'].trim(), pointFrom(typed.contact)]
  if (!forWhom) problems.for = 'choose'
  if (!/\p{L}/u.test(name)) problems.name = 'need-name'
  if (!isDay(birthDate) || birthDate > today || birthDate < `${Number(today.slice(0, 4)) - 130}`) problems['birth-date'] = 'need-birth'
  if (!point) problems.contact = typed.contact.trim() === '' ? 'need-contact' : 'bad-contact'
  if (!pays) problems.pays = 'choose'
  for (const [field, length] of Object.entries(most) as [NewcomerField, number][]) if (typed[field].length > length) problems[field] = 'too-long'
  if (Object.keys(problems).length > 0) return { ok: false, problems }
  return { ok: true, facts: { forWhom: forWhom!, name, birthDate, askedBy: forWhom === 'self' ? '' : oneLine(typed.asker), point: point!, speaks: /^[a-z]{2,3}$/.test(typed.speaks) ? typed.speaks : '', needsInterpreter: typed.interpreter === 'yes', accessNeeds: typed.needs.trim(), pays: pays!, plan: oneLine(typed.plan), reason: typed.reason.trim() } }
}

export const newcomersToday = async (ctx: Ctx): Promise<string> => dayIn(ctx.now(), await practiceZone(ctx))

type Sent = { ok: true; point: Point; isBooked?: boolean; isShown?: boolean }
/**
 * Keeps what a newcomer says, and sends a code to the telephone or mailbox that they gave. Nothing here looks at who is a patient: the answer is the same for
 * whomever. The code that is sent last counts; where this contact has answered already no other is sent.
 */
export async function describeNewcomer(ctx: Ctx<VisitorActor>, token: string, facts: Facts, { locale, clientAddress, guarded }: { locale: Locale; clientAddress: string; guarded: Guarded }): Promise<Sent | Refused<'hold-ended' | 'too-often'>> {
  const known = await findNewcomer(ctx, token)
  if (!known) return refused('hold-ended')
  if (known.isBooked) return { ok: true, point: facts.point, isBooked: true }
  const newcomer = asNewcomer(ctx, known.id)
  const { hold, before } = await inTransaction(newcomer, async tx => ({ hold: await newcomerHold(tx as typeof newcomer), before: await readNewcomer(tx, known.id) }))
  if (!hold) {
    // What was typed in ten minutes is not typed again for another time.
    await inTransaction(newcomer, tx => keep(tx, known.id, facts, { codeId: null, danger: dangerChoice(guarded) ?? '', locale }))
    return refused('hold-ended')
  }
  const isShown = before?.contactShownAt != null && before.contact === facts.point.address
  const sent = isShown ? undefined : await sendToPoint(ctx, facts.point, { locale, clientAddress })
  if (sent && !sent.ok) return refused('too-often')
  await inTransaction(newcomer, async tx => {
    await keep(tx, known.id, facts, { codeId: sent?.codeId ?? null, danger: dangerChoice(guarded) ?? '', locale })
    if (!guarded.isAsked && guarded.isNow && before?.danger !== 'now') await pageAboutWords(tx, { kinds: guarded.kinds, patientId: known.id, subject: { type: 'newcomer', id: known.id }, where: `/console/schedule/newcomers/${known.id}` })
  })
  return { ok: true, point: facts.point, isShown }
}

/** Each code costs one of the visits that somebody may begin in an hour, and one of the codes that a telephone or mailbox may get. */
async function sendToPoint(ctx: Ctx<VisitorActor>, point: Point, { locale, clientAddress }: { locale: Locale; clientAddress: string }) {
  const turn = await takeTurn(ctx, 'new-visit', { account: point.address, address: clientAddress })
  if (!turn.ok) return { ok: false as const }
  return inTransaction(ctx, tx => sendCode(tx, point, { locale, clientAddress }))
}

/** Another code to the same place. The one before opens nothing any more. */
export async function sendCodeAgain(ctx: Ctx<VisitorActor>, token: string, { locale, clientAddress }: { locale: Locale; clientAddress: string }): Promise<Sent | Refused<'hold-ended' | 'too-often'>> {
  const known = await findNewcomer(ctx, token)
  const newcomer = known && await inTransaction(asNewcomer(ctx, known.id), tx => readNewcomer(tx, known.id))
  const point = newcomer && pointOf(newcomer)
  if (!known || !point) return refused('hold-ended')
  if (known.isBooked) return { ok: true, point, isBooked: true }
  const sent = await sendToPoint(ctx, point, { locale, clientAddress })
  if (!sent.ok) return refused('too-often')
  await inTransaction(asNewcomer(ctx, known.id), tx => sql`update scheduling.newcomer set code_id = ${sent.codeId}::uuid where id = ${known.id}::uuid`.execute(tx.db.kysely))
  return { ok: true, point }
}

export const pointOf = ({ contactKind, contact }: Pick<Newcomer, 'contactKind' | 'contact'>): Point | undefined => (contactKind && contact ? { kind: contactKind, address: contact } : undefined)

async function keep(tx: Ctx, id: string, facts: Facts, { codeId, danger, locale }: { codeId: string | null; danger: string; locale: Locale }): Promise<void> {
  await sql`
    update scheduling.newcomer
    set locale = ${locale}, for_whom = ${facts.forWhom}, name = ${facts.name}, birth_date = ${facts.birthDate}::date, asked_by = ${facts.askedBy}, contact_kind = ${facts.point.kind}, contact = ${facts.point.address},
      speaks = ${facts.speaks}, needs_interpreter = ${facts.needsInterpreter}, access_needs = ${facts.accessNeeds}, pays = ${facts.pays}, plan = ${facts.plan}, reason = ${facts.reason}, danger = ${danger},
      code_id = coalesce(${codeId}::uuid, code_id), contact_shown_at = case when contact_kind = ${facts.point.kind} and contact = ${facts.point.address} then contact_shown_at end
    where id = ${id}::uuid and appointment_id is null
  `.execute(tx.db.kysely)
}
