import type { ReviewRow } from '#records'
import { Actions, Button } from '#ui/button.tsx'
import { Checkbox, Radios } from '#ui/choices.tsx'
import { Field, TextArea } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { Details, Section } from '#ui/things.tsx'

export const holdRefusals: Record<string, string> = {
  distress: 'Distress is no ground to hold a result back. If the patient wants to wait, they choose it in the portal under “How I get my results”, or you write down their yes.',
  'no-danger': 'Choose what the danger is.', 'few-words': 'Say in a sentence or two why reading this would be a danger: 20 letters at least.',
  'not-attested': 'Only somebody who knows this patient may find that.', already: 'A finding stands already.', 'open-already': 'The patient can read this already. What is open is not taken back.',
}

/** R9: one clinician, one patient, one result. */
export function Hold({ row }: { row: ReviewRow }) {
  if (row.heldBy === 'harm') return <Section title="Held for safety"><Form prefix="end-" label="End the hold"><Actions><Button kind="secondary" name="action" value="end-hold">The danger is over: open it</Button></Actions></Form></Section>
  if (row.releasedAt) return null
  return (
    <Details summary="Hold it back for safety">
      <Form prefix="hold-" label="Hold it back for safety">
        <Radios name="danger" label="Reading it now would endanger" choices={[{ value: 'life', label: 'A life' }, { value: 'physical-safety', label: 'Physical safety' }, { value: 'data-error', label: 'Nobody, but it is known to be wrong' }, { value: 'distress', label: 'It would upset the patient' }]} />
        <TextArea name="finding" label="Why" rows={3} maxLength={4_000} hint="Your own finding about this patient and this result. The patient learns that it is held and until when, not what you write." />
        <Field name="days" label="Days, seven at most" type="number" value="3" size="short" />
        <Checkbox name="knows" label="I know this patient and have judged this for them alone" />
        <Actions><Button kind="danger" name="action" value="hold">Hold it back</Button></Actions>
      </Form>
    </Details>
  )
}
