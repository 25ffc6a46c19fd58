import { metricAtoms, otherAtoms, prefixes } from './data/ucum-atoms.data.ts'

const seen = new Map<string, boolean>()
const remembered = 2_000

/**
 * Whether a code is a unit of UCUM, as its case-sensitive grammar says: terms joined by "." and "/", an atom with or without a metric prefix, a
 * whole exponent, an annotation in braces, a whole number, "10*" or "10^". Source: The Unified Code for Units of Measure, version 2.1, sections 2 and 3.
 */
export function isUnit(code: string): boolean {
  const known = seen.get(code)
  if (known !== undefined) return known
  if (seen.size >= remembered) seen.clear()
  const answer = code.length <= 120 && isTerm(code)
  seen.set(code, answer)
  return answer
}

function isTerm(code: string): boolean {
  const parts = split(code.startsWith('/') ? code.slice(1) : code)
  return parts !== null && parts.every(isComponent)
}

/** At each "." and "/" outside brackets of any kind; null where a bracket has no other half. */
function split(code: string): string[] | null {
  const parts: string[] = []
  const open: string[] = []
  let part = ''
  for (const letter of code) {
    const isInBraces = open.at(-1) === '{'
    if (isInBraces ? letter === '}' : letter === open.at(-1)) { open.pop(); part += letter; continue }
    if (!isInBraces && (letter === '(' || letter === '[' || letter === '{')) open.push(letter === '(' ? ')' : letter === '[' ? ']' : '{')
    if (open.length === 0 && (letter === '.' || letter === '/')) { parts.push(part); part = '' } else part += letter
  }
  return open.length === 0 ? [...parts, part] : null
}

function isComponent(part: string): boolean {
  const bare = /^\{[!-z|~]*\}$/.test(part) ? '1' : part.replace(/\{[!-z|~]*\}$/, '')
  if (/^\d+$/.test(bare)) return true
  if (bare.startsWith('(') && bare.endsWith(')')) return isTerm(bare.slice(1, -1))
  const found = /^(10[*^]|[^\d+-].*?)([+-]?\d+)?$/.exec(bare)
  return found !== null && isAtom(found[1]!) || isAtom(bare)
}

function isAtom(atom: string): boolean {
  if (metricAtoms.has(atom) || otherAtoms.has(atom)) return true
  return prefixes.some(prefix => atom.length > prefix.length && atom.startsWith(prefix) && metricAtoms.has(atom.slice(prefix.length)))
}
