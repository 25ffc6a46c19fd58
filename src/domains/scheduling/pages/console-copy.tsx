import { seeOther, type StaffPage } from '#platform/page.tsx'
import { formatDay, formatWhen } from '#platform/when.ts'
import { isUuid } from '#practice'
import { Actions, Button, CopyButton } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Badge, EmptyState } from '#ui/notice.tsx'
import { Facts, Section } from '#ui/things.tsx'
import { keepSchedule } from '../access.ts'
import { listCopyLines, tickCopied, type CopyLine, type CopyWhat } from '../copy-line.ts'
import { matchReceived } from '../join-received.ts'
import type { PatientBook } from '../patient-book.ts'
import { readVisitTypes } from '../read-settings.ts'
import { modeWords, versionFrom } from '../shared.ts'
import { schedulePath, showInSchedule } from './console-frame.tsx'
import { readPlaces } from './visit-words.tsx'

const here = `${schedulePath}/copy`
const whatWords: Readonly<Record<CopyWhat, string>> = { book: 'Book it in the EHR', move: 'Move it in the EHR', cancel: 'Cancel it in the EHR' }
type Contact = { name: string; birthDate: string | null; phone: string | null; mrn: string | null }
type Line = { term: string; words: string }

/** One list of what was booked, moved or cancelled here and is still to be copied into the EHR that keeps the calendar, the oldest first. */
export const consoleCopy = (book: PatientBook): StaffPage => ({
  for: { staff: keepSchedule },
  async get(ctx, { query }) {
    const lines = await listCopyLines(ctx)
    const contacts = await book.contacts(ctx, lines.map(line => line.patientId))
    const [types, places, zone] = [await readVisitTypes(ctx), await readPlaces(ctx), await ctx.house.shell.zone(ctx)]
    const zoneOf = (locationId: string | null) => places.get(locationId ?? '')?.zone ?? zone
    const late = lines.filter(line => line.dueAt <= ctx.now()).length
    const lead = lines.length === 0 ? '' : `${lines.length === 1 ? 'One thing' : `${lines.length} things`}, the oldest first.${late > 0 ? ` ${late} overdue.` : ''} When the EHR sends a visit, its line ends by itself.`
    return showInSchedule(ctx, { title: 'To copy into the EHR', page: '/copy', said: query.get('said'), lead },
      lines.length === 0
        ? <EmptyState icon="clipboard-check" title="Nothing is to be copied.">What patients and the desk book, move or cancel here shows here until the EHR has it.</EmptyState>
        : lines.map(line => <CopyCard key={line.appointmentId} {...{ line, now: ctx.now(), zoneOf }} facts={factsOf(line, contacts.get(line.patientId), { type: types.get(line.visitTypeId)?.name.en ?? 'A visit', place: places.get(line.locationId)?.name ?? '', zone: zoneOf(line.locationId) })} />))
  },

  async post(ctx, form) {
    const [id, other] = [String(form.get('visit') ?? ''), String(form.get('is') ?? '')]
    if (!isUuid(id)) return seeOther(`${here}?said=changed`)
    if (isUuid(other)) return seeOther(`${here}?said=${(await matchReceived(ctx, id, other)).ok ? 'matched' : 'changed'}`)
    return seeOther(`${here}?said=${(await tickCopied(ctx, id, versionFrom(form.get('version')))).ok ? 'copied' : 'changed'}`)
  },
})

/** The same words on the page and where they are pasted. */
function factsOf(line: CopyLine, contact: Contact | undefined, { type, place, zone }: { type: string; place: string; zone: string }): Line[] {
  const was = line.thereAt && line.what === 'move' ? formatWhen(line.thereAt, zone, 'moment') : null
  return [
    { term: 'Patient', words: [contact?.name ?? 'Unknown', contact?.birthDate && `born ${formatDay(contact.birthDate)}`, contact?.mrn && `number ${contact.mrn}`].filter(Boolean).join(', ') },
    { term: 'Phone', words: contact?.phone ?? 'None known' },
    ...(was ? [{ term: 'From', words: was }] : []), { term: line.what === 'move' ? 'To' : 'When', words: formatWhen(line.startsAt, zone, 'moment') },
    { term: 'What', words: `${type}, with ${line.who}` }, { term: 'How', words: line.mode === 'in-person' ? `In person, ${place}` : modeWords[line.mode] },
    ...(line.reason && line.what !== 'cancel' ? [{ term: 'Why', words: line.reason }] : []), { term: 'Our number', words: line.appointmentId },
  ]
}

function CopyCard({ line, facts, now, zoneOf }: { line: CopyLine; facts: readonly Line[]; now: Date; zoneOf: (locationId: string | null) => string }) {
  const isLate = line.dueAt <= now
  const zone = zoneOf(line.locationId)
  return (
    <Section title={whatWords[line.what]} aside={<Badge tone={isLate ? 'act' : 'plain'}>{isLate ? 'Overdue since' : 'By'} {formatWhen(line.dueAt, zone, 'moment-short')}</Badge>}>
      <Facts items={facts.map(({ term, words }) => ({ term, words: term === 'Patient' ? <a href={`${schedulePath}/visits/${line.appointmentId}`}>{words}</a> : term === 'Why' ? <span className="as-written">{words}</span> : words }))} />
      <Form label={`${whatWords[line.what]}: ${facts[0]!.words}`} isInline>
        <input type="hidden" name="visit" value={line.appointmentId} />
        <input type="hidden" name="version" value={line.version} />
        <Actions>
          <Button kind="secondary" icon="check">It is done in the EHR</Button>
          <CopyButton text={facts.map(({ term, words }) => `${term}: ${words}`).join('\n')} words="Copy the words" copied="Copied" />
        </Actions>
      </Form>
      {line.candidates.map(other => (
        <Form key={other.id} label={`A visit of theirs in the EHR, ${formatWhen(other.startsAt, zoneOf(other.locationId), 'moment')}`} isInline>
          <input type="hidden" name="visit" value={line.appointmentId} />
          <p>The EHR has a visit of theirs: {formatWhen(other.startsAt, zoneOf(other.locationId), 'moment')}{other.what && `, ${other.what}`}{other.who && ` with ${other.who}`}.</p>
          <Button kind="secondary" name="is" value={other.id}>It is this one</Button>
        </Form>
      ))}
    </Section>
  )
}
