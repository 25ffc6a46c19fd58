import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { aHouse, ctxOf, staffActor, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson, goodPassword } from '#test/people.ts'
import { hashPassword, isPassword } from './check-password.ts'
import { disablePerson } from './manage-staff.ts'
import { signIn } from './sign-in.ts'

let house: TestHouse
let clock = Date.parse('2026-11-23T15:00:00Z')
const later = (seconds: number) => house.setNow(new Date(clock += seconds * 1_000))
before(async () => { house = await aHouse() })
after(() => house.close())
beforeEach(() => later(7_200))

let network = 0
const elsewhere = () => `198.${(++network >> 8) % 256}.${network % 256}.7`
const first = (name: string, password: string, clientAddress = elsewhere()) => signIn(house.visitor(), { name, password }, { clientAddress, userAgent: '' })
const wrong = { ok: false, reason: 'wrong' }

test('ten tries a minute with one name, from anywhere, however it is spelled; then a wait is said, and it holds', async () => {
  const ana = await aPatientPerson(house)
  const spellings = [ana.email, ana.email.toUpperCase(), ` ${ana.email}`]
  for (let tries = 0; tries < 10; tries++) assert.deepEqual(await first(spellings[tries % 3]!, 'not the right one'), wrong)
  for (const name of spellings) {
    const stopped = await first(name, ana.password)
    assert.ok(!stopped.ok && stopped.reason === 'too-many')
    assert.ok(stopped.retryAfterSeconds >= 1 && stopped.retryAfterSeconds <= 120)
  }
  later(121)
  assert.ok((await first(ana.email, ana.password)).ok)
})

test('two ways to write one letter are one name', async () => {
  const ana = await aPatientPerson(house, { email: 'peña@patient.example' })
  for (let tries = 0; tries < 10; tries++) assert.deepEqual(await first(ana.email.normalize(tries % 2 ? 'NFC' : 'NFD'), 'not the right one'), wrong)
  for (const form of ['NFC', 'NFD']) assert.equal((await first(ana.email.normalize(form), ana.password)).ok, false, form)
})

test('thirty tries a minute from one neighbourhood; the next one is free', async () => {
  const ana = await aPatientPerson(house)
  for (let tries = 0; tries < 30; tries++) assert.deepEqual(await first(`guess-${tries}@patient.example`, 'x', `203.0.113.${tries}`), wrong)
  const stopped = await first(ana.email, ana.password, '203.0.113.200')
  assert.ok(!stopped.ok && stopped.reason === 'too-many')
  assert.ok((await first(ana.email, ana.password, '203.0.114.1')).ok)
})

/** Everything that may stand behind a name. Nobody who asks learns which. */
async function everyKindOfName(): Promise<Record<string, string>> {
  const [ana, passkeyOnly, shutOut] = [await aPatientPerson(house), await aPatientPerson(house), await aPatientPerson(house)]
  const [max, boss] = [await aStaffPerson(house, { roles: ['clinician'] }), await aStaffPerson(house, { roles: ['manager'] })]
  await house.db.owner.query('update accounts.person set password_hash = null where id = $1', [passkeyOnly.personId])
  assert.ok((await disablePerson(ctxOf(house.house, staffActor(['manager'], boss.personId)), shutOut.personId)).ok)
  return { nobody: 'nobody@patient.example', patient: ana.email, 'with a code': max.email, 'with a passkey alone': passkeyOnly.email, 'shut out': shutOut.email }
}

test('wrong is wrong, however often: the answers do not tell whether the name is somebody’s', async () => {
  const names = await everyKindOfName()
  const answers = new Map<string, string[]>()
  for (let round = 0; round < 3; round++, later(121)) {
    for (const [kind, name] of Object.entries(names)) {
      for (let tries = 0; tries < 11; tries++) {
        const answer = JSON.stringify(await first(name, 'not the right one'))
        answers.set(kind, [...(answers.get(kind) ?? []), answer])
      }
    }
  }
  for (const [kind, said] of answers) assert.deepEqual(said, answers.get('nobody'), kind)
})

test('one who is shut out gets with the right password the same answer as with a wrong one', async () => {
  const names = await everyKindOfName()
  assert.deepEqual(await first(names['shut out']!, goodPassword), await first(names.nobody!, goodPassword))
})

const median = (numbers: number[]) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!

async function mediansOf(names: Record<string, string>): Promise<number[]> {
  const kinds = Object.entries(names)
  const took = new Map<string, number[]>(kinds.map(([kind]) => [kind, []]))
  for (let round = 0; round < 15; round++, later(61)) {
    for (const [kind, name] of [...kinds.slice(round % kinds.length), ...kinds.slice(0, round % kinds.length)]) {
      const started = performance.now()
      await first(name, 'not the right one')
      took.get(kind)!.push(performance.now() - started)
    }
  }
  return [...took.values()].map(median)
}

/** What one verification takes on this machine just now. */
async function timeOfOne(): Promise<number> {
  const [stored, took] = [await hashPassword(goodPassword), [] as number[]]
  for (let round = 0; round < 9; round++) {
    const started = performance.now()
    await isPassword(stored, 'not the right one')
    took.push(performance.now() - started)
  }
  return median(took)
}

test('the time does not tell either: one verification is made for every name', async () => {
  const names = await everyKindOfName()
  await first('warm@patient.example', 'up')
  const seen: string[] = []
  // A busy machine may blur one measurement; what truly differs differs in each.
  for (let measured = 0; measured < 8; measured++) {
    const alone = await timeOfOne()
    const medians = await mediansOf(names)
    seen.push(`${medians.map(Math.round).join(' ')}, where one takes ${alone.toFixed(1)}`)
    if (Math.min(...medians) > alone * 0.6 && Math.max(...medians) / Math.min(...medians) < 1.5) return
  }
  assert.fail(seen.join(', '))
})
