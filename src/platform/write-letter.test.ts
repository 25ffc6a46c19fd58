import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { codeOf, linkTo, momentOf, nameStartOf, placeNameOf, practiceNameOf, telephoneOf } from '#platform/letter-facts.ts'
import { letterKinds, mostTextLetters, writeLetter, writeText, type LetterFacts, type LetterKind, type Sender, type TextKind } from '#platform/write-letter.ts'
import { gsmLength, toGsm } from '#platform/gsm.ts'
import { locales, words } from '#platform/words.ts'

const house = { config: { publicUrl: 'https://practice.example' } } as Parameters<typeof linkTo>[0]
const sender: Sender = { name: practiceNameOf('Heron Street Clinic'), phone: telephoneOf('(802) 555-0199') }
const link = linkTo(house, '/portal/visits/11111111-1111-4111-8111-111111111111')
const visit = (locale: 'en' | 'es', style: 'moment' | 'moment-short' = 'moment') => ({ link, when: momentOf(new Date('2026-12-01T14:30:00Z'), 'America/New_York', locale, { style }), place: placeNameOf('Heron Street') })
function factsOf(kind: LetterKind, locale: 'en' | 'es'): LetterFacts[LetterKind] {
  if (kind.startsWith('visit-')) return visit(locale)
  if (kind === 'changed') return { what: 'password' }
  if (kind === 'code') return { code: codeOf('123456') }
  return { link, minutes: 30, signsInAs: nameStartOf('ana.lopez'), code: codeOf('ABCD-1234') }
}
/** What would tell somebody why a person sees a doctor. */
const health = /\b(results?|tests?|labs?|diagnos\w*|medicin\w*|medication|doctor|nurse|clinician|patients?|treat\w*|condition|disease|resultados?|análisis|pruebas?|diagnóstico|medicina|médic[oa]|pacientes?|enfermedad)\b/i

describe('the words of our letters', () => {
  test('hold no health word, in any kind and both languages, as text, as HTML and as a text message', () => {
    for (const locale of locales) {
      for (const kind of letterKinds) {
        const { subject, text, html } = writeLetter(kind, { locale, sender, facts: factsOf(kind, locale) })
        for (const said of [subject, text, html.replace(/<style>.*<\/style>/s, '').replace(/<[^>]+>/g, ' ')]) assert.doesNotMatch(said, health, `${kind} ${locale}`)
        assert.doesNotMatch(text, /[{}]|undefined|null/, kind)
      }
    }
  })
  test('take nothing whose origin the compiler does not know: a plain text, a name, a diagnosis', () => {
    // @ts-expect-error a plain text is no link
    assert.ok(writeLetter('something-new', { locale: 'en', sender, facts: { link: 'HIV test positive' } }))
    // @ts-expect-error there is no place for a name
    assert.ok(writeLetter('something-new', { locale: 'en', sender, facts: { link, name: 'Ana' } }))
    // @ts-expect-error a visit's place is one of ours, not words
    assert.ok(writeLetter('visit-coming', { locale: 'en', sender, facts: { link, place: 'Oncology' } }))
    assert.ok(!writeLetter('something-new', { locale: 'en', sender, facts: { link, name: 'zq7canary' } as never }).text.includes('zq7canary'))
  })
  test('lead only to addresses that say nothing', () => {
    for (const path of ['/portal/results?name=Ana', '/portal/results/hiv-test', 'https://evil.example/portal', '//evil.example', '/console', '/portal/visits/1#x', '/reset/short']) assert.throws(() => linkTo(house, path), path)
    assert.throws(() => codeOf('positive for HIV, call us'))
    assert.equal(telephoneOf('call about your biopsy'), undefined)
  })
  test('say the same in both forms, with one button, and ask nobody else for anything', () => {
    for (const kind of letterKinds) {
      const { text, html } = writeLetter(kind, { locale: 'es', sender, facts: factsOf(kind, 'es') })
      assert.match(html, /<html lang="es">/)
      assert.doesNotMatch(html, /<(script|img|link|iframe)|url\(|@import/)
      for (const [, href] of html.matchAll(/(?:href|src)="([^"]+)"/g)) assert.ok(href!.startsWith('https://practice.example/'), href)
      const inHtml = html.replace(/<style>.*<\/style>/s, '').replace(/<[^>]+>/g, ' ').replace(/&amp;/g, '&').replace(/\s+/g, ' ')
      for (const paragraph of text.split('\n\n').filter(part => !part.startsWith('http') && !part.startsWith('-- '))) assert.ok(inHtml.includes(paragraph.replace(/\s+/g, ' ')), `${kind}: ${paragraph}`)
    }
  })
  test('a text has 160 letters at most, whatever the practice and the place are called; with its name, its number and the way out', () => {
    const kinds: TextKind[] = ['something-new', 'code', ...letterKinds.filter(kind => kind.startsWith('visit-')) as TextKind[]]
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), fc.constantFrom(...kinds), fc.constantFrom(...locales), fc.constantFrom('brief', 'asks', 'tells'), (name, place, kind, locale, how) => {
      const facts = kind.startsWith('visit-') ? how === 'brief' ? { link } : { ...visit(locale, 'moment-short'), place: placeNameOf(place), ...(how === 'asks' && { asks: true }) } : { link, code: codeOf('123456') }
      const length = gsmLength(writeText(kind, { locale, sender: { ...sender, name: practiceNameOf(name) }, facts: facts as never }))
      assert.ok(length !== undefined && length <= mostTextLetters, `${length}`)
    }))
    for (const locale of locales) {
      for (const kind of kinds) {
        const text = writeText(kind, { locale, sender, facts: (kind.startsWith('visit-') ? visit(locale, 'moment-short') : { link: linkTo(house, '/portal'), code: codeOf('123456') }) as never })
        for (const part of ['Heron Street Clinic', '555-0199', ...(kind === 'code' ? [] : ['STOP'])]) assert.ok(text.includes(part), `${kind} ${locale} lacks ${part}: ${text}`)
        assert.doesNotMatch(text, health, text)
      }
    }
  })
  test('every answer to a text is one text, too', () => {
    for (const locale of locales) {
      const say = words(locale)
      for (const key of ['stopped', 'stopped-visit', 'changed', 'started', 'help', 'confirmed', 'no', 'not-read', 'danger']) {
        const text = toGsm(say(`text.answer.${key}`, { practice: 'Heron Street Family Health Barre', phone: '(802) 555-0199' }))
        assert.ok(gsmLength(text)! <= mostTextLetters, `${locale} ${key} ${gsmLength(text)}`)
      }
    }
  })
  test('a reminder by text says the time, how to say yes, and its link; what does not fit goes first: the place, then the link', () => {
    const short = linkTo(house, '/v/AbCdEfGhIjKlMnOp', { front: 'site' })
    const text = (locale: 'en' | 'es', name = 'Heron Street Clinic') => writeText('visit-coming', { locale, sender: { ...sender, name: practiceNameOf(name) }, facts: { ...visit(locale, 'moment-short'), link: short, asks: true } })
    assert.match(text('en'), /^Heron Street Clinic: visit Tue, Dec 1, 9:30 AM EST, Heron Street\. Text YES if you come\. https:\/\/practice\.example\/v\/AbCdEfGhIjKlMnOp \(802\) 555-0199\. STOP ends texts\.$|^Heron Street Clinic: visit Tue, Dec 1, 9:30 AM EST\. Text YES/)
    assert.match(text('es'), /Si viene, ponga SI\. https:\/\/practice\.example\/v\//)
    assert.match(text('en', 'The Heron Street Family Health Clinic of Barre'), /9:30 AM EST\. Text YES if you come\./)
  })
  test('a name cannot break out of the HTML', () => {
    const { html } = writeLetter('something-new', { locale: 'en', sender: { name: practiceNameOf('<script>alert(1)</script>"&') }, facts: { link } })
    assert.doesNotMatch(html, /<script/)
  })
})
