import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, range } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'

describe('the pages of the results queue', { timeout: 120_000 }, () => {
  let house: RunningHouse, ada: SignedIn, nurse: SignedIn
  let count = 0
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    const as = async (role: 'clinician' | 'care-team', name: string) => signedInAs(house, { roles: [role], name, personId: (await aStaffPerson(house, { roles: [role], name })).personId })
    ;[ada, nurse] = [await as('clinician', 'Ada Bell'), await as('care-team', 'Ivo Marsh')]
  })
  after(() => house.close())
  const q = async (text: string, ...values: unknown[]) => (await house.db.owner.query(text, values)).rows
  const read = async (who: SignedIn, path: string) => (await who.get(path)).text()

  async function aResult(name: string, flag: 'N' | 'H' = 'N', more: Record<string, unknown> = {}): Promise<{ patientId: string; life: string }> {
    const id = `w${++count}`
    const patientId = (await bringRecords(house, `lab-${count}`, [fhir.patient(id, { name: [{ given: [name], family: 'Waits' }], birthDate: `19${40 + count}-05-06`, identifier: [{ system: 'urn:mrn', value: id }], ...more }), fhir.lab('a', '2345-7', flag === 'N' ? 90 : 190, range(70, 99, flag), id)])).get(id)!
    return { patientId, life: (await q('select id from records.life where patient_id = $1', patientId))[0].id }
  }
  const clear = () => q("update records.life set reviewed_at = now(), reviewed_as = 'clinician' where reviewed_at is null")
  const lifeIn = (html: string) => /name="life" value="([0-9a-f-]{36})"/.exec(html)?.[1]
  const quick = (who: SignedIn, life: string, fields: Record<string, string>, query = '') => who.post(`/console/results/quick${query}`, { life, locale: 'en', ...fields })

  test('R15 the quick run: one normal result after the other, a line in the patient’s language, sent in one’s own name', async () => {
    const [first, second, high] = [await aResult('Uma'), await aResult('Vera', 'N', { communication: [{ language: { coding: [{ code: 'es' }] } }] }), await aResult('Wanda', 'H')]
    const page = await read(ada, '/console/results/quick')
    assert.match(page, /Uma Waits/)
    assert.match(page, /2 left/)
    assert.match(page, /Uma, your results are in the usual range/)
    assert.equal(lifeIn(page), first.life)
    assert.equal((await quick(ada, first.life, { words: 'Uma, all is well.', action: 'send' })).headers.get('location'), '/console/results/quick?')
    assert.deepEqual(await q('select words, author_name, author_id from records.comment where patient_id = $1', first.patientId), [{ words: 'Uma, all is well.', author_name: 'Ada Bell', author_id: ada.personId }])
    const then = await read(ada, '/console/results/quick')
    assert.equal(lifeIn(then), second.life)
    assert.match(then, /Vera, sus resultados están dentro de lo normal/)
    await quick(ada, second.life, { words: 'Todo está bien.', locale: 'es', action: 'send' })
    assert.match(await read(ada, '/console/results/quick'), /That was the last of them/)
    assert.equal((await q('select reviewed_at from records.life where id = $1', high.life))[0].reviewed_at, null)
    await clear()
  })

  test('put off, it comes no more in this run and stays in the list', async () => {
    const [first, second] = [await aResult('Xena'), await aResult('Yara')]
    const skipped = (await quick(ada, first.life, { words: '', action: 'skip' })).headers.get('location')!
    assert.equal(skipped, `/console/results/quick?skip=${first.life}`)
    const page = await read(ada, skipped)
    assert.equal(lifeIn(page), second.life)
    assert.match(page, /1 left/)
    assert.match(await read(ada, `/console/results/quick?skip=${first.life},${second.life}`), /You have put off the rest/)
    assert.match(await read(ada, '/console/results?list=normal'), /Xena Waits.*Yara Waits/s)
    assert.equal((await ada.get(`/console/results/quick?skip=${"';drop,".repeat(500)}`)).status, 200)
    await clear()
  })

  test('what is not normal, is answered, is nobody’s or is not theirs does not go through; nothing is written', async () => {
    const [high, done] = [await aResult('Zoe', 'H'), await aResult('Anna')]
    await quick(ada, done.life, { words: 'All is well.', action: 'send' })
    const before = await q('select count(*)::int as n from records.comment')
    const to = async (answer: Promise<Response>) => (await answer).headers.get('location')
    assert.equal(await to(quick(ada, high.life, { words: 'All is well.', action: 'send' })), '/console/results/quick?no=not-yours')
    assert.equal(await to(quick(ada, done.life, { words: 'Again.', action: 'send' })), '/console/results/quick?no=answered-already')
    assert.equal(await to(quick(ada, 'no-id', { words: 'All is well.', action: 'send' })), '/console/results/quick?no=not-yours')
    const open = await aResult('Bea')
    assert.equal(await to(quick(nurse, open.life, { words: 'All is well.', action: 'send' })), '/console/results/quick?no=not-yours', 'no rule stands')
    assert.equal(await to(quick(ada, open.life, { words: 'All is __.', action: 'send' })), '/console/results/quick?no=blank-left')
    assert.match(await read(ada, '/console/results/quick?no=blank-left'), /A blank \(__\) is still open/)
    assert.deepEqual(await q('select count(*)::int as n from records.comment'), before)
    await clear()
  })

  test('the care team goes through them once a clinician has recorded a rule, on the page of rules', async () => {
    const one = await aResult('Cleo')
    assert.equal((await ada.post('/console/results/rules', { action: 'record', category: 'routine', words: 'short' })).status, 422)
    assert.equal((await nurse.post('/console/results/rules', { action: 'record', category: 'routine', words: 'Normal counts and sugar of my patients.' })).status, 403)
    assert.equal((await ada.post('/console/results/rules', { action: 'record', category: 'routine', words: 'Normal counts and sugar of my patients.' })).headers.get('location'), '/console/results/rules?said=kept')
    const page = await read(nurse, '/console/results/rules')
    assert.match(page, /Normal counts and sugar of my patients/)
    assert.doesNotMatch(page, /End this rule/)
    assert.equal((await quick(nurse, one.life, { words: 'All is well.', action: 'send' })).headers.get('location'), '/console/results/quick?')
    assert.deepEqual(await q("select l.reviewed_as, c.author_name, c.standing_rule_id is not null as by_rule from records.life l join records.comment c on c.resource_id = l.resource_id where l.id = $1", one.life), [{ reviewed_as: 'standing-rule', author_name: 'Ivo Marsh', by_rule: true }])
  })

  test('a beginning is kept on that page, and stands in the comment that begins with it', async () => {
    assert.equal((await nurse.post('/console/results/rules', { action: 'keep', id: '', name: 'Sugar', en: 'Your sugar is __ today.', es: 'Su azúcar está __ hoy.' })).status, 303)
    const [{ id }] = await q("select id from review.template where name = 'Sugar'") as [{ id: string }]
    const one = await aResult('Dora', 'H')
    assert.match(await read(ada, `/console/results/${one.life}?begin=${id}`), /Your sugar is __ today\./)
    assert.equal((await ada.post(`/console/results/${one.life}`, { action: 'send', words: 'Your sugar is __ today.', locale: 'en' })).status, 422)
    assert.equal((await nurse.post('/console/results/rules', { action: 'drop', id })).status, 303)
    assert.doesNotMatch(await read(ada, `/console/results/${one.life}`), />Sugar</)
    for (const action of ['drop', 'end']) assert.equal((await ada.post('/console/results/rules', { action, id: 'no-id' })).status, 404, action)
    assert.equal((await ada.post('/console/results/rules', { action: 'keep', id: 'no-id', name: 'Name', en: 'Words', es: '' })).status, 404)
  })

  test('the lists say whose each is, and one’s own stand apart', async () => {
    await clear()
    const [one, other] = [await aResult('Elsa', 'H'), await aResult('Fay', 'H')]
    await q("update work.task set owner_id = $1, belongs_to = $1 where subject_id = $2 and kind = 'result-review'", ada.personId, one.life)
    const ben = await aStaffPerson(house, { roles: ['clinician'], name: 'Ben Cole' })
    await q("update work.task set owner_id = $1, belongs_to = $1 where subject_id = $2 and kind = 'result-review'", ben.personId, other.life)
    assert.match(await read(ada, '/console/results'), /With you.*With Ben Cole/s)
    const mine = await read(ada, '/console/results?list=mine')
    assert.match(mine, /Elsa Waits/)
    assert.doesNotMatch(mine, /Fay Waits/)
  })
})
