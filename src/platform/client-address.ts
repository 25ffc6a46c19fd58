import { BlockList, isIP, isIPv4 } from 'node:net'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'

const nobody = '0.0.0.0'

/** `::ffff:192.0.2.1` is the IPv4 address it carries; zones (`%eth0`) and ports are left off. Undefined when it is no address. */
export function plainAddress(text: string): string | undefined {
  const bare = text.trim().replace(/^\[(.+)\](?::\d+)?$/, '$1').replace(/%.*$/, '')
  const address = isIP(bare) ? bare : bare.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  if (!isIP(address)) return undefined
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  return mapped && isIPv4(mapped) ? mapped : address.toLowerCase()
}

/** CIDR ranges and single addresses. A wrong one throws, so that the settings can say so. */
export function rangesOf(proxies: readonly string[]): BlockList {
  const ranges = new BlockList()
  for (const proxy of proxies) {
    const [base = '', prefix] = proxy.split('/')
    const address = plainAddress(base)
    const most = address && isIPv4(address) ? 32 : 128
    if (!address || (prefix !== undefined && !(/^\d{1,3}$/.test(prefix) && Number(prefix) <= most))) throw new Error(`not an address or range: ${proxy}`)
    ranges.addSubnet(address, prefix === undefined ? most : Number(prefix), isIPv4(address) ? 'ipv4' : 'ipv6')
  }
  return ranges
}

const contains = (ranges: BlockList, address: string) => ranges.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')

/**
 * The nearest address that is none of our own proxies. A forwarded address counts only when a trusted proxy handed it on;
 * what stands left of the first untrusted one was written by a stranger and is not read.
 */
export function clientAddressFrom(peer: string | undefined, forwardedFor: string | undefined, trusted: BlockList): string {
  let nearest = plainAddress(peer ?? '') ?? nobody
  const hops = (forwardedFor ?? '').split(',')
  while (hops.length > 0 && contains(trusted, nearest)) {
    const before = plainAddress(hops.pop()!)
    if (before === undefined) break
    nearest = before
  }
  return nearest
}

const rangesKnown = new WeakMap<readonly string[], BlockList>()

/** Where a request came from, by TRUSTED_PROXIES. */
export function clientAddressOf(c: Context, { trustedProxies }: { trustedProxies: readonly string[] }): string {
  let ranges = rangesKnown.get(trustedProxies)
  if (!ranges) rangesKnown.set(trustedProxies, ranges = rangesOf(trustedProxies))
  return clientAddressFrom(getConnInfo(c).remote.address, c.req.header('x-forwarded-for'), ranges)
}

/** The eight groups of an IPv6 address, spelled out. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
    `${(Number(a) * 256 + Number(b)).toString(16)}:${(Number(c) * 256 + Number(d)).toString(16)}`).split('::')
  const front = head === '' ? [] : head.split(':')
  if (tail === undefined) return front
  const back = tail === '' ? [] : tail.split(':')
  return [...front, ...Array<string>(8 - front.length - back.length).fill('0'), ...back]
}

/** The neighbourhood that rate limits count: IPv4 by /24, IPv6 by /64, since one household or one attacker holds that many. */
export function addressGroup(address: string): string {
  if (isIPv4(address)) return `${address.split('.').slice(0, 3).join('.')}.0/24`
  return `${groupsOf(address).slice(0, 4).map(group => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
