import { ask, readDayWords, weekdayOf, type Days } from './read-day-words.ts'
import type { Mode } from './shared.ts'

/** Something of the practice's that can be named: by any of its names, in any language. */
export type Named = { id: string; names: readonly string[] }
export type WishContext = { today: string; clinicians: readonly Named[]; types: readonly Named[]; places: readonly Named[] }
export type Part = { from: number; to: number }
/** What a time must be. Days are those of the place, both ends belong to it; a part of the day is in minutes of its clock. */
export type Wish = Days & { part?: Part; who: string[]; type?: string; place?: string; mode?: Mode }
/** Words that could be read in another way: what was taken, and what else it may have been. */
export type Doubt = { words: string; about: 'day' | 'time' | 'who' | 'type' | 'place'; other?: string }
export type ReadWish = { wish: Wish; unread: string[]; doubts: Doubt[] }

/** Letters alone, so that "Brightmóor", "BRIGHTMOOR" and "bright-moor" are one; each letter stays one, so that places in the text stay right. */
const plainOf = (text: string): string => Array.from(text, letter => letter.normalize('NFD')[0]!.toLowerCase()[0]!).join('')
const joined = (text: string): string => plainOf(text).replace(/[^a-z0-9]/g, '')

const [noon, evening, end] = [12 * 60, 17 * 60, 24 * 60]
const parts: readonly [RegExp, Part][] = [
  [/(early|first thing)( in the)? (morning|am)|a primera hora|temprano( (por|en|de) la manana)?|early/y, { from: 0, to: 10 * 60 }],
  [/late( in the)? morning|media manana/y, { from: 10 * 60, to: noon }],
  [/late( in the)? afternoon|(ultima hora|final) de la tarde/y, { from: 15 * 60, to: 18 * 60 }],
  [/(in the )?mornings?\b|(por|en|de) las? mananas?\b/y, { from: 0, to: noon }],
  [/(in the )?afternoons?\b|((por|en|de) las? )?tardes?\b/y, { from: noon, to: evening }],
  [/(in the )?evenings?\b|after work\b|((por|en|de) las? )?noches?\b/y, { from: evening, to: end }],
  [/(around |at )?(noon|midday|lunch(time)?)\b|(al |a )?mediodia\b/y, { from: noon - 30, to: noon + 90 }],
]
const modes: readonly [RegExp, Mode][] = [
  [/(by |on the |over the )?(phone|telephone|call)\b|(por )?(telefono|llamada)\b/y, 'phone'],
  [/(by |on |over )?(video( ?call)?|telehealth|online)\b|(por )?video(llamada)?\b/y, 'video'],
  [/in person\b|en persona\b|presencial\b/y, 'in-person'],
]
/** Say nothing about when or with whom. */
const fillers = new Set(`
  a al an and antes any anybody anyone appointment appt asap at available book by can cita con cualquier cualquiera cuanto day de del dia disponible
  doctor doctora dr dra el ella en end favor find first for free hora horas i in la las libre lo los me need o of on or para patient please por posible
  primer primera quiero see sees slot some soon soonest the time to un una unas uno visit visita want whoever with y`.trim().split(/\s+/))

const clock = String.raw`(\d{1,2})(?::(\d{2})|h(\d{2})?)?(?: ?y (media|cuarto))? ?(a\.?m\.?|p\.?m\.?|de la manana|de la tarde|de la noche)?(?![\d/])`
const [spanClock, oneClock] = [new RegExp(String.raw`(?:between|from|entre|de|desde)?(?: las?)? ?${clock} ?(?:-|–|to|and|a|y|hasta)(?: las?)? ?${clock}(?=$|[ ,.])`, 'y'), new RegExp(String.raw`(after|from|before|until|by|at|around|despues de|a partir de|desde|antes de|hasta|a|sobre)?(?: las?)? ?${clock}(?=$|[ ,.])`, 'y')]

type Moment = { minute: number; isSure: boolean }
/** An hour without morning or afternoon is one at which practices are open: from seven in the morning to six in the evening. */
function minuteOf([hours, minutes, more, half, side]: readonly (string | undefined)[], asBefore?: string): Moment | undefined {
  let hour = Number(hours)
  const minute = Number(minutes ?? more ?? (half === 'media' ? 30 : half === 'cuarto' ? 15 : 0))
  if (hour > 23 || minute > 59) return undefined
  const said = side ?? asBefore
  const isLate = said !== undefined && /^p|tarde|noche/.test(said)
  if (isLate && hour < 12) hour += 12
  else if (said !== undefined && !isLate && hour === 12) hour = 0
  else if (said === undefined && hour < 7 && hour > 0) hour += 12
  return { minute: hour * 60 + minute, isSure: said !== undefined || Number(hours) > 6 || minutes !== undefined }
}

class Reading {
  readonly text: string
  readonly plain: string
  readonly context: WishContext
  at = 0
  readonly wish: Wish
  readonly unread: string[] = []
  readonly doubts: Doubt[] = []
  hasDay = false

  constructor(text: string, context: WishContext) {
    this.text = text.slice(0, 400).normalize('NFC').replace(/[^\p{L}\p{N}:/.,–-]/gu, ' ').slice(0, 200)
    this.plain = plainOf(this.text)
    this.context = context
    this.wish = { who: [] }
  }

  /** Reads from left to right: the first rule that fits takes its words. */
  read(): ReadWish {
    while (this.at < this.plain.length) {
      if (/[\s,.–-]/.test(this.plain[this.at]!)) { this.at++; continue }
      if (!(this.#readDay() || this.#readPart() || this.#readName() || this.#readClock())) this.#skip()
    }
    return { wish: this.wish, unread: this.unread, doubts: this.doubts }
  }

  #match(rule: RegExp): RegExpExecArray | undefined {
    rule.lastIndex = this.at
    const found = rule.exec(this.plain)
    if (!found || found[0].trim() === '' || /[a-z0-9]/.test(this.plain[this.at + found[0].length] ?? '') && /[a-z0-9]$/.test(found[0])) return undefined
    return found
  }
  #take(found: string): string { const words = this.text.slice(this.at, this.at + found.length).trim(); this.at += found.length; return words }

  #readDay(): boolean {
    const found = readDayWords(this.plain, this.at, this.context.today, this.hasDay)
    if (!found) return false
    const words = this.#take(this.plain.slice(this.at, this.at + found.length))
    if (found.part) this.wish.part = found.part
    if (found.days) this.#setDays(found.days, words)
    if (found.other) this.doubts.push({ words, about: 'day', other: found.other })
    return true
  }

  #setDays({ weekdays, ...span }: Days, words: string): void {
    const { wish } = this
    const isOne = span.from !== undefined && span.from === span.until
    const wasOne = wish.from !== undefined && wish.from === wish.until
    this.hasDay = true
    if (isOne && weekdays && (wasOne || wish.weekdays)) {   // "Tuesday or Thursday": either will do
      wish.weekdays = [...new Set([...wish.weekdays ?? [weekdayOf(wish.from!)], ...weekdays])].sort()
      if (wasOne) Object.assign(wish, span.from! < wish.from! ? { from: span.from } : { until: span.until })
      return
    }
    // "Tuesday, December 2" that is a Wednesday: the date counts, and that is said.
    if (isOne && wish.weekdays && !wish.weekdays.includes(weekdayOf(span.from!))) this.doubts.push({ words, about: 'day', ...(wish.from !== undefined && { other: wish.from }) })
    if (isOne && !weekdays) delete wish.weekdays
    Object.assign(wish, span)
    if (weekdays) wish.weekdays = [...new Set([...wish.weekdays ?? [], ...weekdays])].sort()
  }

  #readPart(): boolean {
    for (const [rule, part] of parts) { const found = this.#match(rule); if (found) { this.#take(found[0]); this.wish.part = part; return true } }
    for (const [rule, mode] of modes) { const found = this.#match(rule); if (found) { this.#take(found[0]); this.wish.mode = mode; return true } }
    return false
  }

  #readClock(): boolean {
    const span = this.#match(spanClock)
    if (span) {
      const [first, last] = [span.slice(1, 6), span.slice(6, 11)]
      const [to, from] = [minuteOf(last), minuteOf(first, first[4] ?? last[4])]
      if (from && to && from.minute < to.minute) return this.#setTime(this.#take(span[0]), { from: from.minute, to: to.minute }, from.isSure && to.isSure)
    }
    const found = this.#match(oneClock)
    // A bare number is no time: "room 4", "2 visits". It needs a word before it, a colon or a side of the day.
    const at = found && (found[1] || found[3] || found[6]) ? minuteOf(found.slice(2, 7)) : undefined
    if (!found || !at) return false
    const { minute } = at
    const part = /^(after|from|despues|a partir|desde)/.test(found[1] ?? '') ? { from: minute, to: end } : /^(before|until|by|antes|hasta)/.test(found[1] ?? '') ? { from: 0, to: minute } : { from: minute, to: minute + 60 }
    return this.#setTime(this.#take(found[0]), part, at.isSure)
  }
  #setTime(words: string, part: Part, isSure: boolean): true {
    this.wish.part = part
    if (!isSure) this.doubts.push({ words, about: 'time' })
    return true
  }

  /** The longest run of words that names something of the practice; one word alone does where it names anything. */
  #readName(): boolean {
    const words = [...this.plain.slice(this.at).matchAll(/[a-z0-9]+/g)].slice(0, 5)
    for (let length = words.length; length > 0; length--) {
      const ends = words[length - 1]!.index + words[length - 1]![0].length
      const said = joined(this.plain.slice(this.at, this.at + ends))
      if (words[0]!.index > 0 || (length === 1 && (said.length < 3 || fillers.has(said)))) continue
      for (const [about, among] of [['type', this.context.types], ['who', this.context.clinicians], ['place', this.context.places]] as const) {
        const found = nameOf(said, among, length === 1)
        if (found.length === 0) continue
        this.#name(about, found, this.#take(this.plain.slice(this.at, this.at + ends)))
        return true
      }
    }
    return false
  }
  #name(about: 'type' | 'who' | 'place', found: readonly Named[], words: string): void {
    const before = about === 'who' ? this.wish.who : []
    const both = before.filter(id => found.some(one => one.id === id))   // "Ada Brightmoor": the second word narrows the first
    if (about === 'who') this.wish.who = both.length > 0 ? both : [...before, ...found.map(one => one.id)]
    else this.wish[about] = found[0]!.id
    if (found.length > 1 && both.length === 0) this.doubts.push({ words, about, other: found.map(one => one.names[0]).join(', ') })
  }

  #skip(): void {
    const [word] = /^\S+/.exec(this.plain.slice(this.at))!
    const said = this.#take(word).replace(/[.,:–-]+$/, '')
    if (said !== '' && !fillers.has(joined(said))) this.unread.push(said)
  }
}

const isNear = (one: string, other: string): boolean => {
  if (one.length < 5 || Math.abs(one.length - other.length) > 1) return false
  let [from, back] = [0, 0]
  while (from < Math.min(one.length, other.length) && one[from] === other[from]) from++
  while (back < Math.min(one.length, other.length) - from && one.at(-1 - back) === other.at(-1 - back)) back++
  return Math.max(one.length, other.length) - from - back <= 1
}

function nameOf(said: string, among: readonly Named[], isOneWord: boolean): Named[] {
  const whole = among.filter(one => one.names.some(name => joined(name) === said))
  if (whole.length > 0 || !isOneWord) return whole
  const wordsOf = (one: Named) => one.names.flatMap(name => plainOf(name).split(/[^a-z0-9]+/)).filter(word => word.length > 2 && !fillers.has(word))
  const exact = among.filter(one => wordsOf(one).some(word => word === said))
  return exact.length > 0 ? exact : among.filter(one => wordsOf(one).some(word => isNear(said, word)))
}

/** What a person at the desk means by "next Tuesday afternoon, Dr Ada, follow-up", in English or Spanish. What was not understood is given back. Pure. */
export const readWish = (text: string, context: WishContext): ReadWish => ask(new Reading(text, context).read(), context.today)
