import type { IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Ctx } from '#platform/ctx.ts'
import type { FilePiece } from '../ehr-fhir/read-files.ts'
import { ask, problemOf } from './ask-server.ts'
import type { Connection } from './get-token.ts'
import { EhrProblem } from './problems.ts'
import type { PullRun } from './run-state.ts'
import { askEhr } from './start-export.ts'

const mostBytes = 20 * 1024 * 1024
const [mostOf, mostTries] = [20, 3]
type Loose = Record<string, unknown>
const thing = (value: unknown): Loose => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Loose : {})
const things = (value: unknown): Loose[] => (Array.isArray(value) ? value.map(thing) : [])

/** Numbers keep the digits that they came with. */
const parseExactly = (text: string): unknown => JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
  typeof value === 'number' && context?.source !== undefined ? (JSON as unknown as { rawJSON: (text: string) => unknown }).rawJSON(context.source) : value)

/** The attachments of a note or a report that say where their document is and do not hold it. */
function pointersIn(resource: Loose): Loose[] {
  const all = resource.resourceType === 'DocumentReference' ? things(resource.content).map(content => thing(content.attachment)) : resource.resourceType === 'DiagnosticReport' ? things(resource.presentedForm) : []
  return all.filter(one => typeof one.url === 'string' && one.data === undefined).slice(0, mostOf)
}

/**
 * A record as it came, and with it the documents that it points at, each in its own place (Attachment.data beside url). One that the EHR does not give
 * is put aside for staff; the record is kept without. Source: Bulk Data Access IG 2.0, "Bulk Data Output File Request", attachments.
 */
export async function* withDocuments(ctx: Ctx, connection: Connection, run: PullRun, piece: FilePiece & { ok: true }): AsyncGenerator<FilePiece> {
  if (!/"resourceType"\s*:\s*"(?:DocumentReference|DiagnosticReport)"/.test(piece.text) || !piece.text.includes('"url"')) { yield piece; return }
  let resource: Loose
  try { resource = thing(parseExactly(piece.text)) } catch { yield piece; return }
  let missing = 0
  const pointers = pointersIn(resource)
  for (const attachment of pointers) {
    const bytes = await fetchDocument(ctx, connection, run, attachment)
    if (bytes) attachment.data = bytes.toString('base64')
    else missing++
  }
  yield missing < pointers.length ? { ...piece, text: JSON.stringify(resource) } : piece
  if (missing > 0) yield { ok: false, isEntry: false, file: piece.file, position: piece.position, reason: 'no-document', excerpt: '', fhirType: String(resource.resourceType), ...(typeof resource.id === 'string' && { sourceId: resource.id.slice(0, 200) }) }
}

/** Undefined: the EHR does not give it, or it is larger than 20 MB. An EHR that is busy is asked again later, with the whole file. */
async function fetchDocument(ctx: Ctx, connection: Connection, run: PullRun, { url, contentType }: Loose): Promise<Buffer | undefined> {
  const address = URL.canParse(url as string, `${connection.baseUrl}/`) ? new URL(url as string, `${connection.baseUrl}/`).href : ''
  const headers = { accept: typeof contentType === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(contentType) ? `${contentType}, application/fhir+json;q=0.5` : '*/*' }
  for (let tries = 1; ; tries++) {
    try {
      // The key goes to the EHR alone; elsewhere it is fetched without one, where the EHR says that none is needed.
      const response = run.requiresToken ? await askEhr(ctx, connection, address, { headers, idleMs: 60_000 }) : await ask(ctx.house, address, { headers, idleMs: 60_000 })
      if (response.statusCode !== 200) throw problemOf(response, ctx.house.now(), 'export-gone')
      return await bytesOf(response)
    } catch (error) {
      if (!(error instanceof EhrProblem)) throw error
      if (error.problem === 'busy') throw error
      if (tries >= mostTries || !['server-failed', 'unreachable', 'cut-off'].includes(error.problem)) return undefined
      await pause(200 * 4 ** (tries - 1))
    }
  }
}

async function bytesOf(response: IncomingMessage): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  let count = 0
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      count += part.length
      if (count > mostBytes * 1.4) { response.destroy(); return undefined }
      parts.push(part)
    }
  } catch { throw new EhrProblem('cut-off') }
  const bytes = Buffer.concat(parts)
  const inside = /json/.test(response.headers['content-type'] ?? '') ? binaryIn(bytes) : bytes
  return inside && inside.length > 0 && inside.length <= mostBytes ? inside : undefined
}

/** A Binary as a resource, where the EHR does not give its bytes bare. */
function binaryIn(bytes: Buffer): Buffer | undefined {
  try {
    const { resourceType, data } = thing(JSON.parse(bytes.toString()))
    return resourceType === 'Binary' ? (typeof data === 'string' ? Buffer.from(data, 'base64') : undefined) : resourceType === undefined ? bytes : undefined
  } catch { return bytes }
}
