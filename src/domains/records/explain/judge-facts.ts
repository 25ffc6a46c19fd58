import { asText, asThing, isThing, statusOf } from './read-loosely.ts'

/** Statuses that never show as facts, whatever the kind of record (R21). */
const never: ReadonlySet<string> = new Set(['entered-in-error', 'cancelled', 'refuted', 'superseded'])
/** Wishes, drafts and refusals, by kind of record: not (yet) something that is so. */
const neverOf: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['MedicationRequest', new Set(['draft'])],
  ['CarePlan', new Set(['draft'])],
  ['CareTeam', new Set(['proposed'])],
  ['Goal', new Set(['proposed', 'rejected'])],
  ['ServiceRequest', new Set(['draft', 'revoked'])],
  ['DeviceRequest', new Set(['draft', 'revoked'])],
  ['DocumentReference', new Set(['preliminary'])],                            // a note nobody has signed (N9)
  ['Composition', new Set(['preliminary'])],
  ['QuestionnaireResponse', new Set(['stopped'])],
])
const notDone: ReadonlySet<string> = new Set(['not-done', 'not-taken', 'declined'])
const unsure: ReadonlySet<string> = new Set(['proposal', 'option'])

/** May this record show as a fact? What was not done is no fact either: ask `wasNotDone` and say "not given". */
export function isFact(resource: unknown): boolean {
  if (!isThing(resource) || asText(resource.resourceType) === null) return false
  const own = neverOf.get(String(resource.resourceType))
  const statuses = [resource.status, resource.docStatus, resource.verificationStatus, resource.lifecycleStatus, resource.clinicalStatus].map(statusOf)
  if (statuses.some(status => status !== null && (never.has(status) || notDone.has(status) || own?.has(status)))) return false
  return !(resource.resourceType === 'MedicationRequest' && unsure.has(statusOf(resource.intent) ?? ''))
}

/** It was planned and did not happen: a vaccine "not given", a procedure "not done", a medicine "not taken". */
export function wasNotDone(resource: unknown): boolean {
  const thing = asThing(resource)
  return notDone.has(statusOf(thing.status) ?? '') || thing.notGiven === true || thing.wasNotGiven === true
}
