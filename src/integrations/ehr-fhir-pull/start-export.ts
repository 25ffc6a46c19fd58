import type { IncomingMessage } from 'node:http'
import type { Ctx } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { ask, problemOf, readJson, retryAfter, type Question } from './ask-server.ts'
import { forgetToken, getToken, types, type Connection } from './get-token.ts'
import { EhrProblem } from './problems.ts'
import { changeRun, type PullRun } from './run-state.ts'

/** Asks with a token; one that the EHR no longer knows is replaced once. The token goes to the EHR's own host and nowhere else. */
export async function askEhr(ctx: Ctx, connection: Connection, address: string, question: Question = {}): Promise<IncomingMessage> {
  if (!URL.canParse(address) || new URL(address).origin !== new URL(connection.baseUrl).origin) throw new EhrProblem('other-host')
  for (let isAgain = false; ; isAgain = true) {
    const response = await ask(ctx.house, address, { ...question, headers: { ...question.headers, authorization: `Bearer ${await getToken(ctx, connection)}` } })
    if (response.statusCode !== 401 || isAgain) return response
    response.destroy()
    forgetToken(ctx, connection)
  }
}

/** Bulk Data Kick-off Request, for the group. What the EHR answers with is where to ask how far it is. */
export async function startExport(ctx: Ctx, connection: Connection, run: PullRun): Promise<string> {
  const asked = new URL(`${connection.baseUrl}/Group/${connection.groupId}/$export`)
  asked.searchParams.set('_outputFormat', 'application/fhir+ndjson')
  asked.searchParams.set('_type', types.join(','))
  if (run.since) asked.searchParams.set('_since', run.since.toISOString())
  const response = await askEhr(ctx, connection, asked.href, { headers: { accept: 'application/fhir+json', prefer: 'respond-async' } })
  const place = response.headers['content-location']
  if (response.statusCode !== 202 || !place) throw problemOf(response, ctx.house.now(), 'no-group')
  response.destroy()
  return new URL(place, connection.baseUrl).href
}

type Listed = { kind: 'output' | 'deleted' | 'error'; fhirType: string; url: string; announced: number | null }
const order = ['Patient', 'Practitioner', 'Organization', 'DiagnosticReport']
const rank = ({ kind, fhirType }: Listed) => (kind !== 'output' ? 100 : order.includes(fhirType) ? order.indexOf(fhirType) : 50)

/** The files of a manifest: whom things are about comes first, so that little has to wait. */
export function readManifest(manifest: Record<string, unknown>): { transactionTime: Date; requiresToken: boolean; files: Listed[] } {
  const time = Date.parse(String(manifest.transactionTime))
  if (!Number.isFinite(time)) throw new EhrProblem('export-failed')
  const listOf = (kind: Listed['kind']): Listed[] => (Array.isArray(manifest[kind]) ? manifest[kind] as Record<string, unknown>[] : []).flatMap(one => {
    if (typeof one?.url !== 'string') throw new EhrProblem('export-failed')
    const type = typeof one.type === 'string' && /^[A-Z][A-Za-z]{2,60}$/.test(one.type) ? one.type : { output: 'Resource', deleted: 'Bundle', error: 'OperationOutcome' }[kind]
    return [{ kind, fhirType: type, url: one.url, announced: Number.isSafeInteger(one.count) && Number(one.count) < 2 ** 31 ? Number(one.count) : null }]
  })
  const files = [...listOf('output'), ...listOf('deleted'), ...listOf('error')].sort((a, b) => rank(a) - rank(b))
  return { transactionTime: new Date(time), requiresToken: manifest.requiresAccessToken !== false, files }
}

/** Bulk Data Status Request. False while the EHR is at work: then when to ask again is kept. */
export async function lookAtExport(ctx: Ctx, connection: Connection, run: PullRun): Promise<boolean> {
  const response = await askEhr(ctx, connection, run.statusUrl!, { headers: { accept: 'application/json' } })
  const now = ctx.house.now()
  if (response.statusCode === 202) {
    response.destroy()
    if (now.getTime() - run.begunAt.getTime() > 26 * 3_600_000) throw new EhrProblem('took-too-long')
    await changeRun(ctx, run.id, { nextAt: new Date(now.getTime() + 1_000 * (retryAfter(response, now) ?? 30)), tries: 0, problem: null })
    return false
  }
  if (response.statusCode !== 200) {
    const problem = problemOf(response, now, 'export-gone')
    throw problem.problem === 'server-failed' ? new EhrProblem('export-failed') : problem
  }
  const { transactionTime, requiresToken, files } = readManifest(await readJson(response) ?? {})
  await inTransaction(ctx, async tx => {
    await sql`delete from pull.file where run_id = ${run.id}::uuid`.execute(tx.db.kysely)
    await sql`
      insert into pull.file (run_id, place, kind, fhir_type, url, announced)
      select ${run.id}::uuid, f.place, f.kind, f.fhir_type, f.url, f.announced
      from jsonb_to_recordset(${JSON.stringify(files.map(({ kind, fhirType, url, announced }, place) => ({ place, kind, fhir_type: fhirType, url, announced })))}::jsonb) as f (place integer, kind text, fhir_type text, url text, announced integer)
    `.execute(tx.db.kysely)
    await changeRun(tx, run.id, { state: 'fetching', transactionTime, requiresToken, tries: 0, problem: null })
  })
  return true
}

/** Bulk Data Delete Request: the EHR need keep nothing for us. Whether it does so changes nothing here. */
export async function endExport(ctx: Ctx, connection: Connection, statusUrl: string): Promise<void> {
  try { (await askEhr(ctx, connection, statusUrl, { method: 'DELETE' })).destroy() } catch (error) { if (!(error instanceof EhrProblem)) throw error }
}

const most = 100_000
/** The ids of the group's patients, or nothing where the EHR does not say. */
export async function readMembers(ctx: Ctx, connection: Connection): Promise<string[] | undefined> {
  try {
    const response = await askEhr(ctx, connection, `${connection.baseUrl}/Group/${connection.groupId}`, { headers: { accept: 'application/fhir+json' } })
    if (response.statusCode !== 200) { response.destroy(); return undefined }
    const members = (await readJson(response))?.member
    if (!Array.isArray(members)) return undefined
    return [...new Set(members.flatMap((one: { entity?: { reference?: unknown }; inactive?: unknown }) => {
      const reference = one?.entity?.reference
      return typeof reference === 'string' && one.inactive !== true && /(^|\/)Patient\//.test(reference) ? [reference.split('/').at(-1)!] : []
    }))].slice(0, most)
  } catch (error) {
    if (error instanceof EhrProblem) return undefined
    throw error
  }
}
