import type { Pages } from '#platform/page.tsx'
import { portalReach } from './pages/portal-reach.tsx'
import { portalSent } from './pages/portal-sent.tsx'

export const noticesPages: Pages = {
  '/portal/settings/reach': portalReach,
  '/portal/settings/reach/sent': portalSent,
}
