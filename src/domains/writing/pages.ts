import type { Pages } from '#platform/page.tsx'
import { consoleCheckWords } from './pages/console-check-words.tsx'
import { consoleNote, consoleNotes } from './pages/console-note.tsx'
import { consoleNoteWords } from './pages/console-note-words.ts'

export const writingPages: Pages = {
  '/console/notes': consoleNotes,
  '/console/notes/:id': consoleNote,
  '/console/notes/:id/words': consoleNoteWords,
  '/console/check-words': consoleCheckWords,
}
