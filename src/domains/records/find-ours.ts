import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db.ts'
import { matchClinician, readPractice } from '#practice'
import { asText, asThings, codesOf, type Loose } from './explain/read-loosely.ts'
import type { Ours } from './judge-review.ts'
import { readReference } from './read-identity.ts'

/** Finds one of the practice in what these things refer to: by the number that stands there or in the directory, else by the name. `within`: where it is said. */
export async function findOurs(ctx: Ctx, source: string, things: unknown): Promise<(person: Loose, within: Loose) => (Ours & { id: string }) | undefined> {
  const clinicians = (await readPractice(ctx))?.clinicians ?? []
  const ids = new Set([...JSON.stringify(things).matchAll(/"reference":"([^"]{3,200})"/g)].map(([, reference]) => readReference(reference!).id))
  const { rows: known } = await sql<{ source_id: string; alias: string | null; name: string; identifier: unknown }>`
    select source_id, alias, name, body -> 'identifier' as identifier
    from records.directory
    where source = ${source} and fhir_type in ('Practitioner', 'PractitionerRole') and (source_id = any (${[...ids]}::text[]) or alias = any (${[...ids]}::text[]))
  `.execute(ctx.db.kysely)
  return (person, within) => {
    const reference = asText(person.reference)
    const inside = reference?.startsWith('#') ? asThings(within.contained).find(one => `#${asText(one.id)}` === reference) : undefined
    const entry = reference === null ? undefined : known.find(one => [one.source_id, one.alias].includes(readReference(reference).id))
    const name = asThings(inside?.name)[0]
    return matchClinician({
      npi: npiOf(person.identifier) ?? npiOf(inside?.identifier) ?? npiOf(entry?.identifier),
      name: asText(person.display) ?? (name ? asText(name.text) ?? [...(Array.isArray(name.given) ? name.given : []), name.family].map(asText).filter(Boolean).join(' ') : null) ?? entry?.name ?? null,
    }, clinicians)
  }
}

function npiOf(identifiers: unknown): string | null {
  const found = asThings(identifiers).find(one => /us-npi|2\.16\.840\.1\.113883\.4\.6$/.test(asText(one.system) ?? '') || codesOf(one.type).some(({ code }) => code === 'NPI'))
  return asText(found?.value)
}
