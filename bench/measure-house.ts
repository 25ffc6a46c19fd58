import { readFileSync, readdirSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { root } from '#platform/root.ts'
import type { Figure } from './figure.ts'
import { ask, type BenchHouse } from './house.ts'
import { load } from './load.ts'
import { signInAs } from './sessions.ts'

/** What a visitor gets from us beside what bare node:http gives of the same bytes with the same headers, in its own process, both in turn. */
export async function measureSite(house: BenchHouse, seconds: number): Promise<Figure[]> {
  const page = await raw(house.port, '/')
  const bare = fork(fileURLToPath(import.meta.url), ['--bare'], { execArgv: ['--import', 'tsx'] })
  const barePort = await new Promise<number>(resolve => { bare.once('message', message => resolve(message as number)); bare.send({ headers: page.headers, body: page.body.toString('base64') }) })
  const run = (port: number) => load({ port, paths: () => ({ path: '/', who: 0 }), seconds, connections: 20, headers: () => ({ 'accept-encoding': 'gzip' }) })
  const rates = { ours: [] as number[], theirs: [] as number[], client: [] as number[] }
  for (let round = 0; round < 3; round++) {
    const ours = await run(house.port)
    const theirs = await run(barePort)
    rates.ours.push(ours.perSecond)
    rates.theirs.push(theirs.perSecond)
    rates.client.push(ours.clientCpuPercent)
  }
  bare.kill()
  const middle = (some: number[]) => some.toSorted((a, b) => a - b)[1]!
  const share = 100 * middle(rates.ours) / middle(rates.theirs)
  return [
    { name: 'site page, share of bare node:http', value: share, unit: '%', limit: 50, isBetterHigh: true, note: `${Math.round(middle(rates.ours))} of ${Math.round(middle(rates.theirs))} requests/s, client at ${middle(rates.client)} % of a core` },
    await measureChange(house),
  ]
}

/** A change in the console, then the very next request. 1: it shows. */
async function measureChange(house: BenchHouse): Promise<Figure> {
  const manager = await signInAs(house, 'manager@demo.example')
  let shown = 0
  for (let round = 1; round <= 20; round++) {
    const promise = `Change number ${round}`
    const answer = await ask(house.port, '/console/practice/story', { method: 'POST', headers: { cookie: manager, origin: house.url }, body: new URLSearchParams({ do: 'story', 'promise-en': promise, 'promise-es': promise }).toString() })
    if (answer.status === 303 && (await ask(house.port, '/')).body.includes(promise)) shown++
  }
  return { name: 'changes shown on the next request', value: shown, unit: 'of 20', limit: 20, isBetterHigh: true }
}

const raw = (port: number, path: string) => new Promise<{ headers: Record<string, string>; body: Buffer }>((resolve, reject) => {
  request({ host: '127.0.0.1', port, path, headers: { 'accept-encoding': 'gzip' } }, response => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('end', () => resolve({ headers: Object.fromEntries(Object.entries(response.headers).filter(([name]) => !['date', 'connection', 'keep-alive', 'transfer-encoding'].includes(name)).map(([name, value]) => [name, String(value)])), body: Buffer.concat(chunks) }))
  }).on('error', reject).end()
})

if (process.argv.includes('--bare')) {
  process.once('message', message => {
    const { headers, body } = message as { headers: Record<string, string>; body: string }
    const bytes = Buffer.from(body, 'base64')
    const server = createServer((_, response) => { response.writeHead(200, headers); response.end(bytes) }).listen(0, '127.0.0.1', () => process.send!((server.address() as { port: number }).port))
  })
}

/** What a browser loads, gzip, from the build's manifest. */
export function measureSizes(): Figure[] {
  const folder = join(root, 'build/client')
  type Entry = { file: string; imports?: string[]; dynamicImports?: string[] }
  const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<string, Entry>
  const size = (file: string) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length / 1024
  const needs = (name: string, seen = new Set<string>()): Set<string> => { if (!seen.has(name)) { seen.add(name); for (const next of manifest[name]!.imports ?? []) needs(next, seen) } return seen }
  const script = [...needs('src/client/main.ts')].reduce((sum, name) => sum + size(manifest[name]!.file), 0)
  const sheet = (face: string) => size(readdirSync(join(folder, 'assets')).map(name => `assets/${name}`).find(name => new RegExp(`/${face}-[\\w-]+\\.css$`).test(name))!)
  return [
    { name: 'script of a portal page, gzip', value: script, unit: 'KB', limit: 5, isBetterHigh: false },
    ...['site', 'portal', 'console'].map(face => ({ name: `style of the ${face}, gzip`, value: sheet(face), unit: 'KB', limit: 12, isBetterHigh: false })),
  ]
}
