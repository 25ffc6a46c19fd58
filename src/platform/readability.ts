/** How hard a text is to read. Two formulas, because the English one does not hold for Spanish. Knows no medicine. */

const english: Record<string, number> = {
  area: 3, areas: 3, people: 2, every: 2, everyone: 3, everything: 3, different: 3, business: 2, something: 2, someone: 2, somebody: 3, sometimes: 2,
  somewhere: 2, whole: 1, being: 2, seeing: 2, idea: 3, create: 2, created: 3, react: 2, reactive: 3, reaction: 3, reactions: 3, ask: 1, quiet: 2, diet: 2, science: 2,
  client: 2, usual: 3, usually: 4, actual: 3, actually: 4, manual: 3, gradual: 3, visual: 3, period: 3, radio: 3, video: 3, audio: 3,
  family: 3, families: 3, medicine: 3, medicines: 3, hour: 1, hours: 1, our: 1, ours: 1, fire: 1, tired: 1, poem: 2, doing: 2, going: 2, goes: 1, does: 1,
  shoes: 1, eye: 1, eyes: 1, eyebrow: 2, once: 1, anyone: 3, anything: 3, maybe: 2, safely: 2, lonely: 2, careful: 2, carefully: 3, care: 1,
  caregiver: 3, caregivers: 3, homepage: 2, therefore: 2, evening: 2, several: 3, interest: 3, favorite: 3, chocolate: 2, temperature: 4, vegetable: 4,
  lion: 2, reality: 4, theater: 3, museum: 3, diabetes: 4, creatinine: 4, influenza: 4,
  asked: 1, needed: 2, wednesday: 2, february: 4, january: 4, dr: 2, mr: 2, mrs: 2, ms: 1, am: 1, pm: 2, ok: 2, id: 2, tv: 2,
}

/** Vowel groups, less what is silent, plus what is split. Wrong for about one word in twenty-five; never by more than one. */
export function englishSyllables(word: string): number {
  const letters = word.toLowerCase().replace(/[’']s?$/, '').replace(/[^a-z]/g, '')
  if (letters === '') return 1
  const known = english[letters]
  if (known !== undefined && Object.hasOwn(english, letters)) return known
  let count = (letters.match(/[aeiouy]+/g) ?? []).length
  if (/[^aeiouy]e$/.test(letters) && !/[^aeiouy]le$/.test(letters)) count--             // make, care
  if (/[^aeiouytd]ed$/.test(letters)) count--                                          // shared, not needed
  if (/[^aeiouylsxzcg]es$/.test(letters) && !/(ch|sh)es$/.test(letters)) count--       // makes, not changes
  if (/[aeiouy]les$/.test(letters)) count--                                            // rules, not tables
  if (/[^aeiouy](e)(ly|ful|less|ment|ments|ness)$/.test(letters)) count--              // lately, hopeful
  count += (letters.match(/(?<![ctsxg])i(?:a(?!ge)|o(?!n))|[ctsxg]iar|rien|eo(?!u)|[^gq]u(?:a[lt]|i[dn]$|el$)|iu|ying$|[aeo]ing$|uou|ea(?=tion|te[ds]?$)/g) ?? []).length
  if (/[^aeiou]ism$|thm$/.test(letters)) count++
  return Math.max(1, count)
}

/** Strong vowels count each; a weak one joins its neighbour unless it carries an accent. */
export function spanishSyllables(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-záéíóúüñ]/g, '').replace(/qu(?=[eiéí])/g, 'q').replace(/gu(?=[eiéí])/g, 'g').replace(/y(?![aeiouáéíóú])/g, 'i')
  const groups = letters.match(/[aeiouáéíóúü]+/g) ?? []
  let count = 0
  for (const group of groups) {
    const strong = (group.match(/[aeoáéíóú]/g) ?? []).length
    count += Math.max(1, strong)
  }
  return Math.max(1, count)
}

// A point that ends no sentence: "Dr. Ada", "9 a.m.", "3.5".
const abbreviation = /\b(Dr|Dra|Mr|Mrs|Ms|Sr|Sra|St|No|vs|approx|ext|tel|Ud|Uds)\.|\b([ap])\.\s?m\.|\b(U\.S|EE\.\s?UU)\./gi

export type Shape = { words: string[]; sentences: string[]; syllables: number }

export function shapeOf(text: string, syllablesIn: (word: string) => number): Shape {
  const plain = text.replace(abbreviation, match => match.replaceAll('.', ' ')).replace(/(\d)[.,:](?=\d)/g, '$1')
  const sentences = plain.split(/[.!?;:…]+(?=\s|$)|\n+/).map(part => part.trim()).filter(part => /[\p{L}\d]/u.test(part))
  const words = plain.match(/[\p{L}\d]+(?:['’\-/][\p{L}\d]+)*/gu) ?? []
  return { words, sentences, syllables: words.reduce((sum, word) => sum + word.split(/[-/]/).reduce((all, part) => all + syllablesIn(part), 0), 0) }
}

/** Flesch–Kincaid grade: 0.39 × words per sentence + 11.8 × syllables per word − 15.59. Source: Kincaid 1975. */
export function readingGrade(text: string): number {
  const { words, sentences, syllables } = shapeOf(text, englishSyllables)
  if (words.length === 0) return 0
  return 0.39 * (words.length / Math.max(1, sentences.length)) + 11.8 * (syllables / words.length) - 15.59
}

/** Szigriszt-Pazos on the INFLESZ scale, 0 hard … 100 easy; ≥ 65 is "quite easy". Source: Barrio-Cantalejo 2008. */
export function inflesz(text: string): number {
  const { words, sentences, syllables } = shapeOf(text, spanishSyllables)
  if (words.length === 0) return 100
  return 206.835 - 62.3 * (syllables / words.length) - words.length / Math.max(1, sentences.length)
}
