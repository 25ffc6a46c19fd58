import type { Pages } from '#platform/page.tsx'

export const reviewPages: Pages = {}
