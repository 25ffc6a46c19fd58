import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { roles, type Actor, type Ctx, type Role } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { may, type Permission } from '#platform/permission.ts'
import { aHouse, ctxOf, patientActor, proxyActor, staffActor, type TestHouse } from '#test/ctx.ts'
import { giveAccess, managePeople, ownAccount, reachOfProxy, reachOfRole, reachOfSelf, seePeople, type Category, type Verb } from './access.ts'
import { addPatientPerson, letActForAsSystem } from './add-person.ts'
import { changeRoles, addStaff } from './manage-staff.ts'

/** Who reaches what: s sees, c sees and changes, - neither. Rows are things, columns are those who ask. */
const table = `
              clinician care-team front-desk billing editor manager proxy self
identity      c         c         c          s       -      c       s     c
results       c         c         -          -       -      -       s     s
notes         c         c         -          -       -      -       s     s
record        c         c         -          -       -      -       s     s
appointments  c         c         c          -       -      -       c     c
messages      c         c         -          -       -      -       c     c
billing       -         -         -          c       -      -       s     s
access-log    -         -         -          -       -      -       -     c
people        -         -         c          -       -      c       -     -
work          c         c         c          c       -      c       -     -
outbox        -         -         c          -       -      c       -     -
audit         -         -         -          -       -      s       -     -
import        -         -         c          -       -      c       -     -
`
const [head = [], ...lines] = table.trim().split('\n').map(line => line.trim().split(/\s+/))
type Cell = { who: string; category: Category; verb: Verb; may: boolean }
const cells: Cell[] = lines.flatMap(([category, ...letters]) => head.flatMap((who, column) => (['see', 'change'] as const).map(verb =>
  ({ who, category: category as Category, verb, may: letters[column] === 'c' || (letters[column] === 's' && verb === 'see') }))))
const nameOf = ({ who, category, verb }: Cell) => `${who} ${verb} ${category}`
const cellsOf = (who: string) => cells.filter(cell => cell.who === who)

const rights: [Permission, Role[]][] = [
  [managePeople, ['manager']],
  [seePeople, ['front-desk', 'manager']],
  [giveAccess, ['front-desk', 'manager']],
  [ownAccount, ['clinician', 'care-team', 'front-desk', 'billing', 'editor', 'manager']],
]

let house: TestHouse
before(async () => { house = await aHouse() })
after(() => house.close())

/** What the database answers this actor: of all patients, and of this one. */
async function reached(actor: Actor, { category, verb }: Cell, patientId: string): Promise<{ all: boolean; one: boolean }> {
  const { rows } = await inTransaction(ctxOf(house.house, actor), tx => sql<{ all: boolean; one: boolean }>`
    select platform.reaches_all(${verb}, ${category}) as all, ${patientId}::uuid = any (platform.patients_reached(${verb}, ${category})) as one
  `.execute(tx.db.kysely))
  return rows[0]!
}
async function hire(...has: Role[]): Promise<string> {
  const added = await addStaff(house.system('accounts.command'), { name: 'Max Field', email: `${randomUUID()}@practice.example`, roles: has })
  assert.ok(added.ok)
  return added.personId
}
const aPatient = (patientId: string) =>
  addPatientPerson(house.system('accounts.command'), { name: 'Ana Reyes', email: `${randomUUID()}@patient.example`, password: 'four green herons wade', patientId, locale: 'en' })

test('the table names every role and every thing, and the code says the same in every cell', async () => {
  assert.deepEqual(head, [...roles, 'proxy', 'self'])
  assert.equal(cells.length, 13 * 8 * 2)
  const { rows } = await house.db.owner.query("select pg_get_constraintdef(oid) as text from pg_constraint where conrelid = 'platform.access_grant'::regclass and conname = 'access_grant_category_check'")
  assert.deepEqual([...(rows[0].text as string).matchAll(/'([a-z-]+)'/g)].map(([, name]) => name).sort(), lines.map(([name]) => name).sort())
  const said: Record<string, Partial<Record<Category, readonly Verb[]>>> = { ...reachOfRole, proxy: reachOfProxy, self: reachOfSelf }
  for (const cell of cells) assert.equal(said[cell.who]?.[cell.category]?.includes(cell.verb) ?? false, cell.may, nameOf(cell))
})

describe('the database answers each cell as the table says', () => {
  for (const role of roles) {
    test(role, async () => {
      const actor = staffActor([role], await hire(role))
      for (const cell of cellsOf(role)) assert.deepEqual(await reached(actor, cell, randomUUID()), { all: cell.may, one: false }, nameOf(cell))
    })
  }

  test('self: their own record, and nobody else’s', async () => {
    const [mine, other] = [randomUUID(), randomUUID()]
    const actor = patientActor(mine, await aPatient(mine))
    await aPatient(other)
    for (const cell of cellsOf('self')) {
      assert.deepEqual(await reached(actor, cell, mine), { all: false, one: cell.may }, nameOf(cell))
      assert.deepEqual(await reached(actor, cell, other), { all: false, one: false }, nameOf(cell))
      assert.equal((await reached({ ...actor, patientId: other }, cell, other)).one, false, `${nameOf(cell)}, by naming another`)
    }
  })

  test('proxy: the one patient they act for, as long as the session is turned to them', async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()]
    const me = await aPatient(mine)
    await letActForAsSystem(house.system('accounts.command'), { personId: me, patientId: theirs, basis: 'named-by-adult', endsAt: new Date('2027-06-01T04:00:00Z') })
    for (const cell of cellsOf('proxy')) {
      assert.deepEqual(await reached(proxyActor(theirs, me), cell, theirs), { all: false, one: cell.may }, nameOf(cell))
      assert.equal((await reached(proxyActor(theirs, me), cell, mine)).one, false, nameOf(cell))
      assert.equal((await reached(patientActor(mine, me), cell, theirs)).one, false, nameOf(cell))
    }
  })

  test('who has two roles reaches what either reaches; who loses one reaches at once what is left', async () => {
    const personId = await hire('front-desk', 'billing')
    const actor = staffActor(['front-desk', 'billing'], personId)
    for (const cell of cellsOf('billing')) {
      const either = cell.may || cellsOf('front-desk').some(other => other.category === cell.category && other.verb === cell.verb && other.may)
      assert.equal((await reached(actor, cell, randomUUID())).all, either, nameOf(cell))
    }
    assert.deepEqual(await changeRoles(ctxOf(house.house, staffActor(['manager'], await hire('manager'))), personId, ['billing']), { ok: true })
    for (const cell of cellsOf('billing')) assert.equal((await reached(actor, cell, randomUUID())).all, cell.may, nameOf(cell))
  })

  test('staff reach nothing as a visitor or as a patient', async () => {
    const personId = await hire('manager', 'clinician')
    for (const actor of [{ kind: 'visitor' }, patientActor(randomUUID(), personId)] as Actor[]) {
      for (const cell of cellsOf('manager')) assert.deepEqual(await reached(actor, cell, randomUUID()), { all: false, one: false }, `${actor.kind} ${nameOf(cell)}`)
    }
  })
})

test('each right is held by exactly the roles that the table names, and by no patient, caregiver or visitor', () => {
  for (const [right, holders] of rights) {
    for (const role of roles) assert.equal(may(ctxOf(house.house, staffActor([role])), right), holders.includes(role), `${role}: ${right.name}`)
    for (const actor of [patientActor(randomUUID()), proxyActor(randomUUID()), { kind: 'visitor' } as const]) assert.equal(may(ctxOf(house.house, actor) as Ctx, right), false, `${actor.kind}: ${right.name}`)
  }
})

test('a manager changes their own roles too', async () => {
  const [me, other] = [await hire('manager'), await hire('manager')]
  const boss = ctxOf(house.house, staffActor(['manager'], me))
  assert.deepEqual(await changeRoles(boss, me, ['manager', 'clinician']), { ok: true })
  assert.deepEqual((await reached(boss.actor, { who: '', category: 'notes', verb: 'see', may: true }, randomUUID())).all, true)
  assert.deepEqual(await changeRoles(boss, me, ['clinician']), { ok: true })
  assert.deepEqual((await reached(boss.actor, { who: '', category: 'people', verb: 'change', may: false }, randomUUID())).all, false)
  const { rows } = await house.db.owner.query('select person_id, role from accounts.person_role where person_id = any ($1) order by role', [[me, other]])
  assert.deepEqual(rows, [{ person_id: me, role: 'clinician' }, { person_id: other, role: 'manager' }])
})

test('the wall itself lets nobody give themselves a role, a grant or another session', async () => {
  const mine = randomUUID()
  const personId = await aPatient(mine)
  const actors = [patientActor(mine, personId), staffActor(['billing'], await hire('billing')), staffActor(['front-desk'], await hire('front-desk'))]
  for (const actor of actors) {
    const me = actor.personId
    await house.db.owner.query("insert into platform.session (token_hash, person_id, name, locale, is_strong, roles, device, created_at, seen_at, idle_minutes, absolute_until, proven_at) values (gen_random_uuid()::text::bytea, $1, 'Me', 'en', false, '{}', 'x', now(), now(), 15, now() + interval '1 day', now())", [me])
    const attacks = {
      role: sql`insert into accounts.person_role (person_id, role, given_at) values (${me}::uuid, 'manager', now())`,
      grant: sql`insert into platform.access_grant (person_id, patient_id, category, verb, source, starts_at) values (${me}::uuid, null, 'results', 'see', 'role', now())`,
      'session’s roles': sql`update platform.session set roles = '{manager}' where person_id = ${me}::uuid`,
      'stronger session': sql`update platform.session set is_strong = true where person_id = ${me}::uuid`,
      'own session': sql`insert into platform.session (token_hash, person_id, name, locale, is_strong, roles, device, created_at, seen_at, idle_minutes, absolute_until, proven_at) values (gen_random_uuid()::text::bytea, ${me}::uuid, 'Me', 'en', true, '{manager}', 'x', now(), now(), 15, now() + interval '1 day', now())`,
    }
    for (const [what, attack] of Object.entries(attacks)) {
      await assert.rejects(inTransaction(ctxOf<Actor>(house.house, actor), tx => attack.execute(tx.db.kysely)), { code: '42501' }, `${actor.kind}: ${what}`)
    }
  }
})

test('the wall itself lets nobody choose how somebody else signs in, or be let in by themselves', async () => {
  const mine = randomUUID()
  const [patientId, colleague] = [await aPatient(mine), await hire('clinician')]
  const people = Object.entries({ patient: patientId, colleague })
  for (const role of ['front-desk', 'manager'] as const) {
    const me = staffActor([role], await hire(role))
    for (const [whose, person] of people) {
      const attacks = {
        password: sql`update accounts.person set password_hash = 'mine' where id = ${person}::uuid`,
        app: sql`update accounts.person set totp_secret = 'mine' where id = ${person}::uuid`,
        passkey: sql`insert into accounts.passkey (id, person_id, name, public_key, counter, transports, is_backed_up, created_at) values (gen_random_uuid()::text, ${person}::uuid, 'x', '', 0, '{}', false, now())`,
        caregiver: sql`insert into platform.access_grant (person_id, patient_id, category, verb, source, starts_at) values (${me.personId}::uuid, ${mine}::uuid, 'results', 'see', 'proxy', now())`,
      }
      for (const [what, attack] of Object.entries(attacks)) {
        if (role === 'front-desk' && whose === 'colleague' && (what === 'password' || what === 'app')) {
          assert.equal((await inTransaction(ctxOf<Actor>(house.house, me), tx => attack.execute(tx.db.kysely))).numAffectedRows, 0n, `${role}: ${what} of a ${whose}`)
        } else await assert.rejects(inTransaction(ctxOf<Actor>(house.house, me), tx => attack.execute(tx.db.kysely)), { code: '42501' }, `${role}: ${what} of a ${whose}`)
      }
    }
  }
})
