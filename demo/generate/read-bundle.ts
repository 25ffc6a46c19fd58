import type { Bundle, Resource } from '@medplum/fhirtypes'

export const resourcesOf = (bundle: Bundle): Resource[] => (bundle.entry ?? []).flatMap(({ resource }) => resource ?? [])

export const only = <T extends Resource['resourceType']>(resources: readonly Resource[], type: T) =>
  resources.filter((one): one is Extract<Resource, { resourceType: T }> => one.resourceType === type)

/** Every { reference } in a resource, however deep. */
export function* referencesIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'reference' && typeof inner === 'string') yield inner
    else yield* referencesIn(inner)
  }
}
