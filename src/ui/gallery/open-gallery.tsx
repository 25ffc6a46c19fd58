import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import type { ReactElement } from 'react'
import { assetsDir } from '#platform/assets.ts'
import { root } from '#platform/root.ts'
import { finish } from '#platform/send-answer.ts'
import { consoleInbox, consoleTable } from '#ui/gallery/console-samples.tsx'
import { plainPage, portalForm, portalHome, portalThing } from '#ui/gallery/portal-samples.tsx'
import { siteHome, sitePage, sitePageEs } from '#ui/gallery/site-samples.tsx'

/** Every component of the house on a few believable pages, for looking at and for counting. */
export const samples: Record<string, ReactElement> = {
  '/site-home': siteHome, '/site-page': sitePage, '/site-es': sitePageEs,
  '/portal-home': portalHome, '/portal-thing': portalThing, '/portal-form': portalForm, '/plain': plainPage,
  '/console-inbox': consoleInbox, '/console-table': consoleTable,
}

const types: Record<string, string> = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' }

/** Serves the samples with the headers of the real house, on a free port. */
export async function openGallery(more: Record<string, ReactElement> = {}): Promise<{ url: string; close: () => void }> {
  const pages = { ...samples, ...more }
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://gallery').pathname
    const page = pages[path]
    if (page) {
      const { status, headers, body } = finish({ status: 200, element: page }, { isHttps: false, isPrivate: true })
      return response.writeHead(status, headers).end(body)
    }
    if (path === '/session/extend') return response.writeHead(200, { 'content-type': 'application/json' }).end('{"secondsLeft":900}')
    const file = path.startsWith('/assets/') ? join(assetsDir, path.slice(8)) : path.startsWith('/pictures/') ? join(root, 'demo/pictures', path.slice(10)) : undefined
    if (!file || !existsSync(file)) return response.writeHead(path === '/ended' ? 200 : 404, { 'content-type': 'text/html' }).end('<title>away</title>')
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => { server.closeAllConnections(); server.close() } }
}

const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

/** A browser that talks to nobody else; undefined where none is installed. */
export const openBrowser = async (): Promise<Browser | undefined> =>
  existsSync(chromiumPath) ? chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'] }) : undefined
