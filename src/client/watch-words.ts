import { askedField, checkRedFlags, choiceField, type RedFlagKind } from '#safety/shared'

/** Nobody is spoken to in the middle of a word. */
const quietMs = 700

/**
 * Shows whom to call as soon as words may tell of danger, beside what is being typed. It takes no focus, keeps nothing from being sent, and
 * nothing typed leaves the page: the server looks again at what is sent, and its word counts.
 */
export function watchWords(places: Iterable<HTMLElement>): void {
  for (const place of places) new Watch(place).begin()
}

class Watch {
  readonly place: HTMLElement
  readonly form: HTMLFormElement
  /** What the server has asked about already, in the panel that it put into the form. */
  readonly askedBefore: ReadonlySet<string>
  panel: HTMLElement | undefined
  shown = new Set<RedFlagKind>()
  timer = 0

  constructor(place: HTMLElement) {
    this.place = place
    this.form = place.closest('form')!
    this.askedBefore = new Set([...this.form.querySelectorAll<HTMLInputElement>(`input[name=${askedField}]`)].flatMap(field => field.value.split(' ')))
  }

  begin(): void {
    this.form.addEventListener('input', event => {
      if (!(event.target instanceof HTMLTextAreaElement)) return
      clearTimeout(this.timer)
      this.timer = window.setTimeout(() => this.look(), quietMs)
    })
    this.look()   // what was typed before the script came, or stands here again
  }

  look(): void {
    const texts = [...this.form.querySelectorAll('textarea')].map(field => field.value)
    const kinds = new Set(texts.flatMap(text => checkRedFlags(text).map(({ kind }) => kind)).filter(kind => !this.askedBefore.has(kind)))
    if (kinds.size === 0) return this.hide()
    if (this.panel && kinds.size === this.shown.size && [...kinds].every(kind => this.shown.has(kind))) return
    const isMore = [...kinds].some(kind => !this.shown.has(kind))
    this.panel ??= this.open()
    this.shown = kinds
    for (const line of this.panel.querySelectorAll<HTMLElement>('[data-for]')) line.hidden = !kinds.has(line.dataset.for as RedFlagKind)
    // What was said of one danger was not said of another.
    if (isMore) for (const choice of this.choices()) choice.checked = false
    this.note()
  }

  hide(): void {
    this.panel?.remove()
    this.panel = undefined
    this.shown = new Set()
  }

  open(): HTMLElement {
    const panel = this.place.querySelector('template')!.content.firstElementChild!.cloneNode(true) as HTMLElement
    panel.addEventListener('change', () => this.note())
    this.place.append(panel)
    return panel
  }

  choices = (): NodeListOf<HTMLInputElement> => this.panel!.querySelectorAll<HTMLInputElement>(`input[name=${choiceField}]`)

  /** Goes with the form only once something was chosen: else the server asks. */
  note(): void {
    const asked = this.panel!.querySelector<HTMLInputElement>(`input[name=${askedField}]`)!
    asked.value = [...this.shown].join(' ')
    asked.disabled = ![...this.choices()].some(choice => choice.checked)
  }
}
