import { NotFound } from '#platform/errors.ts'
import type { StaffPage } from '#platform/page.tsx'
import { seePractice } from '../access.ts'
import { loadPractice } from '../load-practice.ts'
import { drawIn, freshCard, sceneOf, type SiteRender } from './show-site.tsx'
import { renderFront } from './site-front.tsx'
import { siteRenders } from './site-routes.ts'

/** The render whose pattern fits a path, with what the path holds. */
function renderAt(path: string): { render: SiteRender; params: Record<string, string> } | undefined {
  if (path === '/') return { render: renderFront, params: {} }
  for (const [pattern, render] of Object.entries(siteRenders)) {
    const slug = new RegExp(`^${pattern.replace(':slug', '([a-z0-9-]+)')}$`).exec(path)
    if (slug) return { render, params: slug[1] ? { slug: slug[1] } : {} }
  }
  return undefined
}

/** A page of the site as it stands now, also before the practice is online. */
export const consolePreview: StaffPage = {
  for: { staff: seePractice },
  async get(ctx, { query }) {
    const path = query.get('page') ?? '/'
    const found = renderAt(path)
    const practice = await loadPractice(ctx)
    if (!found || !practice) throw new NotFound()
    const scene = sceneOf(ctx, practice, freshCard(ctx, practice), query.get('language') === 'es' ? 'es' : 'en', found.params)
    return drawIn(ctx, scene, path, facts => {
      const view = found.render(facts)
      return { ...view, isIndexed: false, top: <>{bar}{view.top}</> }
    })
  },
}

const bar = <p className="preview-bar"><strong>Preview.</strong> <span>Links lead to the site as it is online.</span> <a href="/console/practice">Back to the console</a></p>
