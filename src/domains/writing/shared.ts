import type { Offer } from './suggest-words.ts'

export type { Offer }
/** Words of a note that are pointed out while it is written: where they stand, why, and what one click puts there. */
export type Mark = {
  field: 'body' | 'summary'
  term: string
  start: number
  end: number
  words: string
  why: string
  suggest: string
  severity: 1 | 2 | 3
  offers: Offer[]
  /** In words, where they were copied from an earlier note (N5). */
  copiedFrom: string | null
}
/** What the check answers: five marks at most, how many more there are, and what was copied forward. */
export type CheckedNote = { marks: Mark[]; more: number; copied: { field: 'body' | 'summary'; start: number; end: number; from: string }[] }

/** A word that the author keeps: it is not pointed out again in this note. */
export const keptKey = (term: string, words: string): string => `${term}|${words.toLowerCase().slice(0, 80)}`
