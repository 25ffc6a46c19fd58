import type { Pages } from '#platform/page.tsx'
import { consoleCritical } from './pages/console-critical.tsx'
import { consoleFindings } from './pages/console-findings.tsx'
import { consoleRelease } from './pages/console-release.tsx'

export const releasePages: Pages = {
  '/console/release': consoleRelease,
  '/console/release/critical': consoleCritical,
  '/console/release/findings': consoleFindings,
}
