import { isDay } from '#platform/when.ts'
import { readPhone } from './read-phone.ts'
import type { Both } from './shared.ts'

/** What was typed, by field name. */
export type Fields = Readonly<Record<string, string>>
export type Problems = Record<string, string>
export type Unsaved = { ok: false; problems: Problems }
export type Saved = { ok: true; id: string } | Unsaved

type Wish = { most: number; need?: string }

/** Reads typed fields and collects what is wrong with them, in words, by field. */
export class FieldReader {
  readonly problems: Problems = {}
  #fields: Fields
  constructor(fields: Fields) { this.#fields = fields }

  get isGood(): boolean { return Object.keys(this.problems).length === 0 }
  get unsaved(): Unsaved { return { ok: false, problems: this.problems } }

  raw(name: string): string { return (this.#fields[name] ?? '').replaceAll('\r\n', '\n').trim() }

  /** `need`: what to say when it is empty; without it the field may be. */
  text(name: string, { most, need }: Wish): string {
    const value = this.raw(name)
    if (value === '' && need) this.problems[name] = need
    if (value.length > most) this.problems[name] = `This is ${value.length} letters long; at most ${most} fit.`
    return value
  }

  /** English and Spanish side by side, `name-en` and `name-es`; only the English may be needed. */
  pair(name: string, wish: Wish): Both {
    return { en: this.text(`${name}-en`, wish), es: this.text(`${name}-es`, { most: wish.most }) }
  }

  phone(name: string, need?: string): string | null {
    const value = this.text(name, { most: 30, ...(need && { need }) })
    if (value === '') return null
    const phone = readPhone(value)
    if (!phone) this.problems[name] = 'Write the whole number with its area code, like (802) 555-0100.'
    return phone ?? null
  }

  day(name: string, need: string): string {
    const value = this.text(name, { most: 10, need })
    if (value !== '' && !isDay(value)) this.problems[name] = 'Choose a day of the calendar.'
    return value
  }

  choice<T extends string>(name: string, choices: readonly T[], need: string): T {
    const found = choices.find(choice => choice === this.raw(name))
    if (found === undefined) this.problems[name] = need
    return found ?? choices[0]!
  }

  uuid(name: string): string | null {
    const value = this.raw(name)
    if (value === '') return null
    if (isUuid(value)) return value
    this.problems[name] = 'Choose one of the list.'
    return null
  }

  fail(name: string, words: string): void { this.problems[name] = words }
}

export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)
/** '08:30' → 510; '24:00' and, as a closing time, '00:00' → 1440. */
export function minutesFrom(text: string, isClosing = false): number | undefined {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text.trim())
  if (!found) return undefined
  const minutes = Number(found[1]) * 60 + Number(found[2])
  if (Number(found[2]) > 59 || minutes > 1440) return undefined
  return isClosing && minutes === 0 ? 1440 : minutes
}

/** Fields of a form as text; files are left out. */
export const fieldsOf = (form: FormData): Record<string, string> =>
  Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[0] !== '_once'))
