import assert from 'node:assert/strict'
import { createPublicKey, verify, type JsonWebKey } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { startBulkServer, type BulkServer } from '#test/bulk-server/start.ts'
import { aStaffPerson } from '#test/people.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { runsOf, readRun } from './run-state.ts'
import { renewKeys, signAssertion } from './signing-keys.ts'
import { stepRun } from './step-run.ts'

const page = '/console/feeds/pull'

describe('connecting an EHR in the console', { timeout: 120_000 }, () => {
  let t: RunningHouse, ehr: BulkServer, manager: SignedIn, desk: SignedIn
  before(async () => {
    [t, ehr] = await Promise.all([aRunningHouse({ env: { PULL_FROM_PRIVATE: '1' }, now: new Date().toISOString() }), startBulkServer()])
    const [boss, other] = [await aStaffPerson(t, { roles: ['manager'] }), await aStaffPerson(t, { roles: ['front-desk'] })]
    manager = await signedInAs(t, { personId: boss.personId, roles: ['manager'] })
    desk = await signedInAs(t, { personId: other.personId, roles: ['front-desk'] })
  })
  after(async () => { await ehr.child.kill(); await t.close() })
  beforeEach(() => ehr.be({ jwks: `${t.url}/.well-known/jwks.json` }))
  const ctx = () => t.system('records.import')
  const post = async (address: string, fields: Record<string, string>, by = manager) => {
    const answer = await by.post(address, fields)
    return answer.headers.get('location') ?? `${answer.status} ${await answer.text()}`
  }
  const count = async (query: string) => Number((await t.db.owner.query(`select count(*) as n from ${query}`)).rows[0].n)
  const finish = async (id: string) => {
    const [run] = await runsOf(ctx(), id)
    for (let steps = 0; steps < 10; steps++) {
      await stepRun(ctx(), run!.id)
      const now = (await readRun(ctx(), run!.id))!
      if (now.finishedAt) return now
      t.setNow(now.nextAt)
    }
    throw new Error('it did not end')
  }

  test('goes from the address to the key, a trial that counts, and a day; only then does anything come', async () => {
    const address = await post(page, { source: 'main-ehr', address: `${ehr.base}/` })
    const id = address.split('/').at(-1)!
    assert.match(await (await manager.get(address)).text(), /\/\.well-known\/jwks\.json/)
    assert.match(await post(address, { do: 'trial', group: 'g1' }), /^422 .*Try the key first/s)
    assert.match(await post(address, { do: 'token', client: 'stranger' }), /^422 .*does not accept our key/s)
    assert.equal(await post(address, { do: 'token', client: 'the-practice' }), `${address}?said=token`)
    assert.match(await post(address, { do: 'on', day: '2026-12-01' }), /^422 .*Let a trial end well first/s)
    assert.equal(await post(address, { do: 'trial', group: 'g1' }), `${address}?said=trial`)
    assert.match(await post(address, { do: 'trial', group: 'g1' }), /^422 .*One is under way already/s)
    assert.equal((await finish(id)).state, 'done')
    assert.match(await (await manager.get(address)).text(), /What the trial counted.*Patient<.*4<.*Observation<.*12<.*4 patients/s)
    assert.equal(await count('records.resource'), 0)
    assert.equal(await post(address, { do: 'ask' }).then(said => said.slice(0, 3)), '422')
    assert.equal(await post(address, { do: 'on', day: '2026-12-01' }), `${address}?said=on`)
    await finish(id)
    assert.deepEqual((await t.db.owner.query("select go_live_at from records.feed where source = 'main-ehr'")).rows[0].go_live_at.getUTCDate(), 1)
    assert.equal(await count('records.resource'), 16)
    assert.match(await (await manager.get(address)).text(), /It is on\..*What came last/s)
    assert.equal(await post(address, { do: 'ask' }), `${address}?said=asked`)
    await finish(id)
    assert.equal(await post(address, { do: 'off' }), `${address}?said=off`)
    assert.equal(await count("audit.event where action like 'pull.%'"), 9)
  })
  test('what came before the day is history: it has no row of news', async () => {
    assert.equal(await count('records.life'), 0)
  })
  test('an address that is no EHR’s, a bad name and a name that is taken are said beside the field', async () => {
    assert.match(await post(page, { source: 'other', address: ehr.origin }), /^422 .*no SMART configuration/s)
    assert.match(await post(page, { source: 'other', address: 'http://fhir.example.org/R4' }), /^422 .*begins with https/s)
    assert.match(await post(page, { source: 'Main EHR', address: ehr.base }), /^422 .*small letters/s)
    assert.match(await post(page, { source: 'main-ehr', address: ehr.base }), /^422 .*of that name already/s)
  })
  test('is for the manager alone, and another’s id is nowhere', async () => {
    assert.equal((await desk.get(page)).status, 403)
    assert.match(await post(page, { source: 'desk', address: ehr.base }, desk), /^403/)
    assert.equal((await manager.get(`${page}/${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`)).status, 404)
    assert.equal((await manager.get(`${page}/nothing`)).status, 404)
  })
  test('our keys are public halves alone; a new one is shown at once and signs from the next day, the old one stays for a day after', async () => {
    const shown = async () => ((await (await fetch(`${t.url}/.well-known/jwks.json`)).json()) as { keys: (JsonWebKey & { kid: string; alg: string })[] }).keys
    const usedKid = async () => JSON.parse(Buffer.from((await signAssertion(ctx(), { algorithm: 'ES384', clientId: 'us', tokenUrl: 'https://ehr.example/token', now: t.house.now() })).split('.')[0]!, 'base64url').toString()).kid as string
    const old = await shown()
    assert.deepEqual(old.map(key => [key.alg, 'd' in key]), [['ES384', false], ['RS384', false]])
    await renewKeys(ctx())
    assert.equal((await shown()).length, 4)
    assert.equal(await usedKid(), old[0]!.kid)
    t.setNow(new Date(t.house.now().getTime() + 25 * 3_600_000))
    const fresh = await usedKid()
    assert.notEqual(fresh, old[0]!.kid)
    assert.equal((await shown()).length, 4)
    t.setNow(new Date(t.house.now().getTime() + 25 * 3_600_000))
    assert.deepEqual((await shown()).map(key => key.alg), ['ES384', 'RS384'])
    const [head, body, signature] = (await signAssertion(ctx(), { algorithm: 'ES384', clientId: 'us', tokenUrl: 'https://ehr.example/token', now: t.house.now() })).split('.')
    const key = createPublicKey({ key: (await shown())[0]!, format: 'jwk' })
    assert.ok(verify('sha384', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature!, 'base64url')))
  })
})
