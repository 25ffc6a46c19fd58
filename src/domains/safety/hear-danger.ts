import type { RedFlag, RedFlagKind } from './check-red-flags.ts'
import { featuresOf, stretchesOf, wordsOf, type Word } from './danger-features.ts'
import { dangerWeights } from './data/danger-weights.data.ts'

/** No danger, then the kinds, in the order of the weights. */
export const classes = ['none', 'chest', 'stroke', 'breathing', 'bleeding', 'self-harm', 'overdose', 'pregnancy', 'allergy'] as const
/** From how sure a stretch of words is asked about. Set by cross-validation on the lessons, never by the held-out texts. */
const least = 0.3
/** A second kind is told of beside the likeliest where it is at least so likely. */
const leastBeside = 0.2

/** What was learned: for each class how likely it is at first, and one line a feature: its name, a tab, a letter for each class. "J" is no weight, each letter further one step of `scale`. */
export type Weights = { bias: readonly number[]; scale: number; lines: string }
export type Model = Pick<Weights, 'bias' | 'scale'> & { letters: ReadonlyMap<string, string> }

export const readWeights = ({ bias, scale, lines }: Weights): Model =>
  ({ bias, scale, letters: new Map(lines.split('\n').map(line => { const tab = line.indexOf('\t'); return [line.slice(0, tab), line.slice(tab + 1)] })) })
export const noWeight = 'J'.charCodeAt(0)
let read: Model | undefined
const learned = (): Model => (read ??= readWeights(dangerWeights))

/** How likely each class is for these words: a softmax over the weights of what is heard in them. */
function likelihoods(words: readonly Word[], { letters, bias, scale }: Model): number[] {
  const known = [...featuresOf(words)].map(feature => letters.get(feature)).filter(found => found !== undefined)
  const unit = scale / Math.sqrt(known.length + 1)
  const sums = classes.map((_, place) => bias[place]! + known.reduce((sum, found) => sum + found.charCodeAt(place) - noWeight, 0) * unit)
  const top = Math.max(...sums)
  const parts = sums.map(sum => Math.exp(sum - top))
  const whole = parts.reduce((sum, part) => sum + part)
  return parts.map(part => part / whole)
}

/** Danger as the model hears it in a plain text, each kind at the stretch where it is likeliest. */
export function hearDanger(text: string, model: Model = learned()): RedFlag[] {
  const found = new Map<RedFlagKind, RedFlag & { how: number }>()
  for (const stretch of stretchesOf(wordsOf(text))) {
    const likely = likelihoods(stretch, model)
    if (1 - likely[0]! < least) continue
    const top = Math.max(...likely.slice(1))
    classes.forEach((kind, place) => {
      const how = likely[place]!
      if (kind === 'none' || (how < top && how < leastBeside) || how <= (found.get(kind)?.how ?? 0)) return
      found.set(kind, { kind, how, start: stretch[0]!.start, end: stretch.at(-1)!.end })
    })
  }
  return [...found.values()].map(({ kind, start, end }) => ({ kind, start, end }))
}
