import assert from 'node:assert/strict'
import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { IntlMessageFormat } from 'intl-messageformat'
import { englishSyllables, inflesz, readingGrade, shapeOf, spanishSyllables } from '#platform/readability.ts'
import { root } from '#platform/root.ts'
import { locales, type Locale } from '#platform/words.ts'

/**
 * Everything the site and the portal say is read by worried people (D9, D16). A text of ten words or more is judged by itself;
 * one of six to nine is given two grades of slack, because there a single long word ("appointment") moves the formula that far;
 * shorter ones (buttons, labels) count in their file's average, which must hold as well.
 */
const most = { en: { long: 6, short: 8 }, es: { long: 65, short: 55 } }
const longFrom = 10
const shortFrom = 6

type Element = { type: number; value: string; options?: Record<string, { value: Element[] }>; children?: Element[] }
const filesOf = (locale: Locale) => readdirSync(join(root, 'messages', locale)).filter(file => file.endsWith('.json')).sort()
const read = (locale: Locale, file: string) => JSON.parse(readFileSync(join(root, 'messages', locale, file), 'utf8')) as Record<string, string>
const parse = (locale: Locale, text: string) => new IntlMessageFormat(text, locale).getAst() as unknown as Element[]

/** The texts a message can become: one for each branch of its choices, each hole filled with a name. */
function readings(elements: Element[]): string[] {
  const branches = Math.max(1, ...elements.map(element => Object.keys(element.options ?? {}).length))
  return Array.from({ length: branches }, (_, branch) => elements.map(element => say(element, branch)).join(''))
}

function say(element: Element, branch: number): string {
  if (element.type === 0) return element.value
  if (element.type === 7) return '2'
  if (element.children) return element.children.map(child => say(child, branch)).join('')
  const options = Object.values(element.options ?? {})
  const chosen = options[Math.min(branch, options.length - 1)]
  return chosen ? chosen.value.map(child => say(child, branch)).join('') : 'Ana'
}

function holes(elements: Element[]): string[] {
  return elements.flatMap(element => [
    ...(element.type === 0 || element.type === 7 ? [] : [element.type === 8 ? `<${element.value}>` : element.value]),
    ...Object.values(element.options ?? {}).flatMap(option => holes(option.value)),
    ...holes(element.children ?? []),
  ])
}

const grade = { en: readingGrade, es: inflesz }
const beats = { en: englishSyllables, es: spanishSyllables }
const isEasy = (locale: Locale, score: number, limit: number) => (locale === 'en' ? score <= limit : score >= limit)

function teach(locale: Locale, where: string, text: string, score: number, limit: number): string {
  const { words, sentences } = shapeOf(text, beats[locale])
  const heavy = [...new Set(words.filter(word => beats[locale](word) >= (locale === 'en' ? 3 : 4)))].slice(0, 8).join(', ') || 'none'
  const measure = locale === 'en' ? `grade ${score.toFixed(1)}, at most ${limit}` : `INFLESZ ${score.toFixed(0)}, at least ${limit}`
  return `${where} is hard to read (${measure}): "${text}"\n  Long words: ${heavy}. Words in a sentence: ${(words.length / Math.max(1, sentences.length)).toFixed(0)}.\n  Cut it into short sentences, and say each long word plainly.`
}

for (const locale of locales) {
  for (const file of filesOf(locale)) {
    test(`${locale === 'en' ? 'D9' : 'D16'} messages/${locale}/${file} is easy to read`, () => {
      const problems: string[] = []
      const all: string[] = []
      for (const [key, message] of Object.entries(read(locale, file))) {
        for (const text of readings(parse(locale, message))) {
          all.push(text)
          const length = shapeOf(text, beats[locale]).words.length
          if (length < shortFrom) continue
          const limit = length >= longFrom ? most[locale].long : most[locale].short
          const score = grade[locale](text)
          if (!isEasy(locale, score, limit)) problems.push(teach(locale, `"${key}"`, text, score, limit))
        }
      }
      const whole = grade[locale](all.join('.\n'))
      if (!isEasy(locale, whole, most[locale].long)) problems.push(`All of messages/${locale}/${file} together: ${whole.toFixed(1)}, the limit is ${most[locale].long}. Its words are too long on average.`)
      assert.ok(problems.length === 0, `\n${problems.join('\n')}`)
    })
  }
}

test('every text is said somewhere: by its name, or by the beginning of one that is put together', () => {
  const sources = globSync(join(root, 'src/**/*.{ts,tsx}')).filter(file => !file.includes('.test.')).map(file => readFileSync(file, 'utf8')).join('\n')
  const begun = [...sources.matchAll(/[`']([a-z][\w-]*\.[\w.-]*)\$\{/g)].map(([, begins]) => begins!)
  const isSaid = (key: string) => sources.includes(`'${key}'`) || sources.includes(`"${key}"`) || sources.includes(`\`${key}\``) || begun.some(begins => key.startsWith(begins))
  assert.deepEqual(filesOf('en').flatMap(file => Object.keys(read('en', file))).filter(key => !isSaid(key)), [])
})

test('D16 every text stands in both languages, with the same holes', () => {
  const problems: string[] = []
  for (const file of new Set(locales.flatMap(filesOf))) {
    const [en, es] = locales.map(locale => (filesOf(locale).includes(file) ? read(locale, file) : {})) as [Record<string, string>, Record<string, string>]
    for (const key of new Set([...Object.keys(en), ...Object.keys(es)])) {
      const [one, other] = [en[key], es[key]]
      if (one === undefined || other === undefined) {
        problems.push(`"${key}" of ${file} has no ${one === undefined ? 'English' : 'Spanish'} words`)
        continue
      }
      const [ours, theirs] = [holes(parse('en', one)), holes(parse('es', other))].map(names => [...new Set(names)].sort().join(' '))
      if (ours !== theirs) problems.push(`"${key}" of ${file}: English fills {${ours}}, Spanish fills {${theirs}}`)
    }
  }
  assert.ok(problems.length === 0, `\n${problems.join('\n')}`)
})
