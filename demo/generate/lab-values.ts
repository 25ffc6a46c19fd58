import type { Chart } from './chart.ts'
import { labTests, type Bounds, type LabTest, type TestCode } from './lab-tests.data.ts'
import { ageAt } from './practice-clock.ts'

export type Flag = 'LL' | 'L' | 'N' | 'H' | 'HH'

/** What the analyser prints: the number, perhaps with < or >, the range it prints beside it, and the flag that follows from both. */
export type LabValue = { test: LabTest; value: number; comparator?: '<' | '>'; bounds?: Bounds; flag?: Flag }

/** The range the laboratory prints for this patient on that day. */
export function boundsFor(test: LabTest, chart: Chart, at: number): Bounds | undefined {
  if (test.child && ageAt(chart.person.born, at) < 12) return test.child
  if (!test.bounds) return undefined
  return 'female' in test.bounds ? test.bounds[chart.person.sex] : test.bounds
}

/** Mean and spread in healthy people like this one. */
function usual(test: LabTest, bounds: Bounds | undefined): readonly [number, number] {
  const isOwnRange = bounds === test.child
  if (test.usual && !isOwnRange) return test.usual
  const [low, high] = bounds ?? [null, null]
  if (low === null || high === null) return test.usual ?? [high ?? low ?? 1, 0.1]
  return [(low + high) / 2, (high - low) / 4.4]
}

/** A new number for every test, near this body's own level; those that follow from others are worked out from them. */
export function drawValues(chart: Chart, codes: readonly TestCode[], at: number): Map<TestCode, number> {
  const values = new Map<TestCode, number>()
  const draw = (code: TestCode): number => {
    const known = values.get(code)
    if (known !== undefined) return known
    const value = derive(code, chart, at, draw) ?? nearLevel(chart, labTests[code], at)
    values.set(code, value)
    return value
  }
  for (const code of codes) draw(code)
  return values
}

function nearLevel(chart: Chart, test: LabTest, at: number): number {
  const [mean, spread] = usual(test, boundsFor(test, chart, at))
  let level = chart.levels.get(test.loinc)
  if (level === undefined) chart.levels.set(test.loinc, level = chart.random.around(mean, spread * 0.85))
  // The wobble from day to day grows with the level, so that a potassium of 4 and a PSA of 40 both look alive.
  const wobble = Math.min(spread * 0.4, Math.abs(level) * 0.08 + spread * 0.05)
  return Math.max(10 ** -test.digits, chart.random.around(level, wobble))
}

type Draw = (code: TestCode) => number

/** Numbers that laboratories calculate, or that cannot move apart in one body. */
function derive(code: TestCode, chart: Chart, at: number, draw: Draw): number | undefined {
  const noise = 1 + (chart.random.next() - 0.5) * 0.03
  switch (code) {
    case '4544-3': return draw('718-7') * 2.96 * noise
    case '789-8': return (draw('4544-3') * 10) / draw('787-2')
    case '785-6': return (draw('718-7') * 10) / draw('789-8')
    case '786-4': return (draw('718-7') * 100) / draw('4544-3')
    case '751-8': return draw('6690-2') * (0.55 + 0.12 * chart.random.next())
    case '731-0': return draw('6690-2') * (0.2 + 0.1 * chart.random.next())
    case '98979-8': return filterRate(draw('2160-0'), ageAt(chart.person.born, at), chart.person.sex === 'female')
    case '10834-0': return draw('2885-2') - draw('1751-7')
    case '43396-1': return draw('2093-3') - draw('2085-9')
    case '13457-7': return Math.max(20, draw('2093-3') - draw('2085-9') - draw('2571-8') / 5)
    case '27353-2': return 28.7 * draw('4548-4') - 46.7
    case '2502-3': return (draw('2498-4') / draw('2500-7')) * 100
    case '5902-2': return 10.2 * draw('6301-6') * noise
    default: return undefined
  }
}

/** CKD-EPI 2021, without race. */
export function filterRate(creatinine: number, age: number, isFemale: boolean): number {
  const [kappa, alpha] = isFemale ? [0.7, -0.241] : [0.9, -0.302]
  const ratio = creatinine / kappa
  return 142 * Math.min(ratio, 1) ** alpha * Math.max(ratio, 1) ** -1.2 * 0.9938 ** age * (isFemale ? 1.012 : 1)
}

/** As printed: rounded to the laboratory's digits, cut where its analyser cuts, flagged against its own range. */
export function printValue(test: LabTest, raw: number, bounds: Bounds | undefined): LabValue {
  const rounded = Number(raw.toFixed(test.digits))
  const [least, most] = test.prints ?? [null, null]
  const cut = least !== null && rounded < least ? { value: least, comparator: '<' as const }
    : most !== null && rounded > most ? { value: most, comparator: '>' as const }
      : { value: rounded }
  return { test, ...cut, ...(bounds && { bounds, flag: flagOf(cut.value, cut.comparator, bounds, test.critical) }) }
}

/** A value equal to a bound is inside it, but "<" and ">" are strictly beyond their number. */
export function flagOf(value: number, comparator: '<' | '>' | undefined, bounds: Bounds, critical?: Bounds): Flag {
  const isBelow = (bound: number | null | undefined) => bound != null && (value < bound || (comparator === '<' && value <= bound))
  const isAbove = (bound: number | null | undefined) => bound != null && (value > bound || (comparator === '>' && value >= bound))
  if (isBelow(critical?.[0])) return 'LL'
  if (isAbove(critical?.[1])) return 'HH'
  if (comparator !== '>' && isBelow(bounds[0])) return 'L'
  if (comparator !== '<' && isAbove(bounds[1])) return 'H'
  return 'N'
}
