import type { Pages } from '#platform/page.tsx'
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
}
