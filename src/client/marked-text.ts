export type Span = { start: number; end: number }
type Drawn = Span & { look: string }

/** The same place after the text has changed around it; undefined where the change went into it. */
export function moved<T extends Span>(span: T, before: string, after: string): T | undefined {
  const most = Math.min(before.length, after.length)
  let head = 0
  while (head < most && before[head] === after[head]) head++
  let tail = 0
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  if (span.end <= head) return span
  const by = after.length - before.length
  return span.start >= before.length - tail ? { ...span, start: span.start + by, end: span.end + by } : undefined
}

/** A text field with a layer behind it, on which stretches of its text are underlined. The field itself stays as it is. */
export class MarkedText {
  readonly area: HTMLTextAreaElement
  readonly layer = document.createElement('div')
  text: string

  constructor(area: HTMLTextAreaElement) {
    this.area = area
    this.text = area.value
    const frame = document.createElement('div')
    frame.className = 'marked-text'
    this.layer.className = 'input marked-layer'
    this.layer.setAttribute('aria-hidden', 'true')
    const hadFocus = document.activeElement === area
    area.replaceWith(frame)
    frame.append(this.layer, area)
    if (hadFocus) area.focus()
    area.addEventListener('scroll', () => { this.layer.scrollTop = area.scrollTop })
  }

  draw(spans: readonly Drawn[]): void {
    const parts: (string | Node)[] = []
    let at = 0
    for (const { start, end, look } of spans.toSorted((a, b) => a.start - b.start)) {
      if (start < at || end > this.text.length) continue
      const mark = document.createElement('span')
      mark.className = look
      mark.textContent = this.text.slice(start, end)
      parts.push(this.text.slice(at, start), mark)
      at = end
    }
    this.layer.replaceChildren(...parts, `${this.text.slice(at)}\n`)
    this.layer.scrollTop = this.area.scrollTop
  }

  /** Puts words in the place of others as if they were typed, so that the browser's own undo takes them back. */
  put({ start, end }: Span, words: string, select: Span | null): void {
    this.area.focus()
    this.area.setSelectionRange(start, end)
    const isDone = document.execCommand(words === '' ? 'delete' : 'insertText', false, words)
    if (!isDone) {
      this.area.setRangeText(words, start, end, 'end')
      this.area.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }
    if (select) this.area.setSelectionRange(start + select.start, start + select.end)
  }

  goTo({ start, end }: Span): void {
    this.area.focus()
    this.area.setSelectionRange(start, end)
  }
}
