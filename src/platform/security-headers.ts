const policy = (style: string, formTargets: readonly string[] = []) => [
  "default-src 'self'",
  "script-src 'self'",
  style,
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  ["form-action 'self'", ...formTargets].join(' '),
  "frame-ancestors 'none'",
].join('; ')

const plain = "style-src 'self'"
/** React Aria sets style attributes from script; only a page with an island gets this. */
const withIsland = "style-src 'self'; style-src-attr 'unsafe-inline'"
const policies = { strict: policy(plain), withIsland: policy(withIsland) }

type Facts = { isHttps: boolean; isPrivate: boolean; hasIsland: boolean; formTargets?: readonly string[] }

/** The headers of every answer. `isPrivate` pages are never stored anywhere. `formTargets` are our other addresses, to which a form’s answer may lead: browsers hold those, too, against form-action. */
export function securityHeaders({ isHttps, isPrivate, hasIsland, formTargets = [] }: Facts): Record<string, string> {
  return {
    'content-security-policy': formTargets.length > 0 ? policy(hasIsland ? withIsland : plain, formTargets) : hasIsland ? policies.withIsland : policies.strict,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), interest-cohort=()',
    ...(isHttps && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
    ...(isPrivate && { 'cache-control': 'no-store' }),
  }
}
