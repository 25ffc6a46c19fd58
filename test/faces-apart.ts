import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { readConfig } from '#platform/config.ts'
import { aPractice } from '#test/practice.ts'
import { aRunningHouse, type RunningHouse } from '#test/running.ts'

/** Three names for three faces. */
export const [site, portal, console_] = ['practice.example', 'portal.practice.example', 'console.practice.example']
export const addresses = { PUBLIC_URL: `https://${site}`, PORTAL_URL: `https://${portal}`, CONSOLE_URL: `https://${console_}` }
export type Got = { status: number; location: string | undefined; headers: Record<string, string | string[] | undefined>; body: string }

/** Plain HTTP with any Host, as a proxy hands it on. */
export function askAt(port: number, host: string, path: string, { method = 'GET', headers = {}, form }: { method?: string; headers?: Record<string, string>; form?: Record<string, string> } = {}): Promise<Got> {
  const body = form && new URLSearchParams({ _once: randomUUID(), ...form }).toString()
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path, method: body ? 'POST' : method, headers: { host, ...(body && { origin: `https://${host}`, 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) }), ...headers } }, answer => {
      const parts: Buffer[] = []
      answer.on('data', part => parts.push(part)).on('end', () => resolve({ status: answer.statusCode!, location: answer.headers.location, headers: answer.headers, body: Buffer.concat(parts).toString() }))
    })
    sent.on('error', reject).end(body)
  })
}
export const cookieIn = (got: Got) => String(got.headers['set-cookie'] ?? '').split(';')[0]!

/** A running house with a practice, that knows itself by these addresses. */
export async function aHouseApart(env: Record<string, string>): Promise<RunningHouse> {
  const house = await aRunningHouse({ env })
  const read = readConfig({ DATA_DIR: house.house.config.dataDir, ...env })
  assert.ok(read.ok)
  Object.assign(house.house.config, { publicUrl: read.config.publicUrl, origins: read.config.origins })
  await aPractice(house)
  return house
}
