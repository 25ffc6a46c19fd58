import type { Ctx } from '#platform/ctx.ts'
import { placeNameOf, practiceNameOf, telephoneOf, type PlaceName } from '#platform/letter-facts.ts'
import type { Sender } from '#platform/write-letter.ts'
import { practiceCard } from './practice-card.ts'
import { readPractice } from './read-practice.ts'

/**
 * Words in the name of a practice or a place from which whoever sees a message over somebody's shoulder would know what they come for. Family, general
 * and children's medicine tell nothing. Beginnings of words, without accents, English and Spanish.
 */
const revealing = [
  'oncolog', 'cancer', 'tumor', 'chemo', 'quimio', 'radiation', 'radioter', 'hematolog', 'hiv', 'vih', 'aids', 'sida', 'infectious', 'infeccios', 'std', 'sti ', 'sexual', 'hepatitis', 'hepatolog',
  'psych', 'psiqui', 'psico', 'mental', 'behavior', 'conduct', 'depress', 'anxiety', 'addict', 'adiccion', 'recovery', 'rehab', 'detox', 'substance', 'methadone', 'metadona', 'suboxone', 'opioid', 'alcohol',
  'fertil', 'ivf', 'reproduct', 'abortion', 'aborto', 'planned parent', 'family planning', 'planificacion', 'obstet', 'gynec', 'ginec', 'obgyn', 'ob-gyn', 'prenatal', 'pregnan', 'embaraz', 'matern', 'midwi', 'women', 'mujer', 'urolog', 'androlog', 'erectile',
  'gender', 'genero', 'trans ', 'dialysis', 'dialisis', 'nephrolog', 'nefrolog', 'renal', 'kidney', 'diabet', 'endocrin', 'cardio', 'heart', 'corazon', 'neurolog', 'epilep', 'memory', 'memoria', 'dementia', 'demencia', 'alzheimer',
  'dermat', 'rheumat', 'reumat', 'pulmon', 'gastro', 'colorectal', 'proctolog', 'bariatr', 'weight', 'peso', 'obes', 'eating', 'pain', 'dolor', 'hospice', 'hospicio', 'palliat', 'paliativ', 'genetic', 'transplant', 'trasplante', 'sleep', 'sueno', 'allerg', 'alerg', 'wound', 'memory', 'plastic', 'cosmetic', 'autis', 'adhd', 'tms', 'ketamine',
] as const
const plain = (text: string) => ` ${text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9-]+/g, ' ')} `
export const isRevealing = (name: string): boolean => revealing.some(beginning => plain(name).includes(` ${beginning}`))

const withoutSpecialty = 'Your clinic'

/** Who writes our letters. A name that tells a specialty stays away; the number says whom to call. */
export async function letterSender(ctx: Ctx): Promise<Sender> {
  const { name, phone } = await practiceCard(ctx)
  return { name: practiceNameOf(isRevealing(name) ? withoutSpecialty : name), phone: phone && telephoneOf(phone.text) }
}

/** The name of one of our locations as a letter may say it; its street, where the name tells a specialty. */
export async function letterPlace(ctx: Ctx, locationId: string): Promise<PlaceName | undefined> {
  const location = (await readPractice(ctx))?.locations.find(({ id }) => id === locationId)
  return location && placeNameOf(isRevealing(location.name) ? location.street : location.name)
}
