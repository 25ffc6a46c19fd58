import type { Config } from '#platform/config.ts'
import type { Face } from '#platform/session.ts'

/** The three faces, the public one included. Each may have an address of its own. */
export type Front = 'site' | Face
type Addresses = Pick<Config, 'publicUrl'> & Partial<Pick<Config, 'portalUrl' | 'consoleUrl'>>

/** Where a face is found, without a slash at the end: PORTAL_URL, CONSOLE_URL, or the main address. */
export const baseOf = (config: Addresses, front: Front): string =>
  (front === 'portal' ? config.portalUrl : front === 'console' ? config.consoleUrl : undefined) ?? config.publicUrl

const fronts: readonly Front[] = ['site', 'portal', 'console']
const isApart = (config: Addresses) => fronts.some(front => baseOf(config, front) !== config.publicUrl)

const everywhere = /^\/(assets|pictures)\//
const signingIn = /^\/(sign-in|sign-out|session|prove|reset|portal\/settings\/email)(\/|$)/
const patients = /^\/(portal|activate|care)(\/|$)/
const staff = /^\/(console|join)(\/|$)/

/** The faces that a path belongs to, the likelier first. What is not named here is the site's. */
export function frontsOf(path: string): readonly Front[] {
  const plain = path.replace(/[?#].*$/s, '').replace(/^\/es(?=\/)/, '')
  if (everywhere.test(plain)) return fronts
  if (signingIn.test(plain)) return ['portal', 'console']
  if (patients.test(plain)) return ['portal']
  return staff.test(plain) ? ['console'] : ['site']
}

/** The address a request came to: one that is configured, never what the request says of itself. */
export type Place = {
  origin: string
  /** Whether faces have addresses of their own at all. */
  isApart: boolean
  has: (front: Front) => boolean
  isHere: (path: string) => boolean
  /** A path of ours as it must be written here: in full where another address answers it. */
  to: (path: string) => string
  /** Our other addresses, to which an answer to a form may lead. */
  others: readonly string[]
}

/** Names alone: faces that stand apart have different ones, and proxies leave ports off. */
const nameIn = (host: string) => host.toLowerCase().replace(/:[0-9]+$/, '')

/** The place of a Host header; undefined when no face has that address. While all faces share one address, every host is that place. */
export function placeOf(config: Addresses, host: string | undefined): Place | undefined {
  if (!isApart(config)) return { origin: config.publicUrl, isApart: false, has: () => true, isHere: () => true, to: path => path, others: [] }
  const here = fronts.filter(front => new URL(baseOf(config, front)).hostname === nameIn(host ?? ''))
  if (here.length === 0) return undefined
  const origin = baseOf(config, here[0]!)
  const isHere = (path: string) => frontsOf(path).some(front => here.includes(front))
  return {
    origin, isApart: true, isHere,
    has: front => here.includes(front),
    to: path => (!/^\/(?![/\\])/.test(path) || isHere(path) ? path : baseOf(config, frontsOf(path)[0]!) + path),
    others: [...new Set(fronts.map(front => baseOf(config, front)))].filter(other => other !== origin),
  }
}

/** The place of a request for a page of this face. Who asked elsewhere was turned away before (`keepApart`); no order of mounting can undo it here. */
export function placeFor(config: Addresses, host: string | undefined, front: Front): Place {
  const place = placeOf(config, host)
  if (!place || (front !== 'site' && !place.has(front))) throw new Error('asked where this face does not answer')
  return place
}

/** The links of a page, each to the address that answers it. Forms stay where they are: every form is answered by its own face. */
export const withLinksFrom = (html: string, place: Place | undefined): string =>
  (place?.isApart ? html.replace(/(<a\b[^>]*? href=")(\/[^"]*)"/g, (_, start: string, path: string) => `${start}${place.to(path)}"`) : html)
