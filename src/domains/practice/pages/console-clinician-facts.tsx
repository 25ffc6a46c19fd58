import { Actions, Button } from '#ui/button.tsx'
import { Checkboxes, Select } from '#ui/choices.tsx'
import { Pair } from '#ui/console-parts.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import type { ClinicianLists } from '../edit-clinician.ts'
import { commonLanguages, languageName, type Clinician, type Practice } from '../shared.ts'
import { pairValues } from './console-frame.tsx'
import { PictureChoice } from './picture-choice.tsx'

export const listsFrom = (form: FormData): ClinicianLists => ({ languages: form.getAll('languages').map(String), locationIds: form.getAll('locations').map(String) })

export const storedFacts = (clinician: Clinician): Values => ({
  name: clinician.name, pronouns: clinician.pronouns, credentials: clinician.credentials, npi: clinician.npi ?? '', ...pairValues('role', clinician.role), ...pairValues('sees', clinician.sees),
  languages: clinician.languages.filter(code => commonLanguages.includes(code)), 'more-languages': clinician.languages.filter(code => !commonLanguages.includes(code)).join(', '),
  locations: clinician.locationIds, picture: clinician.picture?.id ?? '', person: clinician.personId ?? '',
})

type Props = { practice: Practice; staff: readonly { personId: string; name: string }[]; problems?: Problems | undefined; values: Values; verb: string }

/** Who somebody is: what the manager enters. */
export function ClinicianFacts({ practice, staff, problems, values, verb }: Props) {
  return (
    <Form label="Who they are" className="form-wide" problems={problems} values={values}>
      <input type="hidden" name="do" value="facts" />
      <Field name="name" label="Name" hint="As patients say it: “Dr. Ada Brightmoor”." maxLength={120} size="medium" />
      <Pair name="role" label="What they are" hint="In plain words: “Family doctor”, “Nurse practitioner”." most={80} />
      <Pair name="sees" label="Whom they see" hint="“Adults from 18 on”, “Newborns to great-grandparents”." most={120} isOptional />
      <Field name="credentials" label="Letters after the name" hint="MD, DO, FNP-C" maxLength={60} size="short" isOptional />
      <Field name="pronouns" label="Pronouns" hint="she/her, he/him, they/them: their own choice, or none." maxLength={40} size="short" isOptional />
      <Field name="npi" label="NPI" hint="Ten digits. We check that they hang together." inputMode="numeric" maxLength={10} size="short" isOptional />
      <Checkboxes name="languages" label="Languages" isInline choices={commonLanguages.map(code => ({ value: code, label: languageName(code, 'en') }))} />
      <Field name="more-languages" label="Other languages" hint="By their code, with commas between: el for Greek, yo for Yoruba." size="medium" isOptional />
      {practice.locations.length > 0 && <Checkboxes name="locations" label="Works at" isOptional isInline choices={practice.locations.map(({ id, name }) => ({ value: id, label: name }))} />}
      <PictureChoice name="picture" label="Picture" pictures={practice.pictures} />
      {staff.length > 0 && (
        <Select name="person" label="Their account" hint="With it they can write their own words." isOptional emptyLabel="None" choices={staff.map(({ personId, name }) => ({ value: personId, label: name }))} />
      )}
      <Actions><Button>{verb}</Button></Actions>
    </Form>
  )
}
