import { seeOther, type StaffPage } from '#platform/page.tsx'
import { formatWhen } from '#platform/when.ts'
import { patientNames } from '#records'
import { Actions, Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { writeNotes } from '../access.ts'
import { listArrived, lookedAtArrived } from '../check-arrived.ts'
import { FoundWords, StyleCard } from './found-words.tsx'

const here = '/console/notes-elsewhere'

/** N15: notes that one wrote in another system, with what may hurt whoever reads them. For their author alone. */
export const consoleNotesElsewhere: StaffPage = {
  for: { staff: writeNotes },
  async get(ctx) {
    const [notes, zone] = [await listArrived(ctx), await ctx.house.shell.zone(ctx)]
    const names = await patientNames(ctx, notes.map(note => note.patientId))
    return ctx.house.shell.console(ctx, { title: 'Notes you wrote elsewhere', current: '/console/notes' },
      <>
        <PageHead title="Notes you wrote elsewhere" back={{ href: '/console/notes', words: 'My notes' }} lead="They came from another system and cannot be changed here. Nobody but you is shown what is pointed out. If a word should be another, add to the note where you wrote it." />
        {notes.length === 0 && <EmptyState icon="circle-check" title="Nothing is pointed out in notes you wrote elsewhere." />}
        {notes.map((note, index) => {
          const who = names.get(note.patientId) ?? 'A patient'
          const title = `${who}: ${note.name}${note.happenedAt ? `, ${formatWhen(note.happenedAt, zone, 'day-short')}` : ''}`
          return (
            <Section key={`${note.resourceId} ${note.patientId}`} title={title} aside={<a href={`/console/patients/${note.patientId}`}>{who}’s page</a>}>
              <FoundWords checked={note.checked} text={note.text} level={3} />
              <Form label={`${title}, number ${index + 1}`} prefix={`n${note.resourceId.slice(-6)}-`}><input type="hidden" name="note" value={note.resourceId} /><Actions><Button kind="secondary" icon="check">I have looked at it</Button></Actions></Form>
            </Section>
          )
        })}
        <StyleCard />
      </>)
  },
  async post(ctx, form) {
    await lookedAtArrived(ctx, String(form.get('note') ?? ''))
    return seeOther(here)
  },
}
