import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { closeMailLine } from '#platform/carry-mail.ts'
import { inTransaction } from '#platform/db.ts'
import { listOutbox, queueMail, sendMailAgain, type Mail } from '#platform/email.ts'
import { agreeLine, readLines } from '#platform/keep-line.ts'
import { sendMail } from '#platform/send-mail.ts'
import { aHouse, ctxOf, grant, staffActor, type TestHouse } from '#test/ctx.ts'
import { aMailServer, type MailServer } from '#test/mail-server.ts'

let t: TestHouse, server: MailServer
const manager = staffActor(['manager'])
before(async () => {
  server = await aMailServer()
  // Not a loopback address by its name, so somebody else's; it leads to this machine all the same.
  t = await aHouse({ env: { SMTP_URL: `smtp://0.0.0.0:${server.port}?requireTLS=false` } })
  await grant(t, manager.personId, ['outbox'], { source: 'role', verbs: ['see', 'change'] })
})
after(async () => { await server.stop(); closeMailLine(t.house); await t.close() })
beforeEach(() => { server.received.length = 0; server.mood = 'takes' })

const queue = (mail: Partial<Mail> = {}) => inTransaction(t.visitor(), tx => queueMail(tx, { to: 'ana@example.com', subject: 'New', text: 'Sign in.', ...mail }))
const send = (id: string) => sendMail(t.system('platform.send-mail'), id)
const desk = () => ctxOf(t.house, manager)
const stateOf = async (id: string) => (await inTransaction(desk(), tx => listOutbox(tx))).find(entry => entry.id === id)!.state
const agree = (until: string) => inTransaction(desk(), tx => agreeLine(tx, { way: 'mail', vendor: 'Mail House Inc.', until }))

describe('HP-7: what a vendor carries', () => {
  test('waits until the end of the agreement with them is entered, and then leaves', async () => {
    const { id } = await queue()
    await send(id)
    assert.deepEqual([await stateOf(id), server.received.length], ['held', 0])
    assert.equal((await inTransaction(desk(), tx => readLines(tx)))[0]!.state, 'held')
    assert.equal(await agree('2026-12-24'), 1)
    await send(id)
    assert.deepEqual([await stateOf(id), server.received.length], ['sent', 1])
    assert.equal((await inTransaction(desk(), tx => readLines(tx)))[0]!.state, 'agreed')
  })
  test('leaves on the last day, and not on the day after; before the end it is said', async () => {
    await agree('2026-11-24')
    assert.equal((await inTransaction(desk(), tx => readLines(tx)))[0]!.state, 'ends-soon')
    t.setNow('2026-11-24T23:59:00Z')
    const { id: last } = await queue()
    await send(last)
    assert.equal(await stateOf(last), 'sent')
    t.setNow('2026-11-25T00:00:00Z')
    const { id: late } = await queue()
    await send(late)
    assert.equal(await stateOf(late), 'held')
    await inTransaction(desk(), tx => sendMailAgain(tx, late))
    await send(late)
    assert.equal(await stateOf(late), 'held', 'nor by hand')
    t.setNow('2026-11-23T15:00:00Z')
  })
  test('to who works here leaves whatever holds: a page for danger waits for no paper', async () => {
    await agree('2020-01-01')
    const { id } = await queue({ isInternal: true, kind: 'staff' })
    await send(id)
    assert.equal(server.received.length, 1)
  })
})

describe('what could not be sent', () => {
  before(() => agree('2027-12-31'))
  test('is tried twelve times and then stands in the list, from which it is sent again, with its words', async () => {
    const { id } = await queue()
    const { port } = server
    await server.stop()
    for (let tries = 1; tries < 12; tries++) await assert.rejects(send(id), /mail not sent/)
    await send(id)
    assert.equal(await stateOf(id), 'failed')
    assert.deepEqual((await inTransaction(desk(), tx => listOutbox(tx, { onlyFailed: true }))).map(entry => entry.id), [id])
    server = await aMailServer({ port })
    assert.equal(await inTransaction(desk(), tx => sendMailAgain(tx, id)), true)
    await send(id)
    assert.deepEqual([await stateOf(id), server.received.length], ['sent', 1])
  })
  test('is of no use any more after its time, and is dropped', async () => {
    const { id } = await queue({ notAfter: new Date('2026-11-23T15:01:00Z') })
    t.setNow('2026-11-23T15:01:00Z')
    await send(id)
    assert.deepEqual([await stateOf(id), server.received.length], ['dropped', 0])
  })
  test('twice the same is one', async () => {
    assert.deepEqual([(await queue({ dedupe: 'a:1' })).outcome, (await queue({ dedupe: 'a:1' })).outcome], ['queued', 'again'])
  })
  test('a text without a number, and one to a mailbox, are refused', async () => {
    for (const to of ['8025550100', 'ana@example.com', '+1802555010x', '+1 802 555 0100', '+18025550100\n']) await assert.rejects(queue({ way: 'text', to }), to)
  })
})
