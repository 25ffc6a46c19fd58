/** How the server behaves, as a test wishes. */
export type Manners = {
  patients: number; perPatient: number; jwks: string; clockSeconds: number; tokenSeconds: number
  /** Status requests that answer 202 before the manifest, and what they say. */
  polls: number; retryAfter: string; busy: number
  /** The first answers to a file: end the connection half-way, answer 500, forget the token. */
  cutOff: number; fails: number; forgetToken: number
  /** Milliseconds between two pieces of a file. */
  slowMs: number
  /** One note for each patient, whose document is elsewhere: how it is given, and how often it fails before. */
  documents: '' | 'raw' | 'resource' | 'gone' | 'other-host' | 'large'; documentFails: number
  refusedMember: boolean; hasErrorFile: boolean; deleted: string[]; wrongCount: number; changedSince: number; requiresToken: boolean; redirectTo: string; expired: number
  /** One value marked as critical of somebody who is not in the group: when it was taken. */
  criticalOfStranger: string
  /** False: it has never heard of a scope for documents. */
  knowsBinary: boolean
}
export const manners: Manners = {
  patients: 4, perPatient: 3, jwks: '', clockSeconds: 0, tokenSeconds: 300, polls: 1, retryAfter: '1', busy: 0, cutOff: 0, fails: 0, forgetToken: 0, slowMs: 0,
  documents: '', documentFails: 0, refusedMember: false, hasErrorFile: false, deleted: [], wrongCount: 0, changedSince: 1, requiresToken: true, redirectTo: '', expired: 0, knowsBinary: true, criticalOfStranger: '',
}
