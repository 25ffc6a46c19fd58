/** Records come from many systems: nothing about their shape is taken on trust here, and nothing throws. */
export type Loose = Readonly<Record<string, unknown>>
export type Code = { system: string; code: string; display: string | null }

const nothing: Loose = Object.freeze({})
const none: readonly unknown[] = Object.freeze([])

export const asThing = (value: unknown): Loose => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : nothing)
export const isThing = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : none)
/** What should be a list of objects; a lone object counts as a list of one. */
export const asThings = (value: unknown): readonly Loose[] => (Array.isArray(value) ? value.filter(isThing) : isThing(value) ? [value] : [])
/** A string with something in it, without the space around it. */
export const asText = (value: unknown): string | null => (typeof value === 'string' ? value.trim() || null : null)

/** The codings of a concept, in the order sent. */
export function codesOf(concept: unknown): Code[] {
  const codes: Code[] = []
  for (const coding of asThings(asThing(concept).coding)) {
    const code = asText(coding.code)
    if (code !== null) codes.push({ system: asText(coding.system) ?? '', code, display: asText(coding.display) })
  }
  return codes
}

/** The words of a concept: its own text, else the first display, else the first code. */
export function wordsOf(concept: unknown): string | null {
  const thing = asThing(concept)
  const own = asText(thing.text)
  if (own !== null) return tidy(own)
  for (const coding of asThings(thing.coding)) {
    const display = asText(coding.display)
    if (display !== null) return tidy(display)
  }
  return asText(asThings(thing.coding)[0]?.code)
}

/** Zero-width marks and doubled spaces that laboratories leave in names. */
export const tidy = (text: string): string => (/[\u200b-\u200d\u2060\ufeff]|\s\s/.test(text) ? text.replace(/[\u200b-\u200d\u2060\ufeff]/g, '').replace(/\s+/g, ' ').trim() : text)

const systems: readonly [string, RegExp][] = [
  ['loinc', /loinc\.org|2\.16\.840\.1\.113883\.6\.1$/i],
  ['snomed', /snomed\.info\/sct|2\.16\.840\.1\.113883\.6\.96$/i],
  ['icd10', /icd-10(?!-?pcs)|2\.16\.840\.1\.113883\.6\.90$/i],
  ['cvx', /sid\/cvx|2\.16\.840\.1\.113883\.12\.292$/i],
  ['rxnorm', /rxnorm|2\.16\.840\.1\.113883\.6\.88$/i],
]

/** The first code of one terminology, for example 'loinc'. */
export function codeIn(concept: unknown, system: 'loinc' | 'snomed' | 'icd10' | 'cvx' | 'rxnorm'): string | null {
  const pattern = systems.find(([name]) => name === system)?.[1]
  return codesOf(concept).find(code => pattern?.test(code.system))?.code ?? null
}

/** A code as sent in a plain `code` field or as the first coding: statuses, categories, interpretations. */
export function statusOf(value: unknown): string | null {
  return asText(value) ?? codesOf(value)[0]?.code ?? null
}

/** What a reference calls the one it points to. `look` finds the name of a reference that carries none. */
export function nameOf(reference: unknown, look?: (reference: string) => string | null | undefined): string | null {
  const thing = asThing(reference)
  const display = asText(thing.display)
  if (display !== null) return display
  const target = asText(thing.reference)
  return target !== null && look ? (look(target) ?? null) : null
}
