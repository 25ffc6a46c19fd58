import { readingGrade } from '#platform/readability.ts'
import type { Charged } from '#records/shared'
import { Badge, Notice } from '#ui/notice.tsx'
import { Details, Section } from '#ui/things.tsx'
import { mostShown, type Checked } from '../check-words.ts'
import type { CheckedNote } from '../shared.ts'

type Row = Pick<Charged, 'words' | 'why' | 'suggest' | 'severity'> & { around: string; copiedFrom?: string | null }

/** What a reader may stumble over, each with why and what could stand there instead. A hint: nothing is blocked or changed (N2). */
export const FoundWords = ({ checked: { shown, more }, text, level }: { checked: Checked; text: string; level?: 3 }) =>
  <Found level={level} rows={shown.map(one => ({ ...one, around: around(text, one.start, one.end) }))} more={more} text={text} />

/** The same for a note, with what was copied forward named as copied (N5). */
export const FoundInNote = ({ checked: { marks, more, copied }, texts }: { checked: CheckedNote; texts: { body: string; summary: string } }) => (
  <>
    <Found rows={marks.map(mark => ({ ...mark, around: around(texts[mark.field], mark.start, mark.end) }))} more={more} text={`${texts.body}\n${texts.summary}`} />
    {copied.length > 0 && <Section title="Copied from an earlier note"><ul className="plain-list">{copied.map(({ start, end, from }) => <li key={start}>“{texts.body.slice(start, Math.min(end, start + 90))}{end - start > 90 && '…'}” <span className="soft">Copied from {from}</span></li>)}</ul></Section>}
  </>
)

function Found({ rows, more, text, level }: { rows: readonly Row[]; more: number; text: string; level?: 3 | undefined }) {
  const grade = text.trim().split(/\s+/).length >= 20 ? Math.round(readingGrade(text) * 10) / 10 : undefined
  return (
    <Section title="What a reader may stumble over" level={level}>
      {rows.length === 0 ? <Notice tone="calm" title="Nothing stands out." /> : (
        <ul className="rows" aria-label="Words to look at">
          {rows.map((one, index) => (
            <li key={index} className="row"><div className="row-body">
              <div className="row-words">
                <strong>{one.words}</strong>{' '}<span className="soft">… {one.around} …</span>
                <div className="row-detail">Why: {one.why}. Instead: {one.suggest}{one.copiedFrom && <>. Copied from {one.copiedFrom}</>}</div>
              </div>
              <div className="row-aside"><Badge tone={one.severity === 3 ? 'notice' : 'plain'}>{one.severity === 3 ? 'Look at this' : 'Perhaps'}</Badge></div>
            </div></li>
          ))}
        </ul>
      )}
      {more > 0 && <p className="soft">And {more} more. Only the {mostShown} gravest show at once.</p>}
      {grade !== undefined && <p className="soft">Reading grade {grade}. Patients read most easily at 6 or less.</p>}
    </Section>
  )
}

const around = (text: string, start: number, end: number) => `${text.slice(Math.max(0, start - 30), start)}${text.slice(start, end)}${text.slice(end, end + 30)}`.replace(/\s+/g, ' ')

/** N14. */
export const StyleCard = () => (
  <Details summary="How notes read well">
    <ul>
      <li>Name a strength of the patient.</li>
      <li>Numbers instead of labels: “takes 4 of 7 doses” says more than “noncompliant”.</li>
      <li>“We agreed”, instead of “instructed”.</li>
      <li>Give the reason for a choice: “chose not to, because of the cost”.</li>
      <li>BMI and class, instead of “morbid”.</li>
      <li>The person first: “person with diabetes”.</li>
    </ul>
  </Details>
)
