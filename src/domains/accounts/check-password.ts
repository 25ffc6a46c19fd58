import { hash, verify } from '@node-rs/argon2'
import { dictionary } from '@zxcvbn-ts/language-common'

/** Argon2id, 19 MiB, two passes. Source: OWASP Password Storage Cheat Sheet. */
export const argonOptions = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export const shortest = { alone: 15, withSecondFactor: 12 } as const
export const longest = 128
export type PasswordProblem = 'too-short' | 'too-long' | 'too-common' | 'holds-your-name'

const common: ReadonlySet<string> = new Set((dictionary as Record<string, readonly (string | number)[]>)['passwords-common']?.map(String) ?? [])
const plain = (text: string) => text.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]/g, '')

/** What fingers find in order, round and round. */
const runs = ['abcdefghijklmnopqrstuvwxyz', '0123456789', 'abcdefghijklmnopqrstuvwxyz0123456789', 'qwertyuiopasdfghjklzxcvbnm', '1234567890qwertyuiopasdfghjklzxcvbnm'].map(run => run.repeat(14))

/** Common words padded with digits, or the same few characters over and over, are as guessable as the words. */
function isObvious(password: string): boolean {
  const folded = plain(password)
  const core = folded.replace(/^[0-9]+|[0-9]+$/g, '')
  if (common.has(password.toLowerCase()) || common.has(folded) || (core.length >= 3 && common.has(core))) return true
  if (new Set(password).size < 5) return true
  const half = folded.slice(0, Math.floor(folded.length / 2))
  for (let length = 1; length <= half.length; length++) {
    const piece = folded.slice(0, length)
    if (folded.length >= length * 2 && piece.repeat(Math.ceil(folded.length / length)).slice(0, folded.length) === folded) return true
  }
  const backwards = [...folded].reverse().join('')
  return folded.length > 0 && runs.some(run => run.includes(folded) || run.includes(backwards))
}

/** What is wrong with a password, or undefined. Length and lists alone: no rules about kinds of characters. Source: NIST SP 800-63B-4. */
export function passwordProblem(password: string, { hasSecondFactor, own }: { hasSecondFactor: boolean; own: readonly string[] }): PasswordProblem | undefined {
  const length = [...password.normalize('NFC')].length
  if (length < (hasSecondFactor ? shortest.withSecondFactor : shortest.alone)) return 'too-short'
  if (length > longest) return 'too-long'
  if (isObvious(password)) return 'too-common'
  const folded = plain(password)
  const taken = own.flatMap(text => text.split(/[\s@.]+/)).map(plain).filter(part => part.length >= 5)
  const rest = taken.reduce((left, part) => left.replaceAll(part, ''), folded)
  return rest.length < folded.length && rest.length < 8 ? 'holds-your-name' : undefined
}

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), argonOptions)

let decoy: Promise<string> | undefined
/** One verification always, against a decoy where there is no password: the time says nothing. */
export async function isPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('a password that nobody has')
  const isRight = await verify(stored ?? (await decoy), password.normalize('NFC').slice(0, 1_000)).catch(() => false)
  return isRight && stored != null
}
