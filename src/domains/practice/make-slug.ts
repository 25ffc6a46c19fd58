/** 'Dr. Tomás Valdemora' → 'tomas-valdemora': a name's place in an address. */
export function makeSlug(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/^(dr|dra|prof)\.?\s+/, '').replace(/[^a-z0-9]+/g, '-')
  return plain.slice(0, 60).replace(/^-+|-+$/g, '') || 'page'
}

/** The same, with a number when others have it already. */
export function freeSlug(name: string, taken: readonly string[]): string {
  const wanted = makeSlug(name)
  for (let number = 1; ; number++) {
    const slug = number === 1 ? wanted : `${wanted.slice(0, 56)}-${number}`
    if (!taken.includes(slug)) return slug
  }
}
