import { asText, asThing, asThings, type Loose } from './explain/read-loosely.ts'
import { isUnit } from './check-unit.ts'

const ucum = /^(http:\/\/unitsofmeasure\.org|urn:oid:2\.16\.840\.1\.113883\.6\.8)$/
/** A field whose value looks like a day and is none: year 0000, month or day 00 or past the end. A name, a code or an identifier may look as it likes. */
const noDay = /"(?!(?:value|code|display|text|reference|url|id|version|div|valueString)")(\w{1,40})"\s*:\s*"(?:0000(?:-|")|\d{4}-(?:00|1[3-9]|[2-9]\d)(?:-|")|\d{4}-\d\d-(?:00|3[2-9]|[4-9]\d)(?:T|")|\d{4}-02-3\d|\d{4}-(?:04|06|09|11)-31)/
const script = /<\s*(?:script|iframe|object|embed|form)\b|\son[a-z]{3,20}\s*=|javascript:/i

/**
 * What is odd in a resource that is kept all the same, in words that follow its name: "Observation/7 has …". It is kept as it came and made
 * harmless where it is shown; somebody should look at how it was made.
 */
export function findOddities(resource: Loose, text: string): string[] {
  const odd: string[] = []
  const id = asText(resource.id)
  if (id !== null && /[/\\]|\.\./.test(id)) odd.push('has an id that looks like a path')
  const field = noDay.exec(text)?.[1]
  if (field) odd.push(`has a date in “${field}” that no calendar has`)
  if (script.test(asText(asThing(resource.text).div) ?? '')) odd.push('has a script in its narrative')
  const unit = unitsIn(resource).find(one => !isUnit(one))
  if (unit !== undefined) odd.push(`has a unit that UCUM does not know: “${unit.slice(0, 40)}”`)
  return odd
}

/** Units that are said to be of UCUM, and those of which nobody says of what they are: they can only be meant so. */
function unitsIn(resource: Loose): string[] {
  if (resource.resourceType !== 'Observation') return []
  return [resource, ...asThings(resource.component)].flatMap(part => {
    const quantity = asThing(part.valueQuantity)
    const system = asText(quantity.system)
    const code = asText(quantity.code)
    if (system !== null) return ucum.test(system) && code !== null ? [code] : []
    const spelled = code ?? asText(quantity.unit)
    return spelled !== null && !isSpelling(spelled) ? [spelled] : []
  })
}

/** How laboratories spell units that they give no code for: letters, digits and signs of a formula. What has others is no unit's name. */
const isSpelling = (unit: string) => /^[\p{Script=Latin}\p{Script=Greek}\d\s%°*^.,/()[\]{}'"+_<>=×²³⁶⁹·:#-]{1,60}$/u.test(unit)
