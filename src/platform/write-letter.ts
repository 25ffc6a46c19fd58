import type { Moment, NameStart, OneTimeCode, OurLink, PlaceName, PracticeName, Telephone } from '#platform/letter-facts.ts'
import { gsmLength, toGsm } from '#platform/gsm.ts'
import { letterHtml } from '#platform/letter-html.ts'
import { words, type Locale } from '#platform/words.ts'

/** Who writes: the practice, under a name that tells no specialty. */
export type Sender = { name: PracticeName; phone?: Telephone | undefined }
type Visit = { when?: Moment | undefined; place?: PlaceName | undefined; link: OurLink; asks?: true }

/** What each letter says beside its own fixed words. There is no place for anything else, above all for nothing that is known of a patient (HP-8). */
export type LetterFacts = {
  'something-new': { link: OurLink }
  reset: { link: OurLink; minutes: number; signsInAs?: NameStart | undefined }
  letter: { link: OurLink; code: OneTimeCode }
  care: { link: OurLink }
  parent: { link: OurLink }
  'new-email': { link: OurLink }
  changed: { what: 'password' | 'passkey' | 'app' | 'email' }
  code: { code: OneTimeCode }
  'visit-coming': Visit
  'visit-booked': Visit
  'visit-asked': Visit
  'visit-declined': Visit
  'visit-moved': Visit
  'visit-cancelled': Visit
  'visit-earlier': Visit
}
export type LetterKind = keyof LetterFacts
export const letterKinds = ['something-new', 'reset', 'letter', 'care', 'parent', 'new-email', 'changed', 'code', 'visit-coming', 'visit-booked', 'visit-asked', 'visit-declined', 'visit-moved', 'visit-cancelled', 'visit-earlier'] as const satisfies readonly LetterKind[]
export type Written = { kind: LetterKind; subject: string; text: string; html: string }

const isVisit = (kind: LetterKind) => kind.startsWith('visit-')
/** Which of a visit's wordings: with time and place, with the time, or with neither. */
const formOf = (kind: LetterKind, facts: { when?: unknown; place?: unknown }) => (!isVisit(kind) ? '' : facts.when === undefined ? '.brief' : facts.place === undefined ? '.when' : '')

type Loose = { asks?: true; link?: OurLink; code?: OneTimeCode; minutes?: number; what?: string; signsInAs?: NameStart; when?: Moment; place?: PlaceName }

/** A mail, as text and as HTML that say the same. */
export function writeLetter<K extends LetterKind>(kind: K, { locale, sender, facts }: { locale: Locale; sender: Sender; facts: LetterFacts[K] }): Written {
  const say = words(locale)
  const known = facts as Loose
  const values = { practice: sender.name, ...known, what: known.what ? say(`mail.changed.${known.what}`) : undefined }
  const subject = say(`mail.${kind}.subject`, values)
  const paragraphs = [
    ...say(`mail.${kind}.text${formOf(kind, known)}`, values).split('\n\n'),
    ...(known.signsInAs ? [say('mail.reset.name', values)] : []),
  ]
  const after = kind === 'code' || kind === 'changed' ? [] : say(`mail.${kind}.after`, values).split('\n\n')
  const foot = [sender.name, sender.phone].filter(Boolean).join(' · ')
  const middle = known.link ?? (kind === 'code' ? known.code : undefined)
  return {
    kind, subject,
    text: [...paragraphs, ...(middle ? [middle] : []), ...after, `-- \n${foot}\n${say('mail.foot')}`].join('\n\n'),
    html: letterHtml({ locale, title: subject, sender, paragraphs, after, foot: say('mail.foot'), ...(known.link && { button: { href: known.link, words: say(`mail.${kind}.button`) } }), ...(kind === 'code' && { code: known.code! }) }),
  }
}

export const mostTextLetters = 160
const fits = (text: string, most: number) => gsmLength(text)! <= most
/** In the letters that one text holds. A letter of these may count twice, so that it is cut by what it takes. */
function cut(text: string, most: number): string {
  const plain = toGsm(text)
  if (fits(plain, most)) return plain
  let short = plain.slice(0, most - 3)
  while (!fits(short, most - 3)) short = short.slice(0, -1)
  return `${short.trimEnd()}...`
}
/** What can also go out as a text. */
export type TextKind = 'something-new' | 'code' | Extract<LetterKind, `visit-${string}`>

/** The same as one text: 160 letters at most, of those that fit into one, with the practice's name, whom to call and how to end texts (47 CFR 64.1200(a)(9)(iv)). What does not fit is left out, the place first. */
export function writeText<K extends TextKind>(kind: K, { locale, sender, facts }: { locale: Locale; sender: Sender; facts: LetterFacts[K] }): string {
  const say = words(locale)
  const known = facts as Loose
  const asks = kind === 'visit-coming' && known.asks && known.when !== undefined
  const forms = asks ? [...(known.place ? ['.ask'] : []), '.ask.when', '.ask.short', '.when', '.brief'] : isVisit(kind) ? [formOf(kind, known), ...(known.when ? ['.when', '.brief'] : [])] : ['']
  const practice = cut(sender.name, 32)
  const written = [...new Set(forms)].map(form => toGsm(say(`text.${kind}${form}`, { ...known, place: known.place && cut(known.place, 24), practice, phone: sender.phone ?? '' }).replace(/ {2,}/g, ' ').trim()))
  return written.find(text => fits(text, mostTextLetters)) ?? cut(written.at(-1)!, mostTextLetters)
}
