import type { ReactNode } from 'react'
import { audit } from '#platform/audit.ts'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { may, mustBeAbleTo } from '#platform/permission.ts'
import { formatDay, formatWhen } from '#platform/when.ts'
import { isUuid, phoneFrom } from '#practice'
import { languageName } from '#practice/shared'
import { Actions, Button } from '#ui/button.tsx'
import { Checkbox, Radios } from '#ui/choices.tsx'
import { DateField, Field } from '#ui/fields.tsx'
import { Form, type Values } from '#ui/form.tsx'
import { EmptyState, Notice } from '#ui/notice.tsx'
import { Details, Facts, Section } from '#ui/things.tsx'
import { linkNewcomers, seeSchedule } from '../access.ts'
import { listAnswers, type Answer as Answered } from '../answer-questions.ts'
import { readNewcomer, type ForWhom, type Newcomer } from '../find-newcomer.ts'
import { linkNewcomer } from '../link-newcomer.ts'
import type { PatientBook, PatientLine } from '../patient-book.ts'
import type { Pays } from '../shared.ts'
import { answerFacts } from './intake-questions.tsx'
import { schedulePath, showInSchedule } from './console-frame.tsx'

const forWords: Readonly<Record<ForWhom, string>> = { self: 'Themselves', child: 'Their child', other: 'Somebody they care for' }
const paysWords: Readonly<Record<Pays, string>> = { insurance: 'Insurance', self: 'They pay themselves: an estimate is owed', unsure: 'Not known yet: an estimate is owed' }
type Said = { problem?: string; found?: readonly PatientLine[]; typed?: Values; status?: number }

/** Somebody new: what they said, whom we know that they could be, and the two ways to a record. */
export const consoleNewcomer = (book: PatientBook): StaffPage => ({
  for: { staff: seeSchedule },
  get: (ctx, { params }) => show(ctx, book, params.id!),

  async post(ctx, form, { params }) {
    mustBeAbleTo(ctx, linkNewcomers)
    const id = params.id!
    if (form.get('do') === 'search') {
      const typed = { name: String(form.get('name') ?? ''), birthDate: String(form.get('birth-date') ?? ''), phone: String(form.get('phone') ?? ''), mrn: String(form.get('mrn') ?? '') }
      return show(ctx, book, id, { found: await book.find(ctx, typed), typed: { name: typed.name, 'birth-date': typed.birthDate, phone: typed.phone, mrn: typed.mrn } })
    }
    const patientId = String(form.get('patient') ?? '')
    if (form.get('do') !== 'new' && !isUuid(patientId)) return show(ctx, book, id, { problem: 'Choose a person first.', status: 422 })
    const linked = await linkNewcomer(ctx, book, id, form.get('do') === 'new' ? {} : { patientId, isTheirs: form.get('theirs') === 'yes' })
    if (linked.ok) return seeOther(`/console/patients/${linked.patientId}`)
    return show(ctx, book, id, { status: 409, problem: linked.reason === 'linked-meanwhile' ? 'Somebody has done this meanwhile. Nothing was changed.' : 'These two cannot be made one here: others can open the one and not the other. Ask the manager.' })
  },
})

async function show(ctx: Ctx<StaffActor>, book: PatientBook, id: string, { problem, found, typed, status }: Said = {}): Promise<Answer> {
  const newcomer = isUuid(id) ? await readNewcomer(ctx, id) : undefined
  if (!newcomer?.name) throw new NotFound()
  await audit(ctx, 'newcomer.viewed', { patientId: id, kind: 'newcomer', ids: [id] })
  const zone = await ctx.house.shell.zone(ctx)
  const mayLink = may(ctx, linkNewcomers) && newcomer.linkedAt === null && newcomer.appointmentId !== null
  return showInSchedule(ctx, { title: newcomer.name, page: '/visits', ...(newcomer.appointmentId && { back: { href: `${schedulePath}/visits/${newcomer.appointmentId}`, words: 'The visit' } }), lead: newcomer.linkedAt ? `Linked to a record on ${formatWhen(newcomer.linkedAt, zone, 'moment')}.` : 'New patient: not linked to a record yet.', ...(status && { status }) },
    <>
      {problem && <Notice tone="notice" title={problem} />}
      <Facts items={[...factsOf(newcomer, zone), ...answerFacts(await answersOf(ctx, newcomer), 'en')]} />
      {mayLink && <Link newcomer={newcomer} found={found ?? await near(ctx, book, newcomer)} typed={typed} />}
    </>)
}

/** Whom we know that they could be: by name and birth date, or by the telephone. */
async function near(ctx: Ctx<StaffActor>, book: PatientBook, { name, birthDate, contactKind, contact }: Newcomer): Promise<PatientLine[]> {
  const lists = [await book.find(ctx, { name: name!, birthDate: birthDate! }), ...(contactKind === 'phone' ? [await book.find(ctx, { phone: contact! })] : [])]
  return [...new Map(lists.flat().map(one => [one.id, one])).values()].slice(0, 25)
}

const contactWords = ({ contactKind, contact, contactShownAt }: Newcomer): string => `${contactKind === 'phone' ? phoneFrom(contact)!.text : contact ?? ''}${contactShownAt ? ', shown by a code' : ', not shown by a code'}`
/** Of what they wrote and of what they answered: "now" before "not now". */
const dangerOf = ({ danger, answersDanger }: Newcomer): Newcomer['danger'] => (answersDanger === 'now' ? answersDanger : danger || answersDanger)
/** What they answered about the visit: with the visit once it is booked. */
const answersOf = async (ctx: Ctx<StaffActor>, { appointmentId, answers }: Newcomer): Promise<Omit<Answered, 'questionId' | 'place'>[]> =>
  appointmentId ? listAnswers(ctx, appointmentId) : answers.flatMap(({ said, ...one }) => (said ? [{ ...one, said }] : []))
const factsOf = (one: Newcomer, zone: string): { term: string; words: ReactNode }[] => [
  { term: 'Born', words: one.birthDate ? formatDay(one.birthDate, 'day') : '' },
  { term: 'For', words: `${forWords[one.forWhom ?? 'self']}${one.askedBy ? `. Asked by ${one.askedBy}` : ''}` },
  { term: 'Reach', words: contactWords(one) },
  { term: 'Language', words: `${languageName(one.speaks || one.locale, 'en')}${one.needsInterpreter ? ', with an interpreter' : ''}` },
  ...(one.accessNeeds ? [{ term: 'Needs', words: <span className="as-written" lang={one.locale}>{one.accessNeeds}</span> }] : []),
  { term: 'Who pays', words: `${one.pays ? paysWords[one.pays] : ''}${one.plan ? ` (${one.plan})` : ''}` },
  { term: 'Why', words: one.reason ? <span className="as-written" lang={one.locale}>{one.reason}</span> : <span className="soft">They did not say.</span> },
  ...(dangerOf(one) ? [{ term: 'Danger', words: `Their words may tell of danger. They were asked whether it is happening now, and said ${dangerOf(one) === 'now' ? 'yes: whoever is on call was paged' : 'no: nobody was paged'}.` }] : []),
  { term: 'Written', words: formatWhen(one.madeAt, zone, 'moment') },
]

function Link({ newcomer, found, typed }: { newcomer: Newcomer; found: readonly PatientLine[]; typed: Values | undefined }) {
  return (
    <Section title="Whose record is it?">
      <p className="measure">Ask before you link: anybody can type a name and a date of birth. Two records that were made one can be parted again.</p>
      {found.length > 0 ? (
        <Form label="Somebody we know">
          <Radios name="patient" label={typed ? 'Found' : 'They could be'} choices={found.map(one => ({ value: one.id, label: one.name, hint: [one.birthDate && `born ${formatDay(one.birthDate, 'day')}`, one.mrn && `number ${one.mrn}`].filter(Boolean).join(', ') }))} />
          <Checkbox name="theirs" label="I asked them: this telephone or e-mail is theirs, too" hint="Without it we reach them as before." />
          <Actions><Button name="do" value="link">It is this person</Button></Actions>
        </Form>
      ) : <EmptyState icon="user-round-search" title={typed ? 'Nobody was found.' : 'Nobody has that name and date of birth.'}>{typed ? 'Search in another way, or begin a record.' : 'Search in another way if they say that they were here before, or begin a record.'}</EmptyState>}
      <Details summary="Search for them in another way" isOpen={typed !== undefined}>
        <Form label="Look for them" isInline prefix="search-" values={typed ?? { name: newcomer.name ?? '' }}>
          <Field name="name" label="Name" isOptional /><DateField name="birth-date" label="Born" isOptional /><Field name="phone" label="Telephone" size="medium" isOptional /><Field name="mrn" label="Number" size="short" isOptional />
          <Button kind="secondary" name="do" value="search">Search</Button>
        </Form>
      </Details>
      <Form label="Begin a record" prefix="new-"><p>They are in no record of ours:</p><Actions><Button kind={found.length > 0 ? 'secondary' : 'primary'} name="do" value="new">Begin a record for them</Button></Actions></Form>
    </Section>
  )
}
