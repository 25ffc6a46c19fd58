import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Hono } from 'hono'
import { securityHeaders } from '#platform/security-headers.ts'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.woff2': 'font/woff2', '.svg': 'image/svg+xml', '.png': 'image/png', '.webp': 'image/webp', '.avif': 'image/avif', '.ico': 'image/x-icon',
}
type Asset = { type: string; body: Buffer; gzip: Buffer | undefined; brotli: Buffer | undefined }

/** Every built file, in memory, both compressed forms made once. Names carry a hash of the content, so browsers keep them for a year. */
function load(folder: string): Map<string, Asset> {
  const assets = new Map<string, Asset>()
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    const type = types[extname(path)]
    if (!type || !statSync(path).isFile()) continue
    const body = readFileSync(path)
    const isText = /^text|svg/.test(type)
    assets.set('/assets/' + relative(folder, path), {
      type, body,
      gzip: isText ? gzipSync(body, { level: 9 }) : undefined,
      brotli: isText ? brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }) : undefined,
    })
  }
  return assets
}

export function serveAssets(app: Hono, { folder, isHttps }: { folder: string; isHttps: boolean }): void {
  const assets = load(folder)
  const common = { ...securityHeaders({ isHttps, isPrivate: false, hasIsland: false }), 'cache-control': 'public, max-age=31536000, immutable' }
  app.get('/assets/*', async (c, next) => {
    const asset = assets.get(c.req.path)
    if (!asset) return next()
    const accepted = c.req.header('accept-encoding') ?? ''
    const [body, encoding] = /\bbr\b/.test(accepted) && asset.brotli ? [asset.brotli, 'br'] as const
      : /\bgzip\b/.test(accepted) && asset.gzip ? [asset.gzip, 'gzip'] as const
      : [asset.body, undefined] as const
    return new Response(body as BodyInit, { headers: { ...common, 'content-type': asset.type, ...(asset.gzip && { vary: 'accept-encoding' }), ...(encoding && { 'content-encoding': encoding }) } })
  })
}
