import type { Ctx } from '#platform/ctx.ts'
import type { Locale } from '#platform/words.ts'
import { readPractice } from '#practice'
import { genders, languageName, type Gender } from '#practice/shared'
import { listResources, readNeeds } from './read-settings.ts'

/** Somebody who does a kind of visit, with what patients may ask for in whom they see. */
export type Doer = { id: string; name: string; languages: readonly string[]; gender: Gender | null }
/** What is asked for in whomever one sees; nothing: whoever is free. */
export type Preference = { speaks?: string | undefined; gender?: Gender | undefined }

/** Who does a kind of visit, in the practice's order. Languages and gender are as their own page says them. */
export async function readDoers(ctx: Ctx, visitTypeId: string): Promise<Doer[]> {
  const [leads = []] = await readNeeds(ctx, visitTypeId)
  const [resources, clinicians] = [new Map((await listResources(ctx)).map(one => [one.id, one])), new Map((await readPractice(ctx))?.clinicians.map(one => [one.id, one]))]
  return leads.flatMap(id => {
    const resource = resources.get(id)
    const clinician = clinicians.get(resource?.clinicianId ?? '')
    return resource ? [{ id, name: resource.name, languages: clinician?.languages ?? [], gender: clinician?.gender ?? null }] : []
  })
}

/** What there is to ask for: only what some have and some have not. */
export function preferenceChoices(doers: readonly Doer[], locale: Locale): { languages: { value: string; label: string }[]; genders: Gender[] } {
  const differs = (has: (doer: Doer) => boolean) => doers.some(has) && !doers.every(has)
  const spoken = [...new Set(doers.flatMap(doer => doer.languages))].filter(code => differs(doer => doer.languages.includes(code)))
  return {
    languages: spoken.map(code => ({ value: code, label: languageName(code, locale) })).sort((a, b) => a.label.localeCompare(b.label, locale)),
    genders: genders.filter(gender => differs(doer => doer.gender === gender)),
  }
}

/** What of an address or a form is a preference that can be had. */
export function preferenceFrom(doers: readonly Doer[], typed: { speaks: string | null; gender: string | null }): Preference {
  const { languages, genders: said } = preferenceChoices(doers, 'en')
  const [speaks, gender] = [languages.find(one => one.value === typed.speaks)?.value, said.find(one => one === typed.gender)]
  return { ...(speaks && { speaks }), ...(gender && { gender }) }
}

/** Who has what is asked for; undefined where nothing is. */
export const whoFit = (doers: readonly Doer[], { speaks, gender }: Preference): string[] | undefined =>
  (speaks === undefined && gender === undefined ? undefined : doers.filter(doer => (speaks === undefined || doer.languages.includes(speaks)) && (gender === undefined || doer.gender === gender)).map(doer => doer.id))
