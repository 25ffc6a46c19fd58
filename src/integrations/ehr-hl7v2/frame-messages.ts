const [start, end, carriage] = [0x0b, 0x1c, 0x0d]
export const mostBytes = 20 * 1024 * 1024

export const frame = (text: string): Buffer => Buffer.concat([Buffer.from([start]), Buffer.from(text), Buffer.from([end, carriage])])

/** Cuts a stream into frames, wherever its pieces are split. What stands between frames is no message and is passed over. */
export class Frames {
  #pieces: Buffer[] = []
  #bytes = 0
  #isInside = false
  get isInside(): boolean { return this.#isInside }

  /** The frames that this piece ends; 'too-large' when one grows without an end. */
  take(piece: Buffer): Buffer[] | 'too-large' {
    const done: Buffer[] = []
    let at = 0
    while (at < piece.length) {
      if (!this.#isInside) {
        const begins = piece.indexOf(start, at)
        if (begins === -1) return done
        this.#isInside = true
        at = begins + 1
        continue
      }
      const ends = piece.indexOf(end, at)
      const part = piece.subarray(at, ends === -1 ? piece.length : ends)
      this.#pieces.push(part)
      this.#bytes += part.length
      if (this.#bytes > mostBytes) return 'too-large'
      if (ends === -1) return done
      done.push(Buffer.concat(this.#pieces))
      this.#pieces = []
      this.#bytes = 0
      this.#isInside = false
      at = ends + 1
    }
    return done
  }
}
