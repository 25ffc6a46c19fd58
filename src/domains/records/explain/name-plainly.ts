import { words, type Locale } from '#platform/words.ts'
import { plainNames } from '../data/plain-names.data.ts'
import { hasChargedWord } from './find-charged-words.ts'
import { codeIn, codesOf, tidy, wordsOf } from './read-loosely.ts'

export type PlainName = {
  /** Plain and respectful, shown first. */
  name: string
  /** The coded name, shown under "medical name"; null when it says the same. */
  medicalName: string | null
  /** False: the coded name, only cleaned. */
  isKnown: boolean
}
type Row = Readonly<Record<Locale, string>>
export type NameTable = { byCode: ReadonlyMap<string, Row>; byIcd: ReadonlyMap<string, Row>; byDisplay: ReadonlyMap<string, Row>; rows: readonly Row[] }

/** A table written as lines: English | Spanish | codes | (ICD-10 categories |) displays. The plain name itself is a display too. */
export function readTable(lines: string, columns: 4 | 5): NameTable {
  const byCode = new Map<string, Row>()
  const byIcd = new Map<string, Row>()
  const byDisplay = new Map<string, Row>()
  const rows: Row[] = []
  for (const line of lines.split('\n')) {
    const cells = line.split('|').map(cell => cell.trim())
    const [en, es, codes = '', fourth = '', fifth = ''] = cells
    if (!en || !es) continue
    const row: Row = { en, es }
    rows.push(row)
    for (const code of codes.split(' ').filter(Boolean)) byCode.set(code, row)
    if (columns === 5) for (const category of fourth.split(' ').filter(Boolean)) byIcd.set(category.replace('.', ''), row)
    const displays = (columns === 5 ? fifth : fourth).split(';').map(plainly).filter(Boolean)
    for (const display of displays) byDisplay.set(display, row)
    if (!byDisplay.has(plainly(en))) byDisplay.set(plainly(en), row)
  }
  return { byCode, byIcd, byDisplay, rows }
}

const kinds = [
  'disorder', 'finding', 'situation', 'procedure', 'regime/therapy', 'substance', 'person', 'qualifier value', 'morphologic abnormality', 'physical object', 'event', 'observable entity',
  'context-dependent category', 'navigational concept', 'product', 'organism', 'environment', 'occupation', 'record artifact', 'assessment scale', 'body structure',
]
const suffix = new RegExp(`\\s*\\((${kinds.join('|')})\\)\\s*$`, 'i')
/** The display as people may read it: without "(disorder)". */
export const cleanDisplay = (display: string): string => tidy(display).replace(suffix, '').replace(suffix, '').trim() || display
const plainly = (text: string): string => cleanDisplay(text).toLowerCase().replace(/[’‘]/g, "'").replace(/\s+/g, ' ').trim()

const table = readTable(plainNames, 5)
export const plainNameRows: readonly Row[] = table.rows

/** Displays are looked up before codes: one code is used for several things in the field, its display for one. */
export function findRow(concept: unknown, from: NameTable): Row | null {
  const codes = codesOf(concept)
  const displays = [...codes.map(code => code.display), wordsOf(concept)].filter(display => display !== null)
  for (const display of displays) {
    const row = from.byDisplay.get(plainly(display))
    if (row) return row
  }
  for (const { code } of codes) {
    const row = from.byCode.get(code)
    if (row) return row
  }
  return from.byIcd.size > 0 ? icdRow(codeIn(concept, 'icd10'), from) : null
}

/** The row of the longest category a code begins with: E11.321 → E11.3 → E11. */
function icdRow(code: string | null, from: NameTable): Row | null {
  const bare = code?.replace('.', '').toUpperCase() ?? ''
  for (let length = Math.min(bare.length, 5); length >= 3; length--) {
    const row = from.byIcd.get(bare.slice(0, length))
    if (row) return row
  }
  return null
}

/** A plain, respectful name first and the coded name for "medical name" (D14). A coded name that could hurt never leads. */
export function namePlainly(concept: unknown, locale: Locale, fallback: 'condition' | 'procedure' | 'visit' | 'plan', from: NameTable = table): PlainName {
  const sent = wordsOf(concept)
  const cleaned = sent === null ? null : cleanDisplay(sent)
  const row = findRow(concept, from)
  const coded = codesOf(concept).find(code => code.display !== null)?.display ?? sent
  const medical = coded === null ? null : cleanDisplay(coded)
  if (row) return { name: row[locale], medicalName: medical !== null && plainly(medical) !== row[locale].toLowerCase() ? medical : null, isKnown: true }
  const isSafe = cleaned !== null && /\p{L}/u.test(cleaned) && !hasChargedWord(cleaned)
  return { name: isSafe ? cleaned : words(locale)(`explain.name.${fallback}`), medicalName: isSafe && medical === cleaned ? null : medical, isKnown: false }
}
