import { addDays, dayIn } from '#platform/when.ts'
import type { Reader } from '#accounts'
import { nextTextMorning, textEvening } from './quiet-hours.ts'
import type { Point } from './shared.ts'

/** What `notices.door_ways` says of one person. */
export type Ways = { isSilent: boolean; zone: string | null; prefers: 'mail' | 'text'; isBrief: boolean; noTexts: boolean; safe: Point | null; points: readonly Point[]; textDays: readonly string[] }
export type Recipient = { way: 'mail' | 'text'; to: string; personId: string | null; locale: 'en' | 'es' }
export type Plan = { recipients: readonly Recipient[]; later?: Date }

const mostTextsAWeek = 3

/** One text a day and three in seven days, counted where they are. The FCC's own count is for texts without consent; here it holds for every text that answers none of theirs (47 CFR 64.1200(a)(9)(iv)). */
const mayTextOn = (day: string, textDays: readonly string[]): boolean => !textDays.includes(day) && textDays.filter(other => other > addDays(day, -7)).length < mostTextsAWeek

/** The first moment from now at which a text may go. `isSpent`: it is not the night alone that keeps it, but what they got already. */
export function textTime(now: Date, zone: string, textDays: readonly string[]): { at: Date; isSpent: boolean } {
  let at = nextTextMorning(now, zone) ?? now
  const isSpent = !mayTextOn(dayIn(at, zone), textDays)
  for (let days = 0; days < 8 && !mayTextOn(dayIn(at, zone), textDays); days++) at = nextTextMorning(textEvening(at, zone), zone)!
  return { at, isSpent }
}

type Asked = { ways: Ways; readers: readonly Reader[]; now: Date; zone: string; locale: 'en' | 'es' }
/**
 * Who hears of it, and where. A safe way is the only one. Else the person hears as they like it: by text only to a number that a code or the desk has
 * shown and that has not stopped texts. Where the day's text is spent it becomes a mail, if there is a mailbox; a text for the night waits for the
 * morning. Those who look after them hear at the mailbox they sign in with. Pure.
 */
export function chooseWays({ ways, readers, now, zone, locale }: Asked): Plan {
  if (ways.isSilent) return { recipients: [] }
  const self = readers.find(reader => reader.isSelf)
  const to = (way: Recipient['way'], address: string): Plan => ({ recipients: [{ way, to: address, personId: self?.personId ?? null, locale: self?.locale ?? locale }] })
  const slot = textTime(now, zone, ways.textDays)
  const text = (address: string): Plan => (ways.noTexts ? { recipients: [] } : slot.at > now ? { recipients: [], later: slot.at } : to('text', address))
  if (ways.safe) return ways.safe.kind === 'phone' ? text(ways.safe.address) : to('mail', ways.safe.address)

  const phone = ways.noTexts ? undefined : ways.points.findLast(({ kind }) => kind === 'phone')?.address
  const mailbox = ways.points.findLast(({ kind }) => kind === 'mailbox')?.address ?? self?.email ?? undefined
  const isByText = phone !== undefined && (mailbox === undefined || ways.prefers === 'text' && !slot.isSpent)
  const own: Plan = isByText ? text(phone) : mailbox !== undefined ? to('mail', mailbox) : { recipients: [] }
  const others = readers.flatMap(({ isSelf, email, personId, locale: theirs }): Recipient[] => (isSelf || email === null ? [] : [{ way: 'mail', to: email, personId, locale: theirs }]))
  return { ...own, recipients: [...own.recipients, ...others].filter((one, index, all) => all.findIndex(other => other.to === one.to) === index) }
}
