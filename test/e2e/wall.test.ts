import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Actor, Role } from '#platform/ctx.ts'
import { aFullHouse, type FullHouse } from './full-house.ts'
import { tryWall, type Walled } from './wall.ts'

type Who = 'visitor' | 'patient' | 'caregiver' | Role | 'another job' | 'no job'
/**
 * Whom the database itself lets see (s), add (i), change (u) or delete (d) a stranger's row, written by hand. Nobody else may do anything:
 * no visitor, no other patient, no other's caregiver, no editor, no job of another patient.
 */
const through: Record<string, Partial<Record<Who, string>>> = {
  'accounts.activation': { 'front-desk': 'si', manager: 'si' },
  'accounts.care_invitation': { 'front-desk': 's', manager: 's' },
  'accounts.passkey': { 'front-desk': 'sid', manager: 'sid' },
  'accounts.person': { 'front-desk': 'si', manager: 'si' },
  'accounts.proxy': { 'front-desk': 'si', manager: 'si' },
  'accounts.token': {},
  'platform.mail': { 'front-desk': 's', manager: 's' },
  'platform.session': { 'front-desk': 'sd', manager: 'sd' },
  'records.fact': { clinician: 'siud', 'care-team': 'siud' },
  'records.match_question': { 'front-desk': 'si', manager: 'si' },
  'records.note': { clinician: 'siud', 'care-team': 'siud' },
  'records.parked': { 'front-desk': 'si', manager: 'si' },
  'records.patient': { clinician: 'si', 'care-team': 'si', 'front-desk': 'si', billing: 's', manager: 'si' },
  'records.resource': {},
  'records.result': { clinician: 'siud', 'care-team': 'siud' },
  'records.source_patient': { clinician: 'si', 'care-team': 'si', 'front-desk': 'si', billing: 's', manager: 'si' },
  'records.version': {},
  'work.task': { clinician: 'si', 'care-team': 'si', 'front-desk': 'si', billing: 'si', manager: 'si' },
  'work.task_step': { clinician: 'si', 'care-team': 'si', 'front-desk': 'si', billing: 'si', manager: 'si' },
}
/** Tables that hold no stranger's row even in a full house: nothing to try there, but that each has a wall stands in another test. */
const empty = ['accounts.failed_try', 'accounts.person_role', 'accounts.recovery_code', 'records.merge', 'work.on_call_shift']

describe('the wall, tried with a stranger’s row in each table', { timeout: 120_000 }, () => {
  let house: FullHouse
  let tables: Walled[]
  let actors: [Who, Actor][]
  before(async () => {
    house = await aFullHouse()
    tables = (await house.db.owner.query<Walled>('select name, owner_column, owner_kind from platform.walled_table order by name')).rows
    const { bert, people } = house
    const staff = (role: Role): [Who, Actor] => [role, { kind: 'staff', personId: people[role].personId, sessionId: people[role].sessionId, roles: [role] }]
    actors = [
      ['visitor', { kind: 'visitor' }],
      ['patient', { kind: 'patient', personId: people.patient.personId, sessionId: people.patient.sessionId, patientId: bert.patientId }],
      ['caregiver', { kind: 'proxy', personId: people.caregiver.personId, sessionId: people.caregiver.sessionId, patientId: bert.patientId } as Actor],
      ...(['clinician', 'care-team', 'front-desk', 'billing', 'editor', 'manager'] as const).map(staff),
      ['another job', { kind: 'system', job: 'records.export', patientId: bert.patientId }],
      ['no job', { kind: 'system', job: 'no.such-job' }],
    ]
  })
  after(() => house?.close())

  const rowOf = async ({ name, owner_column }: Walled): Promise<Record<string, unknown> | undefined> => {
    const { anna, bert, people, db } = house
    const own = [bert.patientId, bert.personId, ...Object.values(people).map(({ personId }) => personId).filter(Boolean)]
    const { rows } = await db.owner.query(`select row_to_json(t) as row from ${name} t where ${owner_column} is null or ${owner_column} <> all ($1::uuid[]) order by ${owner_column} = any ($2::uuid[]) desc nulls last limit 1`, [own, [anna.patientId, anna.personId]])
    return rows[0]?.row
  }

  test('each walled table has its line here', () => {
    assert.deepEqual(tables.map(({ name }) => name), [...Object.keys(through), ...empty].sort(), 'a new table needs a line that says who may do what with a stranger’s row')
  })
  test('nobody sees, counts, adds, changes or deletes more than the table says', async () => {
    const wrong: string[] = []
    for (const table of tables) {
      const row = await rowOf(table)
      assert.equal(row === undefined, empty.includes(table.name), `${table.name}: ${row ? 'there is a row to try, so it needs its line' : 'no stranger’s row is in it'}`)
      if (!row) continue
      for (const [who, actor] of actors) {
        const got = await tryWall(house, actor, table, row)
        const wanted = through[table.name]?.[who] ?? ''
        if (got !== wanted) wrong.push(`${table.name}: ${who} may ${got || 'nothing'}, and should ${wanted || 'nothing'}`)
      }
    }
    assert.deepEqual(wrong, [])
  })
})
