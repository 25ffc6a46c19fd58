import type { House } from '#platform/house.ts'
import { baseOf, type Front } from '#platform/place.ts'
import { formatWhen, ownMoment } from '#platform/when.ts'
import { words, type Locale } from '#platform/words.ts'

declare const kind: unique symbol
/** A text of which the compiler knows where it comes from. Nothing else fits into a letter: that is what keeps health out of it (HP-8). */
type Only<K extends string> = string & { readonly [kind]: K }
export type PracticeName = Only<'practice'>
export type PlaceName = Only<'place'>
export type Telephone = Only<'telephone'>
export type OurLink = Only<'link'>
export type OneTimeCode = Only<'code'>
export type Moment = Only<'moment'>
export type NameStart = Only<'name-start'>

const plainLine = (text: string, most: number) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim().slice(0, most)

/** For the practice's own card alone, which says nothing of a specialty here (`#practice`). */
export const practiceNameOf = (name: string): PracticeName => plainLine(name, 120) as PracticeName
/** For the name of one of the practice's own locations, after the same look. */
export const placeNameOf = (name: string): PlaceName => plainLine(name, 80) as PlaceName
export const telephoneOf = (text: string): Telephone | undefined => (/^[+\d() .-]{7,30}$/.test(text) ? text as Telephone : undefined)
/** Letters and digits of a one-time code, grouped or not. */
export function codeOf(text: string): OneTimeCode {
  if (!/^[A-Za-z0-9]{2,8}([- ]?[A-Za-z0-9]{1,8}){0,12}$/.test(text)) throw new Error('no one-time code')
  return text as OneTimeCode
}
/** An instant as the clinic's clock says it; with `own`, the zone where its reader is, as theirs says it beside, where that is another time. */
export function momentOf(at: Date, zone: string, locale: Locale, { style = 'moment', own }: { style?: 'moment' | 'moment-short'; own?: string | undefined } = {}): Moment {
  const theirs = ownMoment(at, { zone, own, locale })
  return `${formatWhen(at, zone, style, locale)}${theirs ? ` (${words(locale)('mail.own-time', { when: theirs })})` : ''}` as Moment
}
/** Enough for somebody to know their own sign-in name again, and for nobody to read it. */
export const nameStartOf = (name: string): NameStart => `${name.slice(0, 3)}•••${name.slice(-2)}` as NameStart

/** Addresses that a letter may lead to. What stands behind them is random or nothing: no name, no question mark, no word of a record. */
const leads = /^(\/es)?\/(portal(\/(visits|appointments(\/offers)?|settings|messages|results)(\/[0-9a-f-]{36})?)?|(reset|activate|care|join|visit|stop|v|hooks\/stop|portal\/settings\/email)\/[\w.-]{8,200})$/
export function linkTo(house: Pick<House, 'config'>, path: string, { front = 'portal', origin }: { front?: Front; origin?: string | undefined } = {}): OurLink {
  if (!leads.test(path)) throw new Error('no address that a letter may lead to')
  return `${origin ?? baseOf(house.config, front)}${path}` as OurLink
}
