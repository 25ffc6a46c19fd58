import type { Pages } from '#platform/page.tsx'
import { portalFeedback, portalReport } from './pages/portal-feedback.tsx'

export const feedbackPages: Pages = {
  '/portal/feedback': portalFeedback,
  '/portal/feedback/:id': portalReport,
}
