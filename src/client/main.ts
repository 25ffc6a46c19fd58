import '#root/client/session-clock.ts'

/** The only script that portal and console always load. What is heavy comes when the page holds it. */
if (document.querySelector('rapport-island')) void import('./wake-islands.ts')
if (document.querySelector('rapport-live')) void import('./live-part.ts')

const passkeys = document.querySelectorAll<HTMLFormElement>('form[data-passkey]')
if (passkeys.length > 0) void import('./passkey.ts').then(({ wakePasskeys }) => wakePasskeys(passkeys))

const watched = document.querySelectorAll<HTMLElement>('[data-watch-words]')
if (watched.length > 0) {
  // Nobody waits for it who does not write: it comes with the first step into a text, or when one stands there already.
  const listen = () => void import('./watch-words.ts').then(({ watchWords }) => watchWords(watched))
  if ([...document.querySelectorAll('textarea')].some(text => text.value !== '' || text === document.activeElement)) listen()
  else {
    const begin = (event: FocusEvent) => {
      if (!(event.target instanceof HTMLTextAreaElement)) return
      document.removeEventListener('focusin', begin)
      listen()
    }
    document.addEventListener('focusin', begin)
  }
}

const note = document.querySelector<HTMLElement>('[data-note-check]')
if (note) void import('./check-note.ts').then(({ checkNote }) => checkNote(note))

const copying = document.querySelectorAll<HTMLButtonElement>('button[data-copy]')
if (copying.length > 0) void import('./copy-text.ts').then(({ wakeCopying }) => wakeCopying(copying))

const keys = document.querySelector<HTMLElement>('[data-keys]')
if (keys) void import('./page-keys.ts').then(({ wakeKeys }) => wakeKeys(keys))
if (document.querySelector('table[data-now]')) void import('./now-line.ts').then(({ keepNow }) => keepNow())
