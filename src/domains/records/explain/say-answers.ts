import type { Say } from '#platform/words.ts'
import type { Observed } from './read-value.ts'

/** Questionnaires that add up to points: the most there is, and whether a way to help belongs beside it. */
const points: ReadonlyMap<string, { most: string; hasHelp: boolean }> = new Map([
  ['44261-6', { most: '27', hasHelp: true }],
  ['55758-7', { most: '6', hasHelp: true }],
  ['70274-6', { most: '21', hasHelp: true }],
  ['44260-8', { most: '3', hasHelp: true }],
  ['75626-2', { most: '12', hasHelp: false }],
  ['82667-7', { most: '10', hasHelp: false }],
  ['72106-8', { most: '30', hasHelp: false }],
  ['9271-8', { most: '10', hasHelp: false }],
])
export const surveyPoints = (code: string | null): { most: string; hasHelp: boolean } | null => (code === null ? null : (points.get(code) ?? null))

const smoking: ReadonlyMap<string, string> = new Map([
  ['266919005', 'never'], ['8517006', 'former'], ['449868002', 'every-day'], ['428041000124106', 'some-days'], ['77176002', 'now'], ['428071000124103', 'every-day'], ['428061000124105', 'now'], ['266927001', 'not-known'],
  ['LA18978-9', 'never'], ['LA15920-4', 'former'], ['LA18976-3', 'every-day'], ['LA18977-1', 'some-days'], ['LA18979-7', 'now'], ['LA18980-5', 'not-known'],
])
const smokingWords: readonly [RegExp, string][] = [[/never/i, 'never'], [/former|ex-?smoker|quit/i, 'former'], [/some ?day|sometimes/i, 'some-days'], [/every ?day|daily|heavy/i, 'every-day'], [/unknown/i, 'not-known'], [/smoke/i, 'now']]

/** An answer in words: yes and no, smoking without a label for the person, else as it was given. */
export function sayAnswer(observed: Exclude<Observed, { kind: 'number' | 'tracing' | 'none' }>, code: string | null, say: Say): string {
  if (observed.kind === 'truth') return say(observed.isTrue ? 'explain.yes' : 'explain.no')
  if (observed.kind === 'words' && code === '72166-2') {
    const key = observed.codes.map(one => smoking.get(one.code)).find(found => found !== undefined) ?? smokingWords.find(([pattern]) => pattern.test(observed.words))?.[1]
    if (key !== undefined) return say(`explain.smoking.${key}`)
  }
  return observed.kind === 'words' ? observed.words.replace(/ \((finding|disorder|qualifier value|situation|observable entity)\)$/, '') : observed.words
}
