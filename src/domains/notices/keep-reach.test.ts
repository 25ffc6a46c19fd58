import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Ctx, PatientActor, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { openWords, queueMail } from '#platform/email.ts'
import { NotFound } from '#platform/errors.ts'
import { mayActFor, type AuthorizedPatientId } from '#platform/scope.ts'
import { sendMail } from '#platform/send-mail.ts'
import { letActForAsSystem } from '#accounts'
import { aHouse, ctxOf, type TestHouse } from '#test/ctx.ts'
import { aPatientPerson, aStaffPerson, type TestPerson } from '#test/people.ts'
import { aPractice } from '#test/practice.ts'
import { carryReach, carryReachBack } from './carry-reach.ts'
import { addWayAtDesk, addWayByCode, chooseReach, endWay, readReach, silence, type Choice } from './keep-reach.ts'
import { checkCode, sendCode } from './send-code.ts'
import type { Point } from './shared.ts'

let t: TestHouse, desk: Ctx<StaffActor>
before(async () => {
  t = await aHouse()
  await aPractice(t)
  desk = ctxOf(t.house, { kind: 'staff', personId: (await aStaffPerson(t, { roles: ['front-desk'] })).personId, roles: ['front-desk'], sessionId: randomUUID() })
})
after(() => t.close())

const asSelf = ({ personId, patientId }: TestPerson) => ctxOf<PatientActor>(t.house, { kind: 'patient', personId, patientId, sessionId: randomUUID() })
const act = <T>(ctx: Ctx<PatientActor | StaffActor>, patientId: string, work: (tx: Ctx<PatientActor | StaffActor>, id: AuthorizedPatientId) => Promise<T>) =>
  inTransaction(ctx, async tx => work(tx, await mayActFor(tx, patientId)))
const phone = (): Point => ({ kind: 'phone', address: `+1802555${String(Math.floor(Math.random() * 10_000)).padStart(4, '0')}` })
const mailbox = (): Point => ({ kind: 'mailbox', address: `${randomUUID().slice(0, 8)}@safe.example` })
const none: Choice = { safeReach: null, prefers: 'mail', noTexts: false, noVoicemail: false, isBrief: false, zone: null }
const shown = { words: 'I agree.', locale: 'en' as const, through: 'portal' as const }
const mails = async (where: string, ...values: unknown[]) => (await t.db.owner.query(`select id, way, kind, to_address, dropped_why, words from platform.mail where ${where} order by queued_at desc, id desc`, values)).rows
const codeSentTo = async (address: string) => { const [mail] = await mails("to_address = $1 and kind = 'code'", address); return /\d{6}/.exec(openWords({ house: t.house }, mail!.id, mail!.words).text)![0] }
const write = (to: string, mail: { personId?: string; patientId?: string; kind?: string }) => inTransaction(t.visitor(), tx => queueMail(tx, { to, subject: 'New', text: 'Sign in.', ...mail }))

async function withWay(person: TestPerson, point: Point): Promise<string> {
  const ctx = asSelf(person)
  const sent = await act(ctx, person.patientId, tx => sendCode(tx, point, { patientId: person.patientId, locale: 'en' }))
  assert.ok(sent.ok)
  const added = await act(ctx, person.patientId, async (tx, id) => addWayByCode(tx, id, { codeId: sent.codeId, code: await codeSentTo(point.address), shown }))
  assert.ok(added.ok)
  return added.id
}

describe('a way to reach somebody', () => {
  test('is theirs when the code that went there comes back, with what they agreed to', async () => {
    const ana = await aPatientPerson(t)
    const point = phone()
    await withWay(ana, point)
    const { ways } = await act(asSelf(ana), ana.patientId, readReach)
    assert.deepEqual(ways.map(({ address, verifiedHow }) => [address, verifiedHow]), [[point.address, 'code']])
    const { rows } = await t.db.owner.query('select is_given, words, through, by_person from notices.consent where patient_id = $1', [ana.patientId])
    assert.deepEqual(rows, [{ is_given: true, words: 'I agree.', through: 'portal', by_person: ana.personId }])
  })
  test('is not theirs after five wrong codes, twice with one, after ten minutes, nor with a code that another asked for', async () => {
    const [ana, eve] = [await aPatientPerson(t), await aPatientPerson(t)]
    const ask = async (point = phone()) => { const sent = await act(asSelf(ana), ana.patientId, tx => sendCode(tx, point, { patientId: ana.patientId, locale: 'en' })); assert.ok(sent.ok); return { codeId: sent.codeId, code: await codeSentTo(point.address) } }
    const add = (who: TestPerson, given: { codeId: string; code: string }) => act(asSelf(who), who.patientId, (tx, id) => addWayByCode(tx, id, { ...given, shown }))
    const guessed = await ask()
    const wrong = { ...guessed, code: String((Number(guessed.code) + 1) % 1_000_000).padStart(6, '0') }
    for (let tries = 0; tries < 5; tries++) assert.deepEqual(await add(ana, wrong), { ok: false, reason: 'wrong' })
    assert.deepEqual(await add(ana, guessed), { ok: false, reason: 'over' })
    const asked = await ask()
    assert.deepEqual(await add(eve, asked), { ok: false, reason: 'over' })
    assert.deepEqual(await checkCode(t.visitor(), asked.codeId, asked.code), { ok: false, reason: 'over' })
    assert.ok((await add(ana, asked)).ok)
    assert.deepEqual(await add(ana, asked), { ok: false, reason: 'over' })
    const late = await ask()
    t.setNow(new Date(t.house.now().getTime() + 600_000))
    assert.deepEqual(await add(ana, late), { ok: false, reason: 'over' })
    await assert.rejects(act(asSelf(ana), ana.patientId, tx => tx.db.client!.query("select notices.door_add_reach($1, 'phone', '+18025550000', 'code', null)", [ana.patientId])), { code: '42501' })
    await assert.rejects(act(asSelf(ana), ana.patientId, tx => tx.db.client!.query("select notices.door_add_reach($1, 'phone', '+18025550000', 'desk', null)", [ana.patientId])), { code: '42501' })
  })
  test('wrong codes are counted though the request is undone', async () => {
    const ana = await aPatientPerson(t)
    const point = phone()
    const sent = await act(asSelf(ana), ana.patientId, tx => sendCode(tx, point, { patientId: ana.patientId, locale: 'en' }))
    assert.ok(sent.ok)
    for (let tries = 0; tries < 5; tries++) await assert.rejects(act(asSelf(ana), ana.patientId, async tx => { await checkCode(tx, sent.codeId, 'x'); throw new Error('undone') }), /undone/)
    assert.deepEqual(await checkCode(asSelf(ana), sent.codeId, await codeSentTo(point.address)), { ok: false, reason: 'over' })
  })
  test('may be that of several: for one it ends, and stays for the other', async () => {
    const [ana, ben] = [await aPatientPerson(t), await aPatientPerson(t)]
    const point = phone()
    const own = await withWay(ana, point)
    await act(desk, ben.patientId, (tx, id) => addWayAtDesk(tx as Ctx<StaffActor>, id, point))
    await act(asSelf(ana), ana.patientId, (tx, id) => endWay(tx, id, own))
    assert.deepEqual([(await act(asSelf(ana), ana.patientId, readReach)).ways.length, (await act(desk, ben.patientId, readReach)).ways.length], [0, 1])
    await assert.rejects(act(asSelf(ben), ben.patientId, (tx, id) => endWay(tx, id, own)), NotFound)
    await assert.rejects(act(asSelf(ben), ben.patientId, (tx, id) => chooseReach(tx, id, { ...none, safeReach: own })), NotFound)
  })
})

describe('the one safe way', () => {
  test('takes every mail to them and about them, whoever it was meant for; but not what asks a new mailbox whether it is theirs', async () => {
    const ana = await aPatientPerson(t)
    const cora = await aPatientPerson(t)
    await letActForAsSystem(t.system('accounts.command'), { personId: cora.personId, patientId: ana.patientId, basis: 'named-by-adult', endsAt: new Date('2027-01-01') })
    const safe = mailbox()
    const way = await withWay(ana, safe)
    await act(asSelf(ana), ana.patientId, async (tx, id) => chooseReach(tx, id, { ...none, safeReach: way }))
    const went = async (mail: Parameters<typeof write>[1]) => { const { id } = await write(ana.email, mail); return (await mails('id = $1', id))[0]!.to_address }
    for (const mail of [{ personId: ana.personId, kind: 'reset' }, { personId: ana.personId, kind: 'changed' }, { patientId: ana.patientId, kind: 'letter' }, { patientId: ana.patientId, personId: cora.personId, kind: 'something-new' }]) assert.equal(await went(mail), safe.address, mail.kind)
    assert.equal(await went({ personId: ana.personId, kind: 'new-email' }), ana.email)
    assert.equal(await went({ personId: cora.personId, kind: 'changed' }), ana.email, 'another’s mail is nobody’s business')
  })
  test('that is a telephone lets no mail out at all, and none that waited: the safe way named later counts for it', async () => {
    const ana = await aPatientPerson(t)
    const { id: waited } = await write(ana.email, { personId: ana.personId, kind: 'changed' })
    const way = await withWay(ana, phone())
    await act(asSelf(ana), ana.patientId, (tx, id) => chooseReach(tx, id, { ...none, safeReach: way }))
    assert.equal((await write(ana.email, { personId: ana.personId, kind: 'reset' })).outcome, 'safe-way')
    await sendMail(t.system('platform.send-mail'), waited)
    assert.deepEqual((await mails('id = $1', waited)).map(({ dropped_why, words }) => [dropped_why, words]), [['safe-way', null]])
    await act(asSelf(ana), ana.patientId, (tx, id) => endWay(tx, id, way))
    assert.equal((await write(ana.email, { personId: ana.personId, kind: 'reset' })).outcome, 'queued')
  })
  test('holds for who works here as well, but not for their work', async () => {
    const max = await aStaffPerson(t, { roles: ['clinician'] })
    const patientId = randomUUID()
    await t.db.owner.query('update accounts.person set patient_id = $2 where id = $1', [max.personId, patientId])
    await t.db.owner.query("insert into notices.silence (patient_id, why, said_by, since) values ($1, 'inactive', 'record', $2)", [patientId, t.house.now()])
    assert.equal((await write(max.email, { personId: max.personId, kind: 'staff' })).outcome, 'queued')
    assert.equal((await write(max.email, { personId: max.personId, kind: 'something-new' })).outcome, 'silent')
    assert.equal((await write(max.email, { personId: max.personId, kind: 'reset' })).outcome, 'queued', 'who left still has the way into their own record')
  })
  test('that the desk only heard of leads nobody into an account and silences no warning; and the desk cannot say that a code came back', async () => {
    const ana = await aPatientPerson(t)
    const heard = mailbox()
    await act(desk, ana.patientId, async (tx, id) => chooseReach(tx, id, { ...none, safeReach: await addWayAtDesk(tx as Ctx<StaffActor>, id, heard) }))
    const went = async (mail: Parameters<typeof write>[1]) => { const { id } = await write(ana.email, mail); return (await mails('id = $1', id))[0]!.to_address }
    assert.equal(await went({ patientId: ana.patientId, personId: ana.personId, kind: 'something-new' }), heard.address)
    for (const kind of ['reset', 'changed']) assert.equal(await went({ personId: ana.personId, kind }), ana.email, kind)
    await assert.rejects(inTransaction(desk, tx => tx.db.client!.query('select notices.door_add_reach($1, $2, $3, $4, null)', [ana.patientId, 'mailbox', 'evil@x.example', 'code'])), /privilege|permission/)
  })
  test('who looked after them and does not any more hears nothing more of them, of what waited neither', async () => {
    const [ana, cora] = [await aPatientPerson(t), await aPatientPerson(t)]
    await letActForAsSystem(t.system('accounts.command'), { personId: cora.personId, patientId: ana.patientId, basis: 'named-by-adult', endsAt: new Date('2027-01-01') })
    const about = { patientId: ana.patientId, personId: cora.personId, kind: 'something-new' }
    const { id: waited, outcome } = await write(cora.email, about)
    assert.equal(outcome, 'queued')
    await t.db.owner.query('update platform.access_grant set revoked_at = $3 where person_id = $1 and patient_id = $2', [cora.personId, ana.patientId, t.house.now()])
    await sendMail(t.system('platform.send-mail'), waited)
    assert.equal((await mails('id = $1', waited))[0]!.dropped_why, 'no-access')
    assert.equal((await write(cora.email, about)).outcome, 'no-access')
  })
  test('is not seen by somebody who looks after them, nor by those who treat', async () => {
    const [ana, cora] = [await aPatientPerson(t), await aPatientPerson(t)]
    await letActForAsSystem(t.system('accounts.command'), { personId: cora.personId, patientId: ana.patientId, basis: 'named-by-adult', endsAt: new Date('2027-01-01') })
    const way = await withWay(ana, phone())
    await act(asSelf(ana), ana.patientId, (tx, id) => chooseReach(tx, id, { ...none, safeReach: way, noVoicemail: true }))
    const seen = (ctx: Ctx) => inTransaction(ctx, async tx => (await tx.db.client!.query<{ n: number[] }>(`select array[${['reach', 'choice', 'consent'].map(table => `(select count(*)::int from notices.${table} where patient_id = '${ana.patientId}')`).join(', ')}] as n`)).rows[0]!.n)
    assert.deepEqual(await seen(ctxOf(t.house, { kind: 'proxy', personId: cora.personId, patientId: ana.patientId, sessionId: randomUUID() })), [0, 0, 0])
    const treats = await aStaffPerson(t, { roles: ['clinician'] })
    assert.deepEqual(await seen(ctxOf(t.house, { kind: 'staff', personId: treats.personId, roles: ['clinician'], sessionId: randomUUID() })), [0, 0, 0])
    assert.deepEqual(await seen(desk), [1, 1, 1])
  })
})

describe('two who turn out to be one', () => {
  test('keep the safe way of either, and every no; and each gets back what was theirs', async () => {
    const [ana, twin] = [await aPatientPerson(t), await aPatientPerson(t)]
    const way = await withWay(ana, phone())
    await act(asSelf(ana), ana.patientId, (tx, id) => chooseReach(tx, id, { ...none, safeReach: way }))
    await act(asSelf(twin), twin.patientId, (tx, id) => chooseReach(tx, id, { ...none, noVoicemail: true }))
    const joinId = randomUUID()
    await inTransaction(desk, tx => carryReach(tx, { joinId, from: ana.patientId, to: twin.patientId }))
    const { choice, ways } = await act(asSelf(twin), twin.patientId, readReach)
    assert.deepEqual([choice.safeReach, choice.noVoicemail, ways.length], [way, true, 1])
    assert.equal((await write(twin.email, { personId: twin.personId, kind: 'reset' })).outcome, 'safe-way')
    await inTransaction(desk, tx => carryReachBack(tx, { joinId, stands: twin.patientId }))
    const [back, own] = [await act(asSelf(ana), ana.patientId, readReach), await act(asSelf(twin), twin.patientId, readReach)]
    assert.deepEqual([back.choice.safeReach, back.ways.length, own.choice.safeReach, own.choice.noVoicemail, own.ways.length], [way, 1, null, true, 0])
  })
})

describe('who died or left', () => {
  test('gets nothing from that second: what waits is dropped, what comes does not go, whether the record says it or the desk', async () => {
    for (const say of ['desk', 'record'] as const) {
      const ana = await aPatientPerson(t)
      await t.db.owner.query("insert into records.patient (id, name, updated_at) values ($1, 'Ana', now())", [ana.patientId])
      const { id } = await write(ana.email, { personId: ana.personId, kind: 'something-new', patientId: ana.patientId })
      const { id: own } = await write(ana.email, { personId: ana.personId, kind: 'reset' })
      if (say === 'desk') await inTransaction(desk, async tx => silence(tx, await mayActFor(tx, ana.patientId), 'inactive'))
      else await t.db.owner.query('update records.patient set is_deceased = true where id = $1', [ana.patientId])
      assert.deepEqual((await mails('id = any ($1)', [id, own])).map(({ dropped_why }) => dropped_why), ['silent', 'silent'], say)
      assert.equal((await write(ana.email, { personId: ana.personId, kind: 'something-new', patientId: ana.patientId })).outcome, 'silent')
      // Who left may still ask for the way into their own record; who died does not ask.
      assert.equal((await write(ana.email, { personId: ana.personId, kind: 'reset' })).outcome, say === 'desk' ? 'queued' : 'silent')
      if (say === 'desk') await inTransaction(desk, async tx => silence(tx, await mayActFor(tx, ana.patientId), undefined))
      else await t.db.owner.query('update records.patient set is_deceased = false where id = $1', [ana.patientId])
      assert.equal((await write(ana.email, { personId: ana.personId, kind: 'reset' })).outcome, 'queued')
    }
  })
  test('a source’s record that is not in use silences; one that was replaced by another number does not', async () => {
    const { readIdentity } = await import('#root/domains/records/read-identity.ts')
    assert.deepEqual([readIdentity({ active: false }).isInactive, readIdentity({ active: true }).isInactive, readIdentity({}).isInactive, readIdentity({ active: false, link: [{ type: 'replaced-by', other: { reference: 'Patient/2' } }] }).isInactive], [true, false, false, false])
  })
})
