import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Role } from '#platform/ctx.ts'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { testsOf, twoWhoMayBeOne } from '#test/two-patients.ts'

const allRoles = ['clinician', 'care-team', 'front-desk', 'billing', 'editor', 'manager'] as const
const settles = (role: Role) => role === 'front-desk' || role === 'manager'

describe('the console’s pages of imports', { timeout: 120_000 }, () => {
  let house: RunningHouse, desk: SignedIn
  const staff = new Map<Role, SignedIn>()
  before(async () => {
    house = await aRunningHouse()
    await aPractice(house)
    for (const role of allRoles) {
      const { personId } = await aStaffPerson(house, { roles: [role], name: `Works As ${role}` })
      staff.set(role, await signedInAs(house, { personId, roles: [role], name: `Works As ${role}` }))
    }
    desk = staff.get('front-desk')!
  })
  after(() => house.close())

  const rows = async (text: string, ...values: unknown[]) => (await house.db.owner.query(text, values)).rows
  const park = async (excerpt: string) => {
    const [run] = await rows("insert into records.import_run (source, started_at) values ('ehr', now()) returning id")
    const [parked] = await rows(`insert into records.parked (run_id, source, file, position, fhir_type, source_id, reason, excerpt, parked_at, fingerprint)
      values ($1, 'ehr', 'a.json', 17, 'Observation', 'o1', 'has no patient', $2, now(), $3) returning id`, run.id, excerpt, Buffer.from(randomUUID()))
    return parked.id as string
  }
  const settledBy = async (id: string) => (await rows('select settled_by from records.parked where id = $1', id))[0].settled_by
  const answerOf = async (id: string) => (await rows('select answer from records.match_question where id = $1', id))[0].answer
  const standsFor = async (id: string) => (await rows('select merged_into from records.patient where id = $1', id))[0].merged_into
  const joinOf = async (merged: string) => (await rows('select id from records.merge where merged_id = $1 and undone_at is null', merged))[0]?.id as string
  const answer = (who: SignedIn, question: string, said: string) => who.post(`/console/imports/matches/${question}`, { answer: said })
  const goes = (response: Response) => [response.status, response.headers.get('location')]

  test('a parked thing is shown with its reason, without its words to those who read no records; who settles imports puts it away, once', async () => {
    for (const role of allRoles) {
      const id = await park('SECRET POTASSIUM')
      const page = await staff.get(role)!.get('/console/imports')
      const html = await page.text()
      assert.equal(page.status, settles(role) ? 200 : 403, role)
      assert.ok(!html.includes('SECRET POTASSIUM'), role)
      const put = await staff.get(role)!.post('/console/imports', { settle: id })
      assert.deepEqual(goes(put), settles(role) ? [303, '/console/imports?said=settled'] : [403, null], role)
      assert.equal(await settledBy(id), settles(role) ? staff.get(role)!.personId : null)
      if (!settles(role)) continue
      assert.match(html, /has no patient/)
      await staff.get('manager')!.post('/console/imports', { settle: id })
      assert.equal(await settledBy(id), staff.get(role)!.personId, 'the second time changes nothing')
      assert.equal((await rows("select from audit.event where action = 'records.settled' and $1 = any (ids)", id)).length, 1)
    }
    for (const id of [randomUUID(), 'nothing', '']) assert.equal((await desk.post('/console/imports', { settle: id })).status, 404, id)
  })

  test('two who may be one stand side by side; each role answers, or is refused and changes nothing', async () => {
    for (const role of allRoles) {
      const { one, other, question, name } = await twoWhoMayBeOne(house, { one: { telecom: [{ system: 'phone', value: '802-555-0199' }] } })
      const page = await staff.get(role)!.get(`/console/imports/matches/${question}`)
      const html = await page.text()
      assert.equal(page.status, settles(role) ? 200 : 403, role)
      assert.equal(html.includes('802-555-0199'), settles(role), role)
      assert.equal((await rows("select from audit.event where action = 'patient.viewed' and patient_id = any ($1) and person_id = $2", [one, other], staff.get(role)!.personId)).length, settles(role) ? 2 : 0, 'looking is an event of both')
      const listed = await (await staff.get(role)!.get('/console/imports')).text()
      assert.equal(listed.includes(question), settles(role), role)
      const said = await answer(staff.get(role)!, question, 'same')
      assert.equal(said.status, settles(role) ? 303 : 403, role)
      assert.equal(await standsFor(one), settles(role) ? other : null, role)
      assert.equal(await answerOf(question), settles(role) ? 'same' : null, role)
      assert.equal((await rows("select from work.task where subject_id = $1 and done_at is null", question)).length, settles(role) ? 0 : 1, 'what waits in the inbox is done with the answer')
      if (settles(role)) assert.equal((await rows("select from audit.event where action in ('records.merged', 'records.match-answered') and patient_id = any ($1)", [one, other])).length, 4, name)
    }
  })

  test('each role takes a join apart, or is refused and changes nothing', async () => {
    for (const role of allRoles) {
      const { one, other, question, sources } = await twoWhoMayBeOne(house)
      await answer(desk, question, 'same')
      assert.deepEqual(await testsOf(house, other), [sources.one.id, sources.other.id].sort())
      const address = `/console/imports/joined/${await joinOf(one)}`
      const page = await staff.get(role)!.get(address)
      assert.equal(page.status, settles(role) ? 200 : 403, role)
      assert.equal((await page.text()).includes('Iris'), settles(role), role)
      assert.deepEqual(goes(await desk.get(`/console/patients/${one}`)), [303, `/console/patients/${other}`], 'the number of the one leads to the other')
      assert.deepEqual(goes(await staff.get(role)!.post(address, { apart: one })), settles(role) ? [303, '/console/imports?said=apart'] : [403, null], role)
      assert.deepEqual([await testsOf(house, one), await testsOf(house, other)], settles(role) ? [[sources.one.id], [sources.other.id]] : [[], [sources.one.id, sources.other.id].sort()], role)
      if (!settles(role)) continue
      assert.equal((await desk.post(address, { apart: one })).status, 404, 'a second tab finds it done')
      assert.equal((await rows("select from audit.event where action = 'records.unmerged' and patient_id = any ($1)", [one, other])).length, 2)
    }
  })

  test('“two people” leaves both as they are, and the question is not asked again', async () => {
    const { one, other, question } = await twoWhoMayBeOne(house)
    assert.deepEqual(goes(await answer(desk, question, 'different')), [303, '/console/imports?said=answered'])
    assert.deepEqual([await standsFor(one), await standsFor(other)], [null, null])
    assert.ok(!(await (await desk.get('/console/imports')).text()).includes(question))
    assert.equal((await desk.get(`/console/imports/matches/${question}`)).status, 404)
  })

  test('answered in two tabs: the first counts, the second is told', async () => {
    const { one, question } = await twoWhoMayBeOne(house)
    const [first, second] = await Promise.all([answer(desk, question, 'different'), answer(staff.get('manager')!, question, 'different')])
    assert.deepEqual([goes(first), goes(second)].map(([, to]) => to).sort(), ['/console/imports?said=answered', '/console/imports?said=late'])
    assert.deepEqual(goes(await answer(desk, question, 'same')), [303, '/console/imports?said=late'])
    assert.deepEqual([await answerOf(question), await standsFor(one)], ['different', null])
    assert.match(await (await desk.get('/console/imports?said=late')).text(), /Somebody has answered this already/)
  })

  test('ids of another question, of nothing, and other words than the two change nothing', async () => {
    const [asked, elsewhere] = [await twoWhoMayBeOne(house), await twoWhoMayBeOne(house)]
    for (const id of [randomUUID(), 'no-number', asked.one]) assert.equal((await answer(desk, id, 'same')).status, 404, id)
    for (const said of ['', 'SAME', 'yes']) assert.deepEqual(goes(await answer(desk, asked.question, said)), [303, `/console/imports/matches/${asked.question}`])
    await answer(desk, elsewhere.question, 'same')
    assert.equal(await answerOf(asked.question), null)
    // The button of one join on the page of another takes neither apart.
    const mine = await twoWhoMayBeOne(house)
    await answer(desk, mine.question, 'same')
    assert.equal((await desk.post(`/console/imports/joined/${await joinOf(mine.one)}`, { apart: elsewhere.one })).status, 404)
    assert.deepEqual([await standsFor(mine.one), await standsFor(elsewhere.one)], [mine.other, elsewhere.other])
    for (const id of [randomUUID(), 'no-number', mine.one]) assert.equal((await desk.get(`/console/imports/joined/${id}`)).status, 404, id)
  })

  test('two accounts are not joined silently: the page says what to do first, in the language of who asks, and then it can be done', async () => {
    const { one, other, question } = await twoWhoMayBeOne(house)
    await aPatientPerson(house, { patientId: one })
    await aPatientPerson(house, { patientId: other })
    const refused = await answer(desk, question, 'same')
    assert.equal(refused.status, 422)
    const html = await refused.text()
    for (const id of [one, other]) assert.ok(html.includes(`/console/patients/${id}#way-in`), 'both pages are a click away')
    assert.match(html, /Both have an account in the portal\. Open the page of each and shut the account that is not used/)
    assert.deepEqual([await answerOf(question), await standsFor(one)], [null, null])
    const spanish = await signedInAs(house, { personId: desk.personId, roles: ['front-desk'], locale: 'es' })
    assert.match(await (await answer(spanish, question, 'same')).text(), /Las dos personas tienen una cuenta/)
    assert.deepEqual(goes(await desk.post(`/console/patients/${other}`, { access: 'shut' })), [303, `/console/patients/${other}?said=shut`])
    assert.deepEqual(goes(await answer(desk, question, 'same')), [303, '/console/imports?said=answered'])
    assert.equal(await standsFor(one), other)
  })
})
