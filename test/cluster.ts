import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '#platform/embedded-postgres.ts'
import { makeRoles, rolePasswords, type RolePasswords } from '#platform/roles.ts'

/** A PostgreSQL server for tests: its administrator's address and the passwords of the three roles. */
export type Cluster = { adminUrl: string; passwords: RolePasswords }

/** Starts one in a folder of its own below the system's temporary one. `stop` leaves nothing behind. */
export async function startCluster({ isDurable = false }: { isDurable?: boolean } = {}): Promise<{ cluster: Cluster; folder: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-cluster-'))
  const server = await startEmbedded(folder, {
    isThrowaway: !isDurable,
    // Tests that kill the server keep durability on for themselves; the others need not wait for the disk.
    more: isDurable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: 400, shared_buffers: '128MB' },
  })
  const passwords = rolePasswords(join(folder, 'secrets'))
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  await makeRoles(admin, passwords)
  await admin.end()
  const cluster = { adminUrl: server.adminUrl, passwords }
  writeFileSync(join(folder, 'cluster.json'), JSON.stringify(cluster), { mode: 0o600 })
  return {
    cluster, folder,
    async stop() {
      await server.stop('immediate')
      rmSync(folder, { recursive: true, force: true })
      if (server.isElsewhere) rmSync(server.place, { recursive: true, force: true })
    },
  }
}
