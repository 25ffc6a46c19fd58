/** Somebody as another system names them: by number, by name, or by both. */
export type Named = { npi: string | null; name: string | null }
type Clinician = { id: string; personId: string | null; name: string; npi: string | null }

const letters = /^(?:dr|mr|mrs|ms|prof|doctor|md|do|np|pa|pac|rn|dnp|fnp|fnpc|fnpbc|aprn|crnp|cnm|arnp|phd|mph|mbbs|faafp|facp|facog|jr|sr|ii|iii)$/
/** The words of a name without titles, degrees and initials: 'Bell, Ada J., MD' and 'Dr. Ada Bell' are the same two. */
function nameWords(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/(\p{L})[.'’-](?=\p{L})/gu, '$1')
  return plain.split(/[^\p{L}]+/u).filter(word => word.length > 1 && !letters.test(word)).sort().join(' ')
}

/**
 * Which of ours another system means. A number that is known on both sides decides alone; else the whole name, if it is one person's.
 * Nobody is guessed: half a name, or a name that two of ours bear, is nobody.
 */
export function matchClinician<C extends Clinician>({ npi, name }: Named, clinicians: readonly C[]): C | undefined {
  const numbered = npi === null ? undefined : clinicians.find(clinician => clinician.npi === npi)
  if (numbered) return numbered
  const wanted = nameWords(name ?? '')
  if (!wanted.includes(' ')) return undefined
  const same = clinicians.filter(clinician => nameWords(clinician.name) === wanted && (npi === null || clinician.npi === null))
  return same.length === 1 ? same[0] : undefined
}
