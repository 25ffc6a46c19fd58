import { formatWhen } from '#platform/when.ts'
import type { ReviewRow } from '#records'
import { Actions, Button } from '#ui/button.tsx'
import { Checkbox, Radios } from '#ui/choices.tsx'
import { Field, TextArea } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { Details, Section } from '#ui/things.tsx'

export const holdRefusals: Record<string, string> = {
  distress: 'Distress is no ground to hold a result back. If the patient wants to wait, they choose it in the portal under “How I get my results”, or you write down their yes.',
  'no-danger': 'Choose what the danger is.', 'few-words': 'Say in a sentence or two why reading this would be a danger: 20 letters at least.',
  'not-attested': 'Only somebody who knows this patient may find that.', already: 'A finding stands already.', 'law-forbids': 'This law lets nobody who treats end the wait. Talk with the patient: the law delays the electronic copy alone.', 'not-talked': 'This law asks that somebody has talked with the patient first. Mark that you have.', 'need-words': 'Write whom you spoke with.', 'open-already': 'The patient can read this already. What is open is not taken back.',
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

/** A state's law: whether who treats may end it early, and how. */
export function LawHold({ row, zone }: { row: ReviewRow; zone: string }) {
  if (row.lawCitation === null || row.releasedAt) return null
  const mayEnd = row.lawEarly.includes('clinician')
  return (
    <Section title="Held by a state’s law">
      <p>{row.lawCitation} holds the electronic copy {row.lawUntil ? `until ${formatWhen(row.lawUntil, zone, 'moment')}` : 'until somebody has talked with the patient'}. {mayEnd ? 'It leaves to you to end that for this patient.' : 'It lets nobody here end that. You may tell the patient by telephone or in person at any time.'} {row.lawEarly.includes('patient') && 'The patient may end it with one tap.'}</p>
      {mayEnd && (
        <Form prefix="law-" label="End the law’s hold">
          {row.lawUntil === null && <Checkbox name="talked" label="I have talked with the patient about this result" />}
          <Actions><Button kind="secondary" name="action" value="end-law">Let the patient read it now</Button></Actions>
        </Form>
      )}
    </Section>
  )
}

/** Whoever wants a call or a visit first reads it once somebody has had it. */
export function Talk({ row, zone }: { row: ReviewRow; zone: string }) {
  if (row.contactedAt) return <p>Talked with {row.spokeWith} on {formatWhen(row.contactedAt, zone, 'moment-short')}.</p>
  if (row.releasedAt || row.heldBy !== 'patient') return null
  return (
    <Section title="The patient waits for you">
      <p>They asked to hear from you before they read this. It opens when you have written or talked, whichever they asked for, and by itself {row.opensAt && formatWhen(row.opensAt, zone, 'moment')}.</p>
      <Form prefix="talk-" label="Write down the talk">
        <Field name="spoke" label="Whom you talked with" maxLength={200} hint="The patient, or who stands for them." />
        <Actions><Button kind="secondary" name="action" value="talked">We have talked about it</Button></Actions>
      </Form>
    </Section>
  )
}
