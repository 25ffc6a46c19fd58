import type { Charged } from '#records/shared'

/** What one click puts in the place of words, from `lead` letters before them to their end; `blank` is what the author fills in, counted from its start. */
export type Offer = { label: string; lead: number; trail: number; text: string; blank: [number, number] | null }

/** Advice, and no words to put there: what to write only the author knows. */
const isAdvice = /^(describe|list|give)\b|\bonly if relevant\b|^accounts differ|^leave out(?=.)/
/** What follows is advice about the words before it. */
const asides = /(;| if it matters| unless).*$|, if .*$/

/** The alternatives of a suggestion, as they are written: split at " / ", but never inside brackets; "because …" at the end is for each. */
function alternatives(suggest: string): string[] {
  const all = suggest.split(/ \/ (?![^[]*\])/).map(one => one.trim()).filter(Boolean)
  const tail = /(?: \[x\])? (?:because|when) ….*$/.exec(all.at(-1) ?? '')?.[0] ?? ''
  return all.map(one => (one.endsWith(tail) ? one : one + tail))
}

/** A suggestion may hold a blank: "…", or "[value]". What is not the author's to fill is no blank. */
const blankIn = (text: string): [number, number] | null => { const found = /…|\[[^\]]+\]/.exec(text); return found ? [found.index, found.index + found[0].length] : null }

const startsUpper = (words: string) => /^\p{Lu}\p{Ll}/u.test(words)
const upper = (words: string) => words.replace(/^\p{Ll}/u, letter => letter.toUpperCase())

/** Two at most. None where the suggestion is advice: then the click goes to the words themselves. Pure. Source: N2. */
export function offersFor({ suggest, words, start, end }: Pick<Charged, 'suggest' | 'words' | 'start' | 'end'>, text: string): Offer[] {
  if (/^leave out$/.test(suggest)) return [takenOut(text, start, end)]
  if (isAdvice.test(suggest)) return []
  return alternatives(suggest).filter(one => !isAdvice.test(one)).slice(0, 2).map(one => {
    const bare = /…|\[/.test(one) ? one : one.replace(asides, '')
    const many = /s$/i.test(words) && bare.startsWith('person ') ? bare.replace('person ', 'people ') : bare
    return { ...placed(startsUpper(words) ? upper(many) : many, text, start), label: many }
  })
}

/** With its article: "an alcoholic" becomes "a person with …". */
function placed(put: string, text: string, start: number): Omit<Offer, 'label'> {
  const article = /\b(a|an)\s+$/i.exec(text.slice(Math.max(0, start - 4), start))
  const isCounted = /^(person|single|older|opioid|newborn)\b/i.test(put)
  if (!article) return { lead: 0, trail: 0, text: put, blank: blankIn(put) }
  const [given, lead] = [article[1]!, article[0].length]
  const fits = isCounted ? (/^[aeiou]/i.test(put) ? 'an ' : 'a ') : ''
  if (put.startsWith('people ') || !isCounted) return { lead: 0, trail: 0, text: put, blank: blankIn(put) }
  const whole = (startsUpper(`${given}x`) || given === 'A' ? upper(fits) : fits) + put
  return { lead, trail: 0, text: whole, blank: blankIn(whole) }
}

function takenOut(text: string, start: number, end: number): Offer {
  const space = /^[ \t]/.test(text.slice(end)) && (start === 0 || /\s$/.test(text.slice(0, start))) ? 1 : 0
  return { label: '', lead: 0, trail: space, text: '', blank: null }
}
