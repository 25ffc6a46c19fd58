import type { Pages } from '#platform/page.tsx'
import { consoleQuick } from './pages/console-quick.tsx'
import { consoleResult } from './pages/console-result.tsx'
import { consoleResults } from './pages/console-results.tsx'
import { consoleRules } from './pages/console-rules.tsx'

export const reviewPages: Pages = {
  '/console/results': consoleResults,
  '/console/results/quick': consoleQuick,
  '/console/results/rules': consoleRules,
  '/console/results/:id': consoleResult,
}
