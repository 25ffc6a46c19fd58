import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { sql, inTransaction } from '#platform/db.ts'
import { ctxOf, staffActor } from '#test/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs } from '#test/signed-in.ts'
import { countFindings, isMonth, reportFindings } from './count-findings.ts'

let house: RunningHouse, ada: string, boss: string
const now = '2026-11-23T15:00:00Z'
before(async () => {
  house = await aRunningHouse({ now })
  await aPractice(house)
  ada = (await aStaffPerson(house, { name: 'Ada Bell', roles: ['clinician'] })).personId
  boss = (await aStaffPerson(house, { name: 'Max Field', roles: ['manager'] })).personId
})
after(() => house.close())
beforeEach(() => house.setNow(now))

const manager = () => ctxOf(house.house, staffActor(['manager'], boss))
async function aFinding({ at, by = ada, life = randomUUID(), danger = 'life', days = 2, endedAt = null }: { at: string; by?: string; life?: string; danger?: string; days?: number; endedAt?: string | null }): Promise<string> {
  await house.db.owner.query("insert into release.finding (patient_id, life_id, danger, words, knows_patient, found_at, found_by, until, ended_at, ended_by) values (gen_random_uuid(), $1, $2, 'SECRET words of why it is held.', true, $3, $4, $3::timestamptz + make_interval(days => $5), $6, case when $6::timestamptz is not null then $4::uuid end)", [life, danger, at, by, days, endedAt])
  return life
}

test('R9 a month of the practice’s: by clinician and reason, ended, run out, standing, and found again; of whom, nothing', async () => {
  const life = await aFinding({ at: '2026-11-02T15:00:00Z', endedAt: '2026-11-03T10:00:00Z' })
  await aFinding({ at: '2026-11-10T15:00:00Z', life, days: 2, endedAt: '2026-11-12T15:00:00Z' })
  await aFinding({ at: '2026-11-22T15:00:00Z', life, days: 7 })
  await aFinding({ at: '2026-11-05T15:00:00Z', danger: 'data-error', by: boss })
  await aFinding({ at: '2026-11-01T03:00:00Z' })                    // still October here
  await aFinding({ at: '2026-12-01T04:59:00Z' })                    // still November here
  const counts = await inTransaction(manager(), tx => countFindings(tx, '2026-11'))
  assert.deepEqual(counts.map(({ foundBy, ...rest }) => (assert.ok(foundBy), rest)), [
    { name: 'Ada Bell', danger: 'life', found: 4, ended: 1, ranOut: 1, stands: 2, again: 2 },
    { name: 'Max Field', danger: 'data-error', found: 1, ended: 0, ranOut: 1, stands: 0, again: 0 },
  ])
  const page = await (await (await signedInAs(house, { personId: boss, roles: ['manager'] })).get('/console/release/findings?month=2026-11')).text()
  assert.match(page, /Ada Bell/)
  assert.doesNotMatch(page, new RegExp(`SECRET|${life}`))
  assert.equal((await house.db.owner.query("select count(*)::int as n from audit.event where action = 'release.report-read' and person_id = $1", [boss])).rows[0].n, 2)
})

test('nobody but a manager reads it, whatever they say of themselves', async () => {
  const clinician = await signedInAs(house, { personId: ada, roles: ['clinician'] })
  assert.equal((await clinician.get('/console/release/findings')).status, 403)
  const claims = ctxOf(house.house, staffActor(['manager'], ada))
  await assert.rejects(inTransaction(claims, tx => countFindings(tx, '2026-11')), /insufficient_privilege/)
  await assert.rejects(inTransaction(house.system('records.release'), tx => sql`select * from release.door_finding_counts('2026-01-01', '2027-01-01')`.execute(tx.db.kysely)), /insufficient_privilege/)
})

test('when the month is over it is work for the manager, once; a month without any is not', async () => {
  const report = () => reportFindings(house.system('release.report'))
  house.setNow('2026-12-01T12:15:00Z')
  assert.equal(await report(), true)
  assert.equal(await report(), false)
  house.setNow('2027-01-02T12:15:00Z')
  assert.equal(await report(), false)
  const { rows } = await house.db.owner.query("select title, pool, patient_id from work.task where kind = 'findings-report'")
  assert.deepEqual(rows, [{ title: 'Read what was held back for safety in 2026-11', pool: 'manager', patient_id: null }])
})

test('what is no month shows this one', async () => {
  for (const text of ['2026-13', '2026-00', '1999-01', "2026-11'", '', '2026-1']) assert.ok(!isMonth(text), text)
  const staff = await signedInAs(house, { personId: boss, roles: ['manager'] })
  assert.match(await (await staff.get('/console/release/findings?month=2026-99')).text(), /Held for safety in November 2026/)
})
