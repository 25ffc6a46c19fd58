import type { Pages } from '#platform/page.tsx'
import { consoleConnection } from './pages/console-connection.tsx'
import { consolePull } from './pages/console-pull.tsx'

export const pullPages: Pages = {
  '/console/feeds/pull': consolePull,
  '/console/feeds/pull/:id': consoleConnection,
}
