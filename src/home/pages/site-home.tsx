import { renderFront, sitePage } from '#practice/pages'

/** The first page of the site. What other domains have to say to newcomers joins here. */
export const siteHome = sitePage(renderFront)
