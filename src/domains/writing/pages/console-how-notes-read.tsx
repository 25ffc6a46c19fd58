import type { StaffPage } from '#platform/page.tsx'
import { termWords } from '#records/shared'
import { Notice } from '#ui/notice.tsx'
import { Facts, PageHead, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { seeHowNotesRead, writeNotes } from '../access.ts'
import { demotedTerms } from '../check-note.ts'
import { ownFigures, practiceTotals, type OwnFigures, type PracticeTotals } from '../list-figures.ts'

/** N6: each sees their own figures and nobody else's; the manager sees the practice's, where they are of nobody in particular. */
export const consoleHowNotesRead: StaffPage = {
  for: { staff: seeHowNotesRead },
  async get(ctx) {
    const has = (roles: readonly string[]) => ctx.actor.roles.some(role => roles.includes(role))
    const own = has(writeNotes.roles) ? await ownFigures(ctx) : undefined
    const isManager = has(['manager'])
    const totals = isManager ? await practiceTotals(ctx) : undefined
    return ctx.house.shell.console(ctx, { title: 'How notes read', current: '/console/how-notes-read' },
      <>
        <PageHead title="How notes read" lead="What was pointed out in notes before they were shared, and what became of it." />
        {own && <Own figures={own} />}
        {isManager && <Practice totals={totals} demoted={[...await demotedTerms(ctx)]} />}
      </>)
  },
}

const named = (term: string) => termWords.get(term)?.name ?? term
const instead = (term: string) => termWords.get(term)?.suggest ?? ''

function Own({ figures: { week, notes, averageGrade, copiedShare, terms } }: { figures: OwnFigures }) {
  return (
    <>
      <Notice tone="info" title="This is yours alone."><p>Nobody else sees it: no colleague, no manager, no report. It is here so that you can see your own habits.</p></Notice>
      <Section title="Your last seven days">
        {week.notes === 0 ? <p>You signed no note.</p> : week.mild.length === 0 ? <p>{week.notes === 1 ? 'One note' : `${week.notes} notes`}, and nothing small stood out.</p> : (
          <>
            <p>{week.notes === 1 ? 'One note' : `${week.notes} notes`}. These words are common and only a little off; they are not pointed out while you write.</p>
            <Table caption="Common words, in the last seven days" isCaptionHidden columns={[{ key: 'term', words: 'Word' }, { key: 'times', words: 'Times', isNumber: true }, { key: 'instead', words: 'Instead' }]}
              rows={week.mild.map(({ term, times }) => ({ key: term, cells: { term: named(term), times, instead: instead(term) } }))} />
          </>)}
      </Section>
      <Section title="Your last ninety days">
        <Facts items={[
          { term: 'Notes signed', words: String(notes) },
          { term: 'Reading grade of your summaries', words: averageGrade === null ? 'No summary was long enough to say' : `${averageGrade.toFixed(1)}; plain is 6 or less` },
          { term: 'Copied from earlier notes', words: copiedShare === null ? 'No note yet' : `${Math.round(copiedShare * 100)} %` },
        ]} />
        {terms.length === 0 ? <p>Nothing was pointed out.</p> : (
          <Table caption="What was pointed out, and what became of it" columns={[{ key: 'term', words: 'Word' }, { key: 'notes', words: 'Notes', isNumber: true }, { key: 'replaced', words: 'Replaced', isNumber: true }, { key: 'kept', words: 'Kept', isNumber: true }, { key: 'stood', words: 'Left standing', isNumber: true }, { key: 'instead', words: 'Instead' }]}
            rows={terms.map(({ term, notes: of, replaced, kept, stood }) => ({ key: term, cells: { term: named(term), notes: of, replaced, kept, stood, instead: instead(term) } }))} />)}
      </Section>
    </>
  )
}

function Practice({ totals, demoted }: { totals: PracticeTotals | undefined; demoted: readonly string[] }) {
  const figure = (count: number | null) => count ?? 'not said'
  return (
    <Section title="The practice, in the last three whole months">
      {!totals ? <p>There is too little to say. Totals show from 20 signed notes by three authors, so that they tell of nobody in particular.</p> : (
        <>
          <p>{totals.notes} notes. Totals alone: no figure of any one person is shown, here or anywhere. A word in fewer than 11 notes is not named, nor one that would give such a count away.</p>
          {totals.terms.length === 0 ? <p>No word stands out.</p> : (
            <Table caption="What was pointed out in the practice’s notes" isCaptionHidden columns={[{ key: 'term', words: 'Word' }, { key: 'notes', words: 'Notes', isNumber: true }, { key: 'replaced', words: 'Replaced in', isNumber: true }, { key: 'stayed', words: 'Stayed in', isNumber: true }, { key: 'instead', words: 'Instead' }]}
              rows={totals.terms.map(({ term, notes, replaced, stayed }) => ({ key: term, cells: { term: named(term), notes, replaced: figure(replaced), stayed: figure(stayed), instead: instead(term) } }))} />)}
        </>)}
      {demoted.length > 0 && <><h3>For review</h3><p>These words stay in more than 60 of 100 notes in which they are pointed out. They count one level less now: {demoted.map(named).sort().join(', ')}.</p></>}
    </Section>
  )
}
