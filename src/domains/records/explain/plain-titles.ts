import type { Locale } from '#platform/words.ts'
import { knowTest } from './know-tests.ts'

/** What people call a kind of note: LOINC document types. Our own words. */
const noteNames: Readonly<Record<string, Record<Locale, string>>> = {
  '11506-3': { en: 'Visit note', es: 'Nota de la visita' },
  '34109-9': { en: 'Note', es: 'Nota' },
  '11488-4': { en: 'Note from a specialist', es: 'Nota de un especialista' },
  '18842-5': { en: 'Note from leaving the hospital', es: 'Nota de salida del hospital' },
  '34117-2': { en: 'First visit note', es: 'Nota de la primera visita' },
  '51847-2': { en: 'Visit note with the plan', es: 'Nota de la visita con el plan' },
  '34133-9': { en: 'Summary of your record', es: 'Resumen de su expediente' },
  '57133-1': { en: 'Letter to another doctor', es: 'Carta a otro doctor' },
  '11504-8': { en: 'Note about an operation', es: 'Nota de una operación' },
  '34111-5': { en: 'Emergency room note', es: 'Nota de emergencias' },
}

const smallWords = new Set(['AND', 'OR', 'WITH', 'OF', 'IN', 'BY', 'FOR', 'TO', 'THE', 'ON', 'W/'])

/** A name that a laboratory prints all in capitals, said at an even voice: "PAP AND HPV CO-TEST" as "PAP and HPV co-test". Short words may be letters that stand for something, so they stay. */
export function sayCalmly(name: string): string {
  if (!/[A-Z]{5}|[A-Z] [A-Z]/.test(name) || /[a-z]{2}/.test(name.replace(/\b(with|and|eAG|A1c|w)\b/gi, ''))) return name
  const calm = name.replace(/[A-Z/]+/g, word => (smallWords.has(word) || word.length > 4 || name.length < 8 ? word.toLowerCase() : word)).replace(/-([A-Z]+)/g, (_, word: string) => `-${word.toLowerCase()}`)
    .replace(/([A-Z]{2})-(?=[a-z])/g, (part, letters: string) => `${letters.toLowerCase()}-`)
  return calm[0]!.toUpperCase() + calm.slice(1)
}

type Coded = { code: string | null; name: string }

/** What people call a test, in the reader's language; the laboratory's own name where we have none (R19). */
export const plainTestName = ({ code, name }: Coded, locale: Locale): string => knowTest(code)?.[locale].name ?? sayCalmly(name)
/** What people call a note of this kind. */
export const plainNoteName = ({ code, name }: Coded, locale: Locale): string => (code !== null && noteNames[code]?.[locale]) || name
