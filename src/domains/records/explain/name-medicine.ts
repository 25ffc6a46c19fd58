import type { Say } from '#platform/words.ts'
import { tidy } from './read-loosely.ts'

/** Dose forms of RxNorm's names, the longer first, and the key of their plain words (explain.form.*). */
const forms: readonly [RegExp, string][] = [
  [/\b(extended|delayed) release (oral|chewable) (tablet|capsule)$/i, 'slow'],
  [/\bchewable tablet$/i, 'chew'],
  [/\b(oral|disintegrating oral|sublingual) tablet$|\btablet$/i, 'tablet'],
  [/\boral capsule$|\bcapsule$/i, 'capsule'],
  [/\boral (solution|suspension|liquid|elixir|syrup)$/i, 'liquid'],
  [/\b(metered dose|dry powder) inhaler$|\binhaler$/i, 'inhaler'],
  [/\binhalation (solution|suspension|powder)$/i, 'mist'],
  [/\b(auto-injector|prefilled syringe|pen injector|cartridge|injectable (solution|suspension)|injection)$/i, 'shot'],
  [/\b(topical|rectal|vaginal)? ?(cream|ointment|gel|lotion|foam)$/i, 'cream'],
  [/\btransdermal (system|patch)$|\bpatch$/i, 'patch'],
  [/\bdrug implant$/i, 'implant'],
  [/\bintrauterine system$/i, 'womb'],
  [/\bvaginal (ring|system)$/i, 'ring'],
  [/\b(mucosal|oral) spray$/i, 'mouth-spray'],
  [/\bnasal (spray|solution|inhaler)$/i, 'nose-spray'],
  [/\bophthalmic (solution|suspension)$/i, 'eye-drops'],
  [/\botic (solution|suspension)$/i, 'ear-drops'],
  [/\brectal suppository$/i, 'suppository'],
  [/\b\d+ day pack$/i, 'pack'],
]
const units: readonly [RegExp, string][] = [[/\bMG\b/g, 'mg'], [/\bML\b/g, 'mL'], [/\bMCG\b/g, 'mcg'], [/\bUNT\b/g, 'units'], [/\bACTUAT\b/g, 'puff'], [/\bHR\b/g, 'hour'], [/\bMEQ\b/g, 'mEq'], [/(\d)(mg|mL|mcg)\b/gi, '$1 $2']]

export type MedicineName = { name: string; form: string | null; codedName: string }

/** "24 HR metoprolol succinate 100 MG Extended Release Oral Tablet [Toprol]" → "Metoprolol succinate 100 mg (Toprol)", "tablet that works slowly". */
export function nameMedicine(coded: string, say: Say): MedicineName {
  const codedName = tidy(coded)
  let rest = codedName.replace(/^(NDA\d+|Abuse-Deterrent)\s+/i, '').replace(/^Abuse-Deterrent\s+/i, '')
  const brand = /\s*\[([^\]]+)\]\s*$/.exec(rest)
  if (brand) rest = rest.slice(0, brand.index)
  const pack = /^\s*(\d+(?:\.\d+)?) (ML|ACTUAT)\s+(?=\S)/.exec(rest)
  rest = rest.replace(/^\s*\d+ HR\s+(?=[A-Za-z])/, '').replace(/^\s*\d+(?:\.\d+)? (ML|ACTUAT)\s+(?=[A-Za-z])/, '')
  const form = forms.find(([pattern]) => pattern.test(rest))
  if (form && form[1] !== 'pack') rest = rest.replace(form[0], '').trim()
  for (const [pattern, shown] of units) rest = rest.replace(pattern, shown)
  rest = rest.split(' / ').map(part => part.replace(/\b[a-z]*[A-Z]{3,}[a-z]*\b/g, word => (/[a-z]/.test(word) ? word.toLowerCase() : word))).join(' + ').trim()
  const size = pack?.[2] === 'ML' ? ` (${pack[1]} mL)` : ''
  const name = rest === '' ? codedName : rest.charAt(0).toUpperCase() + rest.slice(1) + size + (brand ? ` (${brand[1]})` : '')
  return { name, form: form ? say(`explain.form.${form[1]}`) : null, codedName }
}
