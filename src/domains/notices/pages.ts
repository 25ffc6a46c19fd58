import type { Pages } from '#platform/page.tsx'
import { consoleText } from './pages/console-text.tsx'
import { portalReach } from './pages/portal-reach.tsx'
import { portalSent } from './pages/portal-sent.tsx'
import { siteStop } from './pages/site-stop.tsx'

export const noticesPages: Pages = {
  '/stop/:token': siteStop,
  '/console/texts/:id': consoleText,
  '/portal/settings/reach': portalReach,
  '/portal/settings/reach/sent': portalSent,
}
