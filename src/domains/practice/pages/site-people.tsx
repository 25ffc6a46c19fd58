import { Badge } from '#ui/notice.tsx'
import { People, type PersonFacts } from '#ui/site-parts.tsx'
import { pictureFacts } from '../address-picture.ts'
import { inLocale, langOf, type Clinician } from '../shared.ts'
import type { SiteScene } from './show-site.tsx'

/** 'Dr. Ada Brightmoor, MD' */
export const fullName = ({ name, credentials }: Pick<Clinician, 'name' | 'credentials'>): string => (credentials ? `${name}, ${credentials}` : name)

/** A sentence somebody said, in the quotation marks of the language. */
export const quoted = (text: string, locale: SiteScene['locale']): string => (locale === 'es' ? `«${text}»` : `“${text}”`)

export function personFacts({ locale, say, to }: SiteScene, clinician: Clinician, isQuoted: boolean): PersonFacts {
  const line = inLocale(clinician.line, locale)
  const sees = inLocale(clinician.sees, locale)
  return {
    name: fullName(clinician), href: to(`/clinicians/${clinician.slug}`),
    role: inLocale(clinician.role, locale),
    line: (
      <>
        {!isQuoted && sees && <span className="person-sees">{sees}</span>}
        {isQuoted && line && <span className="person-quote" lang={langOf(clinician.line, locale)}>{quoted(line, locale)}</span>}
        {clinician.accepting === 'yes' && <Badge tone="calm">{say('site.accepting.yes')}</Badge>}
      </>
    ),
    picture: clinician.picture ? pictureFacts(clinician.picture, locale, '(min-width: 40rem) 22rem, 6.5rem') : undefined,
  }
}

/** `isQuoted` off where somebody has just spoken: then it says whom each sees. */
export const ClinicianList = ({ scene, clinicians, level, isQuoted = true }: { scene: SiteScene; clinicians: readonly Clinician[]; level?: 2 | 3; isQuoted?: boolean }) =>
  <People people={clinicians.map(clinician => personFacts(scene, clinician, isQuoted))} level={level} />
