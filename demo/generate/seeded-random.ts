/** A stream of chance that is the same for the same seed, on every machine. Not for secrets. */
export type Random = {
  /** 0 ≤ x < 1 */
  next: () => number
  /** A whole number, both ends included. */
  whole: (low: number, high: number) => number
  chance: (share: number) => boolean
  pick: <T>(list: readonly [T, ...T[]] | readonly T[]) => T
  /** Normally spread, cut at three standard deviations so that no value is absurd. */
  around: (mean: number, spread: number) => number
}

/** Numbers by sfc32, seeded by the text. Same text, same numbers. */
export function seededRandom(seed: string): Random {
  const next = numbersFrom(seed)
  return {
    next,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: share => next() < share,
    pick: <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T,
    around(mean, spread) {
      const bell = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return mean + spread * Math.max(-3, Math.min(3, bell))
    },
  }
}

/** Identifiers in the form of a version 4 UUID, the same for the same seed. */
export function seededIds(seed: string): () => string {
  const next = numbersFrom(seed)
  const word = () => (next() * 0x1_0000_0000) >>> 0
  return () => {
    const a = word(), b = word(), c = word(), d = word()
    return hex(a) + '-' + pair(b >>> 24) + pair(b >>> 16) + '-4' + (pair(b >>> 8)[1] as string) + pair(b) + '-'
      + pair(((c >>> 24) & 0x3f) | 0x80) + pair(c >>> 16) + '-' + pair(c >>> 8) + pair(c) + hex(d)
  }
}

const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
const pair = (word: number) => pairs[word & 0xff] as string
const hex = (word: number) => pair(word >>> 24) + pair(word >>> 16) + pair(word >>> 8) + pair(word)

function numbersFrom(seed: string): () => number {
  let [a, b, c, d] = fourWords(seed)
  const step = () => {
    const sum = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum | 0
    return (sum >>> 0) / 0x1_0000_0000
  }
  for (let i = 0; i < 12; i++) step()
  return step
}

/** cyrb128: spreads a short text over the 128 bits that sfc32 starts from. */
function fourWords(text: string): [number, number, number, number] {
  let a = 1779033703, b = 3144134277, c = 1013904242, d = 2773480762
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = b ^ Math.imul(a ^ code, 597399067)
    b = c ^ Math.imul(b ^ code, 2869860233)
    c = d ^ Math.imul(c ^ code, 951274213)
    d = a ^ Math.imul(d ^ code, 2716044179)
  }
  a = Math.imul(c ^ (a >>> 18), 597399067)
  b = Math.imul(d ^ (b >>> 22), 2869860233)
  c = Math.imul(a ^ (c >>> 17), 951274213)
  d = Math.imul(b ^ (d >>> 19), 2716044179)
  return [a ^ b ^ c ^ d, a ^ b, a ^ c, a ^ d]
}
