import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { openEmbeddedDatabase } from '#platform/embedded-database.ts'
import { startEmbedded } from '#platform/embedded-postgres.ts'
import { copyPostgres, packagedPostgres, postgresInPlace } from '#platform/postgres-binaries.ts'
import { clearStaleNote, findPostmaster } from '#platform/postmaster.ts'
import { canReach } from '#platform/server-user.ts'
import { startScript } from '#test/child.ts'
import { clearFolder } from '#test/clear-folder.ts'

const ask = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try { return (await client.query(sql)).rows } finally { await client.end() }
}
/** Another process that opens the database of this folder, says where it is, and stays. */
const another = (folder: string) => startScript(`
  import { openEmbeddedDatabase } from '#platform/embedded-database.ts'
  const opened = await openEmbeddedDatabase(${JSON.stringify(folder)})
  console.log('serving ' + await opened.lockServing(() => console.log('lost')) + ' ' + opened.urls.owner)
  const stay = setInterval(() => {}, 1e6)
  process.once('SIGTERM', () => opened.close().then(() => clearInterval(stay)))
`)
const opening: Awaited<ReturnType<typeof openEmbeddedDatabase>>[] = []
const open = async (folder: string) => {
  const opened = await openEmbeddedDatabase(folder)
  opening.push(opened)
  return opened
}
const nobody = { uid: 65534, gid: 65534, name: 'nobody' }
const urlIn = (line: string) => line.split(' ').at(-1)!

describe('a PostgreSQL of our own', { timeout: 240_000 }, () => {
  let folder: string
  let data: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rapport-own-'))
    chmodSync(folder, 0o711)
    data = join(folder, 'data')
  })
  afterEach(async () => { for (const opened of opening.splice(0)) await opened.close() })
  after(() => clearFolder(folder))

  test('two that start at once on a new folder share one server, which the last to leave stops', async () => {
    const [one, other] = [another(data), another(data)]
    const [url] = (await Promise.all([one.says(/^serving /), other.says(/^serving /)])).map(urlIn)
    assert.deepEqual(await ask(url!, 'select pg_encoding_to_char(encoding) as encoding, datlocprovider as provider, datlocale as locale from pg_database where datname = current_database()'), [{ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8' }])
    await ask(url!, "create table public.kept (words text); insert into public.kept values ('ñandú 漢字')")
    await one.kill('SIGTERM')
    assert.deepEqual(await ask(url!, 'select words from public.kept'), [{ words: 'ñandú 漢字' }])
    await other.kill('SIGTERM')
    assert.equal(findPostmaster(join(data, 'postgres')), undefined)
    assert.ok(!readdirSync(data).some(name => name.includes('making')), 'nothing half made lies about')
  })
  test('the superuser made it and is gone; fsync stays on; passwords are for the owner of the files alone', async () => {
    const opened = await open(data)
    assert.deepEqual(await ask(opened.server.adminUrl, "select count(*)::int as n from pg_stat_activity where usename = 'postgres' and backend_type = 'client backend'"), [{ n: 1 }])
    assert.deepEqual(await ask(opened.urls.app, "select current_setting('fsync') as fsync, current_setting('full_page_writes') as pages, current_setting('synchronous_commit') as sync"), [{ fsync: 'on', pages: 'on', sync: 'on' }])
    assert.deepEqual(await ask(opened.urls.owner, "select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as strong from pg_roles where rolname ~ '^rapport' order by 1"),
      ['rapport_app', 'rapport_owner', 'rapport_worker'].map(rolname => ({ rolname, strong: false })))
    assert.equal(execFileSync('find', [join(data, 'secrets'), '-type', 'f', '-perm', '/077'], { encoding: 'utf8' }), '')
    await opened.close()
  })
  test('one may serve, a second is refused until the first is gone, however it went', async () => {
    const first = another(data)
    assert.match(await first.says(/^serving /), /^serving true/)
    const second = another(data)
    assert.match(await second.says(/^serving /), /^serving false/)
    await second.kill('SIGTERM')
    await first.kill('SIGKILL')
    const third = another(data)
    assert.match(await third.says(/^serving /), /^serving true/)
    await third.kill('SIGTERM')
  })
  test('after kill -9 of the one who started it the next adopts the server; it is stopped in the end', async () => {
    const first = another(data)
    await first.says(/^serving true/)
    const pid = findPostmaster(join(data, 'postgres'))!.pid
    await first.kill('SIGKILL')
    const next = await open(data)
    assert.equal(next.server.pid, pid)
    assert.deepEqual(await ask(next.urls.owner, 'select words from public.kept'), [{ words: 'ñandú 漢字' }])
    await next.close()
    assert.equal(findPostmaster(join(data, 'postgres')), undefined)
  })
  test('after kill -9 of the server the one who serves brings it back, at the same address, and still serves alone', async () => {
    const first = another(data)
    const url = urlIn(await first.says(/^serving true/))
    const { pid } = findPostmaster(join(data, 'postgres'))!
    process.kill(pid, 'SIGKILL')
    for (let now = findPostmaster(join(data, 'postgres')); !now || now.pid === pid || now.status !== 'ready'; now = findPostmaster(join(data, 'postgres'))) await wait(20)
    assert.deepEqual(await ask(url, 'select words from public.kept'), [{ words: 'ñandú 漢字' }])
    const second = another(data)
    assert.match(await second.says(/^serving /), /^serving false/)
    await second.kill('SIGTERM')
    await first.kill('SIGTERM')
  })
  test('who is told to stop while the server comes back stops, and leaves no server', async () => {
    for (const afterMs of [0, 5, 30, 60, 100, 150, 250]) {
      const serving = another(data)
      await serving.says(/^serving true/)
      process.kill(findPostmaster(join(data, 'postgres'))!.pid, 'SIGKILL')
      await wait(afterMs)
      await serving.kill('SIGTERM')
      await wait(300)
      assert.equal(findPostmaster(join(data, 'postgres')), undefined, `told after ${afterMs} ms`)
    }
  })
  test('ten commands one after the other and at once: none fails because another just stopped the server', async () => {
    await Promise.all(Array.from({ length: 10 }, async (_, i) => {
      await wait(i * 40)
      const opened = await open(data)
      assert.deepEqual(await ask(opened.urls.app, 'select 1 as up'), [{ up: 1 }])
      await opened.close()
    }))
    assert.equal(findPostmaster(join(data, 'postgres')), undefined)
  })
  test('a note of a dead server, whose number another program has now, does not stop the start', async () => {
    const note = join(data, 'postgres/postmaster.pid')
    writeFileSync(note, `${process.pid}\n${join(data, 'postgres')}\n1\n5432\n${join(data, 'socket')}\n\n0 0\nready   \n`)
    const opened = await open(data)
    assert.deepEqual(await ask(opened.urls.app, 'select 1 as up'), [{ up: 1 }])
    clearStaleNote(join(data, 'postgres'))
    assert.ok(existsSync(note), 'the note of a living server is left alone')
    await opened.close()
  })
  test('a folder of another PostgreSQL release is refused in words', async () => {
    const version = join(data, 'postgres/PG_VERSION')
    writeFileSync(version, '17\n')
    await assert.rejects(startEmbedded(data), /made by PostgreSQL 17, and this release brings 18/)
    writeFileSync(version, '18\n')
  })
  test('a path too long for a socket is served on a free loopback port', async () => {
    const long = join(folder, 'a'.repeat(60), 'b'.repeat(40))
    const opened = await open(long)
    assert.equal(opened.server.socketDir, undefined)
    assert.match(opened.urls.app, /@127\.0\.0\.1:\d+\/rapport$/)
    assert.deepEqual(await ask(opened.urls.app, 'select host(inet_server_addr()) as at'), [{ at: '127.0.0.1' }])
    await opened.close()
  })
  test('a path with a blank, a comma, an accent and a percent sign is a path like any other', async () => {
    const opened = await open(join(folder, 'señora, 50% "x"'))
    assert.deepEqual(await ask(opened.urls.app, 'select inet_server_addr() as at'), [{ at: null }])
    await opened.close()
  })
  const asRoot = { skip: process.getuid?.() !== 0 && 'only root needs another user' }
  test('as root below a folder that its user may not enter, the data lies in /var/lib, noted in DATA_DIR', asRoot, async () => {
    const hidden = join(folder, 'hidden')
    mkdirSync(hidden)
    chmodSync(hidden, 0o700)
    const first = await open(join(hidden, 'data'))
    const { place } = first.server
    assert.match(place, /^\/var\/lib\/rapport-/)
    assert.equal(readFileSync(join(hidden, 'data/postgres-place'), 'utf8'), place)
    await ask(first.urls.owner, 'create table public.here (id int)')
    await first.close()
    cpSync(join(hidden, 'data'), join(folder, 'moved'), { recursive: true })
    const moved = await open(join(folder, 'moved'))
    assert.deepEqual(await ask(moved.urls.owner, "select to_regclass('public.here')::text as it"), [{ it: 'here' }], 'found again though DATA_DIR has moved')
    await moved.close()
    rmSync(place, { recursive: true })
  })
  test('as root, data that its user can no longer enter is not silently begun anew', asRoot, async () => {
    const shut = join(folder, 'shut')
    await (await open(join(shut, 'data'))).close()
    chmodSync(shut, 0o700)
    await assert.rejects(startEmbedded(join(shut, 'data')), /belongs to \w+, who may not enter a folder above it/)
  })
  test('as root, whoever made the data runs its server', asRoot, async () => {
    const other = join(folder, 'other')
    await (await open(other)).close()
    const daemon = 1
    execFileSync('chown', ['-R', `${daemon}:${daemon}`, join(other, 'postgres'), join(other, 'socket')])
    const opened = await open(other)
    assert.equal(statSync(`/proc/${opened.server.pid}`).uid, daemon)
    assert.deepEqual(await ask(opened.urls.app, 'select 1 as up'), [{ up: 1 }])
    await opened.close()
  })
  test('an ordinary user is told whose the data is, when it is somebody else’s', { skip: asRoot.skip || !canReach(nobody, process.execPath) && 'nobody may enter this clone' }, async () => {
    const child = startScript(`
      import { startEmbedded } from '#platform/embedded-postgres.ts'
      await startEmbedded(${JSON.stringify(data)})`, nobody)
    const { code, words } = await child.ended
    assert.equal(code, 1)
    assert.match(words, /belongs to \w+: start Rapport as that user or as root/)
  })
  test('where npm ran no install script, the libraries’ links are made in a copy', () => {
    const bare = join(folder, 'bare')
    cpSync(join(packagedPostgres(), 'native'), bare, { recursive: true, verbatimSymlinks: true })
    for (const { target } of JSON.parse(readFileSync(join(bare, 'pg-symlinks.json'), 'utf8')) as { target: string }[]) unlinkSync(join(bare, target.replace('native/', '')))
    assert.equal(postgresInPlace(bare), undefined)
    mkdirSync(join(folder, 'copies'))
    const copy = copyPostgres(join(folder, 'copies'), { source: bare, version: '18.0' })
    assert.equal(postgresInPlace(copy), copy)
    assert.match(execFileSync(join(copy, 'bin/postgres'), ['--version'], { encoding: 'utf8' }), /PostgreSQL\) 18/)
    const newer = copyPostgres(join(folder, 'copies'), { source: bare, version: '18.1' })
    assert.deepEqual(readdirSync(join(folder, 'copies')), [newer.split('/').at(-1)], 'the copy of an older release is gone')
  })
})
