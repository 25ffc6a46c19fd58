import type { Pages } from '#platform/page.tsx'
import { consoleCheckWords } from './pages/console-check-words.tsx'
import { consoleNote, consoleNotes } from './pages/console-note.tsx'

export const writingPages: Pages = {
  '/console/notes': consoleNotes,
  '/console/notes/:id': consoleNote,
  '/console/check-words': consoleCheckWords,
}
