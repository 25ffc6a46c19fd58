import { keptKey, type CheckedNote, type Mark, type Offer } from '#writing/shared'
import { MarkedText, moved } from '#root/client/marked-text.ts'

const quietMs = 600

/**
 * Points out words of a note while it is written: the graver underlined in the text, all of them beside it, five at most. The house looks at
 * the words; nobody else does. It changes nothing by itself, and where it cannot ask it says so and stands aside.
 */
export function checkNote(panel: HTMLElement): void {
  new NoteCheck(panel).begin()
}

class NoteCheck {
  readonly panel: HTMLElement
  readonly form: HTMLFormElement
  readonly texts: Record<Mark['field'], MarkedText>
  readonly shown = document.createElement('input')
  readonly lines = new Map<string, HTMLElement>()
  found: CheckedNote = { marks: [], more: 0, copied: [] }
  asking: AbortController | undefined
  timer = 0

  constructor(panel: HTMLElement) {
    this.panel = panel
    this.form = panel.closest('form')!
    const area = (name: string) => new MarkedText(this.form.elements.namedItem(name) as HTMLTextAreaElement)
    this.texts = { body: area('body'), summary: area('summary') }
    Object.assign(this.shown, { type: 'hidden', name: 'shown', value: '' })
    this.form.append(this.shown)
  }

  begin(): void {
    this.panel.hidden = false
    for (const [field, text] of Object.entries(this.texts) as [Mark['field'], MarkedText][]) text.area.addEventListener('input', () => this.follow(field, text))
    for (const line of this.part('kept').children) this.wakeKept(line as HTMLElement)
    void this.ask()
  }

  part = (name: string): HTMLElement => this.panel.querySelector<HTMLElement>(`[data-part="${name}"]`)!
  fresh = (name: string): HTMLElement => this.panel.querySelector<HTMLTemplateElement>(`template[data-of="${name}"]`)!.content.firstElementChild!.cloneNode(true) as HTMLElement
  say(words: string): void { if (this.part('say').textContent !== words) this.part('say').textContent = words }

  /** While the house has not answered yet, marks move along with the text. */
  follow(field: Mark['field'], text: MarkedText): void {
    const [before, after] = [text.text, text.area.value]
    text.text = after
    const keep = <T extends { field: Mark['field']; start: number; end: number }>(all: readonly T[]): T[] => all.flatMap(one => (one.field === field ? moved(one, before, after) ?? [] : one))
    this.show({ ...this.found, marks: keep(this.found.marks), copied: keep(this.found.copied) })
    clearTimeout(this.timer)
    this.timer = window.setTimeout(() => void this.ask(), quietMs)
  }

  async ask(): Promise<void> {
    this.asking?.abort()
    this.asking = new AbortController()
    const sent = { body: this.texts.body.text, summary: this.texts.summary.text }
    const form = new URLSearchParams(sent)
    for (const field of this.form.querySelectorAll<HTMLInputElement>('input[name=kept]')) form.append('kept', field.value)
    try {
      const answer = await fetch(this.panel.dataset.noteCheck!, { method: 'POST', body: form, signal: this.asking.signal, headers: { accept: 'application/json' } })
      if (!answer.ok || answer.redirected) return this.say('The words cannot be checked just now. What you write is not touched.')
      const found = await answer.json() as CheckedNote
      if (sent.body === this.texts.body.text && sent.summary === this.texts.summary.text) this.show(found, true)
    } catch (error) {
      if ((error as Error).name !== 'AbortError') this.say('The words cannot be checked just now. What you write is not touched.')
    }
  }

  show(found: CheckedNote, isAnswer = false): void {
    this.found = found
    for (const field of ['body', 'summary'] as const) {
      this.texts[field].draw(found.marks.filter(mark => mark.field === field && mark.severity === 3).map(({ start, end }) => ({ start, end, look: 'marked-words' })))
    }
    this.list()
    if (!isAnswer) return
    this.shown.value = [...new Set([...this.shown.value.split(' '), ...found.marks.map(({ term }) => term)])].filter(Boolean).join(' ')
    const { length } = found.marks
    this.say(length === 0 ? 'Nothing stands out.' : `${length === 1 ? 'One word' : `${length} words`} to look at${found.more > 0 ? `, and ${found.more} more` : ''}.`)
    this.part('copied').replaceChildren(...found.copied.map(({ start, end, from }) => this.copiedLine(start, end, from)))
  }

  /** One line a mark. A line that stays keeps its element, and with it the focus. */
  list(): void {
    const times = new Map<string, number>()
    const wanted = this.found.marks.map(mark => {
      const name: string = `${mark.field} ${keptKey(mark.term, mark.words)}`
      times.set(name, (times.get(name) ?? 0) + 1)
      return [`${name} ${times.get(name)}`, mark] as const
    })
    const keys = new Set<string>(wanted.map(([key]) => key))
    for (const [key, line] of this.lines) if (!keys.has(key)) { line.remove(); this.lines.delete(key) }
    wanted.forEach(([key, mark], index) => {
      const line = this.lines.get(key) ?? this.fresh('mark')
      this.fill(line, mark)
      this.lines.set(key, line)
      const place = this.part('marks').children[index]
      if (place !== line) this.part('marks').insertBefore(line, place ?? null)
    })
  }

  fill(line: HTMLElement, mark: Mark): void {
    const write = (slot: string, words: string) => { const at = line.querySelector<HTMLElement>(`[data-slot="${slot}"]`)!; at.textContent = words; at.hidden = words === '' }
    write('words', mark.words)
    write('why', `Why: ${mark.why}. ${mark.offers.length === 0 ? `Instead: ${mark.suggest}` : ''}`)
    write('from', mark.copiedFrom ? `Copied from ${mark.copiedFrom}` : '')
    write('grave', mark.severity === 3 ? 'Look at this' : '')
    const offers = line.querySelector<HTMLElement>('[data-slot="offers"]')!
    if (offers.childElementCount !== mark.offers.length) offers.replaceChildren(...mark.offers.map(() => this.fresh('offer')))
    mark.offers.forEach((offer, index) => {
      const button = offers.children[index] as HTMLButtonElement
      button.querySelector('span')!.textContent = offer.text === '' ? 'Take it out' : offer.label
      button.setAttribute('aria-label', offer.text === '' ? `Take it out: “${mark.words}”` : `Replace “${mark.words}” with “${offer.label}”`)
      button.onclick = () => this.replace(mark, offer)
    })
    line.querySelector<HTMLButtonElement>('[data-do="go"]')!.onclick = () => this.texts[mark.field].goTo(mark)
    const keep = line.querySelector<HTMLButtonElement>('[data-do="keep"]')!
    keep.setAttribute('aria-label', `Keep “${mark.words}”`)
    keep.onclick = () => this.keep(mark, line)
  }

  replace({ field, start, end, words }: Mark, { lead, trail, text, blank }: Offer): void {
    this.texts[field].put({ start: start - lead, end: end + trail }, text, blank && { start: blank[0], end: blank[1] })
    this.say(text === '' ? `“${words}” is taken out.` : `“${words}” is replaced.${blank ? ' Fill in what is marked.' : ''}`)
  }

  keep(mark: Mark, line: HTMLElement): void {
    const next = line.nextElementSibling ?? line.previousElementSibling
    const kept = this.fresh('kept')
    kept.querySelector<HTMLInputElement>('input[name=kept]')!.value = keptKey(mark.term, mark.words)
    kept.querySelector('[data-slot="words"]')!.textContent = mark.words
    kept.querySelector<HTMLInputElement>('input[name=kept-why]')!.setAttribute('aria-label', `Why you keep “${mark.words}” (optional)`)
    this.part('kept').append(kept)
    this.wakeKept(kept)
    const key = keptKey(mark.term, mark.words)
    this.show({ ...this.found, marks: this.found.marks.filter(one => keptKey(one.term, one.words) !== key) })
    this.say(`“${mark.words}” stays.`)
    const focus = next?.isConnected ? next.querySelector<HTMLElement>('button') : this.texts[mark.field].area
    focus?.focus()
    void this.ask()
  }

  wakeKept(line: HTMLElement): void {
    const undo = line.querySelector<HTMLButtonElement>('[data-do="undo"]')!
    undo.hidden = false
    undo.onclick = () => { line.remove(); this.texts.body.area.focus(); void this.ask() }
  }

  copiedLine(start: number, end: number, from: string): HTMLElement {
    const line = this.fresh('copied')
    line.querySelector('[data-slot="words"]')!.textContent = `“${this.texts.body.text.slice(start, Math.min(end, start + 60))}${end - start > 60 ? '…' : ''}”`
    line.querySelector('[data-slot="from"]')!.textContent = `Copied from ${from}`
    line.querySelector<HTMLButtonElement>('[data-do="go"]')!.onclick = () => this.texts.body.goTo({ start, end })
    return line
  }
}
