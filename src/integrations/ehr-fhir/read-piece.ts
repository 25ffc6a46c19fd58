import type { Incoming, Unusable } from '#records'
import type { FilePiece } from './read-files.ts'

const reasons = {
  'not-json': 'is not JSON',
  'cut-off': 'is cut off before its end',
  'too-large': 'is larger than 32 MB',
  'too-deep': 'is nested more than 100 levels deep',
  'left-out': 'was left out by the EHR',
  deleted: 'was deleted in the EHR, and is still here',
  withdrawn: 'was deleted in the EHR: it is kept, and no longer shown',
  'no-document': 'points at a document that the EHR does not give',
  missing: 'is in the EHR’s group, and no record of theirs came',
}
type Read = { ok: true; incoming: Incoming } | { ok: false; unusable: Unusable }
type Loose = Record<string, unknown>
const isThing = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)

/** A piece of a file as a resource with an identity, or why it has none. */
export function readPiece(piece: FilePiece): Read {
  const { file, position } = piece
  const no = (reason: string, facts: { fhirType?: string | null; sourceId?: string | null; excerpt?: string } = {}): Read =>
    ({ ok: false, unusable: { file, position, reason, fhirType: facts.fhirType ?? null, sourceId: facts.sourceId ?? null, excerpt: facts.excerpt ?? (piece.ok ? piece.text.slice(0, 500) : piece.excerpt) } })
  if (!piece.ok) return no(reasons[piece.reason], 'sourceId' in piece ? { fhirType: piece.fhirType ?? null, sourceId: piece.sourceId ?? null } : {})
  let value: unknown
  try { value = JSON.parse(piece.text) } catch { return no('is not JSON') }
  if (!isThing(value)) return no('is no resource')
  const resource = piece.isEntry ? value.resource : value
  const fullUrl = piece.isEntry ? text(value.fullUrl) : null
  if (!isThing(resource)) return no('is an entry without a resource')
  const fhirType = text(resource.resourceType)
  if (!fhirType || !/^[A-Z][A-Za-z]{2,60}$/.test(fhirType)) return no('says no type of resource')
  const called = fullUrl === null ? null : /^urn:(uuid|oid):/i.test(fullUrl) ? fullUrl.slice(fullUrl.lastIndexOf(':') + 1).toLowerCase() : fullUrl.split('/').at(-1) ?? null
  const sourceId = text(resource.id) ?? called
  if (sourceId === null) return no('has no id', { fhirType })
  if (sourceId.length > 200) return no('has an id longer than 200 characters', { fhirType, sourceId: sourceId.slice(0, 200) })
  const lastUpdated = isThing(resource.meta) ? text(resource.meta.lastUpdated) : null
  const time = lastUpdated === null ? NaN : Date.parse(lastUpdated)
  return {
    ok: true,
    incoming: {
      file, position, fhirType, sourceId, resource,
      alias: called !== null && called !== sourceId ? called : null,
      lastUpdated: Number.isFinite(time) && time > 0 && time < 4_102_444_800_000 ? new Date(time).toISOString() : null,
      text: piece.isEntry ? resourceText(piece.text, resource) : piece.text,
    },
  }
}

/** The resource of an entry as it was written, digits and all: from its own braces, never written anew by us. */
function resourceText(entry: string, resource: Loose): string {
  const marker = /"resource"\s*:\s*\{/g
  for (let found = marker.exec(entry); found; found = marker.exec(entry)) {
    const start = found.index + found[0].length - 1
    const end = closingOf(entry, start)
    if (end === -1) break
    const candidate = entry.slice(start, end)
    if (candidate.includes('"resourceType"')) {
      try {
        const parsed: unknown = JSON.parse(candidate)
        if (isThing(parsed) && parsed.resourceType === resource.resourceType && parsed.id === resource.id) return candidate
      } catch { /* not this one */ }
    }
  }
  return JSON.stringify(resource)
}

function closingOf(source: string, start: number): number {
  let depth = 0
  for (let i = start; i < source.length; i++) {
    const letter = source[i]
    if (letter === '"') {
      for (i++; i < source.length && source[i] !== '"'; i++) if (source[i] === '\\') i++
    } else if (letter === '{') depth++
    else if (letter === '}' && --depth === 0) return i + 1
  }
  return -1
}
