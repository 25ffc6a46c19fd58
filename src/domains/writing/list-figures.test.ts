import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { inTransaction, sql } from '#platform/db.ts'
import { ctxOf, staffActor } from '#test/ctx.ts'
import { findCharged } from '#records/shared'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir } from '#test/records.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'
import { signedInAs, type SignedIn } from '#test/signed-in.ts'
import { ownFigures, practiceTotals } from './list-figures.ts'

const [refused, combative, lazy, denies] = ['Refused.', 'Combative.', 'Lazy.', 'Denies it.'].map(words => findCharged(words)[0]!.id) as [string, string, string, string]

describe('how notes read (N6)', () => {
  let house: RunningHouse, ada: SignedIn, ben: SignedIn, manager: SignedIn, patientId = ''
  before(async () => {
    house = await aRunningHouse({ now: '2026-11-23T15:00:00Z' })
    await aPractice(house)
    const as = async (role: 'clinician' | 'manager', name: string) => signedInAs(house, { roles: [role], name, personId: (await aStaffPerson(house, { name, roles: [role] })).personId })
    ;[ada, ben, manager] = [await as('clinician', 'Ada Quill'), await as('clinician', 'Ben Other'), await as('manager', 'Imani Manages')]
    patientId = (await bringRecords(house, 'ehr', [fhir.patient('p1')])).get('p1')!
  })
  after(() => house.close())
  const owner = (query: string, values: unknown[] = []) => house.db.owner.query(query, values)
  const read = async (who: SignedIn) => (await who.get('/console/how-notes-read')).text()
  const totals = () => inTransaction(ctxOf(house.house, staffActor(['manager'], manager.personId)), practiceTotals)

  /** Notes that were signed on a day, each with what became of what was pointed out. */
  async function notes(count: number, author: string, marks: readonly (readonly [string, string])[], day = '2026-09-10'): Promise<void> {
    for (let index = 0; index < count; index++) {
      const { rows: [draft] } = await owner(`insert into writing.draft (patient_id, author_id, author_name, title, body, begun_at, changed_at, signed_at, filed_at) values ($1, $2, 'Somebody', 'Visit', 'x', $3, $3, $3, $3) returning id`, [patientId, author, `${day}T12:00:00Z`])
      await owner('insert into writing.note_figure (draft_id, author_id, signed_at, words, copied_share) values ($1, $2, $3, 10, 0)', [draft.id, author, `${day}T12:00:00Z`])
      for (const [term, outcome] of marks) await owner('insert into writing.mark (draft_id, author_id, term, words, outcome, at) values ($1, $2, $3, $4, $5, $6)', [draft.id, author, term, 'x', outcome, `${day}T12:00:00Z`])
    }
  }
  const clear = () => owner('delete from writing.draft')

  test('N6 each sees what became of their own words, and nobody another’s: not a colleague, not the manager, not by a query of their own', async () => {
    const id = (await ada.post('/console/notes', { patient: patientId })).headers.get('location')!.split('/').at(-1)!
    const draft = { title: 'Visit', summary: 'We looked at your knee. It is better. Keep on walking each day.' }
    await ada.post(`/console/notes/${id}`, { ...draft, body: 'Denies fever. Denies cough. Combative.', shown: `${refused} ${combative} nonsense`, action: 'sign' })
    const figures = await inTransaction(ctxOf(house.house, staffActor(['clinician'], ada.personId)), ownFigures)
    assert.deepEqual(figures.terms.map(({ term, replaced, stood }) => [term, replaced, stood]), [[refused, 1, 0], [combative, 0, 1]])
    assert.deepEqual(figures.week, { notes: 1, mild: [{ term: denies, times: 2 }] })
    assert.ok(figures.averageGrade! < 6)
    assert.match(await read(ada), /combative[^]*yours alone|yours alone[^]*combative/)
    for (const who of [ben, manager]) assert.doesNotMatch(await read(who), /combative|Ada Quill/)
    for (const [roles, personId] of [[['clinician'], ben.personId], [['manager'], manager.personId], [['clinician', 'manager'], manager.personId]] as const) {
      const seen = await inTransaction(ctxOf(house.house, staffActor(roles, personId)), async tx => (await sql<{ n: number }>`select (select count(*) from writing.mark)::int + (select count(*) from writing.note_figure)::int as n`.execute(tx.db.kysely)).rows[0]!.n)
      assert.equal(seen, 0, roles.join())
    }
    await clear()
  })

  test('N6 the manager sees totals from twenty notes by three authors, of whole months, and nothing below', async () => {
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()]
    await notes(18, a, [[refused, 'stands']])
    await notes(1, b, [[refused, 'stands']])
    assert.equal(await totals(), undefined)
    await notes(5, b, [[refused, 'stands']])
    assert.equal(await totals(), undefined, 'two authors: each would know the other’s')
    await notes(1, c, [[refused, 'stands']], '2026-11-02')
    assert.equal(await totals(), undefined, 'this month is not over')
    await notes(1, c, [[refused, 'stands']], '2026-10-31')
    assert.deepEqual(await totals(), { notes: 25, terms: [{ term: refused, notes: 25, replaced: null, stayed: null }] })
    assert.match(await read(manager), /25 notes[^]*refuse/)
    assert.equal(await inTransaction(ctxOf(house.house, staffActor(['clinician'], ada.personId)), practiceTotals), undefined)
    await clear()
  })

  test('N6 a word in fewer than eleven notes is not named, nor one that all but ten hold; replaced and stayed show together or not at all', async () => {
    const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()]
    await notes(10, a, [[lazy, 'stands'], [refused, 'replaced']])
    await notes(12, b, [[refused, 'replaced'], [combative, 'stands']])
    await notes(11, c, [[refused, 'stands']])
    const said = (await totals())!
    assert.equal(said.notes, 33)
    assert.deepEqual(said.terms, [{ term: refused, notes: 33, replaced: 22, stayed: 11 }, { term: combative, notes: 12, replaced: null, stayed: null }])
    await notes(5, c, [])
    assert.deepEqual((await totals())!.terms.map(({ term }) => term), [combative], '33 of 38 hold it: the five that do not are too few')
    assert.doesNotMatch(await read(manager), /lazy/)
    await clear()
  })
})
