import { NotFound } from '#platform/errors.ts'
import { file, type SitePage } from '#platform/page.tsx'
import { formAt, mediaTypeOf } from '../address-picture.ts'
import { brandSheet, sheetAt } from '../make-brand.ts'
import { pathIn, practiceCard, takesNew } from '../practice-card.ts'
import { readPractice } from '../read-practice.ts'
import type { Practice } from '../shared.ts'

const forEver = { 'cache-control': 'public, max-age=31536000, immutable' }

/** A picture of the practice. Its address changes with its bytes, so browsers keep it for a year. */
export const pictureFile: SitePage = {
  for: 'visitor',
  async get(ctx, { params }) {
    const picture = (await readPractice(ctx))?.pictures.get(params.id ?? '')
    const form = picture && formAt(picture, params.name ?? '')
    if (!form) throw new NotFound()
    return file(await ctx.house.files.get(form.fileId), mediaTypeOf(form.format), { headers: forEver })
  },
}

/** The practice's colours. A page made before the last change still finds its own. */
export const brandFile: SitePage = {
  for: 'visitor',
  isCached: true,
  async get(ctx, { url }) {
    const color = (await readPractice(ctx))?.profile.brandColor
    const current = color ? brandSheet(color) : undefined
    const sheet = current?.href === url.pathname ? current : sheetAt(url.pathname)
    if (!sheet) throw new NotFound()
    return file(sheet.css, 'text/css; charset=utf-8', { headers: forEver })
  },
}

/** Every address of the site that is worth finding. */
export function sitePaths(practice: Practice): string[] {
  const { clinicians, locations, services, plans, notices } = practice
  return [
    '/', ...(clinicians.length > 0 ? ['/clinicians'] : []), ...clinicians.map(({ slug }) => `/clinicians/${slug}`), ...locations.map(({ slug }) => `/locations/${slug}`),
    ...(services.length > 0 || plans.length > 0 ? ['/services'] : []), ...(takesNew(practice) ? ['/book'] : []), '/contact', ...new Set(notices.map(({ kind }) => `/${kind}`)), '/privacy',
  ]
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

export const sitemapFile: SitePage = {
  for: 'visitor',
  isCached: true,
  async get(ctx) {
    const practice = await readPractice(ctx)
    const { isPublished } = await practiceCard(ctx)
    if (!practice || !isPublished) throw new NotFound()
    const origin = ctx.house.config.publicUrl
    const alternates = (path: string) => (['en', 'es'] as const).map(locale => `<xhtml:link rel="alternate" hreflang="${locale}" href="${escaped(origin + pathIn(path, locale))}"/>`).join('')
    const urls = sitePaths(practice).flatMap(path => (['en', 'es'] as const).map(locale => `<url><loc>${escaped(origin + pathIn(path, locale))}</loc>${alternates(path)}</url>`))
    return file(`<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${urls.join('\n')}\n</urlset>\n`, 'application/xml; charset=utf-8')
  },
}

/** Portal and console are nobody's search result. An unpublished or invented practice is none either. */
export const robotsFile: SitePage = {
  for: 'visitor',
  isCached: true,
  async get(ctx) {
    const { isPublished } = await practiceCard(ctx)
    const isOpen = isPublished && !ctx.house.isDemo
    const lines = isOpen
      ? ['User-agent: *', 'Disallow: /portal', 'Disallow: /console', 'Disallow: /sign-in', 'Disallow: /activate', '', `Sitemap: ${ctx.house.config.publicUrl}/sitemap.xml`]
      : ['User-agent: *', 'Disallow: /']
    return file(`${lines.join('\n')}\n`, 'text/plain; charset=utf-8')
  },
}
