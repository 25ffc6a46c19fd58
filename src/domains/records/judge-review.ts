import { asText, asThing, asThings, wordsOf, type Loose } from './explain/read-loosely.ts'
import { conclusionByLab, reportNoteUrl } from './shared.ts'

/** One of the practice's clinicians. */
export type Ours = { personId: string | null; name: string }
/** What came of one result: the report or lone test, its tests, and letters about it that went to the patient. Only the fields read here. */
export type Sent = { lead: Loose; tests: readonly Loose[]; letters: readonly Loose[]; patientRef: string }
export type Remark = { author: string; words: string; locale: 'en' | 'es'; at: Date | null }
export type ReviewElsewhere = { by: Ours | null; at: Date | null; remarks: Remark[] }

const clean = (text: string | null): string => (text ?? '').replaceAll('\0', '').trim().slice(0, 5_000)
const localeOf = (thing: Loose) => (/^es\b/i.test(asText(thing.language) ?? '') ? 'es' as const : 'en' as const)
function momentOf(value: unknown): Date | null {
  const text = asText(value)
  const time = text === null || text.length <= 10 ? Number.NaN : Date.parse(text)
  return Number.isFinite(time) ? new Date(time) : null
}

function notesOf(thing: Loose): readonly Loose[] {
  const extended = asThings(thing.extension).filter(one => one.url === reportNoteUrl).map(one => asThing(one.valueAnnotation))
  return [...asThings(thing.note), ...extended]
}
const authorOf = (note: Loose): Loose => (asText(note.authorString) ? { display: note.authorString } : asThing(note.authorReference))

/** A letter counts if it went out, to the patient, and nothing marks it as more sensitive than the result. */
const isToPatient = (letter: Loose, patientRef: string): boolean =>
  letter.status === 'completed' && asThings(asThing(letter.meta).security).length === 0 && asThings(letter.recipient).some(one => asText(one.reference) === patientRef)

/**
 * What one of the practice's clinicians did about a result in the system it came from: named as who read the report, a note on it, or a
 * letter about it to the patient. What others wrote, and what was written before the result was finished, is no review. Something without
 * a date counts for a result as it first came, not for one that was corrected since: nobody knows which of the two was read. Pure. Source: R22.
 */
export function judgeReview({ lead, tests, letters, patientRef }: Sent, wasChanged: boolean, oursOf: (person: Loose, within: Loose) => Ours | undefined): ReviewElsewhere {
  const finished = momentOf(lead.issued)
  const counts = (at: Date | null) => (at === null ? !wasChanged && lead.status !== 'corrected' : finished === null || at >= finished)
  const remarks: Remark[] = []
  let review: { by: Ours; at: Date | null } | null = null
  const take = (by: Ours | undefined, words: string, locale: 'en' | 'es', at: Date | null) => {
    if (!by || !counts(at)) return
    review ??= { by, at }
    if (words !== '' && !remarks.some(remark => remark.words === words)) remarks.push({ author: by.name, words, locale, at })
  }
  const interpreter = asThings(lead.resultsInterpreter).map(person => oursOf(person, lead)).find(one => one !== undefined)
  const isLabs = asThings(lead.extension).some(one => one.url === conclusionByLab)
  const conclusion = isLabs ? '' : clean(asText(lead.conclusion) ?? (asThings(lead.conclusionCode).map(wordsOf).filter(Boolean).join('. ') || null))
  take(interpreter, conclusion, localeOf(lead), null)
  for (const thing of [lead, ...tests]) {
    for (const note of notesOf(thing)) {
      const words = clean(asText(note.text))
      if (words !== '') take(oursOf(authorOf(note), thing), words, localeOf(thing), momentOf(note.time))
    }
  }
  for (const letter of letters.filter(one => isToPatient(one, patientRef))) {
    const words = clean(asThings(letter.payload).map(part => asText(part.contentString)).filter(Boolean).join('\n\n'))
    if (words !== '') take(oursOf(asThing(letter.sender), letter), words, localeOf(letter), momentOf(letter.sent) ?? momentOf(letter.received))
  }
  return { ...(review ?? { by: null, at: null }), remarks }
}
