import { formatWhen } from '#platform/when.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Radios } from '#ui/choices.tsx'
import { Form } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { Details, Section } from '#ui/things.tsx'
import type { Appointment } from '../list-appointments.ts'
import { declineWords } from '../shared.ts'

/** Somebody waits. The yes first; a no with its reason, which they read; moving it to a time that is agreed is a yes as well. */
export function Answer({ visit, zone, now }: { visit: Appointment; zone: string; now: Date }) {
  const by = formatWhen(visit.confirmBy!, zone, 'moment')
  return (
    <Section title="They wait for your answer">
      {visit.confirmBy! > now ? <p>They were told that we answer by {by}. Until then the time is kept.</p> : <Notice tone="notice" title={`We promised an answer by ${by}.`}><p>The time is still kept. Answer now, or call them.</p></Notice>}
      <Form isInline label="Confirm it">
        <input type="hidden" name="version" value={visit.version} />
        <Button name="action" value="confirm" icon="calendar-check">Confirm it</Button>
      </Form>
      <Details summary="Decline it">
        <Form label="Decline it">
          <input type="hidden" name="version" value={visit.version} />
          <Radios name="reason" label="Why" hint="They read it, in their language, with the times that are free near it." choices={Object.entries(declineWords).map(([value, label]) => ({ value, label }))} />
          <Actions><Button kind="danger" name="action" value="decline">Decline it</Button></Actions>
        </Form>
      </Details>
    </Section>
  )
}
