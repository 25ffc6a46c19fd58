import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { SaidPlainly } from '#platform/said-plainly.ts'
import { anAuthority } from '#test/certificate.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { sendBytes, sendMessage } from '#test/mllp.ts'
import { frame } from './frame-messages.ts'
import { addSender } from './keep-sender.ts'
import { serveMllp } from './serve-mllp.ts'

const [ours, strangers] = [anAuthority('Ours'), anAuthority('Strangers')]
const [server, laboratory, intruder] = [ours.sign('practice'), ours.sign('laboratory'), strangers.sign('laboratory')]
let folder: string
let t: TestHouse
let port: number
let stop: () => Promise<void>
const at = (name: string) => join(folder, name)
const withTls = (more: Record<string, string> = {}) => ({ HL7_PORT: '0', HL7_HOST: '127.0.0.1', HL7_TLS_CERT: at('cert'), HL7_TLS_KEY: at('key'), ...more })
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rapport-tls-'))
  for (const [name, text] of Object.entries({ cert: server.cert, key: server.key, ca: ours.cert, other: intruder.key, rubbish: 'no certificate' })) writeFileSync(at(name), text)
  t = await aHouse({ env: withTls({ HL7_TLS_CA: at('ca') }) })
  assert.ok((await addSender(t.system('records.import'), { source: 'lab', facility: 'LAB', zone: 'UTC', numberSystem: null })).ok)
  ;({ port, stop } = await serveMllp(t.house))
})
after(async () => { await stop(); await t.close(); rmSync(folder, { recursive: true }) })

let count = 0
const adt = () => [`MSH|^~\\&|L|LAB|R|P|20261123143000||ADT^A04|T${++count}|P|2.5.1`, `PID|1||${count}^^^EHR^MR||Marlowe^Ana||19720417|F`].join('\r')
const kept = async () => (await t.db.owner.query('select count(*)::int as n from feeds.message')).rows[0].n as number
const refused = async (send: () => Promise<string>) => {
  const before = await kept()
  await assert.rejects(send)
  assert.equal(await kept(), before, 'nothing of it is kept')
}

test('a sender whose certificate our authority signed is let in', async () => {
  assert.match(await sendMessage({ port, tls: { ca: ours.cert, ...laboratory } }, adt()), /MSA\|AA/)
})
test('one with another authority’s certificate, or none, is not', async () => {
  await refused(() => sendMessage({ port, tls: { ca: ours.cert, cert: intruder.cert, key: intruder.key } }, adt()))
  await refused(() => sendMessage({ port, tls: { ca: ours.cert } }, adt()))
})
test('plain text on the port with TLS says nothing to anybody', async () => {
  await refused(() => sendMessage({ port }, adt()))
})
test('the sender can tell that it is us', async () => {
  await refused(() => sendMessage({ port, tls: { ca: strangers.cert, ...laboratory } }, adt()))
})
test('an old protocol is refused', async () => {
  const { connect: tls } = await import('node:tls')
  await assert.rejects(new Promise((resolve, reject) => {
    const socket = tls({ host: '127.0.0.1', port, ca: ours.cert, cert: laboratory.cert, key: laboratory.key, maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' })
    socket.once('secureConnect', () => { socket.destroy(); resolve(true) })
    socket.once('error', reject)
  }))
})
test('a certificate that was renewed is the one of lines that begin from then on; one that cannot be used changes nothing', async () => {
  const [old, next] = [anAuthority('Old'), anAuthority('Next')]
  const write = ({ cert, key }: { cert: string; key: string }) => { writeFileSync(at('own-cert'), cert); writeFileSync(at('own-key'), key) }
  write(old.sign('practice'))
  const house = await aHouse({ env: withTls({ HL7_TLS_CERT: at('own-cert'), HL7_TLS_KEY: at('own-key') }) })
  const line = await serveMllp(house.house, { renewalMs: 20 })
  const answers = (ca: string) => sendMessage({ port: line.port, tls: { ca } }, adt())
  try {
    assert.match(await answers(old.cert), /MSA/)
    writeFileSync(at('own-cert'), 'half a cert')
    await wait(100)
    assert.match(await answers(old.cert), /MSA/)
    write(next.sign('practice'))
    await wait(100)
    assert.match(await answers(next.cert), /MSA/)
    await assert.rejects(answers(old.cert))
  } finally { await line.stop(); await house.close() }
})
test('lines that begin and say nothing do not keep others out', async () => {
  const silent = Array.from({ length: 30 }, () => connect(port, '127.0.0.1').on('error', () => {}))
  await wait(100)
  const answers = await sendBytes({ port, tls: { ca: ours.cert, ...laboratory } }, Buffer.concat([frame(adt()), frame(adt())]), 2)
  assert.ok(answers.every(answer => /MSA\|AA/.test(answer)))
  for (const socket of silent) socket.destroy()
})

test('a certificate that is missing, no certificate, or another key’s stops the start with words; so does a port that is taken', async () => {
  const starts = async (env: Record<string, string>) => {
    const house = await aHouse({ env })
    try { await (await serveMllp(house.house)).stop() } finally { await house.close() }
  }
  await assert.rejects(starts(withTls({ HL7_TLS_CERT: at('none') })), (error: Error) => error instanceof SaidPlainly && /^HL7_TLS_CERT: .* cannot be read \(ENOENT\)/.test(error.message))
  await assert.rejects(starts(withTls({ HL7_TLS_CA: at('none') })), /^SaidPlainly: HL7_TLS_CA: /)
  await assert.rejects(starts(withTls({ HL7_TLS_CERT: at('rubbish') })), /is no PEM/)
  await assert.rejects(starts(withTls({ HL7_TLS_KEY: at('other') })), /another certificate’s/)
  await assert.rejects(starts({ HL7_PORT: String(port) }), /nobody can listen on 127\.0\.0\.1.*EADDRINUSE/)
  await starts(withTls())
})
