import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { doors, unwalled } from '#platform/doors.ts'
import { root } from '#platform/root.ts'
import { freshDatabase, type TestDatabase } from '#test/database.ts'

type Found = { name: string; settings: string[]; body: string; owner: string; isPublic: boolean; app: boolean; worker: boolean }

describe('doors through the wall', () => {
  let db: TestDatabase
  let found: Found[]
  const own = "n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker', 'public')"
  before(async () => {
    db = await freshDatabase()
    found = (await db.owner.query<Found>(`
      select n.nspname || '.' || p.proname as name, p.proconfig as settings, p.prosrc as body, pg_get_userbyid(p.proowner) as owner,
        p.proacl is null or exists (select from aclexplode(p.proacl) where grantee = 0) as "isPublic",
        has_function_privilege('rapport_app', p.oid, 'execute') as app, has_function_privilege('rapport_worker', p.oid, 'execute') as worker
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and ${own} order by 1`)).rows
  })
  after(() => db.drop())

  test('each stands in the list, once, and the list has no other', () => {
    assert.deepEqual(found.map(({ name }) => name), doors.map(({ name }) => name).sort())
    assert.equal(new Set(found.map(({ name }) => name)).size, found.length)
  })
  test('each looks things up in a fixed path that nobody else writes to', () => {
    for (const { name, settings } of found) assert.match(settings?.find(setting => setting.startsWith('search_path=')) ?? '', /^search_path=pg_catalog, (public, )?pg_temp$/, name)
  })
  test('each may be called by those whom the list names, and its owner is no superuser', () => {
    for (const { name, owner, isPublic, app, worker } of found) {
      const { grantedTo = ['rapport_app'] } = doors.find(door => door.name === name)!
      if (!name.startsWith('platform.') && !name.startsWith('jobs.') && name !== 'accounts.gives_roles') assert.ok(!isPublic, `${name} may be called by everybody`)
      assert.deepEqual([app, worker], [grantedTo.includes('rapport_app'), grantedTo.includes('rapport_worker')], name)
      assert.match(owner, /^rapport_(owner|worker)$/)
    }
  })
  test('each asks who is asking, or says why it cannot', () => {
    const asks = /platform\.(kind|person_id|patient_id|reaches_all|patients_reached|sees_all|patients_seen|changes_all|patients_changed|setting)\(|accounts\.must_be_theirs\(/
    for (const { name, body } of found) if (doors.find(door => door.name === name)!.opens === 'asks') assert.match(body, asks, name)
    for (const { name, why } of doors) assert.ok(why.length > 12, name)
  })
  test('each is used, or is a policy’s or a trigger’s', () => {
    const code = globSync(['src/**/*.ts', 'src/**/*.tsx', 'migrations/**/*.sql'], { cwd: root }).filter(file => !/doors(\.test)?\.ts$/.test(file)).map(file => readFileSync(join(root, file), 'utf8')).join('\n')
    for (const { name } of doors) assert.ok(code.split(name).length > (/door_|jobs\./.test(name) ? 2 : 1), `${name} is called nowhere`)
  })
  test('every table of ours has a wall, or stands in the list of those that need none', async () => {
    const { rows } = await db.owner.query<{ name: string }>(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and not c.relrowsecurity and ${own} order by 1`)
    assert.deepEqual(rows.map(({ name }) => name), Object.keys(unwalled))
  })
  test('no view lends its owner’s eyes', async () => {
    const { rows } = await db.owner.query<{ name: string }>(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('v', 'm') and ${own} and not coalesce('security_invoker=true' = any (c.reloptions), false)`)
    assert.deepEqual(rows, [])
  })
})
