import type { DiagnosticReport } from '@medplum/fhirtypes'
import { audit } from '#platform/audit.ts'
import type { Ctx } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { formatDay, formatWhen } from '#platform/when.ts'
import { words, type Locale } from '#platform/words.ts'
import type { Subject } from '#feedback'
import { plainNoteName, plainTestName } from './explain/plain-titles.ts'
import { asText, asThing, asThings, nameOf } from './explain/read-loosely.ts'
import { splitParagraphs } from './explain/split-paragraphs.ts'
import { attachmentsOf } from './read-attachment.ts'
import { readFact, readNote, type NoteFacts } from './read-facts.ts'
import { readPatient, type PatientFacts } from './read-patient.ts'
import { readResult } from './read-result.ts'
import { tellThing } from './tell-record.ts'

/** What a patient points at, with what stood there, read anew through the wall: nothing of it is taken from the form. */
export type Pointed = { subject: Subject; back: string }
type Wish = { locale: Locale; zone: string }
/** The part of a document that is pointed at as a whole. */
export const whole = 'all'

const dated = (title: string, at: Date | null, { locale, zone }: Wish): string => (at ? `${title} · ${formatWhen(at, zone, 'day', locale)}` : title)
const inShort = (told: { title: string; words: readonly string[]; when: string | null } | null, name: string): string => (told ? [told.title, ...told.words, told.when].filter(Boolean).join('\n') : name)

export const authorOf = (note: Pick<NoteFacts, 'resource' | 'look' | 'author'>): string | null =>
  asThings(asThing(note.resource).author).map(one => nameOf(one, note.look.nameOf)).find(name => name !== null) ?? note.author

export async function pointAtNote(ctx: Ctx, patientId: AuthorizedPatientId, id: string, part: string, wish: Wish): Promise<Pointed> {
  const note = await readNote(ctx, patientId, id)
  const texts = attachmentsOf(note.resource).flatMap(one => (one.kind === 'text' ? splitParagraphs(one.text) : []))
  const paragraph = texts.find(one => one.part === part)
  if (!paragraph && part !== whole) throw new NotFound()
  const title = dated(plainNoteName(note, wish.locale), note.happenedAt, wish)
  return {
    back: `/portal/notes/${id}`,
    subject: { type: 'note', id: note.resourceId, category: 'notes', part: paragraph ? part : '', title, excerpt: (paragraph?.words ?? texts.map(one => one.words).join('\n\n')).slice(0, 6_000), author: authorOf(note) },
  }
}

export async function pointAtResult(ctx: Ctx, patientId: AuthorizedPatientId, id: string, wish: Wish): Promise<Pointed> {
  const facts = await readResult(ctx, patientId, id)
  const options = { ...wish, now: ctx.now(), demo: ctx.house.isDemo, look: facts.look.nameOf }
  const told = [facts, ...facts.tests].map(one => tellThing(one === facts ? facts.kind : 'test', one.resource, options)).filter(one => one !== null)
  const thing = asThing(facts.resource)
  const name = plainTestName({ code: facts.code, name: facts.name }, wish.locale)
  const author = [...asThings(thing.resultsInterpreter), ...asThings(thing.performer)].map(one => nameOf(one, facts.look.nameOf)).find(one => one !== null) ?? null
  return {
    back: `/portal/results/${id}`,
    subject: { type: 'result', id: facts.resourceId, category: 'results', part: '', title: dated(name, facts.happenedAt, wish), excerpt: told.map(one => inShort(one, '')).join('\n\n').slice(0, 6_000) || (asText((facts.resource as DiagnosticReport).conclusion) ?? name), author },
  }
}

export async function pointAtFact(ctx: Ctx, patientId: AuthorizedPatientId, id: string, wish: Wish): Promise<Pointed> {
  const fact = await readFact(ctx, patientId, id)
  const told = tellThing(fact.kind, fact.resource, { ...wish, now: ctx.now(), demo: ctx.house.isDemo, look: fact.look.nameOf })
  const thing = asThing(fact.resource)
  const author = [thing.requester, thing.recorder, thing.asserter, thing.performer].flatMap(asThings).map(one => nameOf(one, fact.look.nameOf)).find(one => one !== null) ?? null
  return {
    back: fact.kind === 'medicine' ? '/portal/medicines' : '/portal/record',
    subject: { type: 'fact', id: fact.resourceId, category: 'record', part: '', title: told?.title || fact.name, excerpt: inShort(told, fact.name), author },
  }
}

/** Who the practice takes the patient to be, line by line, as the record says. */
export function contactLines(patient: PatientFacts, locale: Locale): { term: string; words: string }[] {
  const say = words(locale)
  const lines: [string, string | null][] = [
    ['name', patient.name], ['born', patient.birthDate && formatDay(patient.birthDate, 'day', locale)], ['phone', patient.phone], ['email', patient.email], ['address', patient.address],
    ['language', patient.language && languageName(patient.language, locale)],
  ]
  return lines.flatMap(([key, text]) => (text ? [{ term: say(`portal.contact.${key}`), words: text }] : []))
}

function languageName(tag: string, locale: Locale): string {
  try { return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag } catch { return tag }
}

export async function pointAtContact(ctx: Ctx, patientId: AuthorizedPatientId, { locale }: Wish): Promise<Pointed> {
  const patient = await readPatient(ctx, patientId)
  if (!patient) throw new NotFound()
  await audit(ctx, 'record.viewed', { patientId, kind: 'contact', ids: [] })
  return {
    back: '/portal/record#contact',
    subject: { type: 'contact', id: patientId, category: 'identity', part: '', title: words(locale)('portal.contact.title'), excerpt: contactLines(patient, locale).map(line => `${line.term}: ${line.words}`).join('\n'), author: null },
  }
}
