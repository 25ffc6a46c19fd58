import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Role } from '#platform/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

const { patient, lab, note, condition } = fhir
const number = (value: string) => ({ identifier: [{ system: 'urn:ehr', value, type: { coding: [{ code: 'MR' }] } }] })
const records = [
  patient('p1', { name: [{ given: ['José', 'Luis'], family: 'Muñoz Calderón' }], birthDate: '1961-03-02', telecom: [{ system: 'phone', value: '+1 (802) 555-0142' }], ...number('KF-77') }),
  patient('p2', { name: [{ given: ['Chloë'], family: 'Oakenshaw' }], birthDate: '1990-10-11', ...number('KF-78') }),
  lab('sugar', '2345-7', 130, { code: { text: 'SECRET SUGAR' } }), note('visit', 'He said a secret word.', { type: { text: 'Secret note' } }), condition('c1', 'Secret illness'),
]

describe('the console’s pages of patients', { timeout: 120_000 }, () => {
  let house: RunningHouse, ids: Map<string, string>
  const staff = new Map<Role, SignedIn>()
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    ids = await bringRecords(house, 'ehr', records)
    for (const role of ['clinician', 'care-team', 'front-desk', 'billing', 'editor', 'manager'] as const) {
      const { personId } = await aStaffPerson(house, { roles: [role], name: `Works As ${role}` })
      staff.set(role, await signedInAs(house, { personId, roles: [role], name: `Works As ${role}` }))
    }
  })
  after(() => house.close())
  const find = async (fields: Record<string, string>, role: Role = 'front-desk') => {
    const answer = await staff.get(role)!.post('/console/patients', { name: '', 'birth-date': '', phone: '', number: '', ...fields })
    assert.equal(answer.status, 200)
    return answer.text()
  }
  const of = (role: Role) => staff.get(role)!.get(`/console/patients/${ids.get('p1')}`)

  test('forgives accents, typing errors, order, and how a telephone number is written', async () => {
    for (const name of ['Muñoz', 'munoz calderon', 'jose munoz', 'Munos', 'Calderon José', 'MUÑOZ CALDERÓN']) assert.match(await find({ name }), /José[^<]*Muñoz Calderón/, name)
    for (const phone of ['802-555-0142', '(802) 555 0142', '18025550142', '+18025550142']) assert.match(await find({ phone }), /Muñoz/, phone)
    assert.match(await find({ 'birth-date': '1990-10-11' }), /Chloë Oakenshaw/)
    assert.match(await find({ number: 'kf-78' }), /Chloë Oakenshaw/)
    assert.match(await find({ name: 'Chloe', 'birth-date': '1990-10-11' }), /Oakenshaw/)
  })
  test('finds nobody for what fits nobody, and for nothing at all', async () => {
    for (const fields of [{ name: 'Zzyzx' }, { name: 'Muñoz', 'birth-date': '1990-10-11' }, { number: 'KF-999' }, { name: "'; drop table records.patient; --" }, { name: '%' }, {}] as Record<string, string>[]) assert.doesNotMatch(await find(fields), /Muñoz Calderón|Oakenshaw</, JSON.stringify(fields))
  })
  test('what is looked for stands in no address and in no log', async () => {
    const query = await staff.get('front-desk')!.get('/console/patients?name=Mu%C3%B1oz')
    assert.doesNotMatch(await query.text(), /Muñoz Calderón/)
    assert.ok(!house.logged.some(line => /mu.oz|oakenshaw/i.test(line)))
  })
  test('sixty searches a minute are found an answer; the next one waits, with what was typed', async () => {
    const answers = []
    for (let tries = 0; tries < 61; tries++) answers.push(await staff.get('care-team')!.post('/console/patients', { name: 'Oakenshaw' }))
    assert.deepEqual([...new Set(answers.slice(0, 60).map(({ status }) => status))], [200])
    const last = answers.at(-1)!
    const html = await last.text()
    assert.equal(last.status, 429)
    assert.ok(Number(last.headers.get('retry-after')) > 0)
    assert.match(html, /value="Oakenshaw"/)
    assert.doesNotMatch(html, /Chloë/)
  })
  test('each role sees of a patient what it needs, and no more', async () => {
    const seen = Object.fromEntries(await Promise.all([...staff.keys()].map(async role => {
      const answer = await of(role)
      const html = await answer.text()
      return [role, answer.status !== 200 ? answer.status : [/Muñoz/.test(html) && 'who', /SECRET SUGAR|Secret sugar/i.test(html) && 'results', /Secret note/.test(html) && 'notes', /Secret illness/.test(html) && 'record', /Way in/.test(html) && 'letters'].filter(Boolean).join(' ')]
    })))
    assert.deepEqual(seen, { clinician: 'who results notes record', 'care-team': 'who results notes record', 'front-desk': 'who letters', billing: 'who', editor: 403, manager: 'who letters' })
  })
  test('each look is an event of that patient; a number of nobody is not there', async () => {
    const count = async () => (await house.db.owner.query("select count(*)::int as n from audit.event where action = 'patient.viewed' and patient_id = $1", [ids.get('p1')])).rows[0].n
    const before = await count()
    await of('billing')
    assert.equal(await count(), before + 1)
    for (const id of ['00000000-0000-4000-8000-000000000000', 'no-number', "'"]) assert.equal((await staff.get('clinician')!.get(`/console/patients/${id}`)).status, 404, id)
  })
  test('what could not be used is shown to those who settle it, and to nobody else', async () => {
    const { importBundles } = await import('#integrations/ehr-fhir/import-bundles.ts')
    await importBundles(house.system('records.import'), { source: 'ehr', bundles: [{ resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Observation', status: 'final' } }] } as never] })
    for (const role of staff.keys()) assert.equal((await staff.get(role)!.get('/console/imports')).status, ['front-desk', 'manager'].includes(role) ? 200 : 403, role)
  })
})
