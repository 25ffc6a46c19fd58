import type { Entry } from './run-command.ts'

/** Every command on one screen. */
export const commands: readonly Entry[] = [
  { name: 'serve', summary: 'run the site, the portal, the console and the jobs', load: () => import('./serve.ts') },
  { name: 'setup', summary: 'make a practice and its first owner', load: () => import('./setup.ts') },
  { name: 'demo', summary: 'say where the demo answers and who can sign in to it', load: () => import('./demo.ts') },
  { name: 'import', summary: 'bring records in from FHIR files', load: () => import('./import.ts') },
  { name: 'feed', summary: 'let a laboratory or another system send records', load: () => import('./feed.ts') },
  { name: 'migrate', summary: 'bring the database to this release', load: () => import('./migrate.ts') },
  { name: 'export', summary: 'write one record as a FHIR Bundle', load: () => import('./export.ts') },
  { name: 'doctor', summary: 'say what is missing or wrong, and what to do', load: () => import('./doctor.ts') },
  { name: 'user add', summary: 'let somebody in who works here', load: () => import('./user-add.ts') },
  { name: 'user reset', summary: 'print a link for a new password', load: () => import('./user-reset.ts') },
  { name: 'backup', summary: 'keep everything in one encrypted archive', load: () => import('./backup.ts') },
  { name: 'restore', summary: 'fill an empty database from an archive', load: () => import('./restore.ts') },
  { name: 'audit verify', summary: 'check that nobody changed the audit trail', load: () => import('./audit-verify.ts') },
  { name: 'keys rotate', summary: 'put a new key before those that are there', load: () => import('./keys-rotate.ts') },
  { name: 'bench', summary: 'measure this release on this machine', load: () => import('./bench.ts') },
]
