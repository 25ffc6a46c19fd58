import type { Pages } from '#platform/page.tsx'
import { consoleCheckWords } from './pages/console-check-words.tsx'

export const writingPages: Pages = {
  '/console/check-words': consoleCheckWords,
}
