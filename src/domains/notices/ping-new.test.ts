import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { inTransaction, sql } from '#platform/db.ts'
import { openWords } from '#platform/email.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { pingNewInPortal } from './ping-new.ts'

describe('the ping that something is there', () => {
  let t: TestHouse
  before(async () => { t = await aHouse({ now: '2026-11-23T15:00:00Z' }); await aPractice(t) })
  after(() => t.close())
  const ping = (patientId: string) => inTransaction(t.system('records.tell'), tx => pingNewInPortal(tx, patientId))
  async function mails(to: string): Promise<string[]> {
    const { rows } = await t.db.owner.query('select id, subject, words from platform.mail where to_address = $1', [to])
    return rows.map(row => `${row.subject}\n${openWords({ house: t.house }, row.id, row.words).text}`)
  }

  test('R12 says that there is something, and nothing of what: whatever is known of the patient, the words are the same', async () => {
    const canaries = ['HIV', 'biopsy', 'zq7canary', 'oncology', 'A1c 9.9']
    const [one, other] = [await aPatientPerson(t, { name: `Ana ${canaries[2]}` }), await aPatientPerson(t)]
    await sql`insert into records.patient (id, name, updated_at) values (${one.patientId}::uuid, ${canaries.join(' ')}, now())`.execute((await import('#platform/db.ts')).poolDb(t.db.owner).kysely)
    assert.equal(await ping(one.patientId), 1)
    assert.equal(await ping(other.patientId), 1)
    const [mine, theirs] = [await mails(one.email), await mails(other.email)]
    assert.deepEqual(mine, theirs)
    for (const canary of canaries) assert.ok(!mine.join().includes(canary), canary)
    assert.match(mine[0]!, /something new/)
    assert.doesNotMatch(mine[0]!, /result|test|lab|note|doctor/i)
  })
  test('R12 once in ten minutes, whatever came; in the person’s language; not to who may no longer read it', async () => {
    const ana = await aPatientPerson(t, { locale: 'es' })
    assert.deepEqual([await ping(ana.patientId), await ping(ana.patientId)], [1, 0])
    assert.match((await mails(ana.email))[0]!, /algo nuevo/)
    t.setNow('2026-11-23T15:11:00Z')
    assert.equal(await ping(ana.patientId), 1)
    await t.db.owner.query('update platform.access_grant set revoked_at = now() where person_id = $1', [ana.personId])
    t.setNow('2026-11-23T16:00:00Z')
    assert.equal(await ping(ana.patientId), 0)
  })
})
