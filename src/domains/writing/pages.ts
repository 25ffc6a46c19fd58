import type { Pages } from '#platform/page.tsx'
import { consoleCheckWords } from './pages/console-check-words.tsx'
import { consoleHowNotesRead } from './pages/console-how-notes-read.tsx'
import { consoleNote, consoleNotes } from './pages/console-note.tsx'
import { consoleNoteWords } from './pages/console-note-words.ts'
import { consoleNotesElsewhere } from './pages/console-notes-elsewhere.tsx'

export const writingPages: Pages = {
  '/console/notes': consoleNotes,
  '/console/notes-elsewhere': consoleNotesElsewhere,
  '/console/notes/:id': consoleNote,
  '/console/notes/:id/words': consoleNoteWords,
  '/console/how-notes-read': consoleHowNotesRead,
  '/console/check-words': consoleCheckWords,
}
