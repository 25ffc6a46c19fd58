import { join } from 'node:path'
import { root } from '#platform/root.ts'
import { startChild, type Child } from '#test/child.ts'

export type BulkServer = {
  origin: string; base: string; child: Child
  /** Sets its manners and forgets what it was asked. */
  be: (manners: Record<string, unknown>) => Promise<void>
  /** What it was asked since. */
  asked: () => Promise<{ log: { what: string; detail?: string }[]; jobs: number }>
}

export async function startBulkServer(port = 0): Promise<BulkServer> {
  const child = startChild([...(process.features.typescript ? [] : ['--import', 'tsx']), join(root, 'test/bulk-server/serve.ts')], { env: { PORT: String(port) } })
  const origin = /http:\S+/.exec(await child.says(/listening at/))![0]
  return {
    origin, child, base: `${origin}/fhir`,
    be: async manners => void await (await fetch(`${origin}/test`, { method: 'POST', body: JSON.stringify(manners) })).text(),
    asked: async () => await (await fetch(`${origin}/test`)).json() as Awaited<ReturnType<BulkServer['asked']>>,
  }
}
