import type { Attachment, CodeableConcept, Coding, DocumentReference, Encounter } from '@medplum/fhirtypes'
import { htmlAttachment, pdfAttachment, textAttachment } from './attachments.ts'
import { add, clinician, heading, organization, point, subject, type Chart } from './chart.ts'
import { exams, reviews, topics, type Topic, type TopicKey } from './notes.data.ts'
import type { ClinicianKey } from './practice.data.ts'
import { ageAt, instant, localTime, monthsAt, writtenDate } from './practice-clock.ts'

export type NoteKind = 'progress' | 'consult' | 'discharge' | 'phone' | 'letter' | 'psychotherapy'
const kinds: Record<NoteKind, readonly [loinc: string, name: string]> = {
  progress: ['11506-3', 'Progress note'], consult: ['11488-4', 'Consult note'], discharge: ['18842-5', 'Discharge summary'],
  phone: ['34748-4', 'Telephone encounter Note'], letter: ['51852-2', 'Letter'], psychotherapy: ['34788-0', 'Psychiatry Consult note'],
}

type Filing = { at: number; kind: NoteKind; encounter?: Encounter | undefined; author?: ClinicianKey; labels?: readonly Coding[]; content: Attachment[] }

export function fileNote(chart: Chart, { at, kind, encounter, author, labels, content }: Filing): DocumentReference {
  const [code, name] = kinds[kind]
  const type: CodeableConcept = { coding: [{ system: 'http://loinc.org', code, display: name }], text: name }
  return add<DocumentReference>(chart, {
    ...heading(chart, 'DocumentReference', at, labels), status: 'current', docStatus: 'final', type,
    category: [{ coding: [{ system: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category', code: 'clinical-note', display: 'Clinical Note' }] }],
    subject: subject(chart), date: instant(at), author: [clinician(chart, author ?? chart.doctor)], custodian: organization(chart, 'practice'),
    ...(labels && { securityLabel: [{ coding: [...labels] }] }),
    content: content.map(attachment => ({ attachment })),
    context: { ...(encounter && { encounter: [point(chart, encounter)] }), period: { start: localTime(at), end: localTime(at) } },
  })
}

export type VisitFacts = { at: number; encounter: Encounter; topics: readonly TopicKey[]; weeks?: number; pressure?: string; labels?: readonly Coding[] }

/** The note of a visit: text mostly, HTML from some systems, and a third carry the last plan forward without a word about it. */
export function writeVisitNote(chart: Chart, facts: VisitFacts): DocumentReference {
  const fill = wordsFor(chart, facts)
  const parts: readonly Topic[] = facts.topics.map(key => topics[key])
  const story = parts.map(part => fill(chart.random.pick(part.story)))
  const plan = parts.map((part, i) => `${i + 1}. ${fill(chart.random.pick(part.plan))}`).join('\n')
  const old = chart.lastPlan && chart.random.chance(0.34) ? chart.lastPlan : undefined
  const sections: Section[] = [
    ['CC', parts.map(part => part.reason).join('; ')], ['HPI', story.join(' ')], ['ROS', chart.random.pick(reviews)],
    ['Vitals', facts.pressure ? `BP ${facts.pressure}` : 'See flowsheet'], ['Exam', chart.random.pick(exams)], ['A/P', plan],
  ]
  if (old) sections.push([chart.random.chance(0.5) ? `Prior plan (copied forward from ${writtenDate(old.at)})` : 'Plan continued', old.text])
  sections.push(['Signed', `Electronically signed ${writtenDate(facts.at)}. Portions of this note were dictated; typos may occur.`])
  chart.lastPlan = { text: plan, at: facts.at }
  const title = `${parts[0]?.reason ?? 'Visit'} ${writtenDate(facts.at)}`
  return fileNote(chart, { at: facts.at, kind: 'progress', encounter: facts.encounter, ...(facts.labels && { labels: facts.labels }), content: [attach(chart, sections, title, facts.at)] })
}

type Section = readonly [heading: string, text: string]

function attach(chart: Chart, sections: readonly Section[], title: string, at: number): Attachment {
  const draw = chart.random.next()
  if (draw < 0.24) return htmlAttachment(asHtml(sections, title), title, at)
  const lines = sections.flatMap(([name, text]) => [`${name.toUpperCase()}:`, ...text.split('\n'), ''])
  return draw < 0.27 ? pdfAttachment([title, '', ...lines.flatMap(wrap)], title, at) : textAttachment(lines.join('\n'), title, at)
}

const asHtml = (sections: readonly Section[], title: string) =>
  `<html><head><title>${escapeHtml(title)}</title><style>h3{font-family:Arial;color:#036}</style></head><body>${sections.map(([name, text]) =>
    `<h3>${escapeHtml(name)}</h3>${text.includes('\n') ? `<ul>${text.split('\n').map(line => `<li>${escapeHtml(line)}</li>`).join('')}</ul>` : `<p>${escapeHtml(text)}</p>`}`).join('')}</body></html>`

const escapeHtml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
const wrap = (line: string) => line.match(/.{1,88}(?:\s|$)/g)?.map(part => part.trimEnd()) ?? ['']

/** Puts this patient's words where the phrases leave room. */
function wordsFor(chart: Chart, { at, weeks, pressure }: VisitFacts): (phrase: string) => string {
  const isWoman = chart.person.sex === 'female'
  const age = ageAt(chart.person.born, at)
  const words: Record<string, string> = {
    who: `${age < 2 ? `${Math.floor(monthsAt(chart.person.born, at))} m.o.` : `${age} y.o.`} ${isWoman ? 'female' : 'male'}`, name: chart.person.given,
    he: isWoman ? 'she' : 'he', He: isWoman ? 'She' : 'He', his: isWoman ? 'her' : 'his', him: isWoman ? 'her' : 'him',
    weeks: String(weeks ?? 20), g: '2P1', bp: pressure ?? '128/78',
  }
  return phrase => phrase.replace(/\{(\w+)\}/g, (_, key: string) => words[key] ?? '')
}

export function writeLetter(chart: Chart, at: number, paragraphs: readonly string[], encounter?: Encounter): DocumentReference {
  const lines = ['Kestrel Family Medicine', '12 Gristmill Lane, Alder Falls', '', writtenDate(at), '', `Dear ${chart.person.given} ${chart.person.family},`, '', ...paragraphs.flatMap(text => [...wrap(text), '']), 'Your care team']
  return fileNote(chart, { at, kind: 'letter', encounter, content: [pdfAttachment(lines, `Letter ${writtenDate(at)}`, at)] })
}

export const writeNote = (chart: Chart, filing: Omit<Filing, 'content'>, title: string, text: string): DocumentReference =>
  fileNote(chart, { ...filing, content: [textAttachment(text, `${title} ${writtenDate(filing.at)}`, filing.at)] })
