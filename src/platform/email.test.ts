import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, beforeEach, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import pg from 'pg'
import { inTransaction } from '#platform/db.ts'
import { isMailAddress, listOutbox, queueMail, readMail, sendMailAgain, type Mail } from '#platform/email.ts'
import { Invalid, NotFound } from '#platform/errors.ts'
import { closeMailLine, transportOptions } from '#platform/carry-mail.ts'
import { eraseOldMail, sendMail, sendMailJob } from '#platform/send-mail.ts'
import { findIn, findInFolder, findInTables, someCanaries } from '#test/canaries.ts'
import { aHouse, ctxOf, grant, patientActor, staffActor, type TestHouse } from '#test/ctx.ts'
import { startWorker } from '#root/worker.ts'
import { aMailServer, type MailServer } from '#test/mail-server.ts'

let t: TestHouse
let server: MailServer
const manager = staffActor(['manager'])
before(async () => {
  server = await aMailServer()
  t = await aHouse({ env: { SMTP_URL: `smtp://127.0.0.1:${server.port}`, MAIL_FROM: 'mail@elm.example' } })
  await grant(t, manager.personId, ['outbox'], { source: 'role', verbs: ['see', 'change'] })
})
after(async () => {
  await server.stop()
  closeMailLine(t.house)
  await t.close()
})
beforeEach(() => { server.received.length = 0; server.mood = 'takes' })

const letter: Mail = { to: 'ana@example.com', subject: 'There is something new to read', text: 'Sign in to read it.' }
const queue = (mail: Partial<Mail> = {}) => inTransaction(t.visitor(), tx => queueMail(tx, { ...letter, ...mail }))
const send = (id: string) => sendMail(t.system('platform.send-mail'), id)
const desk = () => ctxOf(t.house, manager)
const entryOf = async (id: string) => (await inTransaction(desk(), tx => listOutbox(tx))).find(entry => entry.id === id)!
const rawOf = async (id: string) => (await t.db.owner.query('select * from platform.mail where id = $1', [id])).rows[0]

describe('a mail', () => {
  test('leaves with its words, which are then erased', async () => {
    const { id } = await queue({ html: '<p>Sign in to read it.</p>' })
    await send(id)
    assert.equal(server.received.length, 1)
    const { to, source } = server.received[0]!
    assert.deepEqual(to, ['ana@example.com'])
    for (const part of [/^Subject: There is something new to read\r$/m, /^Auto-Submitted: auto-generated\r$/m, /Sign in to read it\./, /<p>Sign in/, new RegExp(`^Message-ID:\\s+<${id}\\.[0-9a-f]{32}@`, 'm')]) assert.match(source, part)
    const { words, erased_at, sent_at } = await rawOf(id)
    assert.deepEqual({ words, isErased: erased_at !== null, isSent: sent_at !== null }, { words: null, isErased: true, isSent: true })
    assert.equal((await entryOf(id)).state, 'sent')
  })
  test('that can be ended with one click says so in both headers, by its own number; any other carries neither (RFC 8058)', async () => {
    const { id } = await queue({ unsubscribe: one => `https://practice.example/hooks/stop/${one}.mac` })
    await send(id)
    await send((await queue()).id)
    const [ended, plain] = server.received.map(mail => mail.source.replace(/\r\n[ \t]+/g, ' '))
    assert.match(ended!, new RegExp(`^List-Unsubscribe: <https://practice\\.example/hooks/stop/${id}\\.mac>\\r$`, 'm'))
    assert.match(ended!, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
    assert.doesNotMatch(plain!, /List-Unsubscribe/)
  })
  test('is a job that commits with its cause, or is not at all', async () => {
    const jobs = async () => Number((await t.db.owner.query("select count(*) from platform.mail")).rows[0].count)
    const count = await jobs()
    await assert.rejects(inTransaction(t.visitor(), async tx => { await queueMail(tx, letter); throw new Error('no') }), /^Error: no$/)
    assert.equal(await jobs(), count)
  })
  test('is sent once, however often its job runs', async () => {
    const { id } = await queue()
    await send(id)
    await send(id)
    assert.equal(server.received.length, 1)
  })
  test('is sent once when two jobs hold it at the same time', async () => {
    const { id } = await queue()
    server.delayMs = 150
    const outcomes = await Promise.allSettled([send(id), send(id), send(id)])
    server.delayMs = 0
    assert.equal(server.received.length, 1)
    assert.ok(outcomes.some(outcome => outcome.status === 'fulfilled'))
  })
  test('waits while the mail server is dead, and leaves when it is back', async () => {
    const { id } = await queue()
    const { port } = server
    await server.stop()
    await assert.rejects(send(id), /^Error: mail not sent$/)
    const waiting = await entryOf(id)
    assert.equal(waiting.state, 'waiting')
    assert.match(waiting.problem!, /^E[A-Z]+$/)
    server = await aMailServer({ port })
    await send(id)
    assert.equal(server.received.length, 1)
    assert.deepEqual([(await entryOf(id)).state, (await entryOf(id)).attempts, (await entryOf(id)).problem], ['sent', 2, null])
  })
  test('waits in the queue over a dead server, and the runner brings it by itself once', async () => {
    const { port } = server
    await server.stop()
    const { id } = await queue()
    const worker = await startWorker(t.house, [sendMailJob], { workerUrl: t.db.workerUrl })
    const until = async (isSo: () => Promise<boolean>) => {
      for (let tries = 0; tries < 300 && !await isSo(); tries++) await pause(50)
      assert.ok(await isSo())
    }
    await until(async () => (await entryOf(id)).problem !== null)
    server = await aMailServer({ port })
    await until(async () => (await entryOf(id)).state === 'sent')
    await worker.stop()
    assert.equal(server.received.filter(mail => mail.source.includes(id)).length, 1)
  })
  test('keeps its Message-ID when the answer was lost and it is sent again', async () => {
    const { id } = await queue()
    server.mood = 'hangs up after taking'
    await assert.rejects(send(id))
    server.mood = 'takes'
    await send(id)
    const ids = server.received.map(mail => /^Message-ID:\s+(<.+>)\r$/m.exec(mail.source)?.[1])
    assert.equal(ids.length, 2)
    assert.equal(ids[0], ids[1])
  })
  test('that the server refuses for good is not tried again, until somebody says so', async () => {
    const { id } = await queue()
    server.mood = 'refuses'
    await send(id)
    assert.deepEqual([(await entryOf(id)).state, (await entryOf(id)).problem], ['failed', 'EENVELOPE 550'])
    server.mood = 'takes'
    await send(id)
    assert.equal(server.received.length, 0)
    assert.equal(await inTransaction(desk(), tx => sendMailAgain(tx, id)), true)
    await send(id)
    assert.equal(server.received.length, 1)
    assert.equal(await inTransaction(desk(), tx => sendMailAgain(tx, id)), false)
  })
  test('that the server puts off is tried again', async () => {
    const { id } = await queue()
    server.mood = 'is busy'
    await assert.rejects(send(id))
    assert.deepEqual([(await entryOf(id)).state, (await entryOf(id)).problem], ['waiting', 'EENVELOPE 451'])
  })
  test('whose words nobody sent in two weeks forgets them', async () => {
    const { id } = await queue()
    await inTransaction(t.system('platform.sweep'), eraseOldMail)
    assert.notEqual((await rawOf(id)).words, null)
    t.setNow('2026-12-08T15:00:00Z')
    await inTransaction(t.system('platform.sweep'), eraseOldMail)
    assert.equal((await rawOf(id)).words, null)
    assert.equal((await entryOf(id)).state, 'failed')
    await send(id)
    assert.equal(server.received.length, 0)
    t.setNow('2026-11-23T15:00:00Z')
  })
})

describe('nobody can slip in', () => {
  test('a second header through the subject', async () => {
    const { id } = await queue({ subject: 'Hello\r\nBcc: thief@example.com\r\n\r\nbody', text: 'x' })
    await send(id)
    assert.deepEqual(server.received[0]!.to, ['ana@example.com'])
    assert.doesNotMatch(server.received[0]!.source, /^Bcc:/m)
  })
  test('a second recipient through the address', async () => {
    for (const to of ['a@example.com, thief@example.com', 'a@example.com\r\nRCPT TO:<thief@example.com>', 'Ana <a@example.com>', 'g: a@example.com;', '"a b"@example.com', 'a@example.com\0', '@example.com', 'a@', 'a', '', `${'a'.repeat(250)}@example.com`, 'a\u0085@example.com']) {
      await assert.rejects(queue({ to }), Invalid, JSON.stringify(to))
    }
  })
  test('whatever is taken for an address is one', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => {
      const text = `${a}@${b}`
      if (isMailAddress(text)) assert.doesNotMatch(text, /[\s,;<>"]|@.*@/)
    }))
  })
  test('a mail in the name of nobody', async () => {
    await assert.rejects(t.house.pool.query("select platform.door_queue_mail(gen_random_uuid(), '{}', '\\x00')"), /nobody may send mail/)
    await assert.rejects(t.house.pool.query("insert into platform.mail (to_address, subject, words, queued_at) values ('a@b.c', 's', '\\x00', now())"), /permission denied/)
  })
})

describe('the outbox', () => {
  test('is seen by who may, and by nobody else', async () => {
    const { id } = await queue()
    assert.ok(await entryOf(id))
    for (const other of [patientActor(randomUUID()), staffActor(['clinician']), { kind: 'visitor' } as const, { kind: 'system', job: 'other' } as const]) {
      const ctx = ctxOf(t.house, other)
      assert.deepEqual(await inTransaction(ctx, tx => listOutbox(tx)), [], other.kind)
      await assert.rejects(inTransaction(ctx, tx => readMail(tx, id)), NotFound)
      assert.equal(await inTransaction(ctx, tx => sendMailAgain(tx, id)), false)
    }
  })
  test('shows the words of one mail, and that is written down', async () => {
    const { id } = await queue({ text: 'the link' })
    const read = await inTransaction(desk(), tx => readMail(tx, id))
    assert.deepEqual(read.words, { text: 'the link' })
    const { rows } = await t.db.owner.query("select person_id from audit.event where action = 'mail.read' and ids = array[$1::uuid]", [id])
    assert.deepEqual(rows, [{ person_id: manager.personId }])
  })
  test('keeps what there is no mail server for', async () => {
    const { smtpUrl } = t.house.config
    const { id } = await queue()
    delete t.house.config.smtpUrl
    await send(id)
    t.house.config.smtpUrl = smtpUrl!
    assert.equal((await entryOf(id)).state, 'kept')
    assert.equal(server.received.length, 0)
  })
})

test('the words of a mail stand nowhere but in it', async () => {
  const canaries = someCanaries()
  const { id } = await queue({ text: Object.values(canaries).join(' ') })
  server.mood = 'is busy'
  await assert.rejects(send(id))
  server.mood = 'refuses'
  await send(id)
  const sightings = [
    ...t.logged.flatMap(line => findIn(canaries, 'log', line)),
    ...await findInTables(canaries, t.db.owner),
    ...findInFolder(canaries, t.house.config.dataDir),
  ]
  const worker = new pg.Pool({ connectionString: t.db.workerUrl, max: 1 })
  sightings.push(...await findInTables(canaries, worker))
  await worker.end()
  assert.deepEqual(sightings, [])
})

test('a mail leaves this machine only encrypted, unless the settings say otherwise', () => {
  assert.equal('requireTLS' in transportOptions('smtp://mail.example.com:587'), true)
  assert.equal('requireTLS' in transportOptions('smtp://mail.example.com:25?requireTLS=false'), false)
  assert.equal('requireTLS' in transportOptions('smtp://127.0.0.1:1025'), false)
})
