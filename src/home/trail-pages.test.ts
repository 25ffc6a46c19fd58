import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

/** The trail as a patient reads it, and as the manager searches it. */
describe('the pages of the trail', { timeout: 120_000 }, () => {
  let house: RunningHouse, ana: SignedIn, manager: SignedIn, patientId: string, nora: string
  const happened = (at: string, action: string, { of = patientId, by = nora }: { of?: string; by?: string } = {}) => house.db.owner.query(
    "insert into audit.event (at, request_id, actor_kind, person_id, action, patient_id) values ($1, 'r', 'staff', $2, $3, $4)", [at, by, action, of])
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    const person = await aPatientPerson(house)
    patientId = person.patientId
    ana = await signedInAs(house, { personId: person.personId, actingFor: patientId })
    nora = (await aStaffPerson(house, { name: 'Nora Quill', roles: ['care-team'] })).personId
    const { personId } = await aStaffPerson(house, { name: 'Mo Reed', roles: ['manager'] })
    manager = await signedInAs(house, { personId, roles: ['manager'] })
  })
  after(() => house.close())

  test('a patient pages through all that happened to the record, though much of it happened in one moment', async () => {
    for (let count = 0; count < 120; count++) await happened('2026-11-20T15:00:00Z', 'results.viewed')
    await happened('2026-11-20T15:00:00Z', 'notes.viewed', { of: randomUUID() })
    let [path, seen, pages] = ['/portal/access-log', 0, 0]
    for (; path && pages < 9; pages++) {
      const html = await (await ana.get(path)).text()
      seen += html.match(/Nora Quill/g)?.length ?? 0
      path = /href="(\/portal\/access-log\?before=[^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    }
    assert.deepEqual([seen, pages], [120, 3])
    for (const odd of ['?before=x', '?before=2026-11-20&id=x', `?id=${randomUUID()}`]) assert.equal((await ana.get(`/portal/access-log${odd}`)).status, 200, odd)
  })

  const search = async (values: Record<string, string>) => {
    const answer = await manager.post('/console/audit', { from: '', to: '', person: '', patient: '', action: '', ...values })
    assert.equal(answer.status, 200)
    return (await answer.text()).match(/<tr[ >].*?<\/tr>/gs)?.filter(row => row.includes('Nora Quill')).length ?? 0
  }
  test('the manager finds by day, person, patient and action, each search an event; other roles are refused', async () => {
    const other = randomUUID()
    await happened('2026-11-02T04:30:00Z', 'notes.viewed', { of: other })   // half past eleven at night of 1 November, a day of 25 hours in New York
    await happened('2026-11-02T05:30:00Z', 'notes.viewed', { of: other })
    assert.equal(await search({ from: '2026-11-01', to: '2026-11-01' }), 1)
    assert.equal(await search({ from: '2026-11-02', to: '2026-11-02' }), 1)
    assert.equal(await search({ patient: other }), 2)
    assert.equal(await search({ patient: other, action: 'results.viewed' }), 0)
    assert.equal(await search({ person: nora, from: '2026-11-20', to: '2026-11-20' }), 50)
    assert.equal(await search({ person: randomUUID() }), 0)
    await search({ from: '2026-99-99', to: 'x', person: "' or 1=1", patient: '%', action: 'no.such' })
    const { rows } = await house.db.owner.query("select count(*)::int as n from audit.event where action = 'audit.searched' and patient_id = $1", [other])
    assert.equal(rows[0].n, 2)
    for (const role of ['clinician', 'front-desk', 'billing', 'editor'] as const) assert.equal((await (await signedInAs(house, { roles: [role] })).post('/console/audit', { patient: other })).status, 403, role)
  })
})
