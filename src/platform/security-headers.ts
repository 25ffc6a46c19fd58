const policy = (style: string) => [
  "default-src 'self'",
  "script-src 'self'",
  style,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const strict = policy("style-src 'self'")
/** React Aria sets style attributes from script; only a page with an island gets this. */
const withIsland = policy("style-src 'self'; style-src-attr 'unsafe-inline'")

/** The headers of every answer. `isPrivate` pages are never stored anywhere. */
export function securityHeaders({ isHttps, isPrivate, hasIsland }: { isHttps: boolean; isPrivate: boolean; hasIsland: boolean }): Record<string, string> {
  return {
    'content-security-policy': hasIsland ? withIsland : strict,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), interest-cohort=()',
    ...(isHttps && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
    ...(isPrivate && { 'cache-control': 'no-store' }),
  }
}
