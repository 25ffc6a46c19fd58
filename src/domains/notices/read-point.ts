import { isMailAddress } from '#platform/email.ts'
import { phoneFrom, readPhone } from '#practice'
import type { Point } from './shared.ts'

/** A telephone or a mailbox as somebody typed it, in the form in which it is kept. */
export function readPoint(typed: string): Point | undefined {
  const text = typed.trim()
  if (text.includes('@')) return isMailAddress(text.toLowerCase()) ? { kind: 'mailbox', address: text.toLowerCase() } : undefined
  const number = readPhone(text)
  return number === undefined ? undefined : { kind: 'phone', address: number }
}

/** As people write it. */
export const pointWords = ({ kind, address }: Point): string => (kind === 'phone' ? phoneFrom(address)!.text : address)
