/**
 * An EHR that gives records in bulk, as a process of its own. Written from the published text and from nothing of ours. It does:
 *
 * SMART App Launch 2.2, "Backend Services": "Obtain Access Token" (client_credentials with a signed assertion), "Scopes";
 *   "Client Authentication: Asymmetric (public key)": "Authenticating to the Token Endpoint" (iss = sub = client_id, aud = token URL, exp no
 *   more than five minutes away, jti not seen before, alg RS384 or ES384), "Registering a client using asymmetric authentication" (JWKS URL,
 *   chosen by kid); "Conformance": .well-known/smart-configuration.
 * Bulk Data Access IG 2.0, "Export": "Bulk Data Kick-off Request" (Accept, Prefer: respond-async, _type, _since, _outputFormat; Group level),
 *   "Bulk Data Status Request" (202 with Retry-After and X-Progress, 200 with the manifest, 429), "Bulk Data Delete Request",
 *   "Bulk Data Output File Request" (application/fhir+ndjson, requiresAccessToken, gzip when asked), "Response - Output Manifest" with
 *   transactionTime, output with count, deleted, error; attachments that say a url, which is answered to the same token.
 *
 * POST /test sets its manners (`Manners` below), GET /test says what it was asked, GET /test/Patient gives lines as a file would hold them. Neither is published; nor is anything it is about real.
 */
import { createPublicKey, randomUUID, verify, type JsonWebKey } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { manners, type Manners } from './manners.ts'

const clientId = 'the-practice'
type Job = { types: string[]; since: string | null; polls: number; time: string }
const jobs = new Map<string, Job>()
const tokens = new Map<string, number>()
const jtis = new Set<string>()
const log: { what: string; detail?: string }[] = []
let origin = ''

const now = () => Date.now() + manners.clockSeconds * 1_000
const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', date: new Date(now()).toUTCString(), ...headers }).end(JSON.stringify(body))
const outcome = (code: string, diagnostics: string) => ({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] })
const decode = (part: string): Record<string, unknown> => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString()
}

/** Why an assertion is refused, or undefined. */
async function whyRefused(assertion: string): Promise<string | undefined> {
  const [head, body, signature] = assertion.split('.')
  if (!head || !body || !signature) return 'not a JWT'
  const [{ alg, kid, typ }, claims] = [decode(head), decode(body)]
  if (typ !== 'JWT' || (alg !== 'ES384' && alg !== 'RS384')) return 'typ or alg'
  const { keys } = await (await fetch(manners.jwks)).json() as { keys: (JsonWebKey & { kid: string; alg?: string })[] }
  const jwk = keys.find(one => one.kid === kid)
  if (!jwk) return 'no such kid'
  if ('d' in jwk) return 'a private key was published'
  const key = createPublicKey({ key: jwk, format: 'jwk' })
  if ((alg === 'ES384') !== (key.asymmetricKeyType === 'ec')) return 'alg is not of this key'
  if (!verify('sha384', Buffer.from(`${head}.${body}`), alg === 'ES384' ? { key, dsaEncoding: 'ieee-p1363' } : key, Buffer.from(signature, 'base64url'))) return 'signature'
  const seconds = now() / 1_000
  if (claims.iss !== clientId || claims.sub !== clientId) return 'iss or sub'
  if (claims.aud !== `${origin}/token`) return 'aud'
  if (typeof claims.exp !== 'number' || claims.exp <= seconds || claims.exp > seconds + 300) return 'exp'
  if (typeof claims.jti !== 'string' || jtis.has(claims.jti)) return 'jti'
  jtis.add(claims.jti)
  return undefined
}

async function giveToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = new URLSearchParams(await bodyOf(request))
  if (!manners.knowsBinary && /Binary/.test(form.get('scope') ?? '')) return void json(response, 400, { error: 'invalid_scope' })
  const why = form.get('grant_type') !== 'client_credentials' ? 'grant_type'
    : form.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' ? 'client_assertion_type'
    : await whyRefused(form.get('client_assertion') ?? '')
  log.push({ what: why ? 'token refused' : 'token', detail: why ?? form.get('scope') ?? '' })
  if (why) return void json(response, 400, { error: 'invalid_client', error_description: why })
  const token = randomUUID()
  tokens.set(token, now() + manners.tokenSeconds * 1_000)
  json(response, 200, { access_token: token, token_type: 'bearer', expires_in: manners.tokenSeconds, scope: form.get('scope') }, { 'cache-control': 'no-store' })
}

const mayEnter = (request: IncomingMessage) => (tokens.get(/^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '') ?? 0) > now()

const numbers = (most: number) => Array.from({ length: most }, (_, at) => at + 1)
function* linesOf(type: string, since: string | null): Generator<object> {
  if (type === 'Observation' && manners.criticalOfStranger) yield { resourceType: 'Observation', id: 'stranger-1', status: 'final', code: { text: 'Potassium' }, subject: { reference: 'Patient/stranger' }, effectiveDateTime: manners.criticalOfStranger, valueQuantity: { value: 7.9 }, interpretation: [{ coding: [{ code: 'HH' }] }] }
  const people = numbers(since ? Math.min(manners.changedSince, manners.patients) : manners.patients)
  const lastUpdated = since ? '2026-11-25T08:00:00Z' : '2026-11-20T08:00:00Z'
  for (const n of people) {
    if (manners.refusedMember && n === manners.patients) continue
    if (type === 'Patient' && !since) yield { resourceType: 'Patient', id: `p${n}`, meta: { lastUpdated }, name: [{ given: ['Invented'], family: `Person ${n}` }], birthDate: `19${String(40 + n % 50)}-0${1 + n % 9}-1${n % 9}`, gender: n % 2 ? 'female' : 'male' }
    if (type === 'DocumentReference' && manners.documents) {
      yield {
        resourceType: 'DocumentReference', id: `d${n}`, meta: { lastUpdated }, status: 'current', docStatus: 'final', type: { coding: [{ system: 'http://loinc.org', code: '11506-3', display: 'Progress note' }] }, subject: { reference: `Patient/p${n}` }, date: '2026-11-19T09:00:00Z',
        content: [{ attachment: { contentType: 'text/plain', size: (JSON as unknown as { rawJSON: (text: string) => unknown }).rawJSON('5.10'), url: manners.documents === 'other-host' ? 'http://127.0.0.2:1/Binary/x' : n % 2 ? `${origin}/fhir/Binary/b${n}` : `Binary/b${n}` } }],
      }
    }
    if (type === 'Observation') {
      for (const k of numbers(manners.perPatient)) {
        yield {
          resourceType: 'Observation', id: `o${n}-${k}`, meta: { lastUpdated }, status: 'final', category: [{ coding: [{ code: 'laboratory' }] }], code: { coding: [{ system: 'http://loinc.org', code: '2345-7', display: 'Glucose' }] },
          subject: { reference: `Patient/p${n}` }, effectiveDateTime: '2026-11-19T09:00:00Z', valueQuantity: { value: since ? 101 : 80 + k, unit: 'mg/dL' },
        }
      }
    }
  }
}

function kickOff(request: IncomingMessage, response: ServerResponse, url: URL): void {
  log.push({ what: 'kick-off', detail: url.search })
  if (!/\brespond-async\b/.test(String(request.headers.prefer)) || request.headers.accept !== 'application/fhir+json') return void json(response, 400, outcome('invalid', 'Prefer and Accept'))
  if (!url.pathname.includes('/Group/g1/')) return void json(response, 404, outcome('not-found', 'no such group'))
  const id = randomUUID()
  jobs.set(id, { types: (url.searchParams.get('_type') ?? 'Patient,Observation').split(','), since: url.searchParams.get('_since'), polls: 0, time: new Date(now()).toISOString() })
  response.writeHead(202, { 'content-location': `${origin}/fhir/status/${id}` }).end()
}

function manifestOf(id: string, job: Job): object {
  const types = job.types.filter(type => ['Patient', 'Observation', 'DocumentReference'].includes(type)).filter(type => [...linesOf(type, job.since)].length > 0)
  return {
    transactionTime: job.time, request: `${origin}/fhir/Group/g1/$export`, requiresAccessToken: manners.requiresToken,
    output: types.toReversed().map(type => ({ type, url: `${origin}/files/${id}/${type}.ndjson`, count: [...linesOf(type, job.since)].length + (type === 'Observation' ? manners.wrongCount : 0) })),
    deleted: manners.deleted.length ? [{ type: 'Bundle', url: `${origin}/files/${id}/deleted.ndjson`, count: 1 }] : [],
    error: manners.hasErrorFile ? [{ type: 'OperationOutcome', url: `${origin}/files/${id}/errors.ndjson` }] : [],
  }
}

function sayStatus(request: IncomingMessage, response: ServerResponse, id: string): void {
  log.push({ what: request.method === 'DELETE' ? 'delete' : 'status' })
  const job = jobs.get(id)
  if (manners.expired > 0) { manners.expired--; jobs.delete(id) }
  if (!jobs.has(id) || !job) return void json(response, 404, outcome('not-found', 'no such export'))
  if (request.method === 'DELETE') { jobs.delete(id); response.writeHead(202).end(); return }
  if (manners.busy > 0) { manners.busy--; return void json(response, 429, outcome('throttled', 'slow down'), { 'retry-after': '30' }) }
  if (job.polls++ < manners.polls) { response.writeHead(202, { 'retry-after': manners.retryAfter, 'x-progress': 'under way' }).end(); return }
  json(response, 200, manifestOf(id, job), { expires: new Date(now() + 3_600_000).toUTCString() })
}

async function giveFile(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const [, , id, name] = url.pathname.split('/')
  const job = jobs.get(id!)
  log.push({ what: 'file', detail: name! })
  if (manners.redirectTo) { response.writeHead(302, { location: manners.redirectTo }).end(); return }
  if (manners.requiresToken ? !mayEnter(request) : request.headers.authorization) return void json(response, 401, outcome('login', 'token'))
  if (!job) return void json(response, 404, outcome('not-found', 'no such file'))
  if (manners.fails > 0) { manners.fails--; return void json(response, 500, outcome('exception', 'try again')) }
  if (manners.forgetToken > 0) { manners.forgetToken--; tokens.clear(); return void json(response, 401, outcome('expired', 'token')) }
  const lines = name === 'deleted.ndjson' ? [{ resourceType: 'Bundle', type: 'transaction', entry: manners.deleted.map(gone => ({ request: { method: 'DELETE', url: gone } })) }]
    : name === 'errors.ndjson' ? [outcome('forbidden', 'the record of one patient may not leave')]
    : linesOf(name!.replace('.ndjson', ''), job.since)
  let body: Buffer = Buffer.from([...lines].map(line => `${JSON.stringify(line)}\n`).join(''))
  const isZipped = /\bgzip\b/.test(String(request.headers['accept-encoding']))
  if (isZipped) body = gzipSync(body)
  response.writeHead(200, { 'content-type': 'application/fhir+ndjson', ...(isZipped && { 'content-encoding': 'gzip' }), 'content-length': String(body.length) })
  if (manners.cutOff > 0 && name === 'Observation.ndjson') {
    manners.cutOff--
    response.write(body.subarray(0, Math.floor(body.length * 0.7)), () => setTimeout(() => response.destroy(), 50))
    return
  }
  if (manners.slowMs === 0) { response.end(body); return }
  for (let from = 0; from < body.length; from += 2_048) { response.write(body.subarray(from, from + 2_048)); await wait(manners.slowMs) }
  response.end()
}

function giveDocument(request: IncomingMessage, response: ServerResponse, id: string): void {
  log.push({ what: 'document', detail: `${id} ${request.headers.accept}` })
  if (manners.documentFails > 0) { manners.documentFails--; return void json(response, 500, outcome('exception', 'try again')) }
  if (manners.documents === 'gone') return void json(response, 404, outcome('not-found', 'no such document'))
  const words = manners.documents === 'large' ? Buffer.alloc(30 * 1024 * 1024, 65) : Buffer.from(`The document of ${id}.`)
  if (manners.documents === 'resource') return void response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(JSON.stringify({ resourceType: 'Binary', id, contentType: 'text/plain', data: words.toString('base64') }))
  response.writeHead(200, { 'content-type': 'text/plain' }).end(words)
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url!, origin)
  if (url.pathname === '/test') {
    if (request.method === 'GET') return void json(response, 200, { log, jobs: jobs.size })
    const wanted = JSON.parse(await bodyOf(request)) as Partial<Manners> & { restart?: boolean }
    if (wanted.restart) { tokens.clear(); jtis.clear() }
    Object.assign(manners, wanted)
    log.length = 0
    return void json(response, 200, {})
  }
  if (url.pathname.startsWith('/test/')) return void response.end([...linesOf(url.pathname.slice(6), null)].map(line => `${JSON.stringify(line)}\n`).join(''))
  if (url.pathname === '/fhir/.well-known/smart-configuration') {
    return void json(response, 200, { token_endpoint: `${origin}/token`, token_endpoint_auth_methods_supported: ['private_key_jwt'], token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'], grant_types_supported: ['client_credentials'], scopes_supported: ['system/*.rs'], capabilities: ['permission-v2', 'client-confidential-asymmetric'] })
  }
  if (url.pathname === '/token' && request.method === 'POST') return giveToken(request, response)
  if (url.pathname.startsWith('/files/')) return giveFile(request, response, url)
  if (!mayEnter(request)) return void json(response, 401, outcome('login', 'token'))
  if (url.pathname.startsWith('/fhir/Binary/')) return giveDocument(request, response, url.pathname.split('/').at(-1)!)
  if (url.pathname.endsWith('/$export')) return kickOff(request, response, url)
  if (url.pathname.startsWith('/fhir/status/')) return sayStatus(request, response, url.pathname.split('/').at(-1)!)
  if (url.pathname === '/fhir/Group/g1') return void json(response, 200, { resourceType: 'Group', id: 'g1', type: 'person', actual: true, member: numbers(manners.patients).map(n => ({ entity: { reference: `Patient/p${n}` } })) })
  json(response, 404, outcome('not-found', 'nothing here'))
}

const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()))
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  console.log(`listening at ${origin}`)
})
