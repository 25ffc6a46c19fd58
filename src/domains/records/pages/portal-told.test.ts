import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { addPatientPerson, letActForAsSystem } from '#accounts'
import { goodPassword } from '#test/people.ts'
import { signedInAs } from '#test/signed-in.ts'
import { aToldPatient, inOrder, main, type ToldPatient } from '#test/told-patient.ts'

describe('what the patient reads of a result', { timeout: 120_000 }, () => {
  let at: ToldPatient
  before(async () => { at = await aToldPatient() })
  after(() => at.house.close())

  test('D1 a page of one test: name, meaning, place in words, line, what the care team says, what happens next, by when and how to ask, then the exact figures', async () => {
    await at.comment('alone', 'I am not worried. We will check it in May.')
    const html = main(await at.page(at.ana, `/portal/results/${await at.itemOf('alone')}`))
    inOrder(html, 'Blood sugar', /class="rec-meaning"/, 'A little above the usual range', '<svg class="rec-line', 'Your care team says', 'I am not worried', 'Dr. Nell Harrow', 'What happens next', 'Ask about this result', 'The exact figures', 'LAB 2345-7')
    assert.doesNotMatch(html, /details[^>]* open/)
    assert.match(html, /<button[^>]*class="rec-word"[^>]*>unremarkable<\/button>/, 'a word of the lab’s remark is explained in place')
  })

  test('D1+ a report of many tests opens with what the care team says, then how many are usual, then those outside; the rest is folded', async () => {
    const before = main(await at.page(at.ana, `/portal/results/${await at.itemOf('panel')}`))
    inOrder(before, '1 of 2 are in the usual range', 'Well above the usual range', 'One more result', 'What happens next', /Your care team will look at this by \w+day, /, 'Ask about this result')
    await at.comment('panel', 'Your sugar is high. Let us talk.')
    inOrder(main(await at.page(at.ana, `/portal/results/${await at.itemOf('panel')}`)), 'Your care team says', 'Let us talk', '1 of 2 are in the usual range', 'Well above')
    assert.match(main(await at.page(at.ana, `/portal/results/${await at.itemOf('sugar')}`)), /Let us talk/, 'what was written of the report stands at its tests')
    const list = await at.page(at.ana, '/portal/results')
    assert.match(list.split('<li').find(row => row.includes('Basic blood check')) ?? '', /Your care team wrote/)
  })

  test('D12 D16 what was written in another language comes with the offer of an interpreter', async () => {
    const html = main(await at.page(at.eva, `/portal/results/${await at.itemOf('panel')}`))
    assert.match(html, /<blockquote[^>]*lang="en"/)
    assert.match(html, /Es gratis/)
  })

  test('D13 what is not usual ends with how to reach a person, whether we are here, and what to do if it gets worse; what is usual does not', async () => {
    inOrder(main(await at.page(at.ana, `/portal/results/${await at.itemOf('sugar')}`)), /To talk about this, call \(802\) 555-0199/, /[Oo]pen/, 'If you feel worse')
    assert.doesNotMatch(main(await at.page(at.ana, `/portal/results/${await at.itemOf('salt')}`)), /To talk about this/)
  })

  test('R11 a critical value leads with "Call us now"', async () => {
    const html = main(await at.page(at.ana, `/portal/results/${await at.itemOf('urgent')}`))
    inOrder(html, 'Call us now at (802) 555-0199', 'Call 911', 'This needs quick action', 'Do not wait for a message')
  })

  test('R14 a result that may change a life opens on a choice; each way leads on; the choice is kept; who asks for a call is called', async () => {
    const id = await at.itemOf('path')
    assert.doesNotMatch((await at.page(at.ana, '/portal/results')).split('<li').find(row => row.includes(id)) ?? assert.fail(), /usual|outside/)
    const html = main(await at.page(at.ana, `/portal/results/${id}`))
    inOrder(html, 'See it now', 'Show me after my care team writes', 'Ask them to call me', 'we call you right away')
    assert.doesNotMatch(html, /ZQPATH/)
    assert.equal((await at.lifeOf('path')).seen_at, null)
    await at.ana.post(`/portal/results/${id}`, { wish: 'now' })
    assert.match(main(await at.page(at.ana, `/portal/results/${id}`)), /ZQPATH/)
    assert.deepEqual([(await at.lifeOf('path')).seen_at?.toISOString(), (await at.lifeOf('path')).seen_by], ['2026-11-23T15:30:00.000Z', at.ana.personId])
    const second = await at.itemOf('path2')
    await at.ana.post(`/portal/results/${second}`, { wish: 'after-writing' })
    assert.match(main(await at.page(at.ana, `/portal/results/${second}`)), /wait until your care team writes[^]*See it now/)
    await at.comment('path2', 'We found it early.')
    assert.match(main(await at.page(at.ana, `/portal/results/${second}`)), /We found it early[^]*ZQPATH/)
    const third = await at.itemOf('path3')
    await at.ana.post(`/portal/results/${third}`, { wish: 'call-me' })
    await at.ana.post(`/portal/results/${third}`, { wish: 'call-me' })
    assert.match(main(await at.page(at.ana, `/portal/results/${third}`)), /You asked us to call you[^]*See it now/)
    const { rows } = await at.house.db.owner.query("select due_at, pool from work.task where kind = 'call-about-result' and subject_id = $1", [(await at.lifeOf('path3')).id])
    assert.deepEqual(rows.map(row => [row.pool, row.due_at > new Date('2026-11-23T15:30:00Z')]), [['clinician', true]])
    assert.equal((await at.helper.post(`/portal/results/${third}`, { wish: 'now' })).status, 404)
  })

  test('R16 a corrected result says when it was changed and shows what it said before, struck; never another’s value, never one that was not finished', async () => {
    inOrder(main(await at.page(at.ana, `/portal/results/${await at.itemOf('pot')}`)), 'The lab changed this result on', /<del>4\.1/, '5.9')
    for (const source of ['moved', 'early']) {
      const html = main(await at.page(at.ana, `/portal/results/${await at.itemOf(source)}`)).replace(/<svg[^]*?<\/svg>/g, '')
      assert.match(html, /The lab changed this result/)
      assert.doesNotMatch(html, /7\.7|9\.9|<del>/)
    }
  })

  test('R16 the door to what was said before tells a stranger, a visitor and a colleague who reads no results nothing', async () => {
    const { resource_id: id } = await at.one('select resource_id from records.result where id = $1', await at.itemOf('pot'))
    const asked = async (kind: string, person: string, whose: string): Promise<number> => {
      const client = await at.house.house.pool.connect()
      try {
        await client.query(`begin; select set_config('rapport.kind', '${kind}', true), set_config('rapport.person', '${person}', true), set_config('rapport.patient', '${whose}', true), set_config('rapport.now', '2026-11-23T15:40:00Z', true)`)
        return (await client.query('select from records.door_shown_before($1)', [[id]])).rowCount!
      } finally { await client.query('rollback'); client.release() }
    }
    const mine = at.ids.get('p1')!
    assert.deepEqual([await asked('patient', at.ana.personId, mine), await asked('patient', at.helper.personId, at.ids.get('p2')!), await asked('patient', at.helper.personId, mine), await asked('staff', randomUUID(), ''), await asked('visitor', '', '')], [1, 0, 0, 0, 0])
  })

  test('R17 what is restricted stands nowhere for the patient or who acts for them: no list, no count, no page, no way to speak of it, no copy', async () => {
    const caregiver = await addPatientPerson(at.house.system('accounts.command'), { name: 'Cora Helps', email: 'cora@patient.example', password: goodPassword, patientId: null, locale: 'en' })
    await letActForAsSystem(at.house.system('accounts.command'), { personId: caregiver, patientId: at.ids.get('p1')!, basis: 'named-by-adult', endsAt: new Date('2027-02-01T00:00:00Z') })
    const cora = await signedInAs(at.house, { personId: caregiver, actingFor: at.ids.get('p1')!, actingAs: 'proxy', name: 'Cora Helps' })
    const id = await at.itemOf('quiet')
    for (const who of [at.ana, cora]) {
      for (const address of [`/portal/results/${id}`, `/portal/results/${id}/ask`, `/portal/results/${id}/wrong`]) assert.equal((await who.get(address)).status, 404, address)
      for (const address of ['/portal', '/portal/results', '/portal/results/waiting', '/portal/record']) assert.doesNotMatch(await at.page(who, address), new RegExp(`ZQQUIET|${id}`), address)
      assert.doesNotMatch(await (await who.post('/portal/download', { as: 'fhir' })).text(), /ZQQUIET/)
    }
    assert.match(await at.page(cora, `/portal/results/${await at.itemOf('salt')}`), /Sodium/, 'the rest is there for both')
    assert.match(await at.page(at.ana, '/portal'), new RegExp(`You have ${(await at.page(at.ana, '/portal/results')).split('class="row ').length - 1} new results`))
  })

  test('D15 each page of the record says when it was last updated', async () => {
    for (const address of ['/portal/results', `/portal/results/${await at.itemOf('alone')}`, `/portal/results/${await at.itemOf('panel')}`, `/portal/notes/${await at.itemOf('visit', 'note')}`, '/portal/record', '/portal/medicines']) assert.match(await at.page(at.ana, address), /Last updated \w+day, November 23, 2026/, address)
  })

  test('D10 no page of the record asks another host for anything', async () => {
    for (const address of ['/portal', '/portal/results', `/portal/results/${await at.itemOf('alone')}`, '/portal/notes', `/portal/notes/${await at.itemOf('visit', 'note')}`, '/portal/record', '/portal/medicines', '/portal/feedback']) {
      const html = await at.page(at.ana, address)
      assert.deepEqual([...html.matchAll(/(?:src|href|action)="(?:https?:)?\/\/[^"]+"/g)].map(([found]) => found).filter(found => !found.includes(at.house.url)), [], address)
      assert.doesNotMatch(html, /<(iframe|embed|object)\b/, address)
    }
  })
})
