import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, test } from 'node:test'
import pg from 'pg'
import { readConfig, type Config } from '#platform/config.ts'
import { checkRoles, connect } from '#platform/connect.ts'
import { migrate } from '#platform/migrate.ts'
import { refuseOlder, TooOld } from '#platform/roles.ts'
import { startCluster, type Cluster } from '#test/cluster.ts'

// These tests make and break roles, which belong to a whole server: they have one of their own.
describe('a database that somebody else runs', { timeout: 120_000 }, () => {
  let server: { cluster: Cluster; stop: () => Promise<void> }
  let folder: string
  let admin: pg.Client
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rapport-connect-'))
    server = await startCluster()
    admin = new pg.Client({ connectionString: server.cluster.adminUrl })
    await admin.connect()
  })
  after(async () => {
    await admin.end()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  afterEach(async () => {
    for (const { datname } of (await admin.query("select datname from pg_database where datname ~ '^(one|two)$'")).rows) await admin.query(`drop database ${datname} with (force)`)
    for (const { rolname } of (await admin.query("select rolname from pg_roles where rolname ~ '^(rapport|host|plain)' order by rolname = 'rapport_worker' desc")).rows) await admin.query(`drop owned by ${rolname} cascade; drop role ${rolname}`)
  })

  const urlOf = (role: string, password: string, database: string) => Object.assign(new URL(server.cluster.adminUrl), { username: role, password, pathname: `/${database}` }).toString()
  const configOf = (name: string, env: Record<string, string>): Config => {
    const read = readConfig({ DATA_DIR: join(folder, name), ...env })
    assert.ok(read.ok)
    return read.config
  }
  const noRoles = async () => {
    for (const role of ['rapport_worker', 'rapport_app', 'rapport_owner']) await admin.query(`drop role if exists ${role}`)
  }
  const ask = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try { return (await client.query(sql)).rows } finally { await client.end() }
  }

  test('one address of a host’s role that may create roles is enough, and is used for nothing else', async () => {
    await noRoles()
    await admin.query("create role host login createrole password 'x'")
    await admin.query('create database one owner host')
    const config = configOf('one', { DATABASE_URL: urlOf('host', 'x', 'one') })
    for (const start of ['first', 'second']) {
      const { urls } = await connect(config)
      await migrate({ ownerUrl: urls.owner, workerUrl: urls.worker })
      await checkRoles({ urls })
      assert.deepEqual(await ask(urls.app, 'select current_user as me'), [{ me: 'rapport_app' }], start)
      assert.deepEqual(await ask(urls.owner, "select distinct pg_get_userbyid(relowner) as owner from pg_class where relnamespace = 'platform'::regnamespace"), [{ owner: 'rapport_owner' }])
    }
    const secret = join(folder, 'one/secrets/rapport_app')
    assert.equal(statSync(secret).mode & 0o777, 0o600)
    assert.ok(readFileSync(secret, 'utf8').length >= 32)
  })
  test('a second install on the same server does not take the roles of one that is at work; one that is gone is taken over', async () => {
    await noRoles()
    await admin.query('create database one')
    await admin.query('create database two')
    const superUrl = (database: string) => Object.assign(new URL(server.cluster.adminUrl), { pathname: `/${database}` }).toString()
    const { urls } = await connect(configOf('first', { DATABASE_URL: superUrl('one') }))
    const atWork = new pg.Client({ connectionString: urls.app })
    await atWork.connect()
    await assert.rejects(connect(configOf('second', { DATABASE_URL: superUrl('two') })), /rapport_app is in use by another install on this server \(database one\)/)
    assert.deepEqual((await atWork.query('select 1 as still')).rows, [{ still: 1 }])
    await atWork.end()
    const taken = await connect(configOf('second', { DATABASE_URL: superUrl('two') }))
    assert.deepEqual(await ask(taken.urls.app, 'select current_database() as at'), [{ at: 'two' }])
  })
  test('a role that may not create roles is refused with what to do', async () => {
    await admin.query("create role plain login password 'x'")
    await admin.query('create database one owner plain')
    await assert.rejects(connect(configOf('plain', { DATABASE_URL: urlOf('plain', 'x', 'one') })), /plain of DATABASE_URL may not create roles/)
  })
  test('a database that the role cannot open to others is refused with what to do', async () => {
    await noRoles()
    await admin.query("create role host login createrole password 'x'")
    await admin.query('create database one')
    await assert.rejects(connect(configOf('closed', { DATABASE_URL: urlOf('host', 'x', 'one') })), /may not open the database one to rapport_owner/)
  })
  test('three roles made by hand serve; too strong or misnamed ones do not', async () => {
    await noRoles()
    await admin.query("create role rapport_owner login password 'o'; create role rapport_app login password 'a'; create role rapport_worker login password 'w'; grant rapport_worker to rapport_owner with set true, inherit false")
    await admin.query('create database one owner rapport_owner')
    const given = { DATABASE_URL: urlOf('rapport_app', 'a', 'one'), DATABASE_OWNER_URL: urlOf('rapport_owner', 'o', 'one'), DATABASE_WORKER_URL: urlOf('rapport_worker', 'w', 'one') }
    const { urls } = await connect(configOf('three', given))
    await migrate({ ownerUrl: urls.owner, workerUrl: urls.worker })
    await checkRoles({ urls })

    await assert.rejects(connect(configOf('three', { ...given, DATABASE_OWNER_URL: server.cluster.adminUrl })), /DATABASE_OWNER_URL is a superuser/)
    await assert.rejects(connect(configOf('three', { ...given, DATABASE_URL: given.DATABASE_OWNER_URL })), /DATABASE_URL .*must name the role rapport_app, not rapport_owner/)
    for (const [change, back, why] of [
      ['alter role rapport_app bypassrls', 'alter role rapport_app nobypassrls', /BYPASSRLS/],
      ['alter role rapport_app superuser', 'alter role rapport_app nosuperuser', /is a superuser/],
      ['grant postgres to rapport_app', 'revoke postgres from rapport_app', /can become the superuser postgres/],
      ['grant rapport_owner to rapport_app with inherit false, set true', 'revoke rapport_owner from rapport_app', /owns /],
      ['grant pg_read_server_files to rapport_app', 'revoke pg_read_server_files from rapport_app', /member of pg_read_server_files/],
    ] as const) {
      await admin.query(change)
      await assert.rejects(checkRoles({ urls }), why, change)
      await admin.query(back)
    }
    await checkRoles({ urls })
  })
  test('an owner that may create roles makes the worker’s itself', async () => {
    await noRoles()
    await admin.query("create role rapport_owner login createrole password 'o'; create role rapport_app login password 'a'")
    await admin.query('create database one owner rapport_owner')
    const { urls } = await connect(configOf('two-roles', { DATABASE_URL: urlOf('rapport_app', 'a', 'one'), DATABASE_OWNER_URL: urlOf('rapport_owner', 'o', 'one') }))
    await migrate({ ownerUrl: urls.owner, workerUrl: urls.worker })
    await checkRoles({ urls })
  })
})

/** A server that speaks just enough of PostgreSQL's protocol to say how old it is, and writes down what else it is asked. */
async function anOldServer(): Promise<{ port: number; asked: string[]; close: () => void }> {
  const message = (kind: string, ...parts: Buffer[]) => { const body = Buffer.concat(parts); const head = Buffer.alloc(5); head.write(kind); head.writeInt32BE(body.length + 4, 1); return Buffer.concat([head, body]) }
  const [int16, int32, text] = [(n: number) => { const b = Buffer.alloc(2); b.writeInt16BE(n); return b }, (n: number) => { const b = Buffer.alloc(4); b.writeInt32BE(n); return b }, (words: string) => Buffer.from(`${words}\0`)]
  const ready = message('Z', Buffer.from('I'))
  const field = (name: string) => Buffer.concat([text(name), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)])
  const cell = (words: string) => Buffer.concat([int32(words.length), Buffer.from(words)])
  const asked: string[] = []
  const server = createServer(socket => {
    let isStarted = false
    socket.on('error', () => {})
    socket.on('data', data => {
      if (!isStarted) {
        if (data.readInt32BE(4) === 80_877_103) { socket.write('N'); return }   // asks for TLS
        isStarted = true
        socket.write(Buffer.concat([message('R', int32(0)), ready]))
      } else if (String.fromCharCode(data[0]!) === 'Q') {
        asked.push(data.subarray(5, -1).toString())
        const rows = asked.at(-1)!.includes('server_version_num') ? [message('T', int16(2), field('number'), field('version')), message('D', int16(2), cell('170006'), cell('17.6'))] : []
        socket.write(Buffer.concat([...rows, message('C', text('SELECT 1')), ready]))
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, asked, close: () => server.close() }
}

test('a start asks how old the database is before all else, and changes nothing on one that is too old', async () => {
  const old = await anOldServer()
  const folder = mkdtempSync(join(tmpdir(), 'rapport-old-'))
  try {
    const url = (role: string) => `postgres://${role}:secret@127.0.0.1:${old.port}/rapport`
    for (const more of [{ DATABASE_URL: url('host') }, { DATABASE_URL: url('rapport_app'), DATABASE_OWNER_URL: url('rapport_owner'), DATABASE_WORKER_URL: url('rapport_worker') }]) {
      const read = readConfig({ DATA_DIR: folder, ...more })
      assert.ok(read.ok)
      await assert.rejects(connect(read.config), (error: Error) => error instanceof TooOld && /This PostgreSQL is 17\.6\. Rapport needs 18 or newer/.test(error.message))
    }
    assert.equal(old.asked.length, 2, old.asked.join('; '))
  } finally {
    old.close()
    rmSync(folder, { recursive: true, force: true })
  }
})

test('PostgreSQL older than 18 is refused in words', () => {
  assert.throws(() => refuseOlder({ number: 170_006, version: '17.6' }), TooOld)
  assert.throws(() => refuseOlder({ number: 170_006, version: '17.6 (Debian)' }), /This PostgreSQL is 17\.6 \(Debian\)\. Rapport needs 18 or newer/)
  refuseOlder({ number: 180_000, version: '18.0' })
})
