import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip as gzipWithCallback, gzipSync } from 'node:zlib'
import { renderToStaticMarkup } from 'react-dom/server'
import type { Answer } from '#platform/answer.ts'
import { withLinksFrom, type Place } from '#platform/place.ts'
import { securityHeaders } from '#platform/security-headers.ts'
import type { CachedPage } from '#platform/site-cache.ts'

const gzip = promisify(gzipWithCallback)
const brotli = promisify(brotliCompress)
const isText = (type: string) => /^(text\/|application\/(json|ld\+json|javascript|xml|atom\+xml|fhir\+json)|image\/svg)/.test(type)

export type Finished = { status: number; headers: Record<string, string>; body: Buffer | null }

type Facts = { isHttps: boolean; isPrivate: boolean; place?: Place | undefined }

/** An answer as bytes and headers. Nothing here looks at who asked. `place` is where: links and ways on name the address that answers them. */
export function finish(answer: Answer, { isHttps, isPrivate, place }: Facts): Finished {
  const common = { isHttps, isPrivate, formTargets: place?.others ?? [] }
  if ('seeOther' in answer) {
    return { status: 303, headers: { ...securityHeaders({ ...common, hasIsland: false }), location: place ? place.to(answer.seeOther) : answer.seeOther, ...answer.headers }, body: null }
  }
  if ('bytes' in answer) {
    const headers = securityHeaders({ ...common, hasIsland: false })
    if (answer.name) headers['content-disposition'] = `attachment; filename="${answer.name.replace(/[^A-Za-z0-9._-]/g, '-')}"`
    return { status: answer.status ?? 200, headers: { ...headers, 'content-type': answer.mediaType, ...answer.headers }, body: answer.bytes }
  }
  const html = withLinksFrom('<!doctype html>' + renderToStaticMarkup(answer.element), place)
  return {
    status: answer.status,
    headers: { ...securityHeaders({ ...common, hasIsland: html.includes('<rapport-island') }), 'content-type': 'text/html; charset=utf-8', ...answer.headers },
    body: Buffer.from(html),
  }
}

// A small body takes less time to squeeze than to hand to a thread and back.
const largeBody = 64 * 1024

/** Compresses a signed-in answer quickly. */
export async function squeeze(finished: Finished, acceptEncoding: string): Promise<Finished> {
  const { body, headers } = finished
  if (!body || body.length < 1_400 || !isText(headers['content-type'] ?? '') || !/\bgzip\b/.test(acceptEncoding)) return finished
  return { ...finished, headers: { ...headers, 'content-encoding': 'gzip', vary: 'accept-encoding' }, body: body.length <= largeBody ? gzipSync(body, { level: 2 }) : await gzip(body, { level: 2 }) }
}

/** A public page as the cache keeps it, both compressed forms made once. */
export async function toCachedPage({ status, headers, body }: Finished, validUntil: Date): Promise<CachedPage> {
  const bytes = body ?? Buffer.alloc(0)
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  const isCompressible = isText(headers['content-type'] ?? '')
  const [gzipped, brotlied] = isCompressible
    ? await Promise.all([gzip(bytes, { level: 6 }), brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })])
    : [bytes, bytes]
  return {
    status,
    headers: { 'cache-control': 'no-cache', ...headers, etag, ...(isCompressible && { vary: 'accept-encoding' }) },
    body: bytes, gzip: gzipped, brotli: brotlied, etag, validUntil,
  }
}

export function pickForm(page: CachedPage, acceptEncoding: string): { body: Buffer; encoding?: 'br' | 'gzip' } {
  if (page.body === page.gzip) return { body: page.body }
  if (/\bbr\b/.test(acceptEncoding)) return { body: page.brotli, encoding: 'br' }
  if (/\bgzip\b/.test(acceptEncoding)) return { body: page.gzip, encoding: 'gzip' }
  return { body: page.body }
}

export const toResponse = ({ status, headers, body }: Finished): Response => new Response(body as BodyInit | null, { status, headers })
