import type { Ctx, StaffActor } from '#platform/ctx.ts'
import type { Answer, StaffPage } from '#platform/page.tsx'
import { readingGrade } from '#platform/readability.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Checkbox } from '#ui/choices.tsx'
import { TextArea } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { Details, PageHead, Section } from '#ui/things.tsx'
import { checkOwnWords } from '../access.ts'
import { checkWords, mostShown, type Checked } from '../check-words.ts'

/** N15: paste a text, see what would be pointed out, copy it back. It is answered on the same page and kept nowhere. */
export const consoleCheckWords: StaffPage = {
  for: { staff: checkOwnWords },
  get: ctx => show(ctx),
  async post(ctx, form) {
    const text = String(form.get('words') ?? '').slice(0, 50_000)
    const isStrict = form.get('strict') === 'yes'
    return show(ctx, { text, isStrict, checked: checkWords(text, { isStrict }) })
  },
}

type Looked = { text: string; isStrict: boolean; checked: Checked }

function show(ctx: Ctx<StaffActor>, looked?: Looked): Promise<Answer> {
  return ctx.house.shell.console(ctx, { title: 'Check words', current: '/console/check-words' },
    <>
      <PageHead title="Check words" lead="Paste a note or a letter before you share it. You see which words may hurt whoever reads it, and what could stand there instead. Nothing you paste is kept." />
      {looked && <Findings looked={looked} />}
      <Form label="Check words" hasKey={false} values={looked ? { words: looked.text, ...(looked.isStrict && { strict: 'yes' }) } : {}}>
        <TextArea name="words" label="Your text" rows={12} maxLength={50_000} hint="What the patient asked you to write down stays theirs: put it in « » or begin the line with “Patient’s words:”." />
        <Checkbox name="strict" label="Be strict" hint="Also point out words that are common and only a little off." />
        <Actions><Button icon="check">Check it</Button></Actions>
      </Form>
      <StyleCard />
    </>)
}

function Findings({ looked: { text, checked } }: { looked: Looked }) {
  const grade = text.trim().split(/\s+/).length >= 20 ? Math.round(readingGrade(text) * 10) / 10 : undefined
  return (
    <Section title="What a reader may stumble over">
      {checked.shown.length === 0 ? <Notice tone="calm" title="Nothing stands out." /> : (
        <ul className="rows" aria-label="Words to look at">
          {checked.shown.map((one, index) => (
            <li key={index} className="row"><div className="row-body">
              <div className="row-words">
                <strong>{one.words}</strong>{' '}<span className="soft">… {around(text, one.start, one.end)} …</span>
                <div className="row-detail">Why: {one.why}. Instead: {one.suggest}</div>
              </div>
              <div className="row-aside"><Badge tone={one.severity === 3 ? 'notice' : 'plain'}>{one.severity === 3 ? 'Look at this' : 'Perhaps'}</Badge></div>
            </div></li>
          ))}
        </ul>
      )}
      {checked.more > 0 && <p className="soft">And {checked.more} more. Only the {mostShown} gravest show at once.</p>}
      {grade !== undefined && <p className="soft">Reading grade {grade}. Patients read most easily at 6 or less.</p>}
    </Section>
  )
}

const around = (text: string, start: number, end: number) => `${text.slice(Math.max(0, start - 30), start)}${text.slice(start, end)}${text.slice(end, end + 30)}`.replace(/\s+/g, ' ')

/** N14. */
const StyleCard = () => (
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
