import { resultKinds } from './data/result-kinds.data.ts'
import type { Category, Covered, Tier } from './shared.ts'

export type Classified = { category: Category; tier: Tier; covers: readonly Covered[] }
/** What a source says of itself: FHIR's category codes of a report (LAB, PAT, RAD, GE, MB …). HL7 v2 table 0074. */
type Told = { codes: readonly string[]; names: readonly string[]; sections: readonly string[]; sensitivity?: Tier }

const ofSections: readonly { sections: ReadonlySet<string>; kind: Classified }[] = [
  { sections: new Set(['PAT', 'SP', 'CP', 'CY', 'CYTO', 'LP7839-6']), kind: { category: 'tissue', tier: 2, covers: ['malignancy'] } },
  { sections: new Set(['GE', 'CG', 'LP7819-8']), kind: { category: 'genetic', tier: 2, covers: ['genetic'] } },
  { sections: new Set(['RAD', 'RX', 'CT', 'NMR', 'NMS', 'RUS', 'OUS', 'VUS', 'CUS', 'XRC', 'IMG', 'LP29684-5']), kind: { category: 'imaging', tier: 1, covers: [] } },
  { sections: new Set(['MB', 'VR', 'MCB', 'LP7798-4']), kind: { category: 'infection', tier: 0, covers: [] } },
]

/**
 * Category, tier and what laws name, of a result: by its code, else by its name, else by the section that sent it. A report is as grave as
 * the gravest of what is in it. Unknown is routine and may worry. Source: R5, A2, A4.
 */
export function classifyResult({ codes, names, sections, sensitivity }: Told): Classified {
  const byCode = codes.flatMap(code => resultKinds.filter(kind => kind.codes.includes(code)))
  const byName = byCode.length > 0 ? [] : names.flatMap(name => resultKinds.filter(kind => kind.names?.test(name)).slice(0, 1))
  const bySection = ofSections.filter(one => sections.some(section => one.sections.has(section))).map(one => one.kind)
  const found = [...byCode, ...byName, ...bySection]
  const gravest = found.toSorted((a, b) => b.tier - a.tier)[0]
  const known = gravest ?? { category: 'routine' as const, tier: sensitivity ?? (codes.length > 0 ? 0 : 1), covers: [] }
  const tier = Math.max(known.tier, sensitivity ?? 0) as Tier
  return { category: known.category, tier, covers: [...new Set(found.flatMap(kind => kind.covers))] }
}
