import type { Pages } from '#platform/page.tsx'
import { consoleAway } from './pages/console-away.tsx'
import { consoleInbox } from './pages/console-inbox.tsx'
import { consoleOnCall } from './pages/console-on-call.tsx'
import { consolePages } from './pages/console-pages.tsx'
import { consoleTask } from './pages/console-task.tsx'

export const workPages: Pages = {
  '/console/away': consoleAway,
  '/console/inbox': consoleInbox,
  '/console/inbox/:id': consoleTask,
  '/console/on-call': consoleOnCall,
  '/console/pages': consolePages,
}
