import { anchorFileOf } from '#platform/anchor-file.ts'
import { connectAs } from '#platform/connect-as.ts'
import type { House } from '#platform/house.ts'
import { verifyAudit, type AuditReport } from '#platform/verify-audit.ts'

/**
 * Verifies this install's audit trail as the application's role. It speaks for the job on a connection of its own and not in one long
 * transaction, which would hold the sealer's horizon back.
 */
export async function verifyHouse(house: House, appUrl: string, onProgress?: (done: number, total: number) => void): Promise<AuditReport> {
  const client = await connectAs(appUrl, 'rapport audit verify')
  try {
    await client.query("select set_config('rapport.kind', 'system', false), set_config('rapport.job', 'audit.verify', false)")
    return await verifyAudit({ client, keys: house.keys, anchorPath: anchorFileOf(house.config.dataDir), now: house.now(), ...(onProgress && { onProgress }) })
  } finally {
    await client.end().catch(() => {})
  }
}
