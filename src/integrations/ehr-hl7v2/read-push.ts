import { readPiece } from '#integrations/ehr-fhir/read-piece.ts'
import type { Received, SaidJoin } from '#records'

type Loose = Record<string, unknown>
const isThing = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value in it is marked as critical, and its latest date, however broken the rest is. */
export function criticalIn(text: string): { isCritical: boolean; happenedAt: Date | null } {
  const times = [...text.matchAll(/"(?:issued|effectiveDateTime)"\s*:\s*"([^"]{4,40})"/g)].map(([, time]) => Date.parse(time!)).filter(Number.isFinite)
  return { isCritical: /"code"\s*:\s*"(?:HH|LL|AA)"/.test(text), happenedAt: times.length > 0 ? new Date(Math.max(...times)) : null }
}

/** Patient.link says of two of the source's own that they are one, from either side. Source: FHIR R4, Patient.link, replaced-by and replaces. */
function saidIn(resource: Loose, id: string): SaidJoin[] {
  const links = resource.resourceType === 'Patient' && Array.isArray(resource.link) ? resource.link as unknown[] : []
  return links.slice(0, 20).filter(isThing).flatMap(({ type, other }) => {
    const reference = isThing(other) && typeof other.reference === 'string' ? /(?:^|\/)Patient\/([A-Za-z0-9.-]{1,64})$/.exec(other.reference)?.[1] : undefined
    return reference === undefined ? [] : type === 'replaced-by' ? [{ gone: id, stays: reference }] : type === 'replaces' ? [{ gone: reference, stays: id }] : []
  })
}

/** A Bundle or one resource, as somebody pushed it. One entry that cannot be used makes the whole of it one: half a Bundle is no message. Pure. */
export function readPush(text: string): { ok: true; resources: Received[]; said: SaidJoin[] } | { ok: false; reason: string } {
  let value: unknown
  try { value = JSON.parse(text) } catch { return { ok: false, reason: 'is not JSON' } }
  if (!isThing(value)) return { ok: false, reason: 'is no resource' }
  const isBundle = value.resourceType === 'Bundle'
  const entries = isBundle ? (Array.isArray(value.entry) ? value.entry as unknown[] : []) : [value]
  if (entries.length === 0) return { ok: false, reason: 'is a Bundle without entries' }
  const resources: Received[] = []
  const said: SaidJoin[] = []
  for (const [position, entry] of entries.entries()) {
    const read = readPiece({ ok: true, file: 'push', position, isEntry: isBundle, text: JSON.stringify(entry) })
    if (!read.ok) return { ok: false, reason: `holds an entry that ${read.unusable.reason} (number ${position + 1})` }
    const { fhirType, sourceId, lastUpdated, text: body, resource } = read.incoming
    resources.push({ resourceType: fhirType, id: sourceId, lastUpdated, text: body })
    said.push(...saidIn(resource as Loose, sourceId))
  }
  return { ok: true, resources, said }
}
