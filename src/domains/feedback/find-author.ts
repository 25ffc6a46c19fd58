import type { Ctx } from '#platform/ctx.ts'
import { readPractice } from '#practice'

const titles = /^(dr|dra|doctor|doctora|md|do|np|pa|pac|rn|aprn|fnp|dnp|phd|mr|mrs|ms|mx|nurse)$/
const bare = (name: string): string =>
  name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\./g, '').split(/[^\p{L}\p{N}]+/u).filter(word => word && !titles.test(word)).sort().join(' ')

/** Who of the practice's clinicians bears that name, titles aside, and signs in here; nobody where two do. */
export async function findAuthor(ctx: Ctx, name: string | null): Promise<string | null> {
  if (name === null || bare(name) === '') return null
  const found = ((await readPractice(ctx))?.clinicians ?? []).filter(clinician => clinician.personId !== null && bare(clinician.name) === bare(name))
  return found.length === 1 ? found[0]!.personId : null
}
