import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { isPostgres } from '#platform/postmaster.ts'
import { startScript } from '#test/child.ts'

const gone = async (isThere: () => boolean) => {
  for (let i = 0; i < 400 && isThere(); i++) await wait(25)
  return !isThere()
}

for (const end of ['ends', 'SIGKILL'] as const) {
  test(`a test's own server and folder are gone after its process ${end === 'ends' ? 'ends' : 'was killed'}`, { timeout: 60_000 }, async () => {
    const child = startScript(`
      import { startCluster } from '#test/cluster.ts'
      import { findPostmaster } from '#platform/postmaster.ts'
      const { folder } = await startCluster()
      console.log('started ' + folder + ' ' + findPostmaster(folder + '/postgres').pid)
      ${end === 'ends' ? '' : 'setInterval(() => {}, 1e6)'}
    `, { env: { TEST_CLUSTER: undefined } })
    const [, folder, pid] = (await child.says(/^started /)).split(' ')
    assert.ok(folder && existsSync(folder))
    if (end === 'SIGKILL') await child.kill()
    else assert.equal((await child.ended).code, 0)
    assert.ok(await gone(() => existsSync(folder)), `${folder} is left`)
    assert.ok(await gone(() => isPostgres(Number(pid))), `the server ${pid} is left`)
  })
}

test('on a server that outlives the run, the database of a killed test is dropped by the next one', { timeout: 60_000 }, async () => {
  const lines = (last: string) => `
    import { freshDatabase, testServer } from '#test/database.ts'
    import pg from 'pg'
    ${last}`
  const first = startScript(`
    import { startCluster } from '#test/cluster.ts'
    const { folder } = await startCluster()
    console.log('started ' + folder)
    setInterval(() => {}, 1e6)`, { env: { TEST_CLUSTER: undefined } })
  const env = { TEST_CLUSTER: `${(await first.says(/^started /)).split(' ')[1]}/cluster.json` }
  const killed = startScript(lines('const db = await freshDatabase(); console.log("made"); setInterval(() => {}, 1e6)'), { env })
  await killed.says(/^made/)
  await killed.kill()
  const next = startScript(lines(`
    const { adminUrl } = await testServer()
    const admin = new pg.Client({ connectionString: adminUrl })
    await admin.connect()
    const { rows } = await admin.query("select datname from pg_database where datname ~ '^test_'")
    console.log('left ' + rows.length)
    await admin.end()`), { env })
  assert.equal(await next.says(/^left /), 'left 0')
  await first.kill()
})
