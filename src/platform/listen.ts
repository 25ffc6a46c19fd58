import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import type { House } from '#platform/house.ts'
import { placeOf } from '#platform/place.ts'
import { pickForm } from '#platform/send-answer.ts'

/**
 * Answers a cached public page straight from memory: the commonest request of all takes no detour.
 * The same headers and the same bytes as the front door's own answer; cookies are not read.
 */
function answerFromCache({ siteCache, now, config }: House, request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'GET' || !placeOf(config, request.headers.host)?.has('site')) return false
  const page = siteCache.find(request.url ?? '', now())
  if (!page) return false
  if (request.headers['if-none-match'] === page.etag) {
    response.writeHead(304, { etag: page.etag }).end()
    return true
  }
  const { body, encoding } = pickForm(page, String(request.headers['accept-encoding'] ?? ''))
  response.writeHead(page.status, { ...page.headers, 'content-length': body.length, ...(encoding && { 'content-encoding': encoding }) }).end(body)
  return true
}

export type Listening = { port: number; stop: () => Promise<void> }

/** Listens until told to stop; stopping takes no new requests and finishes those under way. */
export async function listen(app: Hono, house: House, { port, host }: { port: number; host: string }): Promise<Listening> {
  const handle = getRequestListener(app.fetch)
  const server: Server = createServer((request, response) => {
    if (!answerFromCache(house, request, response)) void handle(request, response)
  })
  server.requestTimeout = 60_000
  server.headersTimeout = 20_000
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    stop: () => new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 20_000).unref()
    }),
  }
}
