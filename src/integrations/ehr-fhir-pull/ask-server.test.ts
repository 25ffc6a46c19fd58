import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { ask, checkAddress, isPrivate, publicOnly, readJson } from './ask-server.ts'
import { EhrProblem } from './problems.ts'

const outside = { config: { mayPullFromPrivate: false } }
const inside = { config: { mayPullFromPrivate: true } }
const problemOf = (work: () => unknown): string | undefined => { try { work(); return undefined } catch (error) { return (error as EhrProblem).problem } }

describe('asking a server outside', () => {
  test('private, loopback, link-local and mapped addresses are seen as what they are', () => {
    for (const address of ['10.1.2.3', '127.0.0.1', '169.254.169.254', '172.20.0.1', '192.168.1.1', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '::1', '::', 'fd00::1', 'fe80::1', '::ffff:10.0.0.1', '::ffff:a00:1', '64:ff9b::a00:1', 'nonsense']) assert.ok(isPrivate(address), address)
    for (const address of ['8.8.8.8', '172.32.0.1', '2606:4700::1111']) assert.ok(!isPrivate(address), address)
  })
  test('no address in 10/8, in any dress, gets through', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 24 - 1 }), fc.constantFrom('dotted', 'whole', 'hex', 'mapped'), (low, dress) => {
      const whole = 10 * 2 ** 24 + low
      const dotted = [10, low >> 16, (low >> 8) & 255, low & 255].join('.')
      const host = { dotted, whole: String(whole), hex: `0x${whole.toString(16)}`, mapped: `[::ffff:${dotted}]` }[dress]!
      assert.equal(problemOf(() => checkAddress(outside, `https://${host}/fhir`)), 'private-address')
    }))
  })
  test('https alone; http to this machine where the settings allow it; no names or passwords', () => {
    assert.equal(problemOf(() => checkAddress(outside, 'https://fhir.example.org/R4')), undefined)
    for (const address of ['http://fhir.example.org', 'ftp://fhir.example.org', 'file:///etc/passwd', 'https://a:b@fhir.example.org', 'nothing', '']) assert.equal(problemOf(() => checkAddress(inside, address)), 'bad-address', address)
    assert.equal(problemOf(() => checkAddress(outside, 'http://127.0.0.1:3000')), 'private-address')
    assert.equal(problemOf(() => checkAddress(inside, 'http://127.0.0.1:3000')), undefined)
  })
  test('a name that stands for this machine is refused in the step that looks it up', async () => {
    for (const all of [true, false]) {
      const error = await new Promise<Error | null>(resolve => publicOnly('localhost', { all }, resolve))
      assert.equal((error as EhrProblem).problem, 'private-address')
    }
    assert.equal(problemOf(() => checkAddress(outside, 'https://localhost./')), 'private-address')
  })
  test('no redirect is followed, a silent server is left, and a body without end is cut', async () => {
    const server = createServer((request, response) => {
      if (request.url === '/away') response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
      if (request.url === '/endless') {
        response.on('error', () => {})
        const more = (): void => { while (!response.destroyed && response.write(Buffer.alloc(1_048_576, 0x20))); if (!response.destroyed) response.once('drain', more) }
        more()
      }
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    const base = `http://127.0.0.1:${(server.address() as { port: number }).port}`
    await assert.rejects(ask(inside, `${base}/away`), { problem: 'other-host' })
    await assert.rejects(ask(inside, `${base}/silent`, { idleMs: 100 }), { problem: 'unreachable' })
    await assert.rejects(ask(inside, `${base}/endless`).then(readJson), { problem: 'too-large' })
    server.closeAllConnections()
    server.close()
  })
})
