import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeDemo } from '#demo/make-demo.ts'
import { clearFolder } from '#test/clear-folder.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'

let house: TestHouse
const folder = mkdtempSync(join(tmpdir(), 'rapport-demo-'))
before(async () => { house = await aHouse({ now: '2026-11-23T15:00:00Z', isDemo: true }) })
after(async () => { await house.close(); clearFolder(folder) })

test('the demo shows what waits for an answer: a request, an open offer, somebody without a visit, a newcomer', async () => {
  await makeDemo({ house: house.house, config: { ...house.house.config, dataDir: folder }, say() {} })
  const rows = async (query: string) => (await house.db.owner.query(query)).rows
  const ana = "(select id from records.patient where mrn = 'KFM-200001')"
  assert.deepEqual(await rows(`select status, booked_as, confirm_by is not null as promised from scheduling.appointment where patient_id = ${ana} order by starts_at`), [
    { status: 'booked', booked_as: 'staff', promised: false }, { status: 'requested', booked_as: 'patient', promised: true }])
  assert.deepEqual(await rows(`select o.ended_at, o.starts_at < a.starts_at as earlier from scheduling.wait_offer o join scheduling.wait w on w.id = o.wait_id join scheduling.appointment a on a.id = w.appointment_id where w.patient_id = ${ana}`), [{ ended_at: null, earlier: true }])
  assert.deepEqual(await rows('select added_as, priority from scheduling.wait where appointment_id is null'), [{ added_as: 'staff', priority: 1 }])
  assert.deepEqual(await rows("select n.name, n.linked_at, a.status, a.booked_as, r.id is null as in_no_record from scheduling.newcomer n join scheduling.appointment a on a.id = n.appointment_id left join records.patient r on r.id = n.id"), [
    { name: 'Rosalía Finchwood', linked_at: null, status: 'booked', booked_as: 'visitor', in_no_record: true }])
  assert.deepEqual(await rows("select kind from work.task where kind in ('new-patient', 'visit-request', 'estimate') and done_at is null order by kind"), [{ kind: 'estimate' }, { kind: 'new-patient' }, { kind: 'visit-request' }])
})
