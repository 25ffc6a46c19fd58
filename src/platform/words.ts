import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import { root } from '#platform/root.ts'

export type Locale = 'en' | 'es'
export const locales: readonly Locale[] = ['en', 'es']
export type Values = Record<string, string | number | boolean | Date | null | undefined>
/** Puts a message into words. A key that has no words is a mistake of ours and throws. */
export type Say = (key: string, values?: Values) => string

const messagesOf = new Map<Locale, Map<string, string | IntlMessageFormat>>()

function load(locale: Locale): Map<string, string | IntlMessageFormat> {
  let messages = messagesOf.get(locale)
  if (messages) return messages
  messages = new Map()
  const folder = join(root, 'messages', locale)
  for (const file of readdirSync(folder).sort().filter(name => name.endsWith('.json'))) {
    const entries: Record<string, string> = JSON.parse(readFileSync(join(folder, file), 'utf8'))
    for (const [key, text] of Object.entries(entries)) {
      if (messages.has(key)) throw new Error(`messages/${locale}/${file}: "${key}" stands twice`)
      messages.set(key, text)
    }
  }
  messagesOf.set(locale, messages)
  return messages
}

function say(locale: Locale, key: string, values?: Values): string {
  const messages = load(locale)
  let message = messages.get(key)
  if (message === undefined) throw new Error(`no words for "${key}" in messages/${locale}`)
  if (typeof message === 'string') {
    if (!/[{<']/.test(message)) return message
    message = new IntlMessageFormat(message, locale === 'es' ? 'es-US' : 'en-US')   // parsed once: making one is slow
    messages.set(key, message)
  }
  const count = values && countOf(values)
  if (count === undefined) return String(message.format(values as Record<string, string>))
  const counted = countedOf.get(message) ?? new Map<number, string>()
  countedOf.set(message, counted)
  const said = counted.get(count) ?? String(message.format(values as Record<string, string>))
  counted.set(count, said)
  return said
}

/** Most lists say "8 tests" and the like, fifty times a page: a small count alone is put into words once. */
const countedOf = new WeakMap<IntlMessageFormat, Map<number, string>>()
function countOf(values: Values): number | undefined {
  let found: number | undefined
  for (const name in values) {
    const value = values[name]
    if (name !== 'count' || typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 500) return undefined
    found = value
  }
  return found
}

const sayers: Record<Locale, Say> = {
  en: (key, values) => say('en', key, values),
  es: (key, values) => say('es', key, values),
}
export const words = (locale: Locale): Say => sayers[locale]
