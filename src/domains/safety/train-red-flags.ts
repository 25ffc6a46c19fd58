import { hearPhrases } from './check-red-flags.ts'
import { featuresOf, plain, wordsOf } from './danger-features.ts'
import { classes, hearDanger, noWeight, readWeights, type Weights } from './hear-danger.ts'

/** A text that is learned from: the words, and of which kinds of danger they tell. None: of no danger. */
export type Lesson = { text: string; kinds: readonly string[] }

// Chosen by cross-validation on the lessons: `npm run train -- --check`.
const epochs = 25, rate = 0.3, decay = 0.003, leastTexts = 4
const scale = 0.25, leastWeight = 1, mostSteps = 9

/** The same numbers each time, so that the same lessons give the same weights. */
function* dice(seed: number): Generator<number, never> {
  for (let state = seed;;) { state = (state * 1_664_525 + 1_013_904_223) >>> 0; yield state / 4_294_967_296 }
}

type Example = { features: number[]; wanted: number[] }

function read(lessons: readonly Lesson[]): { examples: Example[]; names: string[] } {
  const heard = lessons.map(({ text }) => featuresOf(wordsOf(plain(text))))
  const counts = new Map<string, number>()
  for (const some of heard) for (const feature of some) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  const names = [...counts].filter(([, count]) => count >= leastTexts).map(([name]) => name)
  const places = new Map(names.map((name, place) => [name, place]))
  const examples = lessons.map(({ kinds }, at) => ({
    features: [...heard[at]!].map(name => places.get(name)).filter(place => place !== undefined),
    wanted: classes.map(kind => (kinds.length === 0 ? Number(kind === 'none') : kinds.includes(kind) ? 1 / kinds.length : 0)),
  }))
  return { examples, names }
}

/** Multinomial logistic regression by stochastic gradient with AdaGrad. What weighs little is left out; the rest is rounded to a few steps. */
export function trainRedFlags(lessons: readonly Lesson[]): Weights {
  const { examples, names } = read(lessons)
  const weight = classes.map(() => new Float64Array(names.length))
  const past = classes.map(() => new Float64Array(names.length))
  const bias = classes.map(() => 0)
  const random = dice(7)
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = examples.length - 1; i > 0; i--) { const j = Math.floor(random.next().value * (i + 1)); [examples[i], examples[j]] = [examples[j]!, examples[i]!] }
    for (const example of examples) learn(example, weight, past, bias)
  }
  const lines = names.map((name, at) => {
    const row = weight.map(of => of[at]!)
    const middle = row.reduce((sum, one) => sum + one) / row.length
    const steps = row.map(one => Math.max(-mostSteps, Math.min(mostSteps, Math.round((one - middle) / scale))))
    const isLight = Math.max(...row.map(one => Math.abs(one - middle))) < leastWeight || steps.every(step => step === 0)
    return isLight ? null : `${name}\t${steps.map(step => String.fromCharCode(noWeight + step)).join('')}`
  }).filter(line => line !== null)
  return { bias: bias.map(one => Math.round(one * 1_000) / 1_000), scale, lines: lines.sort().join('\n') }
}

function learn({ features, wanted }: Example, weight: Float64Array[], past: Float64Array[], bias: number[]): void {
  const size = Math.sqrt(features.length + 1)
  const sums = weight.map((of, place) => features.reduce((sum, at) => sum + of[at]!, 0) / size + bias[place]!)
  const top = Math.max(...sums)
  const parts = sums.map(sum => Math.exp(sum - top))
  const whole = parts.reduce((sum, part) => sum + part)
  weight.forEach((of, place) => {
    const error = parts[place]! / whole - wanted[place]!
    bias[place]! -= 0.02 * error
    const squares = past[place]!
    for (const at of features) {
      const slope = error / size + decay * of[at]!
      squares[at]! += slope * slope
      of[at]! -= rate * slope / (Math.sqrt(squares[at]!) + 1e-6)
    }
  })
}

export type Checked = { texts: number; recall: number; precision: number; rightKind: number }
const folds = 5

/** How well a fifth of the lessons is heard by what was learned from the other four, each fifth in turn. */
export function crossValidate(lessons: readonly Lesson[]): Checked {
  let [danger, heard, wrong, right] = [0, 0, 0, 0]
  for (let fold = 0; fold < folds; fold++) {
    const model = readWeights(trainRedFlags(lessons.filter((_, at) => at % folds !== fold)))
    for (const { text, kinds } of lessons.filter((_, at) => at % folds === fold)) {
      const words = plain(text)
      const found = [...hearPhrases(words), ...hearDanger(words, model)]
      if (kinds.length === 0) wrong += Number(found.length > 0)
      else {
        danger++
        heard += Number(found.length > 0)
        right += Number(found.some(({ kind }) => kinds.includes(kind)))
      }
    }
  }
  return { texts: lessons.length, recall: heard / danger, precision: heard / (heard + wrong), rightKind: right / heard }
}
