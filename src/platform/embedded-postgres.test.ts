import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { readConfig, type Config } from '#platform/config.ts'
import { connect, holdServeLock } from '#platform/connect.ts'
import { startEmbedded } from '#platform/embedded-postgres.ts'
import { migrate } from '#platform/migrate.ts'

const configOf = (env: Record<string, string>): Config => {
  const read = readConfig(env)
  assert.ok(read.ok)
  return read.config
}
const postmasterOf = (place: string) => Number(readFileSync(join(place, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
const ask = async (url: string, sql: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try { return (await client.query(sql)).rows } finally { await client.end() }
}

describe('a PostgreSQL of our own', () => {
  let folder: string
  before(() => { folder = mkdtempSync(join(tmpdir(), 'rapport-own-')) })
  after(() => rmSync(folder, { recursive: true, force: true }))

  test('is made once, in UTF-8, and keeps what it is told through kill -9 of the one who started it', async () => {
    const config = configOf({ DATA_DIR: folder })
    const first = await connect(config)
    await migrate({ ownerUrl: first.urls.owner, workerUrl: first.urls.worker })
    await ask(first.urls.owner, "create table public.kept (words text); insert into public.kept values ('ñandú 漢字')")
    assert.deepEqual(await ask(first.urls.owner, "select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale from pg_database where datname = current_database()"), [{ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' }])
    // Nobody stops it: as if the process had been killed. The next one finds and adopts it.
    const pid = postmasterOf(first.place)
    const second = await connect(config)
    assert.equal(postmasterOf(second.place), pid)
    assert.deepEqual(await ask(second.urls.owner, 'select words from public.kept'), [{ words: 'ñandú 漢字' }])
    await second.close()
    assert.ok(!existsSync(join(second.place, 'postgres/postmaster.pid')))
  })
  test('comes back after the server itself was killed', async () => {
    const config = configOf({ DATA_DIR: folder })
    const first = await connect(config)
    await ask(first.urls.owner, "insert into public.kept values ('second')")
    process.kill(postmasterOf(first.place), 'SIGKILL')
    await new Promise(done => setTimeout(done, 300))
    const second = await connect(config)
    assert.deepEqual(await ask(second.urls.owner, 'select count(*)::int as n from public.kept'), [{ n: 2 }])
    await second.close()
  })
  test('lets one serve and refuses a second, until the first is gone', async () => {
    const connections = await connect(configOf({ DATA_DIR: folder }))
    const first = await holdServeLock(connections.urls.owner)
    assert.ok(first)
    assert.equal(await holdServeLock(connections.urls.owner), undefined)
    await first.release()
    const again = await holdServeLock(connections.urls.owner)
    assert.ok(again)
    await again.release()
    await connections.close()
  })
  test('is not stopped under somebody who still uses it', async () => {
    const config = configOf({ DATA_DIR: folder })
    const [one, other] = [await connect(config), await connect(config)]
    const client = new pg.Client({ connectionString: other.urls.app })
    await client.connect()
    await one.close()
    assert.deepEqual((await client.query('select 1 as still')).rows, [{ still: 1 }])
    await client.end()
    await other.close()
  })
  test('as root below a folder that its user may not enter, it lies elsewhere and says where', { skip: process.getuid?.() !== 0 && 'only root needs another user' }, async () => {
    const hidden = join(folder, 'hidden')
    mkdirSync(hidden)
    chmodSync(hidden, 0o700)
    const server = await startEmbedded(join(hidden, 'data'))
    assert.ok(server.isElsewhere)
    assert.match(server.place, /^\/var\/lib\/rapport-/)
    assert.equal((await ask(server.adminUrl, 'select 1 as up'))[0].up, 1)
    await server.stop()
    rmSync(server.place, { recursive: true })
  })
  test('passwords are for the owner of the files alone', () => {
    const modes = execFileSync('find', [join(folder, 'secrets'), '-type', 'f', '-perm', '/077'], { encoding: 'utf8' })
    assert.equal(modes, '')
  })
})
