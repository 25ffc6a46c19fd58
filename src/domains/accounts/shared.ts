import type { Role } from '#platform/ctx.ts'

export const roleWords: Record<Role, string> = {
  clinician: 'Clinician', 'care-team': 'Care team', 'front-desk': 'Front desk', billing: 'Billing', editor: 'Editor', manager: 'Manager',
}

/** Letters and digits that nobody mistakes for one another: no 0 O 1 I L. Thirty-one of them: 4.95 bits each. */
export const codeAlphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
export const codeLength = 24

/** A code as it is printed, in groups of four: 'ABCD-EFGH-…'. */
export const groupCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-')
/** A code as somebody typed it: spaces, dashes and small letters do not count. Undefined when it cannot be one. */
export function readCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replace(/[\s-]/g, '')
  return code.length === codeLength && [...code].every(letter => codeAlphabet.includes(letter)) ? code : undefined
}

/** Whole years between a birth day and a day, both '2026-11-23'. A leap-day birthday is kept on March 1. */
export function ageOn(birthDate: string, day: string): number {
  const [by = 0, bm = 0, bd = 0] = birthDate.split('-').map(Number)
  const [y = 0, m = 0, d = 0] = day.split('-').map(Number)
  return y - by - (m < bm || (m === bm && d < bd) ? 1 : 0)
}

/** The day somebody turns `age`. */
export function birthdayAt(birthDate: string, age: number): string {
  const [year = 0, month = 0, day = 0] = birthDate.split('-').map(Number)
  const isLeap = (y: number) => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0
  if (month === 2 && day === 29 && !isLeap(year + age)) return `${year + age}-03-01`
  return `${year + age}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** What the person who was named types beside their link: six letters, told by mouth. With five tries, one in 170 million. */
export const careCodeLength = 6
/** The last day somebody may be named until: three years on. */
export const latestCareDay = (today: string): string => birthdayAt(today, 3)

/** One spelling of a name or mailbox that was typed, for the look-up and for the count of turns alike. */
export const spelled = (name: string): string => name.trim().normalize('NFC').slice(0, 254).toLowerCase()

/** A name of one's own to sign in with, as it is kept. */
export const isSignInName = (name: string | null): boolean => name !== null && /^[a-z0-9][a-z0-9._-]{2,59}$/.test(name)
