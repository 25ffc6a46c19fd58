/** A piece of a file that may hold a resource: its bytes as text, or why it cannot be used. */
export type Piece =
  | { ok: true; text: string; position: number; isEntry: boolean }
  | { ok: false; reason: Problem; position: number; excerpt: string; isEntry: boolean }
export type Problem = 'not-json' | 'cut-off' | 'too-large' | 'too-deep'

export const limits = { bytes: 32 * 1024 * 1024, depth: 100 }

const quote = 0x22, backslash = 0x5c, openBrace = 0x7b, closeBrace = 0x7d, openBracket = 0x5b, closeBracket = 0x5d, comma = 0x2c, newline = 0x0a
const isSpace = (byte: number) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

/**
 * Finds where values begin and end in bytes of any length, holding one value at most: the entries of a Bundle, single resources,
 * lines of NDJSON. It looks at brackets and strings alone; whether a piece is JSON is for the parser. A piece over 32 MB or more than
 * 100 levels deep is passed over to its end without being kept. Memory does not grow with the input.
 */
export class JsonScanner {
  #position = 0              // of the byte being looked at, in the whole file
  #depth = 0
  #inString = false
  #escaped = false
  #start = -1                // position where the piece being kept began
  #kept: Buffer[] = []
  #keptBytes = 0
  #problem: Problem | undefined
  #entryDepth = 0            // 3 while inside a Bundle's entry array: { "entry": [ { … } ] }
  #lastKey = ''
  #keyStart = -1
  #keyPart = ''            // of a key that the bytes cut in two
  #head = ''                 // the first bytes of the outer value, to tell a Bundle from what else has entries
  readonly #limits: typeof limits

  constructor(own: Partial<typeof limits> = {}) { this.#limits = { ...limits, ...own } }

  /** Takes the next bytes and gives back the pieces that end in them. */
  * push(chunk: Buffer): Generator<Piece> {
    let from = this.#start >= 0 ? 0 : -1
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]!
      if (this.#inString) {
        if (this.#escaped) { this.#escaped = false; continue }
        if (byte === backslash) { this.#escaped = true; continue }
        if (byte !== quote) {
          // Strings are the bulk of a record: jump to where they may end.
          const next = chunk.indexOf(quote, i)
          const slash = chunk.indexOf(backslash, i)
          const stop = next === -1 ? (slash === -1 ? chunk.length : slash) : slash === -1 || next < slash ? next : slash
          i = stop - 1
          continue
        }
        this.#inString = false
        if (this.#keyStart >= 0 && this.#depth === 1) this.#lastKey = this.#keyPart + this.#textBetween(chunk, this.#keyStart, i)
        this.#keyStart = -1
        this.#keyPart = ''
        continue
      }
      if (byte === quote) {
        this.#inString = true
        if (this.#depth === 1 && this.#entryDepth === 0 && from >= 0) this.#keyStart = i + 1
      } else if (byte === openBrace || byte === openBracket) {
        this.#depth++
        if (this.#depth === 1) { from = this.#begin(i) } else if (this.#depth === 2 && byte === openBracket && this.#entryDepth === 0 && this.#lastKey === 'entry' && this.#mayBeBundle(chunk, from, i)) {
          this.#dropPiece()
          from = -1
          this.#entryDepth = 3
        } else if (this.#depth === this.#entryDepth && this.#start < 0) from = this.#begin(i)
        if (this.#depth - Math.max(0, this.#entryDepth - 1) > this.#limits.depth) this.#problem ??= 'too-deep'
      } else if (byte === closeBrace || byte === closeBracket) {
        if (this.#depth === 0) { yield this.#bad('not-json', this.#position + i, String.fromCharCode(byte)); continue }
        this.#depth--
        if (this.#start >= 0 && this.#depth === Math.max(0, this.#entryDepth - 1)) {
          yield this.#finish(chunk, from, i + 1)
          from = -1
        } else if (this.#depth < 2 && this.#entryDepth === 3) this.#entryDepth = 0
        if (this.#depth === 0) this.#lastKey = ''
      } else if (this.#depth === 0 && !isSpace(byte) && byte !== comma && !(this.#position + i < 3 && byte >= 0xbb)) {
        // Not the beginning of anything. What is between here and the next line is one complaint.
        const end = chunk.indexOf(newline, i)
        yield this.#bad('not-json', this.#position + i, chunk.toString('utf8', i, Math.min(end === -1 ? chunk.length : end, i + 200)))
        i = end === -1 ? chunk.length : end
      }
    }
    if (this.#start >= 0) this.#keep(chunk, from, chunk.length)
    if (this.#keyStart >= 0) {
      this.#keyPart = (this.#keyPart + this.#textBetween(chunk, this.#keyStart, chunk.length)).slice(0, 40)
      this.#keyStart = 0
    }
    this.#position += chunk.length
  }

  /** What is left when the file ends. */
  * end(): Generator<Piece> {
    if (this.#depth === 0 && !this.#inString) return
    const isEntry = this.#entryDepth === 3
    yield { ok: false, reason: this.#problem ?? 'cut-off', position: this.#start >= 0 ? this.#start : this.#position, excerpt: this.#excerpt(), isEntry }
  }

  /** The end of a line of NDJSON: what is open there was cut off, and the next line begins anew. */
  * endLine(): Generator<Piece> {
    yield* this.end()
    this.#depth = 0
    this.#inString = this.#escaped = false
    this.#entryDepth = 0
    this.#lastKey = this.#keyPart = ''
    this.#dropPiece()
  }

  #begin(i: number): number {
    this.#start = this.#position + i
    this.#kept = []
    this.#keptBytes = 0
    this.#problem = undefined
    this.#head = ''
    return i
  }
  #dropPiece(): void { this.#start = -1; this.#kept = []; this.#keptBytes = 0; this.#keyStart = -1 }

  #keep(chunk: Buffer, from: number, to: number): void {
    if (from < 0) from = 0
    if (this.#keptBytes + to - from > this.#limits.bytes) {
      this.#problem ??= 'too-large'
      if (this.#kept.length > 1) this.#kept = [this.#kept[0]!.subarray(0, 400)]
      this.#keptBytes += to - from
      return
    }
    this.#kept.push(Buffer.from(chunk.subarray(from, to)))
    this.#keptBytes += to - from
  }

  #finish(chunk: Buffer, from: number, to: number): Piece {
    const isEntry = this.#entryDepth === 3
    const position = this.#start
    const isWhole = this.#kept.length === 0 && from >= 0
    if (isWhole && to - from > this.#limits.bytes) this.#problem ??= 'too-large'
    if (!isWhole && !this.#problem) this.#keep(chunk, 0, to)
    if (this.#problem) {
      const piece: Piece = { ok: false, reason: this.#problem, position, excerpt: this.#excerpt() || chunk.toString('utf8', Math.max(0, from), Math.max(0, from) + 300), isEntry }
      this.#dropPiece()
      return piece
    }
    const text = isWhole ? chunk.toString('utf8', from, to) : Buffer.concat(this.#kept).toString('utf8')
    this.#dropPiece()
    return { ok: true, text, position, isEntry }
  }

  #excerpt(): string { return Buffer.concat(this.#kept.slice(0, 1)).toString('utf8', 0, 300) }
  #bad(reason: Problem, position: number, excerpt: string): Piece { return { ok: false, reason, position, excerpt, isEntry: false } }

  #textBetween(chunk: Buffer, from: number, to: number): string { return to - from > 40 ? '' : chunk.toString('latin1', from, to) }

  /** A List and a few others have entries too; only a Bundle's hold resources. Without a type before the entries it is taken for a Bundle. */
  #mayBeBundle(chunk: Buffer, from: number, i: number): boolean {
    this.#head = Buffer.concat([...this.#kept, chunk.subarray(Math.max(0, from), i)]).toString('utf8', 0, 20_000)
    const type = /"resourceType"\s*:\s*"([A-Za-z]+)"/.exec(this.#head)?.[1]
    return type === undefined || type === 'Bundle'
  }
}
