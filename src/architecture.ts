/**
 * Who may import whom. The order is the proof that there is no circle: a name may only mention names above it.
 * Every domain may also import platform and ui; home, fhir, integrations, demo and cli stand above all domains.
 */
export const mayImport: Record<string, readonly string[]> = {
  accounts: [],
  practice: ['accounts'],
  work: ['accounts', 'practice'],
  safety: ['accounts', 'practice', 'work'],
  notices: ['accounts', 'practice', 'work', 'safety'],
  feedback: ['accounts', 'practice', 'work', 'safety'],
  release: ['accounts', 'practice', 'work'],
  scheduling: ['accounts', 'practice', 'work', 'safety', 'notices'],
  records: ['accounts', 'practice', 'work', 'safety', 'notices', 'feedback', 'release', 'scheduling'],
  review: ['accounts', 'practice', 'work', 'safety', 'notices', 'release', 'records'],
  writing: ['accounts', 'practice', 'work', 'safety', 'release', 'records'],
}

/** What a domain folder may hold. Anything else needs a reason here. */
export const domainFiles: readonly (string | RegExp)[] = [
  'README.md', 'public.ts', 'pages.ts', 'shared.ts', 'tables.ts', 'access.ts', 'jobs.ts',
  /^[a-z0-9]+(-[a-z0-9]+)+(\.long)?(\.test)?\.tsx?$/,          // a use case: verb-noun, its test beside it
  /^(pages|explain|data)\//,
]

/** Files over their length, with the reason. This list only shrinks. */
export const longFiles: Record<string, { lines: number; why: string }> = {}
