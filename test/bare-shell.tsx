import { show } from '#platform/answer.ts'
import { practiceNameOf, telephoneOf } from '#platform/letter-facts.ts'
import type { Shell, ShellFacts } from '#platform/shell.ts'

const bare = async (_ctx: unknown, facts: ShellFacts, content: React.ReactNode) =>
  show(<main><title>{facts.title}</title>{content}</main>, { ...(facts.status && { status: facts.status }), ...(facts.headers && { headers: facts.headers }) })

/** A page with nothing around it: for tests below the floor where the real shell is made. */
export const bareShell: Shell = { zone: async () => 'America/New_York', practice: async () => ({ name: practiceNameOf('Heron Street Clinic'), phone: telephoneOf('(802) 555-0199') }), site: bare, plain: bare, portal: bare, console: bare }
