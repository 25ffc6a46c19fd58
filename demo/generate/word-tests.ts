import type { DiagnosticReport, Observation } from '@medplum/fhirtypes'
import type { Chart } from './chart.ts'
import { addLabReport, labContext, type LabOrder } from './labs.ts'
import { interpretation, labObservation, testCode, type LabContext } from './lab-observation.ts'
import { makeOdd } from './lab-oddities.ts'
import { wordPanels, wordTests, type Word, type WordPanelKey, type WordTest, type WordTestKey } from './word-tests.data.ts'

export type WordOrder = Omit<LabOrder, 'levels'> & { found?: Partial<Record<WordTestKey, number>> }

/** Tests answered in words. `found` names those that are not as usual, with which of the other answers came. */
export function drawWordPanel(chart: Chart, key: WordPanelKey, order: WordOrder): DiagnosticReport {
  const panel: { code?: string; name?: string; printed: string; tests: readonly WordTestKey[] } = wordPanels[key]
  const context = labContext(chart, order)
  const results = panel.tests.map(testKey => {
    const test: WordTest = wordTests[testKey]
    const which = order.found?.[testKey] ?? (test.isNeutral ? lastingAnswer(chart, testKey, test) : undefined)
    return addWord(chart, test, which === undefined ? test.usual : test.found[which] ?? test.usual, context)
  })
  if (!order.isPlain) for (const result of results) makeOdd(chart, result, context)
  return addLabReport(chart, testCode(chart, panel.code, panel.name ?? '', panel.printed), results, order, context)
}

/** A blood type does not change from one test to the next. */
function lastingAnswer(chart: Chart, key: WordTestKey, test: WordTest): number | undefined {
  if (key === 'buprenorphine') return undefined
  let which = chart.levels.get(key)
  if (which === undefined) chart.levels.set(key, which = chart.random.chance(0.5) ? -1 : chart.random.whole(0, test.found.length - 1))
  return which < 0 ? undefined : which
}

export function addWord(chart: Chart, test: WordTest, word: Word, context: LabContext): Observation {
  const observation = labObservation(chart, testCode(chart, test.loinc, test.name, test.printed), context)
  if (word.snomed && chart.lab === 'juniperLab') observation.valueCodeableConcept = { coding: [{ system: 'http://snomed.info/sct', code: word.snomed, display: word.text }], text: word.text }
  else observation.valueString = word.text
  if (test.isNeutral) return observation
  observation.referenceRange = [{ text: test.usual.text }]
  const isUsual = word === test.usual
  const flag = test.usual.text === 'NEGATIVE' ? (isUsual ? 'NEG' : 'POS') : isUsual ? 'N' : 'A'
  if (!isUsual || chart.random.chance(0.7)) observation.interpretation = interpretation(flag)
  return observation
}
