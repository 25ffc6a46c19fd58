import type { Pages } from '#platform/page.tsx'
import { consoleBrand } from './pages/console-brand.tsx'
import { consoleClinician } from './pages/console-clinician.tsx'
import { consoleClinicians, consoleNewClinician } from './pages/console-clinicians.tsx'
import { consoleHolidays } from './pages/console-holidays.tsx'
import { consoleLocation, consoleLocations, consoleNewLocation } from './pages/console-locations.tsx'
import { consoleNotice, consoleNotices } from './pages/console-notices.tsx'
import { consoleOverview } from './pages/console-overview.tsx'
import { consolePictures } from './pages/console-pictures.tsx'
import { consolePlans } from './pages/console-plans.tsx'
import { consolePreview } from './pages/console-preview.tsx'
import { consoleProfile } from './pages/console-profile.tsx'
import { consoleServices } from './pages/console-services.tsx'
import { consoleStory } from './pages/console-story.tsx'
import { brandFile, pictureFile, robotsFile, sitemapFile } from './pages/machine-files.ts'
import { sitePage } from './pages/show-site.tsx'
import { siteRenders } from './pages/site-routes.ts'

export { drawIn, sceneOf, showNotOpen, sitePage, type SiteRender, type SiteScene, type SiteView } from './pages/show-site.tsx'
export { renderFront } from './pages/site-front.tsx'
export { crumbsData, graph } from './pages/site-data.ts'

/** Its pages. The first page and the contact form compose several domains and stand in home. */
export const practicePages: Pages = {
  ...Object.fromEntries(Object.entries(siteRenders).map(([path, render]) => [path, sitePage(render)])),
  '/pictures/:id/:name': pictureFile,
  '/assets/:sheet{brand-[0-9a-f]+\\.css}': brandFile,
  '/sitemap.xml': sitemapFile,
  '/robots.txt': robotsFile,
  '/console/practice': consoleOverview,
  '/console/practice/profile': consoleProfile,
  '/console/practice/story': consoleStory,
  '/console/practice/brand': consoleBrand,
  '/console/practice/clinicians': consoleClinicians,
  '/console/practice/clinicians/new': consoleNewClinician,
  '/console/practice/clinicians/:id': consoleClinician,
  '/console/practice/locations': consoleLocations,
  '/console/practice/locations/new': consoleNewLocation,
  '/console/practice/locations/:id': consoleLocation,
  '/console/practice/holidays': consoleHolidays,
  '/console/practice/services': consoleServices,
  '/console/practice/plans': consolePlans,
  '/console/practice/notices': consoleNotices,
  '/console/practice/notices/:kind': consoleNotice,
  '/console/practice/pictures': consolePictures,
  '/console/practice/preview': consolePreview,
}
