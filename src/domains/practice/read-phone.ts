import type { Phone } from '#ui/practice-facts.ts'

/** A number as typed, in the form every phone dials: '(802) 555-0100' → '+18025550100'. Ten digits are taken as North American. */
export function readPhone(typed: string): string | undefined {
  const text = typed.trim()
  if (!/^\+?[\d\s().\-–/]+$/.test(text)) return undefined
  const digits = text.replace(/\D/g, '')
  if (text.startsWith('+')) return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : undefined
  if (/^1?[2-9]\d{9}$/.test(digits)) return `+1${digits.slice(-10)}`
  return undefined
}

/** The number as people read it aloud. */
export function phoneWords(number: string): string {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number)
  return american ? `(${american[1]}) ${american[2]}-${american[3]}` : number.replace(/^(\+\d{1,3})(\d{3})(\d{3})(\d+)$/, '$1 $2 $3 $4')
}

export const phoneFrom = (number: string | null): Phone | undefined => (number ? { text: phoneWords(number), number } : undefined)
