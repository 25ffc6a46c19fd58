import { Facts } from '#ui/things.tsx'
import { languageName, listWords, type Clinician } from '../shared.ts'

/** What the page says, for those who may read it here and not change it. */
export function ClinicianSummary({ clinician }: { clinician: Clinician }) {
  const told: readonly [string, string][] = [
    ['One sentence', clinician.line.en], ['How I practice', clinician.practise.en], ['What I care about', clinician.care.en], ['What I am like', clinician.like.en], ['What I trained in', clinician.trained.en],
  ]
  return (
    <Facts items={[
      { term: 'What they are', words: clinician.role.en },
      { term: 'Speaks', words: listWords(clinician.languages.map(code => languageName(code, 'en')), 'en') },
      ...told.filter(([, words]) => words !== '').map(([term, words]) => ({ term, words })),
    ]} />
  )
}
