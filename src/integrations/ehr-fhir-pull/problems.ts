/** Why an EHR could not be asked, in words of ours: what a server says may hold a person's data and goes nowhere. */
export const problemWords = {
  'bad-address': 'That is no address that can be asked: it begins with https:// and has no name or password in it.',
  'private-address': 'That address lies in a private network. If your EHR stands in your own, set PULL_FROM_PRIVATE=1 on the server.',
  unreachable: 'The server did not answer.',
  'other-host': 'The server sends us to another host. The key to your records is not carried there: ask the EHR’s maker for the address itself.',
  'no-smart': 'There is no SMART configuration at that address. It is the FHIR base URL, often ending in /fhir or /R4.',
  'no-backend': 'This server does not offer system access (SMART Backend Services) with a signed key.',
  'token-refused': 'The EHR does not accept our key for this client id. Look at whether it has our JWKS URL, and whether the app is active there.',
  'not-allowed': 'The EHR knows us, and does not allow this. Look at the scopes that the app was given.',
  'no-group': 'The EHR knows no such group, or offers no export of it.',
  'not-understood': 'The EHR says that it cannot carry out what was asked.',
  busy: 'The EHR is busy and asks us to wait.',
  'server-failed': 'The EHR has a fault of its own.',
  'export-gone': 'The EHR has thrown the export away before it was fetched. It is asked for anew.',
  'export-failed': 'The EHR says that its export failed.',
  'cut-off': 'A file ended before its end.',
  'too-large': 'The answer is larger than is taken.',
  'took-too-long': 'The EHR has worked on the export for more than a day.',
  here: 'Something failed here, not there. The server’s log says more.',
} as const
export type Problem = keyof typeof problemWords

/** What another try cannot mend. */
const lasting: ReadonlySet<Problem> = new Set(['bad-address', 'private-address', 'other-host', 'no-smart', 'no-backend', 'not-allowed', 'no-group', 'not-understood', 'took-too-long'])

export class EhrProblem extends Error {
  readonly problem: Problem
  readonly retryAfterSeconds: number | undefined
  constructor(problem: Problem, retryAfterSeconds?: number) {
    super(problem)
    this.problem = problem
    this.retryAfterSeconds = retryAfterSeconds
  }
  get isLasting(): boolean { return lasting.has(this.problem) }
}
