import { PageHead } from '#ui/things.tsx'
import { clinicianData, crumbsData, graph } from './site-data.ts'
import { ClinicianList } from './site-people.tsx'
import type { SiteRender } from './show-site.tsx'

/** The people one may meet, side by side. */
export const renderClinicians: SiteRender = scene => {
  const { practice, say } = scene
  const title = say('site.people.title')
  return {
    title, current: '/clinicians', description: say('site.people.about', { name: practice.profile.name }),
    jsonLd: graph(...practice.clinicians.map(clinician => clinicianData(scene, clinician)), crumbsData(scene, [{ path: '/', words: say('site.home') }, { path: '/clinicians', words: title }])),
    content: (
      <>
        <PageHead title={title} lead={say('site.people.lead')} />
        <ClinicianList scene={scene} clinicians={practice.clinicians} level={2} />
      </>
    ),
  }
}
