import type { Observation } from '@medplum/fhirtypes'
import type { ExplainOptions } from './explain-options.ts'
import { explainObservation, type ExplainedResult } from './explain-observation.ts'
import { asThing, asThings, codeIn } from './read-loosely.ts'
import { history, lastValues, pastValueOf, type HistoryModel, type PastValue } from './show-history.ts'
import { knowTest } from './know-tests.ts'

export type ExplainedVital = {
  latest: ExplainedResult
  /** One chart for a plain vital sign; for blood pressure one for the upper and one for the lower number. */
  charts: { name: string; model: HistoryModel }[]
  /** Each value as it was read, newest first: "128/76 mmHg". `place` is where its observation stands among those that were given. */
  rows: { value: string; day: string; place: number }[]
}

/** Blood pressure and pulse first, then breath and warmth, then size. */
const order = ['85354-9', '8867-4', '2708-6', '9279-1', '8310-5', '29463-7', '8302-2', '39156-5', '72514-3']

/** Vital signs, one entry for each kind, the newest leading. */
export function explainVitals(observations: readonly Observation[], options: ExplainOptions): ExplainedVital[] {
  const groups = new Map<string, Member[]>()
  for (const [place, resource] of observations.entries()) {
    const told = explainObservation(resource, options)
    if (!told || told.status === 'not-finished' || told.value === null) continue
    const key = knowTest(told.loinc)?.canonical ?? told.loinc ?? told.labName
    groups.set(key, [...(groups.get(key) ?? []), { resource, told, place }])
  }
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length)
  return [...groups].toSorted(([a], [b]) => rank(a) - rank(b)).map(([, members]) => entry(members, options)).filter(vital => vital !== null)
}

type Member = { resource: Observation; told: ExplainedResult; place: number }
function entry(members: Member[], options: ExplainOptions): ExplainedVital | null {
  const sorted = members.toSorted((a, b) => (b.told.taken?.time ?? 0) - (a.told.taken?.time ?? 0))
  const newest = sorted[0]
  if (!newest) return null
  const parts = newest.told.parts.map(part => part.loinc)
  const series = newest.told.value?.digits === null && parts.length > 0 ? parts : [null]
  const charts = series.flatMap((loinc, index) => {
    const values = sorted.map(({ resource }) => valueOf(resource, loinc, options)).filter(value => value !== null)
    const current = values[0]
    const name = loinc === null ? newest.told.name : (newest.told.parts[index]?.name ?? newest.told.name)
    const model = current ? history(lastValues(current, values), { locale: newest.told.locale, name }) : null
    return model ? [{ name, model }] : []
  })
  return { latest: newest.told, charts, rows: sorted.map(({ told, place }) => ({ value: told.value?.short ?? '', day: told.taken?.words ?? '', place })) }
}

/** A vital sign is measured by many hands in one place: whose hand it was does not part its history. */
function valueOf(resource: Observation, part: string | null, options: ExplainOptions): PastValue | null {
  const thing = asThing(resource)
  const component = part === null ? null : asThings(thing.component).find(one => codeIn(one.code, 'loinc') === part)
  if (part !== null && !component) return null
  const value = pastValueOf(component ? { ...component, status: thing.status, effectiveDateTime: thing.effectiveDateTime, effectivePeriod: thing.effectivePeriod, issued: thing.issued } : thing, options)
  return value && { ...value, lab: '', loinc: knowTest(value.loinc)?.canonical ?? value.loinc }
}
