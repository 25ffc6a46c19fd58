import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { root } from '#platform/root.ts'
import { aStaffPerson } from '#test/people.ts'
import { stepWords } from '#scheduling/shared'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { auditWords, isKnownAction } from './audit-words.ts'
import { told } from './pages/portal-access-log.tsx'

const known = auditWords.flatMap(group => Object.keys(group.actions))
const sources = globSync('src/**/*.{ts,tsx}', { cwd: root }).filter(path => !/\.(test|long)\.|audit-words/.test(path)).map(path => readFileSync(join(root, path), 'utf8'))

describe('the words of the audit trail', { timeout: 120_000 }, () => {
  test('are there for every action that the code tells the trail', () => {
    const calls = sources.flatMap(source => [...source.matchAll(/\baudit(?:Denial|Many)?\([^'"`]*?['"]([a-z-]+\.[a-z-]+)['"]/g)].map(([, action]) => action!))
    assert.ok(calls.length > 60)
    assert.deepEqual([...new Set(calls)].filter(action => !isKnownAction(action)), [])
  })
  test('are for no action twice, and for none that the code never names', () => {
    assert.equal(new Set(known).size, known.length)
    const steps = new Set(sources.flatMap(source => [...source.matchAll(/\bchange\(\w+, \w+, '([a-z-]+)'/g)].map(([, step]) => `work.${step}`)))
    assert.ok(steps.size > 3)
    for (const step of Object.keys(stepWords)) steps.add(`appointment.${step}`)
    assert.deepEqual([...steps].filter(step => !isKnownAction(step)), [])
    assert.deepEqual(known.filter(action => !steps.has(action) && !sources.some(source => source.includes(`'${action}'`))), [])
  })
  test('tell a patient in words of their own what was done with their visits and what they wait for', () => {
    const visits = auditWords.find(({ words }) => words === 'Visits')!
    assert.deepEqual(Object.keys(visits.actions).filter(action => /^(appointments?|wait)\./.test(action) && !told.has(action)), [])
  })

  describe('in the console', () => {
    let house: RunningHouse, manager: SignedIn
    before(async () => {
      house = await aRunningHouse()
      await aPractice(house)
      const { personId } = await aStaffPerson(house, { roles: ['manager'] })
      manager = await signedInAs(house, { personId, roles: ['manager'] })
    })
    after(() => house.close())
    const rows = (html: string) => [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].slice(1).map(([, row]) => row!)
    const search = async (action: string) => (await manager.post('/console/audit', { from: '', to: '', person: '', patient: '', action })).text()

    test('are chosen from a list in groups, and the choice stays', async () => {
      const html = await (await manager.get('/console/audit')).text()
      assert.match(html, /<select[^>]*name="action"/)
      assert.equal((html.match(/<optgroup /g) ?? []).length, auditWords.length)
      const found = await search('staff.added')
      assert.match(found, /<option value="staff.added" selected="">Added somebody</)
      assert.ok(rows(found).length > 0)
      for (const row of rows(found)) assert.match(row, /Added somebody/)
    })
    test('find nothing where nothing was, and what is no action at all is as if not chosen', async () => {
      assert.equal(rows(await search('keys.rotated')).length, 0)
      assert.ok(rows(await search("x' or 1=1")).length > 0)
    })
    test('are the name itself for an action of another release', async () => {
      await house.db.owner.query("insert into audit.event (at, request_id, actor_kind, job, action) values ($1, 'old', 'system', 'old', 'old.thing-done')", [house.house.now()])
      assert.match(await (await manager.get('/console/audit')).text(), /old\.thing-done/)
    })
  })
})
