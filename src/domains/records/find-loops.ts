import { asText, asThings, type Loose } from './explain/read-loosely.ts'
import { readReference } from './read-identity.ts'

const chained = ['hasMember', 'derivedFrom', 'partOf', 'replaces', 'basedOn', 'priorRequest', 'parent'] as const
type Link = { file: string; position: number; fhirType: string; sourceId: string; to: string[] }

/**
 * Finds resources that are, through others, part of themselves. It remembers links between resources of one kind alone, and so many at most,
 * so that an import of any size stays within its memory.
 */
export class LoopFinder {
  private readonly links = new Map<string, Link>()
  private readonly most: number
  constructor(most = 100_000) { this.most = most }

  add(one: { file: string; position: number; fhirType: string; sourceId: string; alias: string | null; resource: Loose }): void {
    const to = chained.flatMap(field => asThings(one.resource[field]).map(link => asText(link.reference)).filter(reference => reference !== null)).map(readReference)
      .filter(({ type }) => type === null || type === one.fhirType).map(({ id }) => `${one.fhirType}/${id}`)
    if (to.length === 0 || this.links.size >= this.most) return
    const { file, position, fhirType, sourceId } = one
    for (const id of [sourceId, one.alias]) if (id !== null) this.links.set(`${fhirType}/${id}`, { file, position, fhirType, sourceId, to })
  }

  /** One of each ring: the one where the walk came back. */
  find(): Omit<Link, 'to'>[] {
    const found = new Map<Link, Omit<Link, 'to'>>()
    const done = new Set<string>()
    for (const start of this.links.keys()) {
      const path: { key: string; next: number }[] = [{ key: start, next: 0 }]
      const on = new Set([start])
      while (path.length > 0) {
        const here = path.at(-1)!
        const link = this.links.get(here.key)
        const to = link && !done.has(here.key) ? link.to[here.next++] : undefined
        if (to === undefined) { done.add(here.key); on.delete(here.key); path.pop(); continue }
        if (on.has(to)) found.set(link!, { file: link!.file, position: link!.position, fhirType: link!.fhirType, sourceId: link!.sourceId })
        else if (!done.has(to) && this.links.has(to)) { on.add(to); path.push({ key: to, next: 0 }) }
      }
    }
    return [...found.values()]
  }
}
