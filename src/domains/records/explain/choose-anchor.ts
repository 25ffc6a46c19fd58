import anchors from '../data/harm-anchors.json' with { type: 'json' }
import { isSameUnit } from './show-units.ts'

export type Anchor = { loinc: string; unit: string; digits: string; decidedOn: string; signedBy: string[] }
export type PatientFlag = 'pregnancy' | 'child' | 'dialysis' | 'anticoagulant'

/**
 * "Many doctors worry only past here" (D4): only where two clinicians signed and dated it, and never for someone
 * whom it could mislead. The list ships empty; a practice fills it.
 */
export function chooseAnchor(loinc: string | null, unit: string | null, flags: readonly PatientFlag[] | null, list: readonly Anchor[] = anchors): Anchor | null {
  if (loinc === null || flags === null || flags.length > 0) return null
  const anchor = list.find(one => one.loinc === loinc && unit !== null && isSameUnit(one.unit, unit))
  const signers = new Set(anchor?.signedBy.map(name => name.trim()).filter(Boolean))
  return anchor && signers.size >= 2 && /^\d{4}-\d{2}-\d{2}$/.test(anchor.decidedOn) ? anchor : null
}
