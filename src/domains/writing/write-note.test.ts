import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { aPatientPerson, aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { fileNotes } from './file-notes.ts'
import { findSurprises } from './find-surprises.ts'

describe('a note that is written here', () => {
  let house: RunningHouse
  let ada: SignedIn, ben: SignedIn, desk: SignedIn, me: SignedIn
  let patientId = ''
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    const as = async (role: 'clinician' | 'front-desk') => signedInAs(house, { roles: [role], name: 'Nell Harrow', personId: (await aStaffPerson(house, { roles: [role] })).personId })
    ;[ada, ben, desk] = [await as('clinician'), await as('clinician'), await as('front-desk')]
    patientId = (await bringRecords(house, 'ehr', [fhir.patient('p1'), fhir.note('old', 'She smokes half a pack a day.')])).get('p1')!
    me = await signedInAs(house, { personId: (await aPatientPerson(house, { patientId })).personId, actingFor: patientId })
  })
  after(() => house.close())

  const begin = async (fields: Record<string, string> = {}) => {
    const answer = await ada.post('/console/notes', { patient: patientId, ...fields })
    return answer.headers.get('location')!.split('/').at(-1)!
  }
  const write = (id: string, fields: Record<string, string>, who = ada) => who.post(`/console/notes/${id}`, { title: 'Visit note', body: 'We agreed to check the potassium in two weeks.', summary: '', ...fields })
  const file = () => fileNotes(house.system('writing.file'))
  const read = async (who: SignedIn, path: string) => (await who.get(path)).text()
  const portalNotes = async () => [...new Set((await read(me, '/portal/notes')).match(/\/portal\/notes\/[0-9a-f-]{36}/g))]

  test('N9 signed, it is with the record at once and opens like everything else; unsigned, nobody but its author sees it', async () => {
    const id = await begin()
    assert.equal((await write(id, { action: 'keep' })).status, 303)
    assert.equal((await ben.get(`/console/notes/${id}`)).status, 404)
    assert.equal((await desk.get(`/console/notes/${id}`)).status, 403)
    assert.equal(await file(), 0)
    const before = await portalNotes()
    assert.equal((await write(id, { action: 'sign' })).status, 303)
    assert.equal(await file(), 1)
    assert.equal(await file(), 0)
    const [path] = (await portalNotes()).filter(one => !before.includes(one))
    const page = await read(me, path!)
    assert.match(page, /check the potassium/)
    assert.match(page, /Nell Harrow/)
    assert.equal((await ben.get(`/console/notes/${id}`)).status, 200)
  })

  test('N10 the plain summary leads the note; what is stored is what was signed, letter for letter', async () => {
    const id = await begin()
    const body = 'Line one, «quoted», ½ tablet.\n\nLine two: <b>not bold</b>.'
    await write(id, { body, summary: 'Your knee is better. Keep walking.', action: 'sign' })
    await file()
    const { rows: [note] } = await house.db.owner.query("select n.body from records.note n join records.resource r on r.id = n.resource_id where r.source = 'rapport' and r.source_id = $1", [id])
    assert.equal(Buffer.from(note.body.content[0].attachment.data, 'base64').toString(), body)
    assert.equal(note.body.description, 'Your knee is better. Keep walking.')
  })

  test('nothing is edited after signing: an addendum stands beside it', async () => {
    const id = await begin()
    await write(id, { action: 'sign' })
    await file()
    assert.equal((await write(id, { body: 'Changed.', action: 'keep' })).status, 422)
    assert.equal((await write(id, { body: 'Changed.', action: 'sign-all-the-same' })).status, 409)
    assert.equal((await house.db.owner.query('select body from writing.draft where id = $1', [id])).rows[0].body, 'We agreed to check the potassium in two weeks.')
    const addendum = await begin({ addendum: id })
    await write(addendum, { title: 'Added', body: 'The potassium came back in range.', action: 'sign' })
    await file()
    const { rows: [note] } = await house.db.owner.query("select n.body from records.note n join records.resource r on r.id = n.resource_id where r.source_id = $1", [addendum])
    assert.deepEqual(note.body.relatesTo, [{ code: 'appends', target: { reference: `DocumentReference/${id}` } }])
    assert.equal((await ada.post('/console/notes', { patient: patientId, addendum: randomUUID() })).status, 404)
  })

  test('N8 what the patient may not have heard is asked about once; it is a question, not a block', async () => {
    assert.deepEqual(findSurprises('BMI 38, drinks two beers, smokes, PHQ-9 is 12.', []), ['weight', 'substances', 'smoking', 'mood'])
    assert.deepEqual(findSurprises('Smokes less.', ['She smokes half a pack a day.']), [])
    const id = await begin()
    const body = 'BMI 38. Smokes half a pack a day. PHQ-9 is 12, depression likely.'
    const asked = await write(id, { body, action: 'sign' })
    const html = await asked.text()
    assert.equal(asked.status, 200)
    assert.match(html, /Did you say this out loud at the visit/)
    assert.match(html, /value="weight"/)
    assert.match(html, /value="mood"/)
    assert.doesNotMatch(html, /value="smoking"/, 'an earlier note speaks of it')
    assert.equal((await write(id, { body, said: 'weight', action: 'sign-all-the-same' })).status, 303)
    assert.deepEqual((await house.db.owner.query('select said, signed_at is not null as signed from writing.draft where id = $1', [id])).rows[0], { said: ['weight'], signed: true })
  })

  test('N2 the check points out and changes nothing; N7 what was kept is counted, without the text', async () => {
    const id = await begin()
    const body = 'Patient refused the test and is noncompliant.'
    const html = await (await write(id, { body, action: 'check' })).text()
    assert.match(html, /Instead:/)
    assert.equal((await house.db.owner.query('select body from writing.draft where id = $1', [id])).rows[0].body, body)
    await write(id, { body, action: 'sign' })
    const { rows } = await house.db.owner.query('select * from writing.kept_term order by term')
    assert.deepEqual(rows.map(row => [row.shown, row.kept]), [[1, 1], [1, 1]])
    assert.doesNotMatch(JSON.stringify(rows), /refused the test/)
  })

  test('N7 a term that more than sixty in a hundred keep, over fifty times, counts one level less from then on', async () => {
    const refused = (await import('#records/shared')).findCharged('Refused.')[0]!.id
    const look = async () => (await write(await begin(), { body: 'Refused the test.', action: 'check' })).text()
    const set = (shown: number, kept: number) => house.db.owner.query('insert into writing.kept_term values ($1, $2, $3) on conflict (term) do update set shown = excluded.shown, kept = excluded.kept', [refused, shown, kept])
    for (const [shown, kept, isLess] of [[49, 49, false], [50, 30, false], [50, 31, true]] as const) {
      await set(shown, kept)
      assert.equal(/>Perhaps</.test(await look()), isLess, `${kept} of ${shown}`)
    }
    await set(0, 0)
  })

  test('N5 what was copied forward is named with its day: when it is checked, and for colleagues once it is signed', async () => {
    const old = 'She walks an hour each morning along the river with her dog.'
    const first = await begin()
    await write(first, { body: old, action: 'sign' })
    await file()
    const id = await begin()
    const body = `Came for a cough.\n\n${old} She refused the test.`
    assert.match(await (await write(id, { body, action: 'check' })).text(), /Copied from Monday, November 23, 2026/)
    await write(id, { body, action: 'sign' })
    const html = await read(ben, `/console/notes/${id}`)
    assert.match(html, /along the river[^]*Copied in part from Monday, November 23, 2026/)
    assert.equal(html.split('Copied in part').length, 2)
    const { rows: [draft] } = await house.db.owner.query('select body, earlier from writing.draft where id = $1', [id])
    assert.equal(draft.body, body)
    assert.doesNotMatch(JSON.stringify(draft.earlier), /river/)
  })

  test('N14 how notes read well stands beside the note, one tap away', async () => {
    const html = await read(ada, `/console/notes/${await begin()}`)
    for (const words of ['Name a strength', 'Numbers instead of labels', 'We agreed', 'reason for a choice', 'BMI and class']) assert.ok(html.includes(words), words)
  })

  test('an unfinished note can be thrown away by its author alone', async () => {
    const id = await begin()
    assert.equal((await write(id, { action: 'drop' }, ben)).status, 404)
    assert.equal((await write(id, { action: 'drop' })).status, 303)
    assert.equal((await ada.get(`/console/notes/${id}`)).status, 404)
  })

  test('reading the list of notes is an event in the record of each who stands in it', async () => {
    await begin()
    const seen = async () => Number((await house.db.owner.query("select count(*) as n from audit.event where action = 'notes.listed' and patient_id = $1 and person_id = $2", [patientId, ada.personId])).rows[0].n)
    const before = await seen()
    await ada.get('/console/notes')
    assert.equal(await seen(), before + 1)
  })
})
