import type { Role } from '#platform/ctx.ts'
import { permission } from '#platform/permission.ts'

export const managePeople = permission('invite, change and disable staff', ['manager'])
export const seePeople = permission('see who works here', ['manager', 'front-desk'])
export const giveAccess = permission('give patients their letters and help them in', ['manager', 'front-desk'])
export const ownAccount = permission('look after one’s own account', ['clinician', 'care-team', 'front-desk', 'billing', 'editor', 'manager'])

export type Category = 'identity' | 'results' | 'notes' | 'record' | 'appointments' | 'messages' | 'billing' | 'access-log' | 'people' | 'work' | 'outbox' | 'audit' | 'import'
export type Verb = 'see' | 'change'

/**
 * What each role reaches, of every patient. Minimum necessary: the front desk sees no results and no notes, billing no record.
 * Source: 45 CFR 164.502(b).
 */
export const reachOfRole: Record<Role, Partial<Record<Category, readonly Verb[]>>> = {
  clinician: { identity: ['see', 'change'], results: ['see', 'change'], notes: ['see', 'change'], record: ['see', 'change'], appointments: ['see', 'change'], messages: ['see', 'change'], work: ['see', 'change'] },
  'care-team': { identity: ['see', 'change'], results: ['see', 'change'], notes: ['see', 'change'], record: ['see', 'change'], appointments: ['see', 'change'], messages: ['see', 'change'], work: ['see', 'change'] },
  'front-desk': { identity: ['see', 'change'], appointments: ['see', 'change'], work: ['see', 'change'], people: ['see', 'change'], import: ['see', 'change'], outbox: ['see', 'change'] },
  billing: { identity: ['see'], billing: ['see', 'change'], work: ['see', 'change'] },
  editor: {},
  manager: { identity: ['see', 'change'], people: ['see', 'change'], work: ['see', 'change'], outbox: ['see', 'change'], audit: ['see'], import: ['see', 'change'] },
}

/** What a caregiver reaches of the one patient they act for. */
export const reachOfProxy: Partial<Record<Category, readonly Verb[]>> = {
  identity: ['see'], results: ['see'], notes: ['see'], record: ['see'], appointments: ['see', 'change'], messages: ['see', 'change'], billing: ['see'],
}

/** What a patient reaches of their own record: the same list as `accounts.grant_self`, which opens an account by letter. */
export const reachOfSelf: Partial<Record<Category, readonly Verb[]>> = {
  identity: ['see', 'change'], results: ['see'], notes: ['see'], record: ['see'], appointments: ['see', 'change'], messages: ['see', 'change'], billing: ['see'], 'access-log': ['see', 'change'],
}

export const pairsOf = (reach: Partial<Record<Category, readonly Verb[]>>): { category: Category; verb: Verb }[] =>
  Object.entries(reach).flatMap(([category, verbs]) => verbs.map(verb => ({ category: category as Category, verb })))
