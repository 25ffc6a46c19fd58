/** The four throwables. Everything else that is thrown is a surprise and answers 500. Each edge translates them once. */
export class NotFound extends Error { override name = 'NotFound' }
export class NotAllowed extends Error { override name = 'NotAllowed' }
export class Conflict extends Error { override name = 'Conflict' }
export class Invalid extends Error {
  override name = 'Invalid'
  readonly problems: Record<string, string>
  constructor(problems: Record<string, string>) {
    super('invalid')
    this.problems = problems
  }
}
