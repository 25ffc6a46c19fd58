import type { Role } from '#platform/ctx.ts'

export const poolWords: Record<Role, string> = {
  clinician: 'Clinicians',
  'care-team': 'Care team',
  'front-desk': 'Front desk',
  billing: 'Billing',
  editor: 'Editors',
  manager: 'Manager',
}

export const kindWords: Record<string, string> = {
  contact: 'Message from the website',
  'agreement-ends': 'An agreement ends',
  'tell-by-phone': 'Somebody could not be told',
  'text-reply': 'A reply by text',
  'uncertain-match': 'Whose record is this?',
  'patient-question': 'A question about a result',
  'patient-report': 'Something looks wrong',
  'patient-statement': 'A patient’s statement',
  'order-overdue': 'A test without a result',
  'parked-import': 'Could not be imported',
  'privacy-incident': 'Privacy',
  'second-reader': 'Something looks wrong, second reader',
  'call-about-result': 'Asks to be called',
  'code-request': 'Asks for a new sign-in code',
  'findings-report': 'The month’s holds for safety',
  'hold-ends': 'A hold that ends',
  'hold-ends-owner': 'Before a result opens',
  'critical-result': 'A result needs quick action',
  'critical-message': 'A critical value in nobody’s record',
  'feed-fault': 'A sender’s messages cannot be used',
  'feed-silent': 'A sender has fallen silent',
  'feed-stranger': 'Somebody unknown tries to send',
  'pull-failed': 'Records from the EHR do not come',
  'visit-request': 'A visit that was asked for',
  'new-patient': 'A new patient to link',
  estimate: 'An estimate of the cost',
  'red-flag': 'Words that may mean danger',
  'unopened-result': 'A result that nobody opened',
  'copy-to-ehr': 'A visit to copy into the EHR',
  'result-review': 'A result to look at',
}
export const kindInWords = (kind: string): string => kindWords[kind] ?? kind.replaceAll('-', ' ').replace(/^./, first => first.toUpperCase())
