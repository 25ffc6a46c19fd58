import { lookup as lookUp, type LookupAddress, type LookupOptions } from 'node:dns'
import { request as askPlain, type IncomingMessage } from 'node:http'
import { request as askSealed } from 'node:https'
import { BlockList, isIP } from 'node:net'
import type { Config } from '#platform/config.ts'
import { EhrProblem } from './problems.ts'

const blocked = new BlockList()
for (const [net, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 3]] as const) blocked.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [['::', 127], ['64:ff9b::', 96], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8]] as const) blocked.addSubnet(net, bits, 'ipv6')
const mapped = (address: string) => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]

/** An address that only somebody inside can reach. IPv4 in the dress of IPv6 counts as what it is. */
export function isPrivate(address: string): boolean {
  const plain = mapped(address) ?? address
  if (/^::ffff:/i.test(plain)) return true
  return isIP(plain) === 0 || blocked.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
}

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, '')
const isLoopback = (hostname: string) => /^(localhost\.?|127(\.\d+){3}|\[::1\])$/.test(hostname)
type House = { config: Pick<Config, 'mayPullFromPrivate'> }

/** https alone; http to this machine where the settings allow it. */
export function checkAddress({ config }: House, text: string): URL {
  if (!URL.canParse(text)) throw new EhrProblem('bad-address')
  const url = new URL(text)
  if (url.username || url.password || url.hash || !(url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)))) throw new EhrProblem('bad-address')
  if (!config.mayPullFromPrivate && (isLoopback(url.hostname) || (isIP(bare(url.hostname)) !== 0 && isPrivate(bare(url.hostname))))) throw new EhrProblem('private-address')
  return url
}

/** Looks a name up and looks at what it stands for in the same step that connects: a name cannot mean one thing when checked and another when used. */
export const publicOnly = (hostname: string, options: LookupOptions, done: (error: Error | null, address: string | LookupAddress[], family?: number) => void) =>
  lookUp(hostname, { ...options, all: true }, (error, found) => {
    if (error) return done(error, '')
    if (found.length === 0 || found.some(({ address }) => isPrivate(address))) return done(new EhrProblem('private-address'), '')
    if (options.all) done(null, found)
    else done(null, found[0]!.address, found[0]!.family)
  })

export type Question = { method?: 'GET' | 'POST' | 'DELETE'; headers?: Record<string, string>; body?: string; idleMs?: number }

/** One request, no redirects. The answer's body is for the caller to read or to destroy. */
export function ask(house: House, address: string, { method = 'GET', headers = {}, body, idleMs = 30_000 }: Question = {}): Promise<IncomingMessage> {
  const url = checkAddress(house, address)
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => reject(error instanceof EhrProblem ? error : new EhrProblem('unreachable'))
    const request = (url.protocol === 'https:' ? askSealed : askPlain)(url, {
      method, headers: { 'user-agent': 'Rapport', ...headers, ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }) },
      ...(!house.config.mayPullFromPrivate && { lookup: publicOnly as never }),
    })
    request.setTimeout(idleMs, () => request.destroy(new EhrProblem('unreachable')))
    request.on('error', fail)
    request.on('response', response => {
      const status = response.statusCode ?? 0
      if (status < 300 || status > 399) return resolve(response)
      response.destroy()
      reject(new EhrProblem('other-host'))
    })
    request.end(body)
  })
}

const mostJson = 16 * 1024 * 1024

/** The body as JSON, or undefined when it is none. No more than 16 MB. */
export async function readJson(response: IncomingMessage): Promise<Record<string, unknown> | undefined> {
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      bytes += part.length
      if (bytes > mostJson) { response.destroy(); throw new EhrProblem('too-large') }
      parts.push(part)
    }
  } catch (error) { throw error instanceof EhrProblem ? error : new EhrProblem('cut-off') }
  try {
    const value: unknown = JSON.parse(Buffer.concat(parts).toString())
    return typeof value === 'object' && value !== null ? value as Record<string, unknown> : undefined
  } catch { return undefined }
}

/** Retry-After in seconds, of either form. */
export function retryAfter(response: IncomingMessage, now: Date): number | undefined {
  const text = response.headers['retry-after']
  if (!text) return undefined
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1_000
  return Number.isFinite(seconds) ? Math.min(Math.max(1, Math.ceil(seconds)), 3_600) : undefined
}

/** What an answer that is no success means. Its body is not looked at. */
export function problemOf(response: IncomingMessage, now: Date, missing: 'no-group' | 'export-gone' | 'no-smart'): EhrProblem {
  response.destroy()
  const status = response.statusCode ?? 0
  if (status === 429 || status === 503) return new EhrProblem('busy', retryAfter(response, now))
  if (status === 401) return new EhrProblem('token-refused')
  if (status === 403) return new EhrProblem('not-allowed')
  if (status === 404 || status === 410) return new EhrProblem(missing)
  return new EhrProblem(status >= 500 ? 'server-failed' : 'not-understood')
}
