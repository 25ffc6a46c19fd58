import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import fc from 'fast-check'
import { Hono } from 'hono'
import { addressGroup, clientAddressFrom, clientAddressOf, plainAddress, rangesOf } from '#platform/client-address.ts'

const trusted = rangesOf(['127.0.0.1', '10.0.0.0/8', 'fd00::/8', '::1/128'])

describe('where a request came from', () => {
  const cases: [string, string | undefined, string | undefined, string][] = [
    ['a stranger who says nothing', '203.0.113.9', undefined, '203.0.113.9'],
    ['a stranger who claims another address', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['a patient behind our proxy', '127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['a patient behind two of our proxies', '::ffff:127.0.0.1', '198.51.100.1, 10.2.3.4', '198.51.100.1'],
    ['a stranger who writes a line of his own before our proxy', '127.0.0.1', '6.6.6.6, 127.0.0.1, 198.51.100.1', '198.51.100.1'],
    ['a stranger who pretends that our proxies stand left of him', '10.0.0.1', '6.6.6.6, 198.51.100.7, 10.9.9.9', '198.51.100.7'],
    ['nonsense from our proxy', '127.0.0.1', '198.51.100.1, ha<script>', '127.0.0.1'],
    ['an empty header', '127.0.0.1', '', '127.0.0.1'],
    ['only proxies', '127.0.0.1', '10.0.0.2', '10.0.0.2'],
    ['addresses with ports', 'fd00::2', '198.51.100.1:55123', '198.51.100.1'],
    ['IPv6 with a port', '::1', '[2001:DB8::5]:443', '2001:db8::5'],
    ['a socket without an address', undefined, '198.51.100.1', '0.0.0.0'],
  ]
  for (const [name, peer, header, expected] of cases) {
    test(name, () => assert.equal(clientAddressFrom(peer, header, trusted), expected))
  }
  test('without trusted proxies the header is never read', () => {
    fc.assert(fc.property(fc.string(), header => { assert.equal(clientAddressFrom('127.0.0.1', header, rangesOf([])), '127.0.0.1') }))
  })
  test('whatever stands in the header, an address comes out', () => {
    fc.assert(fc.property(fc.string(), header => { assert.ok(plainAddress(clientAddressFrom('10.0.0.1', header, trusted))) }))
  })
  test('through a real connection', async () => {
    const app = new Hono()
    const config = { trustedProxies: ['127.0.0.0/8'] as const }
    app.get('/', c => c.text(clientAddressOf(c, config)))
    const server: Server = createServer(getRequestListener(app.fetch)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const sent = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', headers: { 'x-forwarded-for': '9.9.9.9, 198.51.100.4' } }).end()
    const [response] = await once(sent, 'response')
    let text = ''
    for await (const part of response) text += part
    server.close()
    assert.equal(text, '198.51.100.4')
  })
})

test('settings that are no range are named', () => {
  for (const wrong of ['10.0.0.0/33', '::/129', 'proxy', '10.0.0/8', '10.0.0.0/', '10.0.0.0/x', '']) assert.throws(() => rangesOf([wrong]), /not an address/, wrong)
})

describe('neighbourhoods', () => {
  test('IPv4 by /24 and IPv6 by /64, however they are written', () => {
    assert.equal(addressGroup('198.51.100.77'), '198.51.100.0/24')
    assert.equal(addressGroup('2001:db8:0:1::5'), '2001:db8:0:1::/64')
    assert.equal(addressGroup('2001:0db8:0000:0001:ffff:1:2:3'), '2001:db8:0:1::/64')
    assert.equal(addressGroup('::1'), '0:0:0:0::/64')
    assert.equal(addressGroup('64:ff9b::192.0.2.1'), '64:ff9b:0:0::/64')
  })
  test('neighbours share one, others do not', () => {
    fc.assert(fc.property(fc.ipV6(), fc.ipV6(), (one, two) => {
      const top = (address: string) => { const b = new URL(`http://[${address}]/`).hostname.slice(1, -1); return addressGroup(b) }
      assert.equal(addressGroup(one) === addressGroup(two), top(one) === top(two))
    }))
  })
})
