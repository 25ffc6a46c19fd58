import type { Command } from './command.ts'

type Entry = { name: string; summary: string; load: () => Promise<{ default: Command }> }

/** Every command on one screen. */
export const commands: readonly Entry[] = [
  { name: 'serve', summary: 'run the site, the portal, the console and the jobs', load: () => import('./serve.ts') },
  { name: 'migrate', summary: 'bring the database to this release', load: () => import('./migrate.ts') },
]
