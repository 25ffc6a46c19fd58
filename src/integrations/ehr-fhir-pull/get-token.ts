import type { Ctx } from '#platform/ctx.ts'
import { ask, problemOf, readJson, retryAfter } from './ask-server.ts'
import { EhrProblem } from './problems.ts'
import { signAssertion, type Algorithm } from './signing-keys.ts'

/** Resources that are asked for: those that pages show, and the directory that names authors. */
export const types = ['Patient', 'Observation', 'DiagnosticReport', 'DocumentReference', 'Condition', 'AllergyIntolerance', 'MedicationRequest', 'Immunization', 'Procedure', 'Encounter', 'ServiceRequest', 'Practitioner', 'Organization'] as const
/** Documents that others point at. Asked for one by one, never in the export. */
const documents = 'Binary'

export type Connection = { id: string; source: string; baseUrl: string; tokenUrl: string; algorithm: Algorithm; scopeStyle: 'v1' | 'v2'; clientId: string | null; groupId: string | null; tokenTestedAt: Date | null; isOn: boolean; since: Date | null }

export const scopesOf = ({ scopeStyle }: Pick<Connection, 'scopeStyle'>): string => ['Group', ...types, documents].map(type => `system/${type}.${scopeStyle === 'v2' ? 'rs' : 'read'}`).join(' ')

/** In this process alone, and gone with it: a token is worth a few minutes. */
const kept = new Map<string, { token: string; until: number }>()
const keyOf = (ctx: Ctx, { id, clientId, tokenUrl }: Connection) => `${ctx.house.config.dataDir} ${id} ${clientId} ${tokenUrl}`

export const forgetToken = (ctx: Ctx, connection: Connection): void => void kept.delete(keyOf(ctx, connection))

/** A token that is good for half a minute at least, from the last time or fetched anew. */
export async function getToken(ctx: Ctx, connection: Connection): Promise<string> {
  const known = kept.get(keyOf(ctx, connection))
  if (known && known.until > ctx.house.now().getTime()) return known.token
  const first = await askForToken(ctx, connection, ctx.house.now())
  // An EHR whose clock is minutes away from ours refuses a time that is right here: asked once more by its own clock.
  const isApart = first.date !== undefined && Math.abs(first.date.getTime() - ctx.house.now().getTime()) > 30_000
  const answer = first.token === undefined && isApart ? await askForToken(ctx, connection, first.date!) : first
  if (answer.token === undefined) throw new EhrProblem('token-refused')
  kept.set(keyOf(ctx, connection), { token: answer.token, until: ctx.house.now().getTime() + (answer.seconds - 30) * 1_000 })
  return answer.token
}

async function askForToken(ctx: Ctx, connection: Connection, now: Date, scope = scopesOf(connection)): Promise<{ token?: string; seconds: number; date: Date | undefined }> {
  const { tokenUrl, algorithm } = connection
  const body = new URLSearchParams({
    grant_type: 'client_credentials', scope, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await signAssertion(ctx, { algorithm, clientId: connection.clientId ?? '', tokenUrl, now }),
  })
  const response = await ask(ctx.house, tokenUrl, { method: 'POST', headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }, body: body.toString() })
  const time = Date.parse(response.headers.date ?? '')
  const date = Number.isFinite(time) ? new Date(time) : undefined
  const status = response.statusCode ?? 0
  if (status === 429 || status >= 500) throw problemOf(response, ctx.house.now(), 'no-smart')
  const said = await readJson(response)
  if (status !== 200) {
    // Some know no scope for documents, and give them to the others.
    const plain = scope.replace(/ system\/Binary\.\w+/, '')
    if (said?.error === 'invalid_scope' && plain !== scope) return askForToken(ctx, connection, now, plain)
    if (said?.error === 'invalid_scope' || said?.error === 'unauthorized_client') throw new EhrProblem('not-allowed', retryAfter(response, ctx.house.now()))
    return { seconds: 0, date }
  }
  const seconds = Number(said?.expires_in ?? 300)
  return { ...(typeof said?.access_token === 'string' && { token: said.access_token }), seconds: Number.isFinite(seconds) ? seconds : 300, date }
}

/** What `.well-known/smart-configuration` says of the way in. */
export async function discover(ctx: Ctx, baseUrl: string): Promise<Pick<Connection, 'tokenUrl' | 'algorithm' | 'scopeStyle'>> {
  const response = await ask(ctx.house, `${baseUrl}/.well-known/smart-configuration`, { headers: { accept: 'application/json' } })
  const problem = response.statusCode === 200 ? undefined : problemOf(response, ctx.house.now(), 'no-smart')
  if (problem) throw problem.problem === 'busy' || problem.problem === 'server-failed' ? problem : new EhrProblem('no-smart')
  const said = await readJson(response)
  const list = (value: unknown): string[] => (Array.isArray(value) ? value.filter(one => typeof one === 'string') : [])
  if (typeof said?.token_endpoint !== 'string') throw new EhrProblem('no-smart')
  const methods = list(said.token_endpoint_auth_methods_supported)
  if (methods.length > 0 && !methods.includes('private_key_jwt')) throw new EhrProblem('no-backend')
  const signed = list(said.token_endpoint_auth_signing_alg_values_supported)
  if (signed.length > 0 && !signed.includes('ES384') && !signed.includes('RS384')) throw new EhrProblem('no-backend')
  return {
    tokenUrl: new URL(said.token_endpoint, baseUrl).href, algorithm: signed.includes('ES384') ? 'ES384' : 'RS384',
    scopeStyle: list(said.capabilities).includes('permission-v2') ? 'v2' : 'v1',
  }
}
