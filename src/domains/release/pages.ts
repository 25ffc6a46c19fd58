import type { Pages } from '#platform/page.tsx'
import { consoleRelease } from './pages/console-release.tsx'

export const releasePages: Pages = {
  '/console/release': consoleRelease,
}
