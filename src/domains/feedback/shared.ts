/** What a patient can say of what they read (N11), and a question about a result. */
export type ReportKind = 'wrong-fact' | 'wrong-person' | 'missing' | 'hurtful-words' | 'not-understood' | 'question'
export const wrongKinds = ['wrong-fact', 'missing', 'hurtful-words', 'not-understood', 'wrong-person'] as const satisfies readonly ReportKind[]
/** What may be set right in the record, or refused with a reason (45 CFR 164.526). */
export const amendable: ReadonlySet<ReportKind> = new Set(['wrong-fact', 'missing', 'wrong-person'])

export type SubjectType = 'result' | 'note' | 'fact' | 'contact'
export type Category = 'results' | 'notes' | 'record' | 'identity'
/** What it is about: a number that means something to the records alone, and what stood on the page. */
export type Subject = {
  type: SubjectType
  id: string
  category: Category
  /** The hash of a paragraph; '' for the whole. */
  part: string
  title: string
  excerpt: string
  /** As the record names who wrote it. */
  author: string | null
}
export type Outcome = 'accepted' | 'declined' | 'answered'

/** In the console's words. */
export const kindInWords: Readonly<Record<ReportKind, string>> = {
  'wrong-fact': 'Something is wrong', 'wrong-person': 'It may be about another person', missing: 'Something is missing', 'hurtful-words': 'The words hurt', 'not-understood': 'Did not understand it', question: 'A question about a result',
}
export const outcomeInWords: Readonly<Record<Outcome, string>> = { accepted: 'Set right', declined: 'Not changed, with the reason', answered: 'Answered' }
export const mostWords = 4_000

/** The one question after reading (the pulse). */
export type PulseQuestion = 'understood' | 'worried' | 'respected'
export const pulseQuestions: readonly PulseQuestion[] = ['understood', 'worried', 'respected']
export type PulseAnswer = 'yes' | 'partly' | 'no' | 'not-now'
export const pulseAnswers: readonly PulseAnswer[] = ['yes', 'partly', 'no', 'not-now']
export type PulseAbout = 'result' | 'note'
