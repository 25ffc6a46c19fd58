import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import type { Role } from '#platform/ctx.ts'
import { commentOn, markReviewed } from '#records'
import { handOverTask, takeTask } from '#root/domains/work/change-task.ts'
import { addAbsence, endAbsence, setBackup } from '#root/domains/work/plan-absence.ts'
import { settleOwners } from '#root/domains/work/settle-owners.ts'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { aStaffPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { bringRecords, fhir, range } from '#test/records.ts'

const start = Date.parse('2026-11-23T15:00:00Z')
const hour = 3_600_000
/** What can happen to results and to those who look at them. Numbers are places in a list, whatever there is of it. */
type Step =
  | { do: 'arrive'; orderedBy: number; flag: 'N' | 'H' | 'HH' } | { do: 'correct'; one: number } | { do: 'away'; who: number; cover: number; from: number; hours: number } | { do: 'back'; one: number }
  | { do: 'leave' | 'return' | 'drop-role'; who: number } | { do: 'take' | 'give-back' | 'look' | 'write'; who: number; one: number } | { do: 'later'; hours: number }
const small = fc.nat(5)
const steps = fc.array(fc.oneof<fc.WeightedArbitrary<Step>[]>(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('arrive' as const), orderedBy: small, flag: fc.constantFrom('N' as const, 'H' as const, 'HH' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('correct' as const), one: small }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('away' as const), who: small, cover: small, from: fc.integer({ min: -2, max: 8 }), hours: fc.integer({ min: 1, max: 60 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('back' as const), one: small }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('leave' as const, 'return' as const, 'drop-role' as const), who: small }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('take' as const, 'give-back' as const, 'look' as const, 'write' as const), who: small, one: small }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('later' as const), hours: fc.constantFrom(1, 3, 9, 26, 80) }) },
), { minLength: 8, maxLength: 14 })

/** A finished result that nobody has looked at and that is not with somebody who is here: with a clinician who is not away, while there is one; else, or very late, with the manager. */
const unowned = `
  with here as (
    select p.id, r.role, not exists (select from work.absence a where a.person_id = p.id and a.ended_at is null and a.starts_at <= $1 and a.ends_at > $1) as is_free
    from accounts.person p join accounts.person_role r on r.person_id = p.id
    where p.disabled_at is null
  )
  select l.id, k.owner_id, k.owner_stage
  from records.life l
  join records.result i on i.resource_id = l.resource_id and i.patient_id = l.patient_id
  left join work.task k on k.kind = 'result-review' and k.subject_id = l.id and k.done_at is null
  where l.place = 'result' and l.final_at is not null and l.reviewed_at is null and i.is_fact
    and not (k.due_at is not null and (
      exists (select from here h where h.id = k.owner_id and h.role = 'clinician' and (h.is_free or not exists (select from here where role = 'clinician' and is_free)))
      or exists (select from here h where h.id = k.owner_id and h.role = 'manager' and (k.owner_stage = 2 or not exists (select from here where role = 'clinician'))))) is true`

describe('R15 never an unread result without an owner', { timeout: 240_000 }, () => {
  let t: TestHouse, now = start, count = 0
  const people: { id: string; ctx: ReturnType<typeof ctxOf<ReturnType<typeof staffActor>>> }[] = []
  let boss: (typeof people)[number]
  const someone = async (name: string, roles: readonly Role[]) => { const { personId } = await aStaffPerson(t, { name, roles }); return { id: personId, ctx: ctxOf(t.house, staffActor(roles, personId)) } }
  before(async () => {
    t = await aHouse({ now: new Date(start).toISOString() })
    await aPractice(t, { clinicians: Object.fromEntries(['Ada Bell', 'Ben Cole', 'Cleo Dunn'].map(name => [name.toLowerCase().replace(' ', '-'), { name, role: { en: 'Doctor', es: 'Médica' }, locations: ['heron-street'] }])) })
    boss = await someone('Max Field', ['manager'])
    for (const name of ['Ada Bell', 'Ben Cole', 'Cleo Dunn']) {
      const person = await someone(name, ['clinician'])
      people.push(person)
      await t.db.owner.query('update practice.clinician set person_id = $1 where name = $2', [person.id, name])
    }
    await t.db.owner.query('update platform.content_version set version = version + 1')
    await setBackup(boss.ctx, people[2]!.id)
  })
  after(() => t.close())

  const q = (text: string, values: unknown[] = []) => t.db.owner.query(text, values)
  /** As the house would do it now: its clock, not the machine's. */
  async function atNow(text: string, values: unknown[]): Promise<void> {
    const client = await t.db.owner.connect()
    try {
      await client.query('begin')
      await client.query("select set_config('rapport.now', $1, true)", [new Date(now).toISOString()])
      await client.query(text, values)
      await client.query('commit')
    } finally { client.release() }
  }
  const pick = <T>(list: readonly T[], place: number): T | undefined => (list.length === 0 ? undefined : list[place % list.length])
  const names = ['Ada Bell', 'Ben Cole', 'Cleo Dunn']
  const lab = (flag: 'N' | 'H' | 'HH', orderedBy: number, more: Record<string, unknown> = {}) => ({
    ...fhir.lab('a', '2345-7', flag === 'N' ? 90 : 190, { ...range(70, 99, flag === 'HH' ? 'H' : flag), interpretation: [{ coding: [{ code: flag }] }] }, `p${count}`), issued: new Date(now - hour).toISOString(), effectiveDateTime: new Date(now - hour).toISOString(),
    ...(names[orderedBy] && { contained: [{ resourceType: 'ServiceRequest', id: 'o', requester: { display: `${names[orderedBy]}, MD` } }], basedOn: [{ reference: '#o' }] }), ...more,
  })
  type Open = { life: string; task: string; source: string; number: number; flag: string }
  const open = async () => (await q("select l.id as life, k.id as task, r.source, l.bearing as flag from records.life l join records.resource r on r.id = l.resource_id join work.task k on k.subject_id = l.id and k.kind = 'result-review' and k.done_at is null where l.reviewed_at is null order by l.id")).rows as Open[]

  async function act(step: Step): Promise<void> {
    const [who, results] = ['who' in step ? pick(people, step.who)! : boss, await open()]
    const one = 'one' in step ? pick(results, step.one) : undefined
    switch (step.do) {
      case 'arrive': {
        count++
        await bringRecords(t, `lab-${count}`, [fhir.patient(`p${count}`, { birthDate: `19${10 + (count % 80)}-0${1 + (count % 9)}-11`, identifier: [{ system: 'urn:mrn', value: `n${count}` }] }), lab(step.flag, step.orderedBy)] as never)
        return
      }
      case 'correct': {
        const { rows: [last] } = await q("select r.source from records.life l join records.resource r on r.id = l.resource_id where l.bearing = 'normal' order by l.id desc limit 1")
        if (!last) return
        await bringRecords(t, last.source, [{ ...lab('H', 9, { status: 'corrected' }), subject: { reference: `Patient/${last.source.replace('lab-', 'p')}` } }] as never)
        return
      }
      case 'away': await addAbsence(boss.ctx, { personId: who.id, coverId: pick(people, step.cover)!.id, startsAt: new Date(now + step.from * hour), endsAt: new Date(now + (step.from + step.hours) * hour) }); return
      case 'back': {
        const absence = pick((await q('select id from work.absence where ended_at is null and ends_at > $1 order by id', [new Date(now)])).rows, step.one)
        if (absence) await endAbsence(boss.ctx, absence.id)
        return
      }
      case 'leave': await atNow('update accounts.person set disabled_at = $2 where id = $1', [who.id, new Date(now)]); return
      case 'return': await atNow('update accounts.person set disabled_at = null where id = $1', [who.id]); await atNow("insert into accounts.person_role (person_id, role, given_at) values ($1, 'clinician', $2) on conflict do nothing", [who.id, new Date(now)]); return
      case 'drop-role': await atNow("delete from accounts.person_role where person_id = $1 and role = 'clinician'", [who.id]); return
      case 'take': if (one && (await q("select work.is_here($1, 'clinician') as here", [who.id])).rows[0].here) await takeTask(who.ctx, one.task); break
      case 'give-back': if (one) await handOverTask(boss.ctx, one.task, step.who % 2 === 0 ? 'clinician' : 'manager', ''); return
      case 'look': if (one) await markReviewed(who.ctx, one.life); return
      case 'write': if (one) await commentOn(who.ctx, one.life, { words: `Line ${count}.`, locale: 'en' }); return
      case 'later': now += step.hours * hour; t.setNow(new Date(now))
    }
    await settleOwners(t.system('work.owners'))   // as each minute
  }

  async function afresh(): Promise<void> {
    now = start
    t.setNow(new Date(now))
    await q("update work.task set done_at = $1 where done_at is null", [new Date(now)])
    await q("update records.life set reviewed_at = $1, reviewed_as = 'clinician' where reviewed_at is null", [new Date(now)])
    await q('update work.absence set ended_at = $1, ended_by = made_by where ended_at is null', [new Date(now)])
    for (const who of [0, 1, 2]) await act({ do: 'return', who })
  }

  test('whatever happens, in whatever order: each has somebody who is here, and a time', async () => {
    await fc.assert(fc.asyncProperty(steps, async all => {
      await afresh()
      for (const [place, step] of all.entries()) {
        await act(step)
        assert.deepEqual((await q(unowned, [new Date(now)])).rows, [], `after step ${place}: ${JSON.stringify(step)}`)
      }
    }), { numRuns: 30, seed: 20261128 })
    assert.ok(count > 20)
  })

  test('it is theirs who ordered it, else the patient’s own clinician’s, else somebody’s', async () => {
    await afresh()
    const ownerOf = async (more: object[], patient: object = {}) => {
      count++
      await bringRecords(t, `lab-${count}`, [fhir.patient(`p${count}`, { birthDate: '1955-05-05', identifier: [{ system: 'urn:mrn', value: `n${count}` }], ...patient }), ...more] as never)
      return (await q("select k.owner_id from work.task k join records.life l on l.id = k.subject_id join records.resource r on r.id = l.resource_id where r.source = $1 and k.kind = 'result-review'", [`lab-${count}`])).rows[0].owner_id as string
    }
    const mine = (who: number, more = {}) => { count++; const thing = lab('N', who, more); count--; return thing }
    const request = { resourceType: 'ServiceRequest', id: 'order', status: 'active', intent: 'order', subject: { reference: '' }, requester: { reference: 'Practitioner/b' } }
    const ben = { resourceType: 'Practitioner', id: 'b', name: [{ given: ['Ben'], family: 'Cole' }] }
    assert.equal(await ownerOf([mine(0)]), people[0]!.id)
    assert.equal(await ownerOf([{ ...request, subject: { reference: `Patient/p${count + 1}` } }, ben, mine(9, { basedOn: [{ reference: 'ServiceRequest/order' }] })]), people[1]!.id)
    assert.equal(await ownerOf([ben, mine(9)], { generalPractitioner: [{ reference: 'Practitioner/b' }] }), people[1]!.id)
    assert.ok(people.some(person => person.id) && [people[0]!.id, people[1]!.id, people[2]!.id].includes(await ownerOf([mine(9)])))
  })
})
