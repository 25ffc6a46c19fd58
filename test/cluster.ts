import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '#platform/embedded-postgres.ts'
import { makeRoles, rolePasswords, type RolePasswords } from '#platform/roles.ts'
import { makeOwnFolder } from '#test/own-folder.ts'

/** A PostgreSQL server for tests: its administrator's address and the passwords of the three roles. */
export type Cluster = { adminUrl: string; passwords: RolePasswords }

/** Starts one in a folder of its own. Nothing is left of it after `stop`, nor when this process dies. */
export async function startCluster({ isDurable = false }: { isDurable?: boolean } = {}): Promise<{ cluster: Cluster; folder: string; stop: () => Promise<void> }> {
  const { folder, remove } = makeOwnFolder('cluster')
  const server = await startEmbedded(folder, {
    isThrowaway: !isDurable,
    // Tests that kill the server keep durability on for themselves; the others need not wait for the disk.
    more: isDurable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum_naptime: '10min', max_connections: 400, shared_buffers: '128MB' },
  })
  const passwords = rolePasswords(join(folder, 'secrets'))
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  await makeRoles(admin, passwords)
  await admin.end()
  const cluster = { adminUrl: server.adminUrl, passwords }
  writeFileSync(join(folder, 'cluster.json'), JSON.stringify(cluster), { mode: 0o600 })
  return { cluster, folder, stop: remove }
}
