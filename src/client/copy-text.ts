/** Buttons that put words where they can be pasted. They show only where that works; the words stand beside them for everybody else. */
export function wakeCopying(buttons: Iterable<HTMLButtonElement>): void {
  if (!navigator.clipboard) return
  for (const button of buttons) {
    button.hidden = false
    const words = button.querySelector('span') ?? button
    const before = words.textContent
    button.addEventListener('click', () => {
      void navigator.clipboard.writeText(button.dataset.copy ?? '').then(() => {
        words.textContent = button.dataset.copied ?? before
        window.setTimeout(() => { words.textContent = before }, 4_000)
      })
    })
  }
}
