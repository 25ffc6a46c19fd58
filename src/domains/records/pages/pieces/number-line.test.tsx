import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Observation } from '@medplum/fhirtypes'
import { renderToStaticMarkup } from 'react-dom/server'
import { root } from '#platform/root.ts'
import { words } from '#platform/words.ts'
import { Speaking } from '#ui/speaking.tsx'
import { explainObservation, type ExplainedResult } from '../../explain/explain-observation.ts'
import type { ExplainOptions } from '../../explain/explain-options.ts'
import { explainWords } from '../../explain/explain-words.ts'
import { history, pastValueOf } from '../../explain/show-history.ts'
import { ExplainedText } from './explained-text.tsx'
import { HistoryChart } from './history-chart.tsx'
import { NumberLine } from './number-line.tsx'
import { ResultHeadline } from './result-headline.tsx'

const now = new Date('2026-11-23T12:00:00Z')
const glucose = (value: number, day = '2026-11-20', change = {}) => ({
  resourceType: 'Observation', status: 'final', category: [{ coding: [{ code: 'laboratory' }] }], code: { coding: [{ system: 'http://loinc.org', code: '2345-7' }] }, effectiveDateTime: day,
  valueQuantity: { value, unit: 'mg/dL' }, referenceRange: [{ low: { value: 70 }, high: { value: 99 } }], ...change,
}) as unknown as Observation
const explain = (observation: Observation, wish: Partial<ExplainOptions> = {}): ExplainedResult => explainObservation(observation, { locale: 'en', now, ...wish }) ?? assert.fail()
const draw = (observation: Observation, wish: Partial<ExplainOptions> = {}): string => renderToStaticMarkup(<NumberLine line={explain(observation, wish).line ?? assert.fail('no line')} />)
const pastOf = (observation: Observation) => pastValueOf(observation, { locale: 'en' }) ?? assert.fail()

test('D3 the number line is told to those who cannot see it: title and description', () => {
  const html = draw(glucose(103), { past: [pastOf(glucose(95, '2026-05-11'))] })
  assert.match(html, /role="img" aria-labelledby="([^" ]+) ([^" ]+)"/)
  assert.match(html, /<title[^>]*>Blood sugar on a number line<\/title><desc[^>]*>Your result is 103 mg\/dL\. A little above the usual range\. The usual range goes from 70 to 99\. Before that, it was 95 on May 11, 2026\.<\/desc>/)
})

test('D3 ends, value, unit and earlier days stand in words on the picture', () => {
  const html = draw(glucose(103), { past: [pastOf(glucose(95, '2026-05-11'))] })
  for (const text of ['>70<', '>99<', '>103 mg/dL<', '>Usual range<', '>Your result<', '>95<', '>May 11, 2026<']) assert.ok(html.includes(text), text)
})

test('D3 colour never speaks alone: every tone has its own shape, and red is for quick action only', () => {
  const shape = (html: string) => /class="rec-shape-body" d="([^"]+)"/.exec(html)?.[1]
  const calm = draw(glucose(90)), little = draw(glucose(103))
  const act = draw(glucose(400), { practiceCritical: new Map([['2345-7', [{ unit: 'mg/dL', high: '400' }]]]) })
  assert.equal(new Set([calm, little, act].map(shape)).size, 3)
  for (const value of [60, 90, 103, 130, 900]) assert.doesNotMatch(draw(glucose(value)), /rec-shape-act|rec-marker-act/)
  assert.match(act, /rec-shape-act/)
  const css = readFileSync(join(root, 'src/domains/records/pages/portal-records.css'), 'utf8')
  for (const [, selector = ''] of css.matchAll(/([^{}]+)\{[^{}]*--act\b[^{}]*\}/g)) assert.match(selector, /-act/)
})

test('D2+ one bound draws one side, a limit draws no marker', () => {
  const limit = draw(glucose(0, '2026-11-20', { valueQuantity: { value: 70, comparator: '<', unit: 'mg/dL' } }))
  assert.doesNotMatch(limit, /rec-shape/)
  assert.match(limit, />&lt; 70 mg\/dL</)
  const one = draw(glucose(180, '2026-11-20', { referenceRange: [{ high: { value: 200 } }] }))
  assert.equal((one.match(/rec-outside/g) ?? []).length, 0)
  assert.match(one, /rec-band-open/)
})

test('pictures carry no inline style and no script, and two on one page do not share names', () => {
  const line = explain(glucose(103)).line ?? assert.fail()
  const html = renderToStaticMarkup(<div><NumberLine line={line} /><NumberLine line={line} /><ExplainedText spans={explainWords('Culture negative. SOB.', 'en')} locale="en" /></div>)
  assert.doesNotMatch(html, /\sstyle=|<script|\son[a-z]+=/)
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(match => match[1])
  assert.equal(new Set(ids).size, ids.length)
})

test('D1 a result begins with its name, its meaning and where it lies', () => {
  const html = renderToStaticMarkup(<ResultHeadline result={explain(glucose(103))} />)
  assert.match(html, /<h1[^>]*>Blood sugar<\/h1><p[^>]*>Shows how much sugar.*A little above the usual range/)
})

test('D16 English that stands in for Spanish says so to the screen reader, with one Spanish line', () => {
  const html = renderToStaticMarkup(<ResultHeadline result={explain(glucose(103), { locale: 'es' })} level={2} />)
  assert.match(html, /<div class="rec-headline" lang="en"><h2/)
  assert.match(html, /<p class="rec-offer" lang="es">[^<]*teléfono/)
})

test('D7 the history is a drawing and a table with the same numbers', () => {
  const model = history([glucose(103), glucose(95, '2026-05-11')].map(pastOf), { locale: 'en', name: 'Blood sugar' }) ?? assert.fail()
  const html = renderToStaticMarkup(<Speaking say={words('en')}><HistoryChart model={model} say={words('en')} /></Speaking>)
  assert.match(html, /<svg[\s\S]*<table/)
  const limited = history([glucose(103), glucose(70, '2026-05-11', { valueQuantity: { value: 70, comparator: '<', unit: 'mg/dL' } })].map(pastOf), { locale: 'en', name: 'Blood sugar' }) ?? assert.fail()
  assert.match(renderToStaticMarkup(<Speaking say={words('en')}><HistoryChart model={limited} say={words('en')} /></Speaking>), /&lt; 70 mg\/dL/)
})

test('N10 an explained note reads letter for letter', () => {
  const text = 'Chest x-ray unremarkable.\nCulture negative for strep.'
  const html = renderToStaticMarkup(<ExplainedText spans={explainWords(text, 'en')} locale="en" />)
  assert.equal(html.replace(/<span class="rec-means"[^>]*>[^<]*<\/span>/g, '').replace(/<[^>]+>/g, ''), text)
})
