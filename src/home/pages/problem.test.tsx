import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { renderToStaticMarkup } from 'react-dom/server'
import { statusOf, type Problem } from '#platform/problems.ts'
import { practiceCard } from '#practice'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aPractice } from '#test/practice.ts'
import { problemView } from './problem.tsx'

let house: TestHouse
before(async () => { house = await aHouse() })
after(() => house.close())

const problems = Object.keys(statusOf) as Problem[]
const htmlOf = (problem: Problem, facts: { locale: 'en' | 'es'; face: 'site' | 'portal' | 'console' }) => {
  const view = problemView(problem, { ...facts, requestId: '0d9f2c11-aaaa-bbbb-cccc-000000000000', house: house.house })
  assert.ok('element' in view)
  return { status: view.status, html: renderToStaticMarkup(view.element) }
}

test('each problem is told in words with a way on, for each face and language, also before the database was ever reached', async () => {
  for (const isKnown of [false, true]) {
    if (isKnown) {
      await aPractice(house)
      await practiceCard(house.visitor())
    }
    for (const problem of problems) {
      for (const face of ['site', 'portal', 'console'] as const) {
        for (const locale of ['en', 'es'] as const) {
          const { status, html } = htmlOf(problem, { locale, face })
          assert.equal(status, statusOf[problem])
          assert.match(html, new RegExp(`<html lang="${locale}"`))
          assert.match(html, /<h1>[^<]{8,}<\/h1>/)
          assert.ok(html.includes(face === 'site' ? (locale === 'es' ? 'href="/es"' : 'href="/"') : `href="/${face}"`), `${problem} ${face} has a way on`)
          assert.match(html, /noindex/)
          if (isKnown && face !== 'console') assert.match(html, /tel:\+18025550199/)
          assert.ok(!/invalid|failed|denied|exception|undefined/i.test(html))
        }
      }
    }
  }
})

test('a surprise gives a number to say on the telephone', () => {
  assert.match(htmlOf('surprise', { locale: 'en', face: 'portal' }).html, /0d9f2c11/)
  assert.ok(!htmlOf('not-found', { locale: 'en', face: 'portal' }).html.includes('0d9f2c11'))
})
