import { show } from '#platform/answer.ts'
import type { Shell, ShellFacts } from '#platform/shell.ts'

const bare = async (_ctx: unknown, facts: ShellFacts, content: React.ReactNode) =>
  show(<main><title>{facts.title}</title>{content}</main>, { ...(facts.status && { status: facts.status }), ...(facts.headers && { headers: facts.headers }) })

/** A page with nothing around it: for tests below the floor where the real shell is made. */
export const bareShell: Shell = { zone: async () => 'America/New_York', site: bare, plain: bare, portal: bare, console: bare }
